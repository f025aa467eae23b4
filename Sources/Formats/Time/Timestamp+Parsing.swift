extension Timestamp {
  /// Reads a date, a date with time and zone, or an epoch time, and nothing around it:
  ///
  /// - `2026-03-01`, `20260301`, `2026-W09-7` or `2026-060`, years 0001 to 9999: midnight UTC;
  /// - such a date, `T`, `t` or a blank, `hh:mm[:ss[.fff…]]` (without colons after a date without hyphens), and a zone, `Z`,
  ///   `z`, `±hh`, `±hh:mm` or `±hhmm`, which is required; second 60 only where a leap second can stand;
  /// - ten digits (seconds), thirteen digits (milliseconds), or `@`, an optional `-`, seconds and an optional fraction.
  ///
  /// What is finer than a millisecond is rounded towards the past. Throws where the text departs from these forms.
  public init(parsing bytes: Span<UInt8>) throws(FormatError) {
    var cursor = TimeCursor()
    if bytes.count > 0, bytes[0] == UInt8(ascii: "@") {
      cursor.index = 1
      milliseconds = try cursor.epochSeconds(bytes)
    } else if bytes.count == 10 || bytes.count == 13, cursor.digitRun(bytes) == bytes.count {
      let number = Int64(try cursor.digits(bytes.count, "epoch time", bytes))
      milliseconds = bytes.count == 10 ? number * 1_000 : number
    } else {
      milliseconds = try cursor.dateAndTime(bytes)
    }
    guard cursor.index == bytes.count else { throw cursor.unexpected("the end of the time", bytes) }
  }

  /// Reads a string as `init(parsing:)` reads bytes.
  public init(parsing text: String) throws(FormatError) {
    try self.init(parsing: Array(text.utf8).span)
  }
}

/// A place in the text of a time, and the readers of its parts. They advance past what they read.
private struct TimeCursor {
  var index = 0

  func peek(_ bytes: Span<UInt8>) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The number of digits that stand here.
  func digitRun(_ bytes: Span<UInt8>) -> Int {
    var end = index
    while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
    return end - index
  }

