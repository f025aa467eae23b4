package import Formats
import Glibc

/// The moment of a run, to the microsecond.
package struct ReportTime: Sendable, Hashable {
  /// Microseconds since 1970.
  package var microseconds: Int64
  /// `SOURCE_DATE_EPOCH` decided, not the clock.
  package let isFixed: Bool

  /// The moment that `SOURCE_DATE_EPOCH` names, else that of the system's clock.
  package init(environment: [String: String]) {
    if let seconds = environment["SOURCE_DATE_EPOCH"].flatMap({ Int64($0) }), (0...253_402_300_799).contains(seconds) {
      self.init(microseconds: seconds * 1_000_000, isFixed: true)
    } else {
      self = Self.system()
    }
  }

  private init(microseconds: Int64, isFixed: Bool) {
    self.microseconds = microseconds
    self.isFixed = isFixed
  }

  /// The moment of the system's clock, whatever the environment says.
  package static func system() -> ReportTime {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return ReportTime(microseconds: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec / 1_000), isFixed: false)
  }

  /// The moment as reports tell it.
  package var timestamp: Timestamp { Timestamp(milliseconds: microseconds / 1_000) }

  /// `20260212T182239762914Z`.
  var compact: String {
    let digits = String(microseconds % 1_000_000)
    return timestamp.compact.dropLast() + String(repeating: "0", count: 6 - digits.utf8.count) + digits + "Z"
  }
}
