/// One value that a `JSONFieldScanner` found: what it is and where it stands. What it means is read when it is asked for,
/// from the same bytes that were scanned.
public struct JSONField: Sendable, Hashable {
  /// What can be told of a value without reading it.
  public enum Kind: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean
    /// A number; `integer(in:)` tells whole ones from others.
    case number
    /// Text.
    case string
    /// A sequence.
    case array
    /// A mapping.
    case object
  }

  /// What the value is.
  public let kind: Kind
  /// The bytes of the value as written, a string with its quotes.
  public let range: Range<Int>
  /// Whether a string holds escapes, so that its content differs from its bytes.
  public let hasEscapes: Bool

  init(kind: Kind, range: Range<Int>, hasEscapes: Bool) {
    self.kind = kind
    self.range = range
    self.hasEscapes = hasEscapes
  }

  /// The bytes of a string without escapes, between its quotes; nil for everything else, which `value(in:)` reads.
  public var plainText: Range<Int>? {
    kind == .string && !hasEscapes ? (range.lowerBound + 1)..<(range.upperBound - 1) : nil
  }

  /// A number that is written as a whole one and fits in 64 bits, exact; nil for everything else.
  public func integer(in bytes: Span<UInt8>) -> Int64? {
    guard kind == .number else { return nil }
    if let usual = usualInteger(in: bytes) { return usual }
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value: Int64 = 0
    for index in (isNegative ? range.lowerBound + 1 : range.lowerBound)..<range.upperBound {
      guard isDigit(bytes[index]) else { return nil }
      let digit = Int64(bytes[index] &- UInt8(ascii: "0"))
      let (scaled, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (next, carried) =
        isNegative ? scaled.subtractingReportingOverflow(digit) : scaled.addingReportingOverflow(digit)
      guard !overflowed, !carried else { return nil }
      value = next
    }
    return value
  }

  /// Numbers of eight to eighteen digits, which is what clocks write, eight digits at once.
  @inline(__always)
  private func usualInteger(in bytes: Span<UInt8>) -> Int64? {
    guard (8...18).contains(range.count), let first = Self.eightDigits(bytes, at: range.lowerBound) else { return nil }
    var value = first
    for index in (range.lowerBound + 8)..<range.upperBound {
      guard isDigit(bytes[index]) else { return nil }
      value = value &* 10 &+ Int64(bytes[index] &- UInt8(ascii: "0"))
    }
    return value
  }

  /// The number that eight digits are; nil when one of the bytes is none.
  @inline(__always)
  private static func eightDigits(_ bytes: Span<UInt8>, at index: Int) -> Int64? {
    let text = UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    let highs: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    guard (text & highs) | (((text &+ 0x0606_0606_0606_0606) & highs) >> 4) == 0x3333_3333_3333_3333 else { return nil }
    // Pairs of digits, then of pairs, then of fours: each step multiplies and adds in all lanes.
    let pairs = (((text & 0x0F0F_0F0F_0F0F_0F0F) &* 2_561) >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = ((pairs &* 6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF
    return Int64((fours &* 42_949_672_960_001) >> 32)
  }

  /// The value in full, as `JSON.read` reads it. Copies its bytes.
  public func value(in bytes: Span<UInt8>) -> Value? {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    for index in range { text.append(bytes[index]) }
    return try? JSON.read(text)
  }
}
