/// The seven ways in which a block of HTML begins, and what ends each (CommonMark 0.31 section 4.6).
enum MarkdownHTMLBlock {
  case verbatim
  case comment
  case instruction
  case declaration
  case characterData
  case knownTag
  case anyTag

  /// The kind of block that begins with the `<` at `start`, or nil.
  init?(in bytes: [UInt8], at start: Int, before end: Int) {
    guard start + 1 < end else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "?"): self = .instruction
    case UInt8(ascii: "!"):
      if MarkdownHTMLSyntax.hasPrefix(Array("<!--".utf8), in: bytes, at: start, before: end) {
        self = .comment
      } else if MarkdownHTMLSyntax.hasPrefix(Array("<![CDATA[".utf8), in: bytes, at: start, before: end) {
        self = .characterData
      } else if start + 2 < end, MarkdownCharacters.isLetter(bytes[start + 2]) {
        self = .declaration
      } else {
        return nil
      }
    default:
      guard let kind = Self.tag(in: bytes, at: start, before: end) else { return nil }
      self = kind
    }
  }

  private static func tag(in bytes: [UInt8], at start: Int, before end: Int) -> MarkdownHTMLBlock? {
    let isClosing = bytes[start + 1] == UInt8(ascii: "/")
    let first = start + (isClosing ? 2 : 1)
    var index = first
    while index < end, index - first <= 10, MarkdownCharacters.isAlphanumeric(bytes[index]) { index += 1 }
    let name = String(decoding: bytes[first..<index].map { $0 | 0x20 }, as: UTF8.self)
    let next = index < end ? bytes[index] : UInt8(ascii: " ")
    let endsName = MarkdownCharacters.isBlank(next) || next == UInt8(ascii: ">")
    if !isClosing, endsName, verbatimTags.contains(name) { return .verbatim }
    let closesItself = next == UInt8(ascii: "/") && index + 1 < end && bytes[index + 1] == UInt8(ascii: ">")
    if endsName || closesItself, blockTags.contains(name) { return .knownTag }
    if !isClosing, verbatimTags.contains(name), next != UInt8(ascii: "-") { return nil }
    let behind =
      MarkdownHTMLSyntax.openTag(in: bytes, at: start, before: end)
      ?? MarkdownHTMLSyntax.closingTag(in: bytes, at: start, before: end)
    guard let behind, bytes[behind..<end].allSatisfy(MarkdownCharacters.isBlank) else { return nil }
    return .anyTag
  }

  /// Whether a blank line ends the block; the others end with the line that holds their terminator.
  var endsAtBlankLine: Bool {
    switch self {
    case .knownTag, .anyTag: true
    default: false
    }
  }

  /// Whether the block may follow the text of a paragraph directly.
  var canInterruptParagraph: Bool {
    if case .anyTag = self { false } else { true }
  }

  /// Whether this line is the block's last.
  func ends(in bytes: [UInt8], from start: Int, before end: Int) -> Bool {
    func holds(_ terminator: String) -> Bool {
      MarkdownHTMLSyntax.find(Array(terminator.utf8), in: bytes, at: start, before: end) != nil
    }
    return switch self {
    case .verbatim: Self.endsVerbatim(in: bytes, from: start, before: end)
    case .comment: holds("-->")
    case .instruction: holds("?>")
    case .declaration: holds(">")
    case .characterData: holds("]]>")
    case .knownTag, .anyTag: false
    }
  }

  private static func endsVerbatim(in bytes: [UInt8], from start: Int, before end: Int) -> Bool {
    var index = start
    while let name = MarkdownHTMLSyntax.find(Array("</".utf8), in: bytes, at: index, before: end) {
      index = name
      while index < end, index - name < 10, MarkdownCharacters.isLetter(bytes[index]) { index += 1 }
      let tag = String(decoding: bytes[name..<index].map { $0 | 0x20 }, as: UTF8.self)
      if index < end, bytes[index] == UInt8(ascii: ">"), verbatimTags.contains(tag) { return true }
    }
    return false
  }

  private static let verbatimTags: Set<String> = ["pre", "script", "style", "textarea"]

  private static let blockTags: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
