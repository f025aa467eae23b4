/// Writes JSON in the order it is told, as UTF-8 bytes: no tree, no sorting, no surprises, identical bytes for
/// identical calls.
///
/// The caller nests correctly: `key` before each value inside an object. `takeBytes` hands over what has gathered, so
/// that a million findings need no more memory than one.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// No blanks at all: one line.
    case compact
    /// Two blanks a level, one member a line.
    case pretty
  }

  /// What has been written and not been handed to a sink.
  public private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0
  private var isFirst = true
  private var afterKey = false

  /// A writer that gathers its bytes in `bytes`.
  public init(_ layout: Layout = .compact) {
    self.layout = layout
  }

  /// Takes the bytes written so far, leaving the nesting as it is: call it now and then to stream.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Opens an object.
  public mutating func beginObject() { open(UInt8(ascii: "{")) }

  /// Closes the innermost object.
  public mutating func endObject() { close(UInt8(ascii: "}")) }

  /// Opens an array.
  public mutating func beginArray() { open(UInt8(ascii: "[")) }

  /// Closes the innermost array.
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The key of the next value.
  public mutating func key(_ key: String) {
    separate()
    quote(key.utf8.span)
    bytes.append(UInt8(ascii: ":"))
    if layout == .pretty { bytes.append(0x20) }
    afterKey = true
  }

  /// A string.
  public mutating func string(_ text: String) {
    separate()
    quote(text.utf8.span)
  }

  /// A whole number.
  public mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  /// A number that is written already, as JSON writes numbers.
  public mutating func number(_ text: String) { raw(text) }

  /// A number, in the shortest form that reads back to the same double; JSON has no infinities or NaN: they are null.
  public mutating func real(_ value: Double) { raw(value.isFinite ? "\(value)" : "null") }

  /// A boolean.
  public mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  /// `null`.
  public mutating func null() { raw("null") }

  /// A value as it was read, re-laid out; numbers keep their exact text where JSON allows it.
  public mutating func value(_ value: Value) {
    switch value.kind {
    case .null: null()
    case .boolean: boolean(value.boolean ?? false)
    case .integer: integer(value.integer ?? 0)
    case .real:
      if let text = value.wholeNumberText { raw(text) } else { real(value.number ?? .nan) }
    case .string: string(value.text)
    case .array:
      beginArray()
      for element in value.elements { self.value(element) }
      endArray()
    case .object:
      beginObject()
      for member in value.members {
        key(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// Ends the text with a line end.
  public mutating func newline() {
    bytes.append(0x0A)
    isFirst = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    isFirst = true
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if !isFirst { indent() }
    bytes.append(bracket)
    isFirst = false
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      isFirst = false
      return
    }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { indent() }
    isFirst = false
  }

  private mutating func indent() {
    guard layout == .pretty else { return }
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }

  private mutating func quote(_ text: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    while true {
      let end = Self.plainEnd(text, from: start)
      append(text.extracting(start..<end))
      guard end < text.count else { break }
      start = end + 1
      switch text[end] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(text[end])
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0xC2 where start < text.count:
        // Up to U+009F these are controls too, and some terminals obey them.
        if text[start] < 0xA0 { escape(text[start]) } else { append(text.extracting(end..<(start + 1))) }
        start += 1
      case 0..<0x20, 0x7F: escape(text[end])
      default: bytes.append(text[end])
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Where bytes end that are written as they are.
  private static func plainEnd(_ text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count, Self.isPlain(text[index]) { index += 1 }
    return index
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != 0x7F && byte != 0xC2
  }

  private mutating func append(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { text in unsafe bytes.append(contentsOf: text) }
  }

  private mutating func escape(_ control: UInt8) {
    bytes.append(contentsOf: (control < 0x10 ? "\\u000" : "\\u00").utf8)
    bytes.append(contentsOf: String(control, radix: 16).utf8)
  }
}
