import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The idle/drift monitor.
  static let drift = Command(
    ["drift"], summary: "Say whether the activity feed shows recent activity and heartbeats",
    description: """
      Reads the activity feed once and compares the age of the newest activity and of the newest heartbeat with their \
      thresholds. Writes idle_drift.latest.json and a time-stamped copy, and adds its own chain to the feed.
      Environment: ROOT, LUKA_ACTIVITY_FEED_JSONL, LUKA_IDLE_DRIFT_REPORT_DIR, LUKA_IDLE_THRESHOLD_SEC (900), \
      LUKA_DRIFT_THRESHOLD_SEC (120). The clock is the system's: SOURCE_DATE_EPOCH has no say in how old something is.
      Exit status: 0 fresh, 2 something is stale, 4 no answer: the feed or the report could not be used.
      """,
    flags: [once, .json],
    examples: [
      Example("auditor drift --once", "one look, one line a fact"),
      Example("LUKA_DRIFT_THRESHOLD_SEC=300 auditor drift --once --json", "heartbeats may be five minutes old"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let now = ReportTime.system()
    let here = try WorkingDirectory.path()
    let settings: DriftSettings
    do throws(DriftSettings.Problem) {
      settings = try DriftSettings.gather(environment: environment, workingDirectory: here)
    } catch {
      console.complain("auditor: \(error.message)")
      let check = DriftCheck(failure: .settings(kind: error.kind), DriftCheck.Thresholds())
      return show(check, DriftSettings.feedAsWritten(environment), reports: nil, now, arguments, console)
    }
    let monitor = DriftMonitor(settings)
    var (check, problem) = monitor.check(at: now)
    if let problem { console.complain("auditor: \(problem)") }
    let folder = ReportFolder(of: settings)
    let reportPath = folder.reportPath(at: now)
    do throws(FileError) {
      try folder.write(DriftReport(check, feed: settings.feed, time: now.timestamp).bytes(), to: reportPath)
    } catch {
      console.complain("auditor: \(error)")
      check = check.failing(.reportNotWritten)
    }
    do {
      try monitor.record(check, reports: [folder.latestPath, reportPath], at: ReportTime.system())
    } catch {
      console.complain("auditor: this run was not added to the feed: \(error)")
    }
    return show(check, settings.feed, reports: folder, now, arguments, console)
  }

  private static let once = Flag("once", help: "Look once and exit; there is no other way, so it may be left out")

  private static func show(
    _ check: DriftCheck, _ feed: String, reports: ReportFolder?, _ now: ReportTime, _ arguments: Arguments,
    _ console: Console
  ) -> ExitStatus {
    for pulse in [check.idle, check.heartbeat] {
      guard let age = pulse.ageSeconds, age < 0 else { continue }
      console.note("auditor: the newest event lies \(-age) s in the future; are the clocks the same?")
    }
    if arguments.has(.json) {
      console.write(DriftReport(check, feed: feed, time: now.timestamp).bytes())
      return check.exitStatus
    }
    if let reports { console.print("Idle/Drift report: \(reports.latestPath)") }
    console.print("status_exit=\(check.exitStatus.rawValue)")
    console.print("missing=\(check.missing.joined(separator: ","))")
    return check.exitStatus
  }
}
