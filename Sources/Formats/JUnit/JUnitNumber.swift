/// The numbers in the attributes of JUnit documents, as their many producers write them.
enum JUnitNumber {
  /// A count: decimal digits, blanks around cut. Anything else is none. Counts beyond 64 bits are the largest there is.
  static func count(_ text: String?) -> Int? {
    guard let text else { return nil }
    let digits = trim(Array(text.utf8))
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self)) ?? .max
  }

  /// A time in seconds: a decimal number, exponents and thousands commas included; 0 for anything else.
  static func seconds(_ text: String?) -> Double {
    guard let text else { return 0 }
    let number = trim(Array(text.utf8)).filter { $0 != UInt8(ascii: ",") }
    guard isDecimal(number), let value = Double(String(decoding: number, as: UTF8.self)), value.isFinite else {
      return 0
    }
    return value
  }

  /// `[+-] digits [. digits] [e [+-] digits]`, with digits on at least one side of the point.
  private static func isDecimal(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func takeDigits() -> Int {
      let digits = rest.prefix(while: isDigit).count
      rest = rest.dropFirst(digits)
      return digits
    }
    func takeSign() {
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    }
    takeSign()
    var digits = takeDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      digits += takeDigits()
    }
    guard digits > 0 else { return false }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      takeSign()
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func trim(_ bytes: [UInt8]) -> [UInt8] {
    let start = bytes.drop(while: isBlank)
    return Array(start.prefix(start.count - start.reversed().prefix(while: isBlank).count))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension Int {
  /// The sum, or the largest number where it would overflow. Both are not negative.
  func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
