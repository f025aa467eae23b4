import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Rule packs over files only.
  static let scan = Command(
    ["scan"], summary: "Run rule packs over files",
    description: """
      Scans the files below each PATH (default: the working directory) with the built-in rule packs, or those given with \
      --rules. Git's ignore files are honoured; links are not followed. Nothing scanned is an error, not a pass. The exit \
      status is 1 when a finding reaches --fail-on, and 4 when something could not be read.
      """,
    operands: .any("PATH"), flags: [.rules, disable, noIgnore, .jobs, .failOn, .format(["text", "json"]), .json],
    examples: [
      Example("auditor scan", "everything below the working directory"),
      Example("auditor scan --rules ci/rules --fail-on warning src tools", "own packs over two folders"),
      Example("auditor scan --json . > findings.json", "findings and coverage as JSON"),
    ]
  ) { arguments, console in
    let request = ScanRequest(
      paths: arguments.operands, rulePacks: arguments.list(.rules), disabled: arguments.list(disable),
      honoursIgnoreFiles: !arguments.has(noIgnore), jobs: try arguments.count(.jobs) ?? WorkerThreads.coreCount,
      now: ReportTime(environment: processEnvironment()).timestamp)
    let progress = ProgressLine(console, what: "scanning")
    let result = try request.run { done, total in progress.show(done, of: total) }
    progress.clear()
    for gap in result.outcome.unevaluated { console.complain(gap) }
    let report = ScanReport(
      findings: result.outcome.findings, unevaluated: result.outcome.unevaluated, coverage: result.outcome.coverage,
      rulePackDigest: result.pack.digest)
    if arguments.outputFormat(["text"]) == "json" {
      console.write(report.json())
    } else {
      console.write(Array(report.text(TerminalStyle(hasColor: console.hasColor)).utf8))
    }
    let threshold = arguments.value(.failOn).flatMap(FailureThreshold.init(rawValue:)) ?? .error
    return result.outcome.exitStatus(threshold)
  }

  private static let disable = Flag("disable", .list("RULE"), help: "Leave out a rule, or a family of rules")
  private static let noIgnore = Flag("no-ignore", help: "Look at files that git ignores too")
}
