package import Rules

/// Where the parts of a drift run are, and how old signs of life may be (drift rules).
package struct DriftSettings: Sendable {
  /// What cannot be used; the kind is the word by which the monitor's users know it.
  package struct Problem: Error, Sendable {
    /// `ValueError` for what a variable holds, `ConfigurationError` for what `auditor.yaml` does.
    package let kind: String
    /// What is wrong, and what was expected.
    package let message: String
  }

  /// The absolute root.
  package let root: String
  /// The activity feed.
  package let feed: String
  /// The folder of the reports.
  package let reports: String
  /// Where may be written.
  let places: WrittenPlaces
  /// How old signs of life may be.
  package let thresholds: DriftCheck.Thresholds

  private static let standardReports = "observability/reports/idle_drift_monitor"
  /// A name that means the usual feed of the project.
  private static let reference = "ref://activity_feed"

  /// The feed as the environment names it, for a report on settings that cannot be used.
  package static func feedAsWritten(_ environment: [String: String]) -> String {
    SetVariable.value("LUKA_ACTIVITY_FEED_JSONL", environment) ?? DoDSettings.standardFeed
  }

  /// Settles everything: the environment, else `auditor.yaml` at the root (the feed), else the defaults below it.
  ///
  /// - Throws: `Problem`.
  package static func gather(
    environment: [String: String], workingDirectory: String
  ) throws(Problem) -> DriftSettings {
    let root: String
    let configured: String?
    do {
      root = try DoDSettings.root(named: "ROOT", environment: environment, workingDirectory: workingDirectory)
      configured = try Configuration.written(at: root)?.dod?.feed
    } catch {
      throw Problem(kind: "ConfigurationError", message: "\(error)")
    }
    func path(_ name: String, _ standard: String) throws(Problem) -> String {
      var written = SetVariable.value(name, environment) ?? standard
      if written == reference { written = standard }
      if PathText.climbs(written) { throw .traversal(written) }
      return ResolvedPath.resolve(written, from: root, environment: environment)
    }
    var thresholds = DriftCheck.Thresholds()
    if let seconds = try threshold("LUKA_IDLE_THRESHOLD_SEC", environment) { thresholds.idle = seconds }
    if let seconds = try threshold("LUKA_DRIFT_THRESHOLD_SEC", environment) { thresholds.heartbeat = seconds }
    let feed = try path("LUKA_ACTIVITY_FEED_JSONL", configured ?? DoDSettings.standardFeed)
    let reports = try path("LUKA_IDLE_DRIFT_REPORT_DIR", standardReports)
    let named = [("LUKA_ACTIVITY_FEED_JSONL", feed), ("LUKA_IDLE_DRIFT_REPORT_DIR", reports)].filter {
      SetVariable.value($0.0, environment) != nil
    }
    return DriftSettings(
      root: root, feed: feed, reports: reports, places: WrittenPlaces(root: root, named: Set(named.map(\.1))),
      thresholds: thresholds)
  }

  /// A whole number of seconds; nil when the variable is not set.
  private static func threshold(_ name: String, _ environment: [String: String]) throws(Problem) -> Int64? {
    guard let written = environment[name] else { return nil }
    guard let seconds = SetVariable.value(name, environment).flatMap({ Int64($0) }) else {
      throw Problem(kind: "ValueError", message: "\(name)='\(written)': expected a whole number of seconds")
    }
    return seconds
  }
}

extension DriftSettings.Problem {
  fileprivate static func traversal(_ path: String) -> Self {
    Self(kind: "ValueError", message: "path_traversal_not_allowed:\(path)")
  }
}
