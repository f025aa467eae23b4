package import Formats
import Glibc

/// The folder into which each DoD run writes its report: one file a run, and `dod_report.latest.json`.
package struct ReportFolder: Sendable {
  private static let latest = "dod_report.latest.json"

  private let path: String

  /// The folder at an absolute path; it is made when the first report is written.
  package init(_ path: String) { self.path = path }

  /// The name that the report of a moment gets: `<time>_dod.json`, the time to the microsecond. Of two runs within one
  /// microsecond the second moves on; with a fixed clock the same run writes the same file again.
  package func reportPath(at time: ReportTime) -> String {
    var moment = time
    while !time.isFixed, unsafe access(name(moment), F_OK) == 0 { moment.microseconds += 1 }
    return name(moment)
  }

  /// Writes a report under its own name and as the latest, each at once.
  package func write(_ report: [UInt8], to reportPath: String) throws(FileError) {
    try AtomicFile.write(report, to: reportPath)
    try AtomicFile.write(report, to: path + "/" + Self.latest)
  }

  private func name(_ time: ReportTime) -> String { "\(path)/\(time.compact)_dod.json" }
}

/// The moment of a run, to the microsecond.
package struct ReportTime: Sendable, Hashable {
  /// Microseconds since 1970.
  package var microseconds: Int64
  /// `SOURCE_DATE_EPOCH` decided, not the clock.
  package let isFixed: Bool

  /// The moment that `SOURCE_DATE_EPOCH` names, else that of the system's clock.
  package init(environment: [String: String]) {
    if let seconds = environment["SOURCE_DATE_EPOCH"].flatMap({ Int64($0) }), (0...253_402_300_799).contains(seconds) {
      microseconds = seconds * 1_000_000
      isFixed = true
    } else {
      var now = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &now)
      microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec / 1_000)
      isFixed = false
    }
  }

  /// The moment as reports tell it.
  package var timestamp: Timestamp { Timestamp(milliseconds: microseconds / 1_000) }

  /// `20260212T182239762914Z`.
  var compact: String {
    let digits = String(microseconds % 1_000_000)
    return timestamp.compact.dropLast() + String(repeating: "0", count: 6 - digits.utf8.count) + digits + "Z"
  }
}
