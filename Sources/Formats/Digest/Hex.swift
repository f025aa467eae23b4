/// Bytes as hexadecimal digits.
public enum Hex {
  /// The digits of bytes, in lower case.
  public static func text(of bytes: Span<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    for index in bytes.indices {
      digits.append(digit(bytes[index] >> 4))
      digits.append(digit(bytes[index] & 0xF))
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The bytes of digits, or nil where there is an odd number of them or anything else. Upper case is refused unless
  /// `ignoringCase`.
  public static func bytes(of digits: Span<UInt8>, ignoringCase: Bool = false) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(of: digits[index], ignoringCase: ignoringCase),
        let low = value(of: digits[index + 1], ignoringCase: ignoringCase)
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// The digit of a value below 16.
  static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }

  private static func value(of digit: UInt8, ignoringCase: Bool) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): ignoringCase ? digit - UInt8(ascii: "A") + 10 : nil
    default: nil
    }
  }
}