  /// Exactly `count` digits, at most 13.
  mutating func digits(_ count: Int, _ what: String, _ bytes: Span<UInt8>) throws(FormatError) -> Int {
    var value = 0
    for _ in 0..<count {
      guard let byte = peek(bytes), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
        throw unexpected("\(count) digits of the \(what)", bytes)
      }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      index += 1
    }
    return value
  }

  /// Two digits within a range.
  mutating func twoDigits(_ what: String, _ range: ClosedRange<Int>, _ bytes: Span<UInt8>) throws(FormatError) -> Int {
    let value = try digits(2, what, bytes)
    guard range.contains(value) else {
      index -= 2
      throw invalid("\(what) \(value)", "\(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == byte else { return false }
    index += 1
    return true
  }

  mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(FormatError) {
    guard take(byte, bytes) else { throw unexpected("'\(Character(Unicode.Scalar(byte)))'", bytes) }
  }

  func unexpected(_ expected: String, _ bytes: Span<UInt8>) -> FormatError {
    guard let byte = peek(bytes) else { return FormatError(.time, .endOfInput(expected: expected), at: position) }
    let found =
      (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
    return FormatError(.time, .unexpected(found: found, expected: expected), at: position)
  }

  func invalid(_ what: String, _ expected: String) -> FormatError {
    FormatError(.time, .invalid(what: what, expected: expected), at: position)
  }

  private var position: SourcePosition { SourcePosition(offset: index, line: 1, column: index + 1) }
}

extension TimeCursor {
  /// What follows an `@`: seconds of any number of digits, as milliseconds rounded down.
  mutating func epochSeconds(_ bytes: Span<UInt8>) throws(FormatError) -> Int64 {
    let isNegative = take(UInt8(ascii: "-"), bytes)
    guard digitRun(bytes) > 0 else { throw unexpected("digits of epoch seconds", bytes) }
    var value: Int64 = 0
    var isTooLarge = false
    for _ in 0..<digitRun(bytes) {
      let digit = Int64(bytes[index] - UInt8(ascii: "0"))
      let (tens, tensOverflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) = tens.addingReportingOverflow(digit)
      isTooLarge = isTooLarge || tensOverflow || sumOverflow
      value = isTooLarge ? 0 : sum
      index += 1
    }
    let (fraction, isCut) = take(UInt8(ascii: "."), bytes) ? try self.fraction(bytes) : (0, false)
    // Cutting the digits of a negative number moved it towards zero; the past is one millisecond further.
    let finer: Int64 = isNegative && isCut ? 1 : 0
    let (milliseconds, overflow) = value.multipliedReportingOverflow(by: 1_000)
    let (magnitude, sumOverflow) = milliseconds.addingReportingOverflow(Int64(fraction) + finer)
    guard !isTooLarge, !overflow, !sumOverflow else {
      throw invalid("epoch time", "fewer than 2^63 milliseconds")
    }
    return isNegative ? -magnitude : magnitude
  }

  /// At least one digit: the first three as milliseconds, and whether anything but zeros followed.
  mutating func fraction(_ bytes: Span<UInt8>) throws(FormatError) -> (milliseconds: Int, isCut: Bool) {
    let count = digitRun(bytes)
    guard count > 0 else { throw unexpected("digits of a fraction", bytes) }
    var milliseconds = 0
    var isCut = false
    for place in 0..<max(3, count) {
      let digit = place < count ? Int(bytes[index + place] - UInt8(ascii: "0")) : 0
      if place < 3 { milliseconds = milliseconds * 10 + digit } else if digit != 0 { isCut = true }
    }
    index += count
    return (milliseconds, isCut)
  }

  mutating func dateAndTime(_ bytes: Span<UInt8>) throws(FormatError) -> Int64 {
    let year = try digits(4, "year", bytes)
    guard year >= 1 else { throw invalid("year 0000", "0001 to 9999") }
    let isExtended = take(UInt8(ascii: "-"), bytes)
    let date = try isExtended ? extendedDate(year, bytes) : calendarDate(year, isExtended: false, bytes)
    let midnight = date.dayNumber * Timestamp.millisecondsPerDay
    guard index < bytes.count else { return Int64(midnight) }
    guard take(UInt8(ascii: "T"), bytes) || take(UInt8(ascii: "t"), bytes) || take(UInt8(ascii: " "), bytes) else {
      throw unexpected("'T' or a blank before the time", bytes)
    }
    return try Int64(midnight + timeAndZone(isExtended: isExtended, midnight: midnight, bytes))
  }

  /// What follows `YYYY-`: a week date, an ordinal date or month and day.
  private mutating func extendedDate(_ year: Int, _ bytes: Span<UInt8>) throws(FormatError) -> CivilDate {
    if take(UInt8(ascii: "W"), bytes) {
      let week = try digits(2, "week", bytes)
      try expect(UInt8(ascii: "-"), bytes)
      let weekday = try digits(1, "day of the week", bytes)
      guard let date = CivilDate(weekYear: year, week: week, weekday: weekday), date.year <= 9999 else {
        throw invalid("week date", "a week of \(year) and a day from 1 to 7")
      }
      return date
    }
    guard digitRun(bytes) == 3 else { return try calendarDate(year, isExtended: true, bytes) }
    let ordinal = try digits(3, "day of the year", bytes)
    guard let date = CivilDate(year: year, ordinal: ordinal) else {
      throw invalid("day \(ordinal)", "a day of \(year), 001 to \(CivilDate.isLeap(year) ? 366 : 365)")
    }
    return date
  }

  private mutating func calendarDate(
    _ year: Int, isExtended: Bool, _ bytes: Span<UInt8>
  ) throws(FormatError) -> CivilDate {
    let month = try twoDigits("month", 1...12, bytes)
    if isExtended { try expect(UInt8(ascii: "-"), bytes) }
    let day = try twoDigits("day", 1...31, bytes)
    guard let date = CivilDate(year: year, month: month, day: day) else {
      index -= 2
      throw invalid(
        "day \(day)", "at most \(CivilDate.dayCount(ofMonth: month, in: year)) in month \(month) of \(year)")
    }
    return date
  }

  /// A time and its zone, as milliseconds after midnight UTC of its date.
  private mutating func timeAndZone(
    isExtended: Bool, midnight: Int, _ bytes: Span<UInt8>
  ) throws(FormatError) -> Int {
    let hour = try twoDigits("hour", 0...23, bytes)
    if isExtended { try expect(UInt8(ascii: ":"), bytes) }
    let minute = try twoDigits("minute", 0...59, bytes)
    var (second, milliseconds) = (0, 0)
    if isExtended ? take(UInt8(ascii: ":"), bytes) : digitRun(bytes) > 0 {
      second = try twoDigits("second", 0...60, bytes)
      if take(UInt8(ascii: "."), bytes) || take(UInt8(ascii: ","), bytes) {
        milliseconds = try fraction(bytes).milliseconds
      }
    }
    let minutes = try hour * 60 + minute - zone(bytes)
    if second == 60 { try checkLeapSecond(atEndOf: midnight + minutes * 60_000) }
    return (minutes * 60 + second) * 1_000 + milliseconds
  }

  /// Leap seconds are the last of June or December, in UTC: `minute` is the instant at which their minute begins.
  private func checkLeapSecond(atEndOf minute: Int) throws(FormatError) {
    let date = Timestamp(milliseconds: Int64(minute)).date
    let isLastMinute =
      FloorDivision.remainder(minute, Timestamp.millisecondsPerDay) == Timestamp.millisecondsPerDay - 60_000
    guard isLastMinute, (date.month, date.day) == (6, 30) || (date.month, date.day) == (12, 31) else {
      throw invalid("second 60", "a leap second only at 23:59:60 UTC on 30 June or 31 December")
    }
  }

  /// The zone's minutes ahead of UTC.
  private mutating func zone(_ bytes: Span<UInt8>) throws(FormatError) -> Int {
    if take(UInt8(ascii: "Z"), bytes) || take(UInt8(ascii: "z"), bytes) { return 0 }
    let isBehind = take(UInt8(ascii: "-"), bytes)
    guard isBehind || take(UInt8(ascii: "+"), bytes) else { throw unexpected("a zone: 'Z' or ±hh:mm", bytes) }
    var minutes = try twoDigits("hour of the zone", 0...23, bytes) * 60
    if take(UInt8(ascii: ":"), bytes) || digitRun(bytes) > 0 {
      minutes += try twoDigits("minute of the zone", 0...59, bytes)
    }
    return isBehind ? -minutes : minutes
  }
}
