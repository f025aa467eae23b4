import Formats
import Testing

@Suite("Timestamp")
struct TimestampTests {
  @Test(
    "reads dates, times and epochs",
    arguments: [
      ("1970-01-01", 0),
      ("19700102", 86_400_000),
      ("1969-12-31T23:59:59.999Z", -1),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000),
      ("2024-02-29t00:00:00.0009z", 1_709_164_800_000),
      ("2024-02-29 00:00:00,5Z", 1_709_164_800_500),
      ("2024-02-29T01:30+01:30", 1_709_164_800_000),
      ("20240228T2330-0030", 1_709_164_800_000),
      ("20240229T010000.25+01", 1_709_164_800_250),
      ("2024-060T00:00-00:00", 1_709_164_800_000),
      ("2024-W09-4", 1_709_164_800_000),
      ("2020-W53-7", 1_609_632_000_000),
      ("1709164800", 1_709_164_800_000),
      ("0000000001", 1_000),
      ("1709164800123", 1_709_164_800_123),
      ("@0", 0),
      ("@-0.0005", -1),
      ("@-0.000", 0),
      ("@-1.5", -1_500),
      ("@1.9999", 1_999),
      ("@00000000000000000000000000001", 1_000),
      ("0001-01-01", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
      ("2015-06-30T23:59:60Z", 1_435_708_800_000),
      ("2015-06-30T16:59:60.5-07:00", 1_435_708_800_500),
    ])
  func reads(text: String, milliseconds: Int) throws {
    #expect(try Timestamp(parsing: text).milliseconds == Int64(milliseconds))
  }

  @Test(
    "refuses everything else",
    arguments: [
      "", " ", "now", "2024", "2024-02", "2024-2-29", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01",
      "2024-01-00",
      "2024-04-31", "0000-01-01", "10000-01-01", "-2024-01-01", "2023-366", "2024-000", "2024-367", "2024-W00-1",
      "2024-W53-1", "2024-W09-0", "2024-W09-8", "2024W094", "2024-w09-4", "2024060", "9999-W52-6",
      "2024-02-29T", "2024-02-29T12", "2024-02-29T12Z", "2024-02-29T12:00", "2024-02-29T24:00Z", "2024-02-29T12:60Z",
      "2024-02-29T12:00:61Z", "2024-02-29T12:00:60Z", "2015-06-29T23:59:60Z", "2015-06-30T23:59:60+01:00",
      "2024-02-29T1200Z", "20240229T12:00Z", "2024-02-29T12:00:00.Z", "2024-02-29T12:00.5Z", "2024-02-29T12:00:00Z ",
      "2024-02-29  12:00Z", "2024-02-29T12:00 Z", "2024-02-29T12:00+1", "2024-02-29T12:00+24", "2024-02-29T12:00+01:60",
      "2024-02-29T12:00+01:", "2024-02-29T12:00Z+01", "2024-02-29Z", "2024-02-29\u{212}01:00", "２０２４-02-29",
      "123456789", "12345678901", "123456789012", "12345678901234", "-1709164800", "+1709164800", "1709164800.5",
      "@", "@-", "@+1", "@1.", "@.5", "@1e9", "@1,5", "@9223372036854775808", "@9223372036854776", "@--1", "@1 ",
    ])
  func refuses(text: String) {
    #expect(throws: FormatError.self) { try Timestamp(parsing: text) }
  }

  @Test("says where and what was expected")
  func errors() throws {
    let error = #expect(throws: FormatError.self) { try Timestamp(parsing: "2023-02-29") }
    #expect(
      error?.description == "1:9: invalid time: malformed day 29, expected at most 28 in month 2 of 2023")
    #expect(throws: FormatError(.time, .endOfInput(expected: "a zone: 'Z' or ±hh:mm"), at: place(17))) {
      try Timestamp(parsing: "2024-02-29T12:00")
    }
  }

  @Test("writes RFC 3339 and the compact form")
  func writes() {
    let time = Timestamp(milliseconds: 1_772_368_496_789)
    #expect(time.rfc3339 == "2026-03-01T12:34:56Z")
    #expect(time.rfc3339Milliseconds == "2026-03-01T12:34:56.789Z")
    #expect(time.compact == "20260301T123456Z")
    #expect(Timestamp(milliseconds: -1).rfc3339Milliseconds == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp(milliseconds: Int64.min).rfc3339.hasPrefix("-"))
  }

  @Test("what is written is read back, across four centuries")
  func roundTrip() throws {
    var noise = Noise(seed: 3)
    for _ in 0..<500 {
      let time = Timestamp(milliseconds: Int64(noise.next() % 12_622_780_800_000) - 6_000_000_000_000)
      #expect(try Timestamp(parsing: time.rfc3339Milliseconds) == time)
      #expect(try Timestamp(parsing: time.compact).milliseconds <= time.milliseconds)
    }
  }

  private func place(_ column: Int) -> SourcePosition { SourcePosition(offset: column - 1, line: 1, column: column) }
}

@Suite("Civil date")
struct CivilDateTests {
  @Test("every day of 400 years follows the last, and its number leads back to it")
  func calendar() {
    var previous = CivilDate(dayNumber: -141_428)
    for number in -141_427...4_670 {
      let date = CivilDate(dayNumber: number)
      let isNextDay = date.year == previous.year && date.month == previous.month && date.day == previous.day + 1
      let isFirst = date.day == 1 && previous.day == CivilDate.dayCount(ofMonth: previous.month, in: previous.year)
      if !(isNextDay || isFirst) || date.dayNumber != number { Issue.record("\(previous) then \(date) at \(number)") }
      previous = date
    }
    #expect(CivilDate(dayNumber: 0) == CivilDate(year: 1970, month: 1, day: 1))
  }

  @Test("century years are leap years only every 400 years")
  func leapYears() {
    #expect([1600, 1700, 1900, 2000, 2023, 2024, 2100].filter(CivilDate.isLeap) == [1600, 2000, 2024])
  }
}
