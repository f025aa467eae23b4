/// The formats that a `format` keyword can name (2020-12 validation, section 7.3); others are never asserted.
enum StringFormat: String, CaseIterable, Sendable {
  case dateTime = "date-time"
  case date
  case time
  case duration
  case email
  case idnEmail = "idn-email"
  case hostname
  case idnHostname = "idn-hostname"
  case ipv4
  case ipv6
  case uri
  case uriReference = "uri-reference"
  case iri
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case uuid
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  case regex

  /// Is the text (UTF-8) in this format?
  func accepts(_ text: ArraySlice<UInt8>, patterns: PatternCompiler) -> Bool {
    var scanner = ByteScanner(text)
    switch self {
    case .dateTime: return scanner.dateTime() && scanner.isAtEnd
    case .date: return scanner.date() && scanner.isAtEnd
    case .time: return scanner.time() && scanner.isAtEnd
    case .duration: return scanner.duration() && scanner.isAtEnd
    case .email: return scanner.mailbox(isInternational: false)
    case .idnEmail: return scanner.mailbox(isInternational: true)
    case .hostname: return HostName.isValid(text)
    case .idnHostname: return HostName.isValidInternational(text)
    case .ipv4: return scanner.ipv4() && scanner.isAtEnd
    case .ipv6: return scanner.ipv6() && scanner.isAtEnd
    case .uri: return scanner.uri(isInternational: false, isReference: false)
    case .uriReference: return scanner.uri(isInternational: false, isReference: true)
    case .iri: return scanner.uri(isInternational: true, isReference: false)
    case .iriReference: return scanner.uri(isInternational: true, isReference: true)
    case .uriTemplate: return scanner.uriTemplate()
    case .uuid: return scanner.uuid() && scanner.isAtEnd
    case .jsonPointer: return scanner.jsonPointer()
    case .relativeJSONPointer: return scanner.relativeJSONPointer()
    case .regex: return isPattern(text, patterns)
    }
  }

  /// Syntax that is right but that the engine refuses to run (look-around) is still a regular expression.
  private func isPattern(_ text: ArraySlice<UInt8>, _ patterns: PatternCompiler) -> Bool {
    do {
      _ = try patterns(String(decoding: text, as: UTF8.self))
      return true
    } catch {
      if case .unsupported = error.problem { return true }
      if case .limitExceeded = error.problem { return true }
      return false
    }
  }
}

/// Reads a text from left to right; each grammar rule is a function that says whether it matched and moves on if so.
struct ByteScanner {
  private let bytes: ArraySlice<UInt8>
  private(set) var offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  var isAtEnd: Bool { offset >= bytes.endIndex }

  var next: UInt8? { offset < bytes.endIndex ? bytes[offset] : nil }

  var rest: ArraySlice<UInt8> { bytes[offset...] }

  /// What was read since a place.
  func text(from start: Int) -> ArraySlice<UInt8> { bytes[start..<offset] }

  mutating func skip() { offset += 1 }

  mutating func move(to place: Int) { offset = place }

  /// Takes one byte if it is this one.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    offset += 1
    return true
  }

  /// Takes one ASCII character if it is this one.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool { take(UInt8(ascii: scalar)) }

  /// Takes as many bytes as please, and tells how many.
  mutating func takeWhile(_ pleases: (UInt8) -> Bool) -> Int {
    let start = offset
    while let byte = next, pleases(byte) { offset += 1 }
    return offset - start
  }

  /// Exactly so many decimal digits, as a number.
  mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let byte = next, isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      offset += 1
    }
    return value
  }

  /// The scalar here and its length in bytes; the text is UTF-8.
  var scalar: (value: Unicode.Scalar, length: Int)? {
    guard let first = next else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard offset + length <= bytes.endIndex else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  /// Takes a scalar above ASCII if it pleases.
  mutating func takeScalar(_ pleases: (Unicode.Scalar) -> Bool) -> Bool {
    guard let found = scalar, found.length > 1, pleases(found.value) else { return false }
    offset += found.length
    return true
  }
}

func isLetter(_ byte: UInt8) -> Bool {
  let folded = byte | 0x20
  return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
}

func isHexDigit(_ byte: UInt8) -> Bool { hexDigit(byte) != nil }
