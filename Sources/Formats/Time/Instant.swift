/// A moment to the nanosecond, as RFC 3339 writes it.
///
/// `Timestamp` reads what people write and keeps milliseconds; evidence whose order is judged needs the strict form and
/// every digit that was recorded.
public struct Instant: Hashable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
  public let seconds: Int64
  /// What is left of the second, 0 to 999,999,999.
  public let nanoseconds: Int32

  /// Milliseconds since 1970, rounded down.
  public var milliseconds: Int64 { seconds * 1_000 + Int64(nanoseconds / 1_000_000) }

  /// Reads `YYYY-MM-DDTHH:MM:SS`, optionally `.` and 1 to 9 digits, then `Z` or `±HH:MM`; nil for anything else, for
  /// days that do not exist and for leap seconds.
  public init?(rfc3339 bytes: Span<UInt8>) {
    var fields = FixedFields()
    guard let year = fields.number(digits: 4, in: bytes), year > 0, fields.take("-", in: bytes),
      let month = fields.number(digits: 2, in: bytes), fields.take("-", in: bytes),
      let day = fields.number(digits: 2, in: bytes), let date = CivilDate(year: year, month: month, day: day),
      fields.take("T", in: bytes),
      let hour = fields.number(digits: 2, in: bytes), hour < 24, fields.take(":", in: bytes),
      let minute = fields.number(digits: 2, in: bytes), minute < 60, fields.take(":", in: bytes),
      let second = fields.number(digits: 2, in: bytes), second < 60,
      let fraction = fields.fraction(in: bytes), let offset = fields.offsetMinutes(in: bytes),
      fields.offset == bytes.count
    else { return nil }
    seconds = Int64(date.dayNumber * 86_400 + hour * 3_600 + (minute - offset) * 60 + second)
    nanoseconds = Int32(fraction)
  }

  /// Reads a string as `init(rfc3339:)` reads bytes.
  public init?(rfc3339 text: String) {
    self.init(rfc3339: Array(text.utf8).span)
  }
}

extension Instant: Comparable {
  /// Orders by time.
  public static func < (left: Instant, right: Instant) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// Reads fields of fixed width from the left.
private struct FixedFields {
  var offset = 0

  mutating func take(_ character: Unicode.Scalar, in bytes: Span<UInt8>) -> Bool {
    guard offset < bytes.count, UInt32(bytes[offset]) == character.value else { return false }
    offset += 1
    return true
  }

  mutating func number(digits: Int, in bytes: Span<UInt8>) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard offset < bytes.count, isDigit(bytes[offset]) else { return nil }
      value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      offset += 1
    }
    return value
  }

  /// Nanoseconds; 0 when there is no fraction, nil for `.` without digits or with more than nine.
  mutating func fraction(in bytes: Span<UInt8>) -> Int? {
    guard take(".", in: bytes) else { return 0 }
    var value = 0
    var count = 0
    while offset < bytes.count, isDigit(bytes[offset]), count < 10 {
      value = value * 10 + Int(bytes[offset] - UInt8(ascii: "0"))
      offset += 1
      count += 1
    }
    guard (1...9).contains(count) else { return nil }
    for _ in count..<9 { value *= 10 }
    return value
  }

  /// Minutes east of UTC.
  mutating func offsetMinutes(in bytes: Span<UInt8>) -> Int? {
    if take("Z", in: bytes) { return 0 }
    let isWest = take("-", in: bytes)
    guard isWest || take("+", in: bytes), let hours = number(digits: 2, in: bytes), hours < 24,
      take(":", in: bytes), let minutes = number(digits: 2, in: bytes), minutes < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }
}
