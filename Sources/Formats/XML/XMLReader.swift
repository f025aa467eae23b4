/// Pulls the events of an XML 1.0 document out of bytes in memory, in any encoding that libxml2 knows.
///
/// It sits on libxml2's push parser, fed a piece at a time (and not on `xmlTextReader`, which builds a tree whose long
/// CDATA sections take quadratic time and whose line numbers end at 65,535). A document type declaration is refused
/// where it begins, so no entity can be declared or expanded; nothing is ever loaded; nesting is bounded by
/// `SourceLimits.depth`, a tag by `XMLLimits`, and one tag, comment, instruction or CDATA section by libxml2's own
/// 10 million bytes (beyond which it is no longer linear). Also refused, with whatever is not well-formed: prefixes that
/// nothing declares. Linear in the input.
public struct XMLReader: ~Copyable {
  private let session: XMLSession
  private var index = 0

  /// Prepares to read a document. `maximumDepth`: the most levels of nested elements.
  public init(_ bytes: [UInt8], maximumDepth: Int = SourceLimits.depth) throws(FormatError) {
    guard bytes.count <= SourceLimits.bytes else {
      throw FormatError(.xml, .limitExceeded(name: "bytes", limit: SourceLimits.bytes))
    }
    session = try XMLSession(bytes, maximumDepth: maximumDepth)
  }

  /// The next event, or nil once the document has ended and was well-formed to its last byte.
  ///
  /// After an error the same error is thrown again.
  public mutating func next() throws(FormatError) -> XMLEvent? {
    while index == session.events.count {
      index = 0
      guard try session.advance() else { return nil }
    }
    defer { index += 1 }
    return session.events[index]
  }
}
