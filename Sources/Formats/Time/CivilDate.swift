/// A day of the proleptic Gregorian calendar.
///
/// Day numbers count from 1970-01-01, which is 0. The arithmetic shifts the year to begin in March, so that the leap day
/// is its last: then months have a fixed pattern of lengths (Hinnant, "chrono-compatible low-level date algorithms").
public struct CivilDate: Hashable, Sendable {
  /// The astronomical year; 0 is 1 BC.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Checks and makes a date; nil when the month has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, day <= Self.dayCount(ofMonth: month, in: year) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date of a day number.
  public init(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whether a year has 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The days of a month from 1 to 12.
  public static func dayCount(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate {
  /// The day of a year by its ordinal from 1; nil when the year has fewer days.
  public init?(year: Int, ordinal: Int) {
    guard ordinal >= 1, ordinal <= (Self.isLeap(year) ? 366 : 365) else { return nil }
    self.init(dayNumber: Self.firstDayNumber(of: year) + ordinal - 1)
  }

  /// The day of an ISO 8601 week date: weeks begin on Monday (1), and week 1 is the one with 4 January. Nil when the week
  /// year has no such week.
  public init?(weekYear: Int, week: Int, weekday: Int) {
    let firstMonday = Self.firstMonday(ofWeekYear: weekYear)
    let weekCount = (Self.firstMonday(ofWeekYear: weekYear + 1) - firstMonday) / 7
    guard week >= 1, week <= weekCount, (1...7).contains(weekday) else { return nil }
    self.init(dayNumber: firstMonday + (week - 1) * 7 + weekday - 1)
  }

  private static func firstDayNumber(of year: Int) -> Int {
    CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
  }

  private static func firstMonday(ofWeekYear year: Int) -> Int {
    let january4 = firstDayNumber(of: year) + 3
    // Day 0 was a Thursday, three days after a Monday.
    return january4 - FloorDivision.remainder(january4 + 3, 7)
  }
}

extension CivilDate: Comparable {
  /// Orders by time: earlier first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }
}
