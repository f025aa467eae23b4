/// Reads JSON as RFC 8259 defines it: UTF-8 without a byte order mark, one value, nothing after it.
///
/// Whole numbers of 64 bits are exact, other numbers the nearest double; escapes must form Unicode scalars. Duplicate
/// keys are accepted and told. Depth is bounded by `SourceLimits.depth`, size by `SourceLimits.bytes`.
public enum JSON {
  /// The one value of a JSON text.
  ///
  /// - Throws: `FormatError` at the first byte that cannot be right.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> Value {
    let stream = try readStream(bytes)
    guard let value = stream.documents.first else {
      throw FormatError(.json, .endOfInput(expected: "a value"))
    }
    return value
  }

  /// The same, with the keys that stood twice.
  public static func readStream(_ bytes: [UInt8]) throws(FormatError) -> ValueStream {
    try checkEncoding(bytes, as: .json)
    var reader = JSONReader(bytes)
    return try reader.document()
  }
}

/// Refuses what no text format of this module reads: too large an input, or bytes that are not UTF-8.
func checkEncoding(_ bytes: [UInt8], as format: Format) throws(FormatError) {
  guard bytes.count <= SourceLimits.bytes else {
    throw FormatError(format, .limitExceeded(name: "bytes", limit: SourceLimits.bytes))
  }
  do {
    _ = try UTF8Span(validating: bytes.span)
  } catch {
    let offset = error.byteOffsets.lowerBound
    let position = LineTable(bytes.span).position(at: offset)
    throw FormatError(format, .invalidUTF8(byte: bytes[offset]), at: position)
  }
}

