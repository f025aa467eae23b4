/// A ULID: 48 bits of time and 80 bits of randomness, written as 26 digits of Crockford's base 32. Ordered as the 128-bit
/// number, which is the order of the texts in upper case.
public struct ULID: Hashable, Sendable {
  /// The time in milliseconds since 1970, below 2^48.
  public let milliseconds: UInt64
  /// The upper 16 and the lower 64 bits of the randomness.
  private let upperRandomness: UInt16
  private let lowerRandomness: UInt64

  /// The digits of a ULID.
  public static let digitCount = 26
  /// The bytes of its randomness.
  public static let randomnessByteCount = 10

  /// Makes a ULID; throws for a time outside 0 … 2^48 − 1 and for randomness that is not ten bytes.
  public init(milliseconds: Int64, randomness: Span<UInt8>) throws(FormatError) {
    guard milliseconds >= 0, milliseconds < 1 << 48 else {
      throw FormatError(.ulid, .invalid(what: "time \(milliseconds)", expected: "0 to 2^48 - 1 milliseconds"))
    }
    guard randomness.count == Self.randomnessByteCount else {
      throw FormatError(.ulid, .invalid(what: "randomness of \(randomness.count) bytes", expected: "10 bytes"))
    }
    var (upper, lower): (UInt16, UInt64) = (0, 0)
    for index in 0..<2 { upper = upper << 8 | UInt16(randomness[index]) }
    for index in 2..<10 { lower = lower << 8 | UInt64(randomness[index]) }
    self.init(UInt64(milliseconds), upper, lower)
  }

  private init(_ milliseconds: UInt64, _ upper: UInt16, _ lower: UInt64) {
    self.milliseconds = milliseconds
    upperRandomness = upper
    lowerRandomness = lower
  }

  /// The ten bytes of randomness.
  public var randomness: [UInt8] {
    let upper = [UInt8(upperRandomness >> 8), UInt8(truncatingIfNeeded: upperRandomness)]
    return upper + stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: lowerRandomness >> $0) }
  }

  /// The monotonic successor: the same time, the randomness plus 1. It is what a generator answers whose clock reads this
  /// time or an earlier one. Throws where the randomness would overflow.
  public func successor() throws(FormatError) -> ULID {
    let (lower, overflow) = lowerRandomness.addingReportingOverflow(1)
    guard overflow else { return ULID(milliseconds, upperRandomness, lower) }
    let (upper, isExhausted) = upperRandomness.addingReportingOverflow(1)
    guard !isExhausted else {
      throw FormatError(.ulid, .invalid(what: "successor", expected: "randomness that is not all ones"))
    }
    return ULID(milliseconds, upper, lower)
  }

  /// What a monotonic generator that wrote this one last answers when its clock reads `milliseconds`: the successor, for
  /// this time or an earlier one. A later millisecond needs fresh randomness, which is not to be had here: that throws.
  public func successor(at milliseconds: Int64) throws(FormatError) -> ULID {
    guard milliseconds <= Int64(self.milliseconds) else {
      throw FormatError(
        .ulid,
        .invalid(what: "clock at \(milliseconds)", expected: "at most \(self.milliseconds), the time of the last"))
    }
    return try successor()
  }

  /// Whether identifiers are strictly ascending, as one monotonic generator writes them.
  public static func isMonotonic(_ values: [ULID]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy(<)
  }
}

extension ULID {
  /// Reads 26 digits in either case. I, L, O and U are no digits here, and a value beyond 128 bits (above `7ZZ…Z`) is
  /// refused, as is anything around the digits.
  public init(parsing bytes: Span<UInt8>) throws(FormatError) {
    guard bytes.count == Self.digitCount else {
      throw FormatError(.ulid, .invalid(what: "length of \(bytes.count) bytes", expected: "\(Self.digitCount) digits"))
    }
    var (time, upper, lower): (UInt64, UInt64, UInt64) = (0, 0, 0)
    for index in bytes.indices {
      guard let digit = Self.value(ofDigit: bytes[index]), index > 0 || digit <= 7 else {
        throw FormatError(
          .ulid, .invalid(what: "digit", expected: index == 0 ? "0 to 7" : "0-9 or A-Z but I, L, O and U"),
          at: SourcePosition(offset: index, line: 1, column: index + 1))
      }
      if index < 10 {
        time = time << 5 | digit
      } else {
        upper = upper << 5 | lower >> 59
        lower = lower << 5 | digit
      }
    }
    self.init(time, UInt16(truncatingIfNeeded: upper), lower)
  }

  /// Reads a string as `init(parsing:)` reads bytes.
  public init(parsing text: String) throws(FormatError) {
    try self.init(parsing: Array(text.utf8).span)
  }

  private static let alphabet: [UInt8] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: .max, count: 256)
    for (value, digit) in alphabet.enumerated() {
      values[Int(digit)] = UInt8(value)
      if digit >= UInt8(ascii: "A") { values[Int(digit) + 32] = UInt8(value) }
    }
    return values
  }()

  private static func value(ofDigit digit: UInt8) -> UInt64? {
    let value = values[Int(digit)]
    return value == .max ? nil : UInt64(value)
  }
}

extension ULID: CustomStringConvertible {
  /// The 26 digits in upper case.
  public var description: String {
    var digits: [UInt8] = []
    digits.reserveCapacity(Self.digitCount)
    for shift in stride(from: UInt64(45), through: 0, by: -5) { digits.append(Self.digit(milliseconds >> shift)) }
    for shift in stride(from: 75, through: 0, by: -5) { digits.append(Self.digit(randomnessBits(from: shift))) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The randomness shifted right, of which the lowest 64 bits count.
  private func randomnessBits(from shift: Int) -> UInt64 {
    shift >= 64
      ? UInt64(upperRandomness) >> (shift - 64) : UInt64(upperRandomness) << (64 - shift) | lowerRandomness >> shift
  }

  private static func digit(_ bits: UInt64) -> UInt8 { alphabet[Int(bits & 31)] }
}

extension ULID: Comparable {
  /// Orders as 128-bit numbers.
  public static func < (left: ULID, right: ULID) -> Bool {
    (left.milliseconds, left.upperRandomness, left.lowerRandomness)
      < (right.milliseconds, right.upperRandomness, right.lowerRandomness)
  }
}
