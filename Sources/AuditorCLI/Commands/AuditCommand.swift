import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The main job.
  static let audit = Command(
    ["audit"], summary: "Audit a tree: scan, phases, gates, contracts; write the reports",
    description: """
      Judges everything that auditor.yaml at the root of PATH (default: the working directory) names or, without one, \
      what is found by looking: DOD__*.md documents, gate maps, contract schemas, evidence bundles, and all text files. Writes \
      dod_report.latest.json, a time-stamped copy, junit.xml and report.html into --reports-dir, and tells the result on \
      standard output. With --diff findings are told for changed lines only, and phases, gates and contracts where the change \
      touches a file that they rest on. With --policy, what PATH says about its own judgement counts only where the \
      policy allows it, and the report says what did not count. With --ledger (or 'ledger' in auditor.yaml) the run is \
      recorded. The exit status is the gravest of everything judged: 4 no verdict, 3 DESIGNED, 2 PARTIAL or MISSING, \
      1 findings, 0 clean. Stopped by a signal (HUP, INT, TERM), it writes what it has judged so far as a report that says \
      "interrupted" and has no verdict, and ends by that signal; a second signal ends it at once.
      """,
    operands: .optional("PATH"),
    flags: Arguments.auditFlags + [
      .reportsDirectory, .format(formats), .json, FindingFormats.category, .junitSchema,
    ],
    examples: [
      Example("auditor audit", "the working directory; reports go to ./reports"),
      Example("auditor audit --diff origin/main", "a merge gate: only what this branch and the work tree changed"),
      Example("auditor audit --fail-on warning --reports-dir build/audit ../service", "another tree, stricter"),
      Example("auditor audit --policy /etc/auditor/policy.yaml service", "by rules that the tree cannot change"),
      Example("auditor audit --ledger audits.sqlite", "also: record the run (see 'auditor ledger verify')"),
      Example("auditor audit --as-of 2027-01-01", "what will fail when waivers have ended?"),
      Example("auditor audit --json | jq .summary", "the report on standard output as well"),
      Example("auditor audit --format sarif-github > auditor.sarif", "for GitHub code scanning"),
      Example("auditor audit --format oscal > assessment-results.json", "for OSCAL tools"),
      Example("auditor audit --format markdown >> $GITHUB_STEP_SUMMARY", "for a step summary or a comment"),
      Example("SOURCE_DATE_EPOCH=0 auditor audit", "byte-identical reports for identical inputs"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let time = ReportTime(environment: environment)
    let root = arguments.operands.first ?? "."
    let reports = try arguments.reportsFolder(inTree: root)
    let request = try arguments.auditRequest(root: root, reports: reports, time: time, environment: environment)
    let told = try Interruption.heeded { try audited(request, arguments, console, at: time) }
    let run = told.run
    for gap in run.unevaluated { console.complain(gap) }
    let format = arguments.outputFormat(formats)
    let tree = try RootedFolder(root)
    let isWritten = try FindingFormats.write(
      format, FindingSet(run), summary: MarkdownSummary(run), arguments, console
    ) { try? tree.read($0) }
    switch format {
    case "json": console.write(told.report)
    case "junit": console.write(told.junit)
    case "html": console.write(told.page)
    case "oscal": console.write(OSCALResults(run).bytes())
    default:
      if !isWritten { console.tell(AuditText(run, style: TerminalStyle(hasColor: console.hasColor)).text) }
    }
    if !told.written.isEmpty { console.note("reports: \(told.written.joined(separator: ", "))") }
    if let ledger = request.ledger {
      guard run.interruption == nil else {
        console.complain("auditor: \(ledger): a run that was stopped is not recorded")
        return run.exitStatus
      }
      try LedgerRecording(arguments, console).record(run, report: told.report, in: ledger, root: root)
    }
    return run.exitStatus
  }

  /// A run and its reports, and which files hold them.
  private struct Told {
    var run: AuditRun
    var report: [UInt8] = []
    var junit: [UInt8] = []
    var page: [UInt8] = []
    var written: [String] = []

    mutating func render(_ history: [PastRun], _ schema: JUnitSchema) throws {
      report = try AuditReportJSON(run).bytes()
      junit = try AuditJUnit(run).report.xml(schema)
      page = AuditPage(run, history: history).bytes()
    }
  }

  private static func audited(
    _ request: Audit.Request, _ arguments: Arguments, _ console: Console, at time: ReportTime
  ) throws -> Told {
    var told = Told(run: try request.run(console))
    // A ledger that cannot be read is told of where the run is recorded in it.
    let history = (try? arguments.pastRuns(in: request.ledger, root: request.root)) ?? []
    try told.render(history, arguments.junitSchema)
    do throws(FileError) {
      let set = arguments.value(.reportsDirectory).map(ReportSet.init(folder:)) ?? ReportSet(inTree: request.root)
      told.written = try set.write(
        report: told.report, junit: told.junit, page: told.page, time: time)
    } catch {
      // What was found is told all the same, as what it is now: a run without a record.
      told.run = told.run.adding(
        Unevaluated(
          area: .configuration, location: Location(path: error.path),
          message: "cannot \(error.operation.rawValue): \(error.explanation)"))
      try told.render(history, arguments.junitSchema)
    }
    return told
  }

  private static let formats = ["text", "json", "junit", "html", "oscal"] + FindingFormats.names
}
