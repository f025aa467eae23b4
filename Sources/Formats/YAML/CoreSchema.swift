/// What a plain scalar means under YAML 1.2's core schema (YAML 1.2.2, 10.3.2).
///
/// One deliberate difference: a decimal number with a leading zero (`010`) is a string, as it is octal to some readers
/// and decimal to others.
enum CoreSchema {
  /// The value of a scalar; a string is its text.
  enum Scalar: Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case real(Double)
    case string

    var isBoolean: Bool { if case .boolean = self { true } else { false } }
    var isInteger: Bool {
      switch self {
      case .integer: true
      case .real(let value): value.magnitude >= 0x1p63 && value.isFinite
      default: false
      }
    }
    var isReal: Bool { if case .real = self { true } else { false } }
  }

  /// The meaning of a plain scalar. Whole numbers beyond 64 bits are the nearest double.
  static func resolve(_ text: Span<UInt8>) -> Scalar {
    guard let first = text.isEmpty ? nil : text[0] else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      return number(text)
    case UInt8(ascii: "~"): return text.count == 1 ? .null : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"): return isWord(text, "null", "Null", "NULL") ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"): return isWord(text, "true", "True", "TRUE") ? .boolean(true) : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
      return isWord(text, "false", "False", "FALSE") ? .boolean(false) : .string
    default: return .string
    }
  }

  private static func isWord(
    _ text: Span<UInt8>, from start: Int = 0, _ lower: StaticString, _ title: StaticString, _ upper: StaticString
  ) -> Bool {
    text.count - start == lower.utf8CodeUnitCount
      && (equals(text, start, lower) || equals(text, start, title) || equals(text, start, upper))
  }

  private static func equals(_ text: Span<UInt8>, _ start: Int, _ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where unsafe text[start + index] != word.utf8Start[index] { return false }
    return true
  }

  private static func number(_ text: Span<UInt8>) -> Scalar {
    let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
    let isNegative = text[0] == UInt8(ascii: "-")
    let start = isSigned ? 1 : 0
    guard start < text.count else { return .string }
    if text[start] == UInt8(ascii: "."), start + 1 < text.count, !isDigit(text[start + 1]) {
      if isWord(text, from: start, ".inf", ".Inf", ".INF") { return .real(isNegative ? -.infinity : .infinity) }
      return !isSigned && isWord(text, ".nan", ".NaN", ".NAN") ? .real(.nan) : .string
    }
    if !isSigned, text.count > 2, text[0] == UInt8(ascii: "0") {
      if text[1] == UInt8(ascii: "x") { return bits(text, each: 4) }
      if text[1] == UInt8(ascii: "o") { return bits(text, each: 3) }
    }
    return decimal(text, from: start, isNegative)
  }

  /// `0x` and `0o` numbers. Beyond 64 bits, the low bits are folded into one that rounds as they would.
  private static func bits(_ text: Span<UInt8>, each width: Int) -> Scalar {
    var value: UInt64 = 0
    var dropped = 0
    for index in 2..<text.count {
      guard let digit = hexDigit(text[index]), digit < 1 << width else { return .string }
      if dropped == 0, value.leadingZeroBitCount >= width {
        value = value << UInt64(width) | UInt64(digit)
      } else {
        dropped += width
        if digit != 0 { value |= 1 }
      }
    }
    if dropped == 0, let exact = Int64(exactly: value) { return .integer(exact) }
    return .real(Double(sign: .plus, exponent: dropped, significand: Double(value)))
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`; without point and exponent it is whole.
  private static func decimal(_ text: Span<UInt8>, from start: Int, _ isNegative: Bool) -> Scalar {
    var index = start
    var magnitude: UInt64 = 0
    var isExact = true
    func accumulate(_ digit: UInt8) {
      guard magnitude < 1_000_000_000_000_000_000 else {
        isExact = false
        return
      }
      magnitude = magnitude * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    while index < text.count, isDigit(text[index]) {
      accumulate(text[index])
      index += 1
    }
    let wholeDigits = index - start
    if index == text.count {
      if wholeDigits > 1, text[start] == UInt8(ascii: "0") { return .string }
      guard isExact, let whole = Int64(exactly: magnitude) else { return long(text) }
      return .integer(isNegative ? -whole : whole)
    }
    var fractionDigits = 0
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      while index < text.count, isDigit(text[index]) {
        accumulate(text[index])
        index += 1
      }
      fractionDigits = index - fraction
    }
    guard wholeDigits + fractionDigits > 0 else { return .string }
    guard index == text.count else { return hasExponent(text, from: index) ? .real(parsed(text)) : .string }
    // Both are exact doubles, so that their quotient is the nearest one to the decimal (Clinger's fast path).
    guard isExact, magnitude <= 1 << 53, fractionDigits < powersOfTen.count else { return .real(parsed(text)) }
    let value = Double(magnitude) / powersOfTen[fractionDigits]
    return .real(isNegative ? -value : value)
  }

  private static func hasExponent(_ text: Span<UInt8>, from start: Int) -> Bool {
    var index = start
    guard text[index] == UInt8(ascii: "e") || text[index] == UInt8(ascii: "E") else { return false }
    index += 1
    if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
    guard index < text.count else { return false }
    while index < text.count, isDigit(text[index]) { index += 1 }
    return index == text.count
  }

  /// A whole number of nineteen digits or more.
  private static func long(_ text: Span<UInt8>) -> Scalar {
    let digits = string(text)
    if let whole = Int64(digits) { return .integer(whole) }
    return .real(Double(digits) ?? .nan)
  }

  private static func parsed(_ text: Span<UInt8>) -> Double { Double(string(text)) ?? .nan }

  private static func string(_ text: Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for index in text.indices { bytes.append(text[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
