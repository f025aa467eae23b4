internal import CLibXML2

/// A whole document as libxml2's tree, for the parts of the library that need one.
@safe
struct XMLDocument: ~Copyable {
  let pointer: xmlDocPtr

  /// Parses bytes that `XMLReader` accepts; what it refuses is refused here with the same error.
  init(_ bytes: [UInt8]) throws(FormatError) {
    var reader = try XMLReader(bytes)
    while try reader.next() != nil {}
    // The reader has bounded the depth and excluded document types, which is what the limits that HUGE lifts are for.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_BIG_LINES.rawValue
    let pointer = unsafe bytes.withUnsafeBytes { buffer in
      unsafe xmlReadMemory(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), nil, nil, Int32(options))
    }
    guard let pointer = unsafe pointer else {
      throw FormatError(.xml, .reported("the document cannot be held in memory"))
    }
    unsafe self.pointer = unsafe pointer
    removeSchemaHints()
  }

  deinit { unsafe xmlFreeDoc(pointer) }

  /// Drops `xsi:schemaLocation` and `xsi:noNamespaceSchemaLocation`: libxml2 would try to load what they name, and
  /// count the attempt as an error. Walks without recursion.
  private func removeSchemaHints() {
    let root = unsafe xmlDocGetRootElement(pointer)
    var node = unsafe root
    while let current = unsafe node {
      if unsafe current.pointee.type == XML_ELEMENT_NODE { unsafe Self.removeHints(of: current) }
      unsafe node = unsafe Self.node(after: current, below: root)
    }
  }

  private static func removeHints(of element: xmlNodePtr) {
    for name in ["schemaLocation", "noNamespaceSchemaLocation"] {
      if let hint = unsafe xmlHasNsProp(element, name, "http://www.w3.org/2001/XMLSchema-instance") {
        unsafe xmlRemoveProp(hint)
      }
    }
  }

  /// The next node in document order.
  private static func node(after node: xmlNodePtr, below root: xmlNodePtr?) -> xmlNodePtr? {
    if let child = unsafe node.pointee.children, unsafe node.pointee.type == XML_ELEMENT_NODE { return unsafe child }
    var current = unsafe node
    while unsafe current != root {
      if let next = unsafe current.pointee.next { return unsafe next }
      guard let parent = unsafe current.pointee.parent else { return nil }
      unsafe current = unsafe parent
    }
    return nil
  }
}
