/// Microseconds since 1970: what a feed's clocks can tell apart, in one number that can be subtracted.
///
/// Times lie in the years 1 to 9999 (`EventTime`), so that no sum or difference of a few of them overflows.
typealias FeedInstant = Int64

/// Lengths of time in microseconds, and the bounds that FORENSICS_RULES names.
enum Lapse {
  static let millisecond: Int64 = 1_000
  static let second: Int64 = 1_000_000
  static let minute = 60 * second
  static let hour = 60 * minute
  /// `K`: clocks of honest hosts may differ by up to that (section 1).
  static let skew = 120 * second

  /// `1000 ms`, `0.25 ms`.
  static func milliseconds(_ length: Int64) -> String {
    let rest = abs(length % millisecond)
    let whole = length / millisecond
    if rest == 0 { return "\(whole) ms" }
    let digits = String(rest + 1_000).dropFirst()
    return "\(length < 0 && whole == 0 ? "-" : "")\(whole).\(digits) ms"
  }

  /// `180 s`, for lengths that are told and not compared.
  static func seconds(_ length: Int64) -> String { "\(length / second) s" }
}

extension EventTime {
  /// The time as one number, finer digits cut off.
  var instant: FeedInstant { seconds * 1_000_000 + Int64(nanoseconds / 1_000) }
}
