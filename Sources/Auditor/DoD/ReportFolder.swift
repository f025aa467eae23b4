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
