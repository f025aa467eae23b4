import Formats

/// A page as a reader of XML sees it: that it can be read is the proof that every element is closed and every text escaped.
struct PageOutline {
  /// Names of all elements, in order.
  private(set) var names: [String] = []
  /// Values of `id`, in order.
  private(set) var ids: [String] = []
  /// Values of `href`, in order.
  private(set) var links: [String] = []
  /// Names of attributes.
  private(set) var attributes: Set<String> = []
  /// All text.
  private(set) var text = ""

  init(_ page: [UInt8]) throws {
    // The document type, which the reader refuses from strangers, is this program's own and declares nothing.
    let type = Array("<!DOCTYPE html>\n".utf8)
    guard page.starts(with: type) else { throw NoPage() }
    var reader = try XMLReader(Array(page.dropFirst(type.count)))
    while let event = try reader.next() {
      switch event {
      case .start(let element):
        names.append(element.name)
        attributes.formUnion(element.attributes.map(\.name))
        if let id = element["id"] { ids.append(id) }
        if let link = element["href"] { links.append(link) }
      case .text(let text): self.text += text
      case .end: break
      }
    }
  }

  /// The levels of headings, in order.
  var headings: [Int] {
    names.compactMap { name in name.utf8.count == 2 && name.hasPrefix("h") ? Int(name.dropFirst()) : nil }
  }

  struct NoPage: Error {}
}
