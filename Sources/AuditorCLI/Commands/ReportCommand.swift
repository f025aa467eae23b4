import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// The page for somebody who was not there.
  static let report = Command(
    ["report"], summary: "Write one page about a tree: what is proven, what is not, why, and how to check it",
    description: """
      Audits PATH (default: the working directory) as 'auditor audit' does, and writes one HTML page for a reviewer \
      without context: the verdict, what it rests on with places and digests, claims against facts, what was not looked \
      at, and the commands that repeat it. The page holds no script and asks for nothing over a network. The exit status \
      is that of the audit.
      """,
    operands: .optional("PATH"),
    flags: Arguments.auditFlags + [.reportsDirectory, out],
    examples: [
      Example("auditor report", "writes ./reports/report.html"),
      Example("auditor report --out review.html ../service", "another tree, another place"),
      Example("auditor report --out - | gzip > review.html.gz", "on standard output"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let time = ReportTime(environment: environment)
    let root = arguments.operands.first ?? "."
    let reports = arguments.value(.reportsDirectory) ?? "\(root)/reports"
    let run = try arguments.auditRequest(root: root, reports: reports, time: time, environment: environment).run(
      console)
    for gap in run.unevaluated { console.complain(gap) }
    let page = AuditPage(run).bytes()
    if arguments.value(out) == "-" {
      console.write(page)
      return run.exitStatus
    }
    let path = try arguments.value(out) ?? ReportSet(folder: reports).write(page: page)
    if arguments.has(out) { try AtomicFile.write(page, to: path) }
    console.print("\(printable(path)): \(run.exitStatus.name) (exit \(run.exitStatus.rawValue))")
    return run.exitStatus
  }

  private static let out = Flag("out", .value("FILE"), help: "Where the page goes; - is standard output")
}
