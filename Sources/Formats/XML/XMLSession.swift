internal import CLibXML2

/// One run of libxml2's push parser over a document: what its callbacks write to, and who frees it.
///
/// The parser calls back on the thread that feeds it and only while it is fed, with this object as its context.
@safe
final class XMLSession {
  /// Small, so that a tag within one piece cannot have many more attributes than `XMLLimits` allows.
  private static let pieceSize = 1 << 12

  /// What the last piece of the document held.
  private(set) var events: [XMLEvent] = []

  private let bytes: [UInt8]
  private let maximumDepth: Int
  private let parser: xmlParserCtxtPtr
  private var fed = 0
  private var isFinished = false
  private var hasRoot = false
  private var pendingTag = XMLPendingTag()
  /// How many namespaces each open element declares, and all of them.
  private var declarations: [Int] = []
  private var declarationCount = 0
  private var text: [UInt8] = []
  private var failure: FormatError?

  init(_ bytes: [UInt8], maximumDepth: Int) throws(FormatError) {
    LibXML2.prepare()
    self.bytes = bytes
    self.maximumDepth = maximumDepth
    var handler = unsafe Self.handler
    guard let parser = unsafe xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil) else {
      throw FormatError(.xml, .reported("cannot read: out of memory"))
    }
    unsafe self.parser = unsafe parser
    unsafe parser.pointee.userData = unsafe Unmanaged.passUnretained(self).toOpaque()
    // Without a document type declaration the five predefined entities are all there are: with NOENT they reach
    // attribute values as characters and not as references.
    unsafe xmlCtxtUseOptions(parser, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue))
  }

  deinit { unsafe xmlFreeParserCtxt(parser) }

  /// Replaces `events` by those of the next piece; false at the end.
  func advance() throws(FormatError) -> Bool {
    events.removeAll(keepingCapacity: true)
    if let failure { throw failure }
    if isFinished { return false }
    let count = min(Self.pieceSize, bytes.count - fed)
    isFinished = count == 0
    if isFinished { checkDecoding() }
    let end = isFinished ? 1 as Int32 : 0
    unsafe bytes.withUnsafeBytes { buffer in
      let piece = unsafe buffer.baseAddress.map { unsafe ($0 + fed).assumingMemoryBound(to: CChar.self) }
      _ = unsafe xmlParseChunk(parser, piece, Int32(count), end)
    }
    fed += count
    checkPendingTag()
    // Where the encoding is broken libxml2 stops and says nothing, and the document still counts as well-formed.
    if failure == nil, unsafe parser.pointee.wellFormed == 0 || parser.pointee.disableSAX != 0 {
      fail(.reported("the document is not well-formed, or not in the encoding that it declares"))
    }
    if failure == nil, isFinished, !hasRoot || !declarations.isEmpty {
      fail(.endOfInput(expected: hasRoot ? "the end of every element" : "a root element"))
    }
    if let failure { throw failure }
    return true
  }

  /// Refuses bytes at the end that make no whole character: libxml2 would leave them.
  private func checkDecoding() {
    guard failure == nil, let buffer = unsafe parser.pointee.input?.pointee.buf, let raw = unsafe buffer.pointee.raw,
      unsafe xmlBufUse(raw) > 0
    else { return }
    fail(.endOfInput(expected: "the rest of a character"))
  }

  /// Refuses a tag that has too many attributes before its end is fed.
  private func checkPendingTag() {
    guard failure == nil, let input = unsafe parser.pointee.input?.pointee, let current = unsafe input.cur,
      let base = unsafe input.base, let end = unsafe input.end, unsafe end > current
    else { return }
    let pending = unsafe UnsafeBufferPointer(start: current, count: end - current)
    let start = unsafe Int(input.consumed) + (current - base)
    if unsafe pendingTag.countAttributes(pending, from: start) > XMLLimits.attributes { refuseAttributes() }
  }

  fileprivate func refuseAttributes() {
    fail(.limitExceeded(name: "attributes", limit: XMLLimits.attributes))
  }

  /// Keeps the first error, where the parser stands, and stops it.
  private func fail(_ problem: FormatError.Problem) {
    guard failure == nil else { return }
    let input = unsafe parser.pointee.input
    let line = unsafe input.map { unsafe Int($0.pointee.line) } ?? 1
    let column = unsafe input.map { unsafe Int($0.pointee.col) } ?? 1
    failure = FormatError(.xml, problem, at: LibXML2.position(line: line, column: column, in: bytes))
    unsafe xmlStopParser(parser)
  }
}

