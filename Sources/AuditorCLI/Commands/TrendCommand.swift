import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The past, from the ledger.
  static let trend = Command(
    ["trend"], summary: "Show how findings and phases went, of one repository or of all",
    description: """
      Tells from the ledger how many findings were open, new and fixed over the runs of each target, by family of rules; \
      which phases changed their verdict, and which fell from PROVEN; and what is accepted for a time only. The rows are \
      taken as they are: 'auditor ledger verify' says whether they are as they were written.
      With --org all repositories are told at one glance, what got worse first: findings that are new, fixed, or drifting \
      (they stayed, at another level or otherwise accepted), phases that fell from PROVEN, acceptances that end within \
      --within days, repositories that were not looked at for --stale-after days. Its exit status is for alerts: 4 a \
      repository has no verdict of these days, or no run is recorded; 1 something got worse: a new finding at or above \
      --fail-on, or one that counts again, or a phase that fell; 2 nothing got worse, but something drifts, ends, or \
      stays fallen; 0 otherwise, whatever has been open for long.
      """,
    flags: [
      LedgerFlags.ledger, org, target, last, since, within, staleAfter, failOn, .asOf, .format(formats), .json,
    ],
    examples: [
      Example("auditor trend --ledger audits.sqlite", "every target, as bars"),
      Example("auditor trend --target shop --last 10", "the last ten runs of one"),
      Example("auditor trend --json | jq '.targets[].phases[].changes'", "every change of a verdict"),
      Example("auditor trend --org --ledger audits.sqlite", "the morning after a sweep: all repositories"),
      Example("auditor trend --org --json | jq '.alerts[] | select(.exit_status == 1)'", "what to page somebody for"),
      Example("auditor trend --org --format html > overview.html", "one page for everybody"),
      Example("auditor trend --org --since 2026-11-01 --as-of 2026-11-30", "a month in review"),
    ]
  ) { arguments, console in
    let path = try LedgerPlace.path(arguments.value(LedgerFlags.ledger))
    let format = arguments.outputFormat(formats)
    let now = ReportTime(environment: processEnvironment()).timestamp.date
    if arguments.has(org) { return try overview(path, format, now, arguments, console) }
    let others = [since, within, staleAfter, failOn].first(where: arguments.has).map { "--\($0.name)" }
    if let other = others ?? (format == "html" ? "--format html" : nil) {
      throw UsageError.contradiction("\(other) is about all repositories; add --org")
    }
    let wanted = arguments.value(target).map { SecretMask.masked($0) }
    let history = try Ledger.open(path).history(of: wanted)
    if let wanted, history.targets.isEmpty {
      throw UsageError.unknownName(wanted, of: "target", hint: "; 'auditor trend' lists those that \(path) has")
    }
    if format == "json" {
      console.write(history.json)
      return .clean
    }
    let text = TrendText(
      history, style: TerminalStyle(hasColor: console.hasColor), width: console.width,
      today: try arguments.day(.asOf) ?? now, shownRuns: try arguments.count(last) ?? 60)
    console.tell(text.text)
    return .clean
  }

  private static func overview(
    _ path: String, _ format: String, _ now: CivilDate, _ arguments: Arguments, _ console: Console
  ) throws -> ExitStatus {
    if arguments.has(target) {
      throw UsageError.contradiction("--target is about one repository and --org about all; give one")
    }
    var question = OrgOverview.Question(day: try arguments.day(.asOf) ?? now, today: now)
    question.since = try arguments.day(since)
    if let since = question.since, since > question.day {
      throw UsageError.contradiction("--since \(since) is after \(question.day), the day as of which is told")
    }
    question.within = try arguments.whole(within) ?? question.within
    question.staleAfter = try arguments.whole(staleAfter) ?? question.staleAfter
    question.dayCount = min(try arguments.count(last) ?? question.dayCount, mostDays)
    question.threshold = arguments.value(failOn).flatMap(FailureThreshold.init(rawValue:)) ?? question.threshold
    let overview = try Ledger.open(path).overview(question)
    switch format {
    case "json": console.write(overview.json)
    case "html": console.write(OrgPage(overview, toolVersion: Version.number).bytes())
    default:
      let text = OrgText(overview, style: TerminalStyle(hasColor: console.hasColor), width: console.width)
      console.tell(text.text)
    }
    return overview.exitStatus
  }

  /// Ten years of nights.
  private static let mostDays = 3_660
  private static let formats = ["text", "json", "html"]
  private static let org = Flag(
    "org", help: "All repositories of the ledger at one glance, with an exit status for alerts")
  private static let target = Flag("target", .value("NAME"), help: "Only this one (default: all)")
  private static let last = Flag(
    "last", .value("N"), help: "Show this many runs (default: 60) or, with --org, days (default: 30)")
  private static let since = Flag(
    "since", .value("DATE"), help: "With --org: new is what came since this day (default: with each last run)")
  private static let within = Flag(
    "within", .value("DAYS"), help: "With --org: tell acceptances that end within so many days (default: 14)")
  private static let staleAfter = Flag(
    "stale-after", .value("DAYS"), help: "With --org: tell repositories without a run for longer (default: 3)")
  private static let failOn = Flag(
    "fail-on", .choice(FailureThreshold.allCases.map(\.rawValue)),
    help: "With --org: lowest level at which something new makes the exit status 1 (default: error)")
}
