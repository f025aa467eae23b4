import Glibc

/// A folder into which each run writes its report: one file a run, and the latest under a name that stays.
package struct ReportFolder: Sendable {
  /// How the reports of a command are called.
  private struct Names: Sendable, Hashable {
    /// The latest report.
    let latest: String
    /// What stands behind the time in the name of each report.
    let ending: String

    /// The reports of `dod`.
    static let dod = Names(latest: "dod_report.latest.json", ending: "_dod.json")
    /// The reports of `drift`.
    static let drift = Names(latest: "idle_drift.latest.json", ending: "_idle_drift.json")
  }

  private let path: String
  private let names: Names
  private let places: WrittenPlaces

  /// The reports of `dod`; the folder is made when the first one is written.
  package init(of settings: DoDSettings) {
    path = settings.reports
    names = .dod
    places = settings.places
  }

  /// The reports of `drift`.
  package init(of settings: DriftSettings) {
    path = settings.reports
    names = .drift
    places = settings.places
  }

  /// The path of the latest report.
  package var latestPath: String { path + "/" + names.latest }

  /// The path that the report of a moment gets: `<time>_dod.json`, the time to the microsecond. Of two runs within one
  /// microsecond the second moves on; with a fixed clock the same run writes the same file again.
  package func reportPath(at time: ReportTime) -> String {
    var moment = time
    while !time.isFixed, unsafe access(name(moment), F_OK) == 0 { moment.microseconds += 1 }
    return name(moment)
  }

  /// Writes a report under its own name and as the latest, each at once.
  package func write(_ report: [UInt8], to reportPath: String) throws(FileError) {
    try places.check(path)
    PlacedFile.removeLeftovers(in: path) { $0 == names.latest || $0.hasSuffix(names.ending) }
    let stamped = try AtomicFile.staged(report, for: reportPath)
    let latest = try AtomicFile.staged(report, for: latestPath)
    try stamped.commit()
    try latest.commit()
  }

  private func name(_ time: ReportTime) -> String { "\(path)/\(time.compact)\(names.ending)" }
}
