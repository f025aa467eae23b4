/// A decimal number of any size, exact: what a number's text says, not what a double makes of it.
///
/// The value is `digits × 10^exponent`. Digits have no zeros at either end, so equal numbers have equal parts.
struct DecimalNumber: Equatable, Sendable {
  private(set) var isNegative = false
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// Reads `-12.50e3` and its parts; nil for any other notation (YAML's `0x1F`, `.inf`).
  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var fraction = 0
    var isPastPoint = false
    var hasDigit = false
    loop: while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte - UInt8(ascii: "0")) }
        if isPastPoint { fraction += 1 }
      case UInt8(ascii: ".") where !isPastPoint: isPastPoint = true
      default: break loop
      }
      rest = rest.dropFirst()
    }
    guard hasDigit else { return nil }
    if let byte = rest.first {
      guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"),
        let power = DecimalNumber.power(rest.dropFirst())
      else { return nil }
      exponent = power
    }
    exponent -= fraction
    normalize()
  }

  init(_ whole: Int64) {
    isNegative = whole < 0
    digits = String(whole.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    normalize()
  }

  var isZero: Bool { digits.isEmpty }

  var isWhole: Bool { digits.isEmpty || exponent >= 0 }

  var isPositive: Bool { !digits.isEmpty && !isNegative }

  /// -1, 0 or 1, as this number is below, equal to or above the other.
  func compared(to other: DecimalNumber) -> Int {
    if self == other { return 0 }
    let sign = isZero ? 0 : isNegative ? -1 : 1
    let otherSign = other.isZero ? 0 : other.isNegative ? -1 : 1
    if sign != otherSign { return sign < otherSign ? -1 : 1 }
    let size = digits.count + exponent
    let otherSize = other.digits.count + other.exponent
    let isSmaller = size != otherSize ? size < otherSize : digits.lexicographicallyPrecedes(other.digits)
    return isSmaller == (sign > 0) ? -1 : 1
  }

  /// Is this number a whole multiple of a positive one? Nil when the divisor has more digits than 64 bits hold.
  func isMultiple(of divisor: DecimalNumber) -> Bool? {
    if isZero { return true }
    // The last digit is not zero, so nothing that ends in zeros further left divides it.
    let shift = exponent - divisor.exponent
    if shift < 0 { return false }
    var modulus: UInt64 = 0
    for digit in divisor.digits {
      let (scaled, isTooLarge) = modulus.multipliedReportingOverflow(by: 10)
      let (sum, isCarried) = scaled.addingReportingOverflow(UInt64(digit))
      if isTooLarge || isCarried { return nil }
      modulus = sum
    }
    guard modulus > 0 else { return nil }
    var remainder: UInt64 = 0
    for digit in digits {
      remainder = UInt64((UInt128(remainder) * 10 + UInt128(digit)) % UInt128(modulus))
    }
    return multiply(remainder, powerOfTen(shift, modulo: modulus), modulo: modulus) == 0
  }

  private func multiply(_ left: UInt64, _ right: UInt64, modulo modulus: UInt64) -> UInt64 {
    UInt64(UInt128(left) * UInt128(right) % UInt128(modulus))
  }

  private func powerOfTen(_ power: Int, modulo modulus: UInt64) -> UInt64 {
    var result = 1 % modulus
    var square = 10 % modulus
    var power = power
    while power > 0 {
      if power & 1 == 1 { result = multiply(result, square, modulo: modulus) }
      square = multiply(square, square, modulo: modulus)
      power >>= 1
    }
    return result
  }

  /// An exponent, held within bounds that no double reaches.
  private static func power(_ text: some Collection<UInt8>) -> Int? {
    var rest = text[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return nil }
    let magnitude = rest.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 1_000_000_000) }
    return isNegative ? -magnitude : magnitude
  }

  private mutating func normalize() {
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    if digits.isEmpty {
      isNegative = false
      exponent = 0
    }
  }
}