/// A recursive-descent reader over validated UTF-8.
struct JSONReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0
  private var builder: ValueBuilder

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    self.builder = ValueBuilder(source: bytes)
  }

  mutating func document() throws(FormatError) -> ValueStream {
    skipBlanks()
    let root = try value()
    skipBlanks()
    guard offset == bytes.count else { throw unexpected("the end of the input after one value") }
    return builder.finish(roots: [root])
  }

  private mutating func value() throws(FormatError) -> UInt32 {
    guard let first = peek else { throw unexpected("a value") }
    switch first {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "t"): return builder.boolean(true, try literal("true"))
    case UInt8(ascii: "f"): return builder.boolean(false, try literal("false"))
    case UInt8(ascii: "n"): return builder.null(try literal("null"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func object() throws(FormatError) -> UInt32 {
    let start = offset
    try enter()
    let mark = builder.open()
    skipBlanks()
    if peek != UInt8(ascii: "}") {
      while true {
        guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        builder.push(try string())
        skipBlanks()
        guard peek == UInt8(ascii: ":") else { throw unexpected("':' after the key") }
        offset += 1
        skipBlanks()
        builder.push(try value())
        skipBlanks()
        if peek == UInt8(ascii: "}") { break }
        guard peek == UInt8(ascii: ",") else { throw unexpected("',' or '}'") }
        offset += 1
        skipBlanks()
      }
    }
    leave()
    return builder.close(.object, from: mark, start..<offset)
  }

  private mutating func array() throws(FormatError) -> UInt32 {
    let start = offset
    try enter()
    let mark = builder.open()
    skipBlanks()
    if peek != UInt8(ascii: "]") {
      while true {
        builder.push(try value())
        skipBlanks()
        if peek == UInt8(ascii: "]") { break }
        guard peek == UInt8(ascii: ",") else { throw unexpected("',' or ']'") }
        offset += 1
        skipBlanks()
      }
    }
    leave()
    return builder.close(.array, from: mark, start..<offset)
  }

  private mutating func string() throws(FormatError) -> UInt32 {
    let start = offset
    offset += 1
    let content = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        return builder.string(content..<(offset - 1), within: start..<offset, style: .quoted)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(start: start, content: content) }
      guard byte >= 0x20 else { throw unexpected("an escape such as \\n for a control character") }
      offset += 1
    }
    throw unexpected("the closing '\"' of the string at \(position(start))")
  }

  private mutating func escapedString(start: Int, content: Int) throws(FormatError) -> UInt32 {
    let made = builder.scratchCount
    builder.appendScratch(bytes[content..<offset])
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        offset += 1
        return builder.string(madeFrom: made, within: start..<offset, style: .quoted)
      }
      if byte == UInt8(ascii: "\\") {
        try escape()
        continue
      }
      guard byte >= 0x20 else { throw unexpected("an escape such as \\n for a control character") }
      builder.appendScratch(byte)
      offset += 1
    }
    throw unexpected("the closing '\"' of the string at \(position(start))")
  }

  private mutating func escape() throws(FormatError) {
    let start = offset
    offset += 1
    guard let byte = peek else { throw unexpected("the rest of an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): builder.appendScratch(byte)
    case UInt8(ascii: "b"): builder.appendScratch(0x08)
    case UInt8(ascii: "f"): builder.appendScratch(0x0C)
    case UInt8(ascii: "n"): builder.appendScratch(0x0A)
    case UInt8(ascii: "r"): builder.appendScratch(0x0D)
    case UInt8(ascii: "t"): builder.appendScratch(0x09)
    case UInt8(ascii: "u"):
      let scalar = try unicodeEscape(start: start)
      builder.appendScratch(Array(String(Character(scalar)).utf8))
    default:
      throw failure(.invalid(what: "escape", expected: "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"), at: start)
    }
  }

  /// `\uXXXX` or a surrogate pair; the `\u` is already read.
  private mutating func unicodeEscape(start: Int) throws(FormatError) -> Unicode.Scalar {
    let unit = try fourHexDigits(start: start)
    if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
    let pairExpected = FormatError.Problem.invalid(what: "\\u escape", expected: "a surrogate pair, high then low")
    guard UTF16.isLeadSurrogate(unit), offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { throw failure(pairExpected, at: start) }
    offset += 2
    let low = try fourHexDigits(start: start)
    let value = 0x10000 + (UInt32(unit) & 0x3FF) << 10 + (UInt32(low) & 0x3FF)
    guard UTF16.isTrailSurrogate(low), let scalar = Unicode.Scalar(value) else {
      throw failure(pairExpected, at: start)
    }
    return scalar
  }

  private mutating func fourHexDigits(start: Int) throws(FormatError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = hexDigit(byte) else {
        throw failure(.invalid(what: "\\u escape", expected: "four hexadecimal digits"), at: start)
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }

  private mutating func number() throws(FormatError) -> UInt32 {
    let start = offset
    var isWhole = true
    if peek == UInt8(ascii: "-") { offset += 1 }
    if peek == UInt8(ascii: "0") {
      offset += 1
    } else {
      try digits()
    }
    if peek == UInt8(ascii: ".") {
      isWhole = false
      offset += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isWhole = false
      offset += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
    if isWhole, let whole = wholeNumber(bytes[start..<offset]) { return builder.integer(whole, start..<offset) }
    guard let real = Double(String(decoding: bytes[start..<offset], as: UTF8.self)), real.isFinite else {
      throw failure(.invalid(what: "number", expected: "one that a double can hold"), at: start)
    }
    return builder.real(real, start..<offset)
  }

  private mutating func digits() throws(FormatError) {
    guard let first = peek, isDigit(first) else { throw unexpected("a digit") }
    while let byte = peek, isDigit(byte) { offset += 1 }
  }

  private mutating func literal(_ text: StaticString) throws(FormatError) -> Range<Int> {
    let start = offset
    for index in 0..<text.utf8CodeUnitCount {
      let wanted = unsafe text.utf8Start[index]
      guard let byte = peek, byte == wanted else { throw unexpected("'\(text)'") }
      offset += 1
    }
    return start..<offset
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  private mutating func enter() throws(FormatError) {
    depth += 1
    guard depth <= SourceLimits.depth else {
      throw failure(.limitExceeded(name: "depth", limit: SourceLimits.depth), at: offset)
    }
    offset += 1
  }

  private mutating func leave() {
    depth -= 1
    offset += 1
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func position(_ offset: Int) -> SourcePosition { LineTable(bytes.span).position(at: offset) }

  private func failure(_ problem: FormatError.Problem, at offset: Int) -> FormatError {
    FormatError(.json, problem, at: position(offset))
  }

  private func unexpected(_ expected: String) -> FormatError {
    guard let byte = peek else { return failure(.endOfInput(expected: expected), at: offset) }
    return failure(.unexpected(found: describe(byte), expected: expected), at: offset)
  }
}

/// A byte as a person would name it in a message.
func describe(_ byte: UInt8) -> String {
  switch byte {
  case 0x0A, 0x0D: "the end of the line"
  case 0x09: "a tab"
  case 0x21...0x7E: "'\(Character(Unicode.Scalar(byte)))'"
  case 0x20: "a blank"
  default: "byte 0x\(String(byte, radix: 16))"
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// A decimal whole number with an optional sign, or nil when it does not fit in 64 bits.
func wholeNumber(_ digits: ArraySlice<UInt8>) -> Int64? {
  var rest = digits
  var isNegative = false
  if rest.first == UInt8(ascii: "-") {
    isNegative = true
    rest = rest.dropFirst()
  }
  var value: Int64 = 0
  for byte in rest {
    let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
    let digit = Int64(byte - UInt8(ascii: "0"))
    let (next, carried) =
      isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
    guard !overflowed, !carried else { return nil }
    value = next
  }
  return value
}