// What the callbacks do.
extension XMLSession {
  fileprivate func start(_ element: XMLElement, declarations count: Int) {
    flushText()
    hasRoot = true
    guard declarations.count < maximumDepth else { return fail(.limitExceeded(name: "depth", limit: maximumDepth)) }
    declarations.append(count)
    declarationCount += count
    if element.attributes.count + count > XMLLimits.attributes { return refuseAttributes() }
    if declarationCount > XMLLimits.namespaces {
      return fail(.limitExceeded(name: "namespaces", limit: XMLLimits.namespaces))
    }
    events.append(.start(element))
  }

  fileprivate func end() {
    flushText()
    declarationCount -= declarations.popLast() ?? 0
    events.append(.end)
  }

  fileprivate func append(_ characters: UnsafeBufferPointer<UInt8>) { unsafe text.append(contentsOf: characters) }

  fileprivate func refuseDocumentType() {
    fail(.unsupported(what: "a document type declaration", hint: "remove the <!DOCTYPE …> from the document"))
  }

  fileprivate func take(_ complaint: XMLComplaint) {
    guard failure == nil, complaint.isError else { return }
    failure = complaint.error(in: bytes)
  }

  fileprivate var line: Int { unsafe parser.pointee.input.map { unsafe Int($0.pointee.line) } ?? 1 }

  private func flushText() {
    guard !text.isEmpty else { return }
    events.append(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll(keepingCapacity: true)
  }
}

// How libxml2 reaches them.
extension XMLSession {
  private static func of(_ context: UnsafeMutableRawPointer?) -> XMLSession? {
    unsafe context.map { unsafe Unmanaged<XMLSession>.fromOpaque($0).takeUnretainedValue() }
  }

  /// No callback declares or looks up entities: even those that a document declared could not be expanded.
  private static var handler: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
    unsafe handler.internalSubset = { context, _, _, _ in unsafe XMLSession.of(context)?.refuseDocumentType() }
    unsafe handler.startElementNs = { context, name, _, namespace, declarations, _, count, _, attributes in
      guard let session = unsafe XMLSession.of(context) else { return }
      let element = XMLElement(
        name: unsafe XMLSession.string(name) ?? "", namespace: unsafe XMLSession.string(namespace),
        attributes: unsafe XMLSession.attributes(attributes, count: Int(count)), line: session.line)
      session.start(element, declarations: Int(declarations))
    }
    unsafe handler.endElementNs = { context, _, _, _ in unsafe XMLSession.of(context)?.end() }
    unsafe handler.characters = { context, bytes, count in
      unsafe XMLSession.of(context)?.append(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
    unsafe handler.ignorableWhitespace = handler.characters
    unsafe handler.cdataBlock = handler.characters
    unsafe handler.serror = { context, error in
      guard let error = unsafe error else { return }
      unsafe XMLSession.of(context)?.take(XMLComplaint(error.pointee))
    }
    return unsafe handler
  }

  /// libxml2 gives five pointers an attribute: local name, prefix, namespace, and where the value begins and ends.
  private static func attributes(
    _ fields: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
  ) -> [XMLAttribute] {
    guard let fields = unsafe fields else { return [] }
    return (0..<count).map { index in
      let field = unsafe fields + index * 5
      var value = ""
      if let start = unsafe field[3], let end = unsafe field[4] {
        value = unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
      }
      return unsafe XMLAttribute(name: string(field[0]) ?? "", namespace: string(field[2]), value: value)
    }
  }

  private static func string(_ text: UnsafePointer<xmlChar>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }
}
