internal import CLibXML2

/// Writes an XML 1.0 document in UTF-8, in the order it is told, over libxml2's `xmlTextWriter`.
///
/// The bytes go to a sink in chunks of about 64 KiB, so a million elements need no more memory than one. What XML
/// cannot carry is removed from text and values, and bytes that are not UTF-8 are repaired with U+FFFD: whatever
/// comes in, the document is well-formed. Misuse (a second root, an attribute after text, a name that is none) is a
/// `FormatError`. A writer that is dropped without `finish` delivers no further bytes.
@safe
public struct XMLWriter: ~Copyable {
  /// Takes the next bytes of the document; an error ends the writing and is thrown by the writer.
  public typealias Sink = (Span<UInt8>) throws(FormatError) -> Void

  /// How the document is laid out.
  public enum Layout: Sendable {
    /// No white space between elements.
    case compact
    /// Two blanks a level; elements that hold text stay as they are.
    case indented
  }

  private enum Place {
    case prolog, tag, content, epilog
  }

  private let writer: xmlTextWriterPtr
  private let output: XMLOutput
  private var place = Place.prolog
  private var depth = 0
  private var attributeNames: [String] = []
  private var scratch: [UInt8] = []

  /// Begins a document with its XML declaration.
  public init(_ layout: Layout = .indented, to sink: @escaping Sink) throws(FormatError) {
    LibXML2.prepare()
    let output = XMLOutput(sink)
    guard let writer = unsafe Self.makeWriter(output, layout) else {
      throw FormatError(.xml, .reported("cannot write: out of memory"))
    }
    self.output = output
    unsafe self.writer = unsafe writer
  }

  deinit {
    output.abandon()
    unsafe xmlFreeTextWriter(writer)
  }

  /// Opens an element. The name is one without a prefix (an `NCName`).
  public mutating func start(_ name: String) throws(FormatError) {
    guard place != .epilog else {
      throw FormatError(.xml, .unexpected(found: "element '\(name)' after the root element", expected: "the end"))
    }
    guard depth < SourceLimits.depth else {
      throw FormatError(.xml, .limitExceeded(name: "depth", limit: SourceLimits.depth))
    }
    try check(name: name)
    try check(unsafe xmlTextWriterStartElement(writer, name))
    depth += 1
    place = .tag
    attributeNames.removeAll(keepingCapacity: true)
  }

  /// Gives the element that was just opened an attribute.
  public mutating func attribute(_ name: String, _ value: String) throws(FormatError) {
    guard place == .tag else {
      throw FormatError(.xml, .unexpected(found: "attribute '\(name)'", expected: "an attribute only after a start"))
    }
    guard !attributeNames.contains(name) else {
      throw FormatError(.xml, .unexpected(found: "a second attribute '\(name)'", expected: "each name once"))
    }
    try check(name: name)
    attributeNames.append(name)
    fill(value.utf8.span)
    try check(
      unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWriteAttribute(writer, name, $0.baseAddress) })
  }

  /// Text in the open element; `<`, `&`, `>` and carriage returns are escaped.
  public mutating func text(_ text: String) throws(FormatError) {
    try self.text(text.utf8.span)
  }

  /// Text in the open element from bytes that should be UTF-8, and are repaired where they are not.
  public mutating func text(_ utf8: Span<UInt8>) throws(FormatError) {
    guard depth > 0 else {
      throw FormatError(.xml, .unexpected(found: "text outside of the root element", expected: "an element"))
    }
    fill(utf8)
    guard scratch.count > 1 else { return }
    place = .content
    try check(unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWriteString(writer, $0.baseAddress) })
  }

  /// Closes the innermost element.
  public mutating func end() throws(FormatError) {
    guard depth > 0 else {
      throw FormatError(.xml, .unexpected(found: "an end", expected: "an open element"))
    }
    try check(unsafe xmlTextWriterEndElement(writer))
    depth -= 1
    place = depth == 0 ? .epilog : .content
  }

  /// Closes what is open and delivers the last bytes. A document without a root element is an error.
  public consuming func finish() throws(FormatError) {
    guard place != .prolog else { throw FormatError(.xml, .endOfInput(expected: "a root element")) }
    try check(unsafe xmlTextWriterEndDocument(writer))
    try check(unsafe xmlTextWriterFlush(writer))
    output.deliver()
    try check(0)
  }
}

extension XMLWriter {
  /// The whole document in memory, as the closure writes it.
  public static func document(
    _ layout: Layout = .indented, _ body: (inout XMLWriter) throws(FormatError) -> Void
  ) throws(FormatError) -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = try XMLWriter(layout) { chunk in
      unsafe chunk.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
    try body(&writer)
    try writer.finish()
    return bytes
  }

  /// Makes the C writer, which keeps the output alive until it calls the close callback.
  private static func makeWriter(_ output: XMLOutput, _ layout: Layout) -> xmlTextWriterPtr? {
    let context = unsafe Unmanaged.passRetained(output)
    let buffer = unsafe xmlOutputBufferCreateIO(
      { context, bytes, count in
        guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
        let output = unsafe Unmanaged<XMLOutput>.fromOpaque(context).takeUnretainedValue()
        let raw = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
        return unsafe output.take(raw.bindMemory(to: UInt8.self)) ? count : -1
      },
      { context in
        if let context = unsafe context { unsafe Unmanaged<XMLOutput>.fromOpaque(context).release() }
        return 0
      }, context.toOpaque(), nil)
    guard let buffer = unsafe buffer else {
      unsafe context.release()
      return nil
    }
    guard let writer = unsafe xmlNewTextWriter(buffer) else {
      unsafe xmlOutputBufferClose(buffer)
      return nil
    }
    if layout == .indented {
      unsafe xmlTextWriterSetIndent(writer, 1)
      unsafe xmlTextWriterSetIndentString(writer, "  ")
    }
    guard unsafe xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil) >= 0 else {
      unsafe xmlFreeTextWriter(writer)
      return nil
    }
    return unsafe writer
  }

  private func check(_ result: Int32) throws(FormatError) {
    if let failure = output.failure { throw failure }
    if result < 0 { throw FormatError(.xml, .reported("libxml2 cannot write this")) }
  }

  private func check(name: String) throws(FormatError) {
    // C would read the name only up to a NUL.
    guard !name.utf8.contains(0), unsafe xmlValidateNCName(name, 0) == 0 else {
      throw FormatError(.xml, .invalid(what: "name '\(name)'", expected: "an XML name without a colon"))
    }
  }

  /// Makes `scratch` the allowed characters of a text and the NUL that C wants.
  private mutating func fill(_ text: Span<UInt8>) {
    scratch.removeAll(keepingCapacity: true)
    XMLCharacters.appendAllowed(text, to: &scratch)
    scratch.append(0)
  }
}
