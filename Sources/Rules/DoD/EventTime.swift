package import Formats

/// An instant as activity feeds write it, exact to the nanosecond: finer than `Timestamp`, because the order of a chain
/// can hang on less than a millisecond.
package struct EventTime: Sendable, Hashable, Comparable {
  /// What a feed's time field turned out to be.
  package enum Reading: Sendable, Hashable {
    /// No field, or one that holds no time.
    case none
    /// A number beyond the years 1 to 9999: said as a finding, otherwise as good as none.
    case outOfRange
    /// A time.
    case instant(EventTime)

    /// The time, if it is one.
    package var instant: EventTime? {
      if case .instant(let time) = self { time } else { nil }
    }
  }

  /// Whole seconds since 1970, towards the past.
  package let seconds: Int64
  /// The rest, from 0 to 999,999,999.
  package let nanoseconds: Int32

  /// An instant from its parts.
  package init(seconds: Int64, nanoseconds: Int32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Orders by time.
  package static func < (left: EventTime, right: EventTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
}

extension EventTime {
  /// The feed clock's reading of one field: ISO 8601 text, where a time without a zone is UTC, or a number, above 10¹²
  /// milliseconds and else seconds.
  package static func read(_ value: Value) -> Reading {
    if let number = value.integer { return read(number: number) }
    if let number = value.number {
      return number > 1e12 ? read(seconds: number / 1_000) : read(seconds: number)
    }
    return value.kind == .string ? read(iso: value.textBytes) : .none
  }

  /// The precise clock's reading of `ts_epoch_ms`; nil when it is no number and the next field is asked.
  package static func read(milliseconds value: Value) -> Reading? {
    if let number = value.integer { return read(milliseconds: number) }
    return value.number.map { read(seconds: $0 / 1_000) }
  }

  /// The feed clock's reading of a whole number.
  static func read(number: Int64) -> Reading {
    number > 1_000_000_000_000 ? read(milliseconds: number) : instant(seconds: number)
  }

  /// The precise clock's reading of a whole number.
  static func read(milliseconds: Int64) -> Reading {
    let rest = milliseconds % 1_000
    return instant(
      seconds: milliseconds / 1_000 - (rest < 0 ? 1 : 0),
      nanoseconds: Int32((rest < 0 ? rest + 1_000 : rest) * 1_000_000))
  }

  /// Doubles are taken to the microsecond: what is finer is noise of the binary fraction.
  private static func read(seconds number: Double) -> Reading {
    guard number.isFinite, let whole = Int64(exactly: number.rounded(.down)) else { return .outOfRange }
    let microseconds = ((number - Double(whole)) * 1_000_000).rounded(.toNearestOrEven)
    return microseconds >= 1_000_000
      ? instant(seconds: whole + 1) : instant(seconds: whole, nanoseconds: Int32(microseconds) * 1_000)
  }

  private static func instant(seconds: Int64, nanoseconds: Int32 = 0) -> Reading {
    range.contains(seconds) ? .instant(EventTime(seconds: seconds, nanoseconds: nanoseconds)) : .outOfRange
  }
}

extension EventTime {
  /// ISO 8601, with what feeds do to it: no zone, hours only, fractions of any length. Digits alone are a date or
  /// nothing; as text they are no epoch time.
  private static func read(iso bytes: ArraySlice<UInt8>) -> Reading {
    let text = ASCII.trimmed(bytes)
    guard let first = text.first, ASCII.isDigit(first) else { return .none }
    guard let separator = text.firstIndex(where: { $0 == 0x54 || $0 == 0x74 || $0 == 0x20 }) else {
      return text.count != 10 && text.count != 13 || !text.allSatisfy(ASCII.isDigit)
        ? timestamp(Array(text), nanoseconds: 0) : .none
    }
    let isExtended = text[..<separator].contains(UInt8(ascii: "-"))
    var clock = Array(text[(separator + 1)...])
    guard let nanoseconds = takeFraction(&clock) else { return .none }
    let zone = clock.firstIndex { !ASCII.isDigit($0) && $0 != UInt8(ascii: ":") } ?? clock.count
    if zone == clock.count { clock.append(UInt8(ascii: "Z")) }
    if zone == 2 { clock.insert(contentsOf: (isExtended ? ":00" : "00").utf8, at: 2) }
    return timestamp(text[..<separator] + [UInt8(ascii: "T")] + clock, nanoseconds: nanoseconds)
  }

  /// Cuts the fraction of a second out of a time of day; nil when a mark stands there without digits.
  private static func takeFraction(_ clock: inout [UInt8]) -> Int32? {
    guard let mark = clock.firstIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else { return 0 }
    let end = clock[(mark + 1)...].firstIndex { !ASCII.isDigit($0) } ?? clock.count
    guard end > mark + 1 else { return nil }
    var nanoseconds: Int32 = 0
    for place in 1...9 {
      let digit = mark + place < end ? clock[mark + place] - UInt8(ascii: "0") : 0
      nanoseconds = nanoseconds * 10 + Int32(digit)
    }
    clock.removeSubrange(mark..<end)
    return nanoseconds
  }

  private static func timestamp(_ text: some Collection<UInt8>, nanoseconds: Int32) -> Reading {
    guard let time = try? Timestamp(parsing: Array(text).span) else { return .none }
    let rest = time.milliseconds % 1_000
    return instant(seconds: (time.milliseconds - (rest < 0 ? rest + 1_000 : rest)) / 1_000, nanoseconds: nanoseconds)
  }
}

extension EventTime {
  /// The form that nearly every feed uses, `2026-02-24T17:16:21Z`, with an optional fraction and `+00:00` for `Z`; nil for
  /// every other form and for dates that do not exist.
  init?(usual bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    guard range.count >= 20, bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D, bytes[start + 10] == 0x54,
      bytes[start + 13] == 0x3A, bytes[start + 16] == 0x3A,
      let year = Self.number(bytes, start, 4), let month = Self.number(bytes, start + 5, 2),
      let day = Self.number(bytes, start + 8, 2), let hour = Self.number(bytes, start + 11, 2),
      let minute = Self.number(bytes, start + 14, 2), let second = Self.number(bytes, start + 17, 2),
      year > 0, hour < 24, minute < 60, second < 60,
      let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
    else { return nil }
    var index = start + 19
    var nanoseconds: Int32 = 0
    if bytes[index] == 0x2E {
      var scale: Int32 = 100_000_000
      index += 1
      let first = index
      while index < range.upperBound, ASCII.isDigit(bytes[index]) {
        nanoseconds += Int32(bytes[index] - 0x30) * scale
        scale /= 10
        index += 1
      }
      guard index > first else { return nil }
    }
    guard Self.isUTC(bytes, index..<range.upperBound) else { return nil }
    seconds = Int64(date.dayNumber) * 86_400 + hour * 3_600 + minute * 60 + second
    self.nanoseconds = nanoseconds
  }

  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
    var number: Int64 = 0
    for index in start..<(start + count) {
      guard ASCII.isDigit(bytes[index]) else { return nil }
      number = number * 10 + Int64(bytes[index] - 0x30)
    }
    return number
  }

  private static func isUTC(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.count == 1 { return bytes[range.lowerBound] == 0x5A }
    let written: StaticString = "+00:00"
    guard range.count == written.utf8CodeUnitCount else { return false }
    for offset in 0..<range.count where unsafe bytes[range.lowerBound + offset] != written.utf8Start[offset] {
      return false
    }
    return true
  }
}
