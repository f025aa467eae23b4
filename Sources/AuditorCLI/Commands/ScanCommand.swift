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
      --rules. The nearest auditor.yaml at or above a PATH, up to the top of its repository, says which packs, paths and \
      levels count; options win over it. Git's ignore files are honoured; links are not followed.
      With --diff only lines are told that the work tree has and the merge base of HEAD and REV has not, and files that \
      git does not track yet; with --staged only what is about to be committed, read from the index. What git cannot \
      tell is an error, never 'no findings'.
      With --stdin-jsonl nothing is read from the disk: rows of JSON come in ({"path": …, "content": …} or \
      "content_base64", and an "id" that comes back), a row of JSON goes out for each, in the same order; a row that cannot \
      be used is answered by one that says so, and makes the exit status 4.
      With --policy, what a tree says about its own judgement counts only where the policy allows it, and the report says \
      what did not count. With --staged, auditor.yaml and the files that it names count as they are staged.
      Nothing scanned is an error, not a pass. The exit status is 1 when a finding reaches --fail-on, and 4 when \
      something could not be read.
      """,
    operands: .any("PATH"),
    flags: [
      .diff, staged, stdinPath, stdinRows, .baseline, .newOnly, .waivers, .policy, .asOf, .rules, .disable, .noIgnore,
      .noCache,
      .verifyCache,
      .jobs, .failOn, .format(formats), .json, FindingFormats.category, .junitSchema,
    ],
    examples: [
      Example("auditor scan", "everything below the working directory"),
      Example("auditor scan --diff origin/main", "a merge gate: only what this branch and the work tree changed"),
      Example("auditor scan --baseline auditor.baseline.jsonl --new-only", "only what the baseline does not accept"),
      Example("auditor scan --staged", "a pre-commit hook: only what is about to be committed"),
      Example("auditor scan --policy /etc/auditor/policy.yaml", "by rules that the tree cannot change"),
      Example("auditor scan --stdin-path src/a.py < buffer", "an editor's unsaved text, judged as that file"),
      Example("auditor scan --stdin-jsonl < rows.jsonl > answers.jsonl", "a pipe, for Spark, xargs or GNU parallel"),
      Example("auditor scan --rules ci/rules --fail-on warning src tools", "own packs over two folders"),
      Example("auditor scan --json . > findings.json", "findings and coverage as JSON"),
      Example("auditor scan --format gitlab > gl-code-quality-report.json", "for the widget of a merge request"),
      Example("auditor scan --format junit --junit-schema compat > junit.xml", "beside the tests, with file and line"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    if arguments.has(stdinRows) { return try pipe(arguments, environment, console) }
    var request = ScanRequest(now: ReportTime(environment: environment).timestamp, environment: environment)
    request.paths = arguments.operands
    request.selection = try selection(arguments)
    request.rulePacks = arguments.list(.rules)
    request.disabled = arguments.list(.disable)
    request.honoursIgnoreFiles = !arguments.has(.noIgnore)
    request.cache = try arguments.cacheRequest()
    request.waivers = arguments.list(.waivers)
    request.asOf = try arguments.day(.asOf)
    request.policy = try arguments.policy(besides: [.rules, .disable, .waivers, .baseline, .failOn])
    request.baseline = arguments.value(.baseline)
    request.isNewOnly = arguments.has(.newOnly)
    request.jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    request.threshold = arguments.value(.failOn).flatMap(FailureThreshold.init(rawValue:))
    let progress = ProgressLine(console, what: "scanning")
    let result = try Interruption.heeded {
      try request.run { done, total in
        progress.show(done, of: total)
      } say: { words in
        console.note("auditor: \(words)")
      }
    }
    progress.clear()
    for gap in result.unevaluated { console.complain(gap) }
    let tool = AuditRun.Tool(
      name: "auditor", version: Version.number, commit: BuildOrigin.commit, rulePackDigest: result.pack.digest)
    let set = FindingSet(
      tool: tool, rules: result.pack.rules, findings: result.findings, unevaluated: result.unevaluated,
      exitStatus: result.exitStatus)
    let report = ScanReport(
      findings: result.findings, unevaluated: result.unevaluated, coverage: result.coverage,
      tool: tool, scope: result.scope, policy: result.policy)
    let format = arguments.outputFormat(formats)
    let isWritten = try FindingFormats.write(format, set, summary: MarkdownSummary(set), arguments, console) {
      try? FileReader.read($0)
    }
    switch format {
    case "json": try report.writeJSON { console.write($0) }
    case "junit":
      let junit = ScanJUnit(set, threshold: result.threshold, time: request.now)
      try junit.report.write(arguments.junitSchema) { console.write($0) }
    default:
      if !isWritten { try report.writeText(TerminalStyle(hasColor: console.hasColor)) { console.tell($0) } }
    }
    return result.exitStatus
  }

  private static func selection(_ arguments: Arguments) throws -> ScanRequest.Selection {
    let asked = [Flag.diff, staged, stdinPath].filter(arguments.has)
    if asked.count > 1 {
      throw UsageError.contradiction("--\(asked[0].name) and --\(asked[1].name) ask for different things; give one")
    }
    if let revision = arguments.value(.diff) { return .since(revision) }
    if arguments.has(staged) { return .staged }
    guard let path = arguments.value(stdinPath) else { return .everything }
    if !arguments.operands.isEmpty {
      throw UsageError.contradiction("--stdin-path judges standard input alone; leave out the paths")
    }
    return .text(try StandardInput.bytes(), path: path)
  }

  private static func pipe(
    _ arguments: Arguments, _ environment: [String: String], _ console: Console
  ) throws -> ExitStatus {
    let others: [Flag] = [
      .diff, staged, stdinPath, .baseline, .newOnly, .waivers, .policy, .format(formats), .junitSchema,
    ]
    if let other = others.first(where: arguments.has) {
      throw UsageError.contradiction("--stdin-jsonl and --\(other.name) contradict each other; give one")
    }
    if let path = arguments.operands.first {
      throw UsageError.contradiction("--stdin-jsonl judges rows of standard input alone; leave out '\(path)'")
    }
    var scan = try PipedScan(
      rulePacks: arguments.list(.rules), disabled: arguments.list(.disable),
      threshold: arguments.value(.failOn).flatMap(FailureThreshold.init(rawValue:)) ?? .error,
      today: ReportTime(environment: environment).timestamp.date)
    return try scan.run { answer in
      switch answer.result {
      case .scanned(let findings, let count):
        console.write(
          PipedRow.scanned(
            row: answer.row, id: answer.id, path: answer.path, isText: true, byteCount: count, findings: findings))
      case .binary(let count):
        console.write(
          PipedRow.scanned(
            row: answer.row, id: answer.id, path: answer.path, isText: false, byteCount: count, findings: []))
      case .broken(let reason):
        console.write(PipedRow.broken(row: answer.row, id: answer.id, path: answer.path, reason: reason))
      }
    }
  }

  private static let staged = Flag("staged", help: "Only what is staged, with the content of the index")
  private static let stdinPath = Flag(
    "stdin-path", .value("NAME"), help: "Scan standard input, judged as the file of this name")

  private static let stdinRows = Flag(
    "stdin-jsonl", help: "Scan rows of JSON from standard input, and answer each with a row")

  private static let formats = ["text", "json", "junit"] + FindingFormats.names
}
