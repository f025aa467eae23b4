package import Formats

/// An instant of a run, to the microsecond, with the offset that it was written with.
package struct RunTime: Sendable, Equatable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package let microseconds: Int64
  private let offsetMinutes: Int64

  /// Reads an ISO 8601 time with a zone; digits behind the sixth of a second are cut off.
  ///
  /// - Throws: `FormatError` for what is no such time.
  package init(_ text: String) throws(FormatError) {
    let bytes = Array(text.utf8)
    let point = bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") } ?? bytes.count
    let fraction = bytes.dropFirst(point + 1).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if point < bytes.count, fraction.isEmpty {
      throw FormatError(.time, .invalid(what: "fraction of a second", expected: "digits"))
    }
    let whole = bytes.prefix(point) + bytes.dropFirst(point + (point < bytes.count ? 1 + fraction.count : 0))
    let seconds = try Timestamp(parsing: String(decoding: whole, as: UTF8.self))
    var micro: Int64 = 0
    for place in 0..<6 {
      let digit = place < fraction.count ? Int64(fraction[fraction.startIndex + place] - UInt8(ascii: "0")) : 0
      micro = micro * 10 + digit
    }
    let (scaled, overflow) = seconds.milliseconds.multipliedReportingOverflow(by: 1_000)
    guard !overflow else { throw FormatError(.time, .invalid(what: "time", expected: "a year that can be counted")) }
    microseconds = scaled + micro
    offsetMinutes = RunTime.offset(Array(whole))
  }

  private init(microseconds: Int64) {
    self.microseconds = microseconds
    offsetMinutes = 0
  }

  /// The time so many seconds later, in UTC.
  package func adding(seconds: Int64) throws(FormatError) -> RunTime {
    let (more, isTooMuch) = seconds.multipliedReportingOverflow(by: 1_000_000)
    let (sum, overflow) = microseconds.addingReportingOverflow(more)
    guard !isTooMuch, !overflow else {
      throw FormatError(.time, .invalid(what: "time", expected: "a year that can be counted"))
    }
    return RunTime(microseconds: sum)
  }

  /// `2026-01-01T00:00:00Z`, with six digits of a fraction when it is not zero.
  package var utcText: String { clock(atOffset: 0) + "Z" }

  /// `2026-01-01T01:00:00+01:00`, with six digits of a fraction when it is not zero.
  package var offsetText: String {
    let size = offsetMinutes.magnitude
    return clock(atOffset: offsetMinutes) + (offsetMinutes < 0 ? "-" : "+") + RunTime.twoDigits(size / 60) + ":"
      + RunTime.twoDigits(size % 60)
  }

  private func clock(atOffset minutes: Int64) -> String {
    let local = microseconds + minutes * 60_000_000
    let micro = ((local % 1_000_000) + 1_000_000) % 1_000_000
    let text = Timestamp(milliseconds: (local - micro) / 1_000).rfc3339.dropLast()
    if micro == 0 { return String(text) }
    let digits = String(micro)
    return text + "." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  /// The minutes that the zone at the end is ahead of UTC.
  private static func offset(_ text: [UInt8]) -> Int64 {
    guard let time = text.firstIndex(where: { $0 == UInt8(ascii: "T") || $0 == UInt8(ascii: "t") || $0 == 0x20 }),
      let sign = text[time...].firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") })
    else { return 0 }
    let digits = text[(sign + 1)...].filter { $0 != UInt8(ascii: ":") }.map { Int64($0) - Int64(UInt8(ascii: "0")) }
    guard digits.count == 2 || digits.count == 4 else { return 0 }
    let hours = digits[0] * 10 + digits[1]
    let minutes = hours * 60 + (digits.count == 4 ? digits[2] * 10 + digits[3] : 0)
    return text[sign] == UInt8(ascii: "-") ? -minutes : minutes
  }

  private static func twoDigits(_ number: UInt64) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension RunTime: Comparable {
  /// The earlier is the lesser.
  package static func < (left: RunTime, right: RunTime) -> Bool { left.microseconds < right.microseconds }

  /// Equal instants are equal whatever their offsets.
  package static func == (left: RunTime, right: RunTime) -> Bool { left.microseconds == right.microseconds }
}
