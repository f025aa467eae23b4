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
      at, the commands that repeat it, and where there is a ledger, earlier runs. The page holds no script and asks for nothing over a network. The exit status \
      is that of the audit.
      """,
    operands: .optional("PATH"),
    flags: Arguments.auditFlags + [.reportsDirectory, out, capsule],
    examples: [
      Example("auditor report", "writes ./reports/report.html"),
      Example("auditor report --out review.html ../service", "another tree, another place"),
      Example("auditor report --capsule review/", "a folder that can be checked without auditor: sh review/verify.sh"),
      Example("auditor report --out - | gzip > review.html.gz", "on standard output"),
    ]
  ) { arguments, console in
    if arguments.has(out), arguments.has(capsule) {
      throw UsageError.contradiction("--out and --capsule contradict each other: a capsule holds the page; give one")
    }
    let environment = processEnvironment()
    let time = ReportTime(environment: environment)
    let root = arguments.operands.first ?? "."
    let reports = try arguments.reportsFolder(inTree: root)
    let request = try arguments.auditRequest(root: root, reports: reports, time: time, environment: environment)
    let history = try arguments.pastRuns(in: request.ledger, root: root)
    let run = try request.run(console)
    for gap in run.unevaluated { console.complain(gap) }
    // Whoever asks for a page or a capsule has no use for half of one.
    if run.interruption != nil { return run.exitStatus }
    if let folder = arguments.value(capsule) {
      let tree = try RootedFolder(root)
      let capsule = try Capsule(run, history: history) { path in
        // What a command line named lies where the process stands.
        guard let bytes = (try? tree.read(path)) ?? (try? FileReader.read(path)) else { return false }
        return SecretMask.holdsSecret(bytes)
      }
      try write(capsule, to: folder, root: root, console)
      return run.exitStatus
    }
    let page = AuditPage(run, history: history).bytes()
    if arguments.value(out) == "-" {
      console.write(page)
      return run.exitStatus
    }
    let set = arguments.has(.reportsDirectory) ? ReportSet(folder: reports) : ReportSet(inTree: root)
    let path = try arguments.value(out) ?? set.write(page: page)
    if arguments.has(out) { try AtomicFile.write(page, to: path) }
    console.print("\(printable(path)): \(run.exitStatus.name) (exit \(run.exitStatus.rawValue))")
    return run.exitStatus
  }

  private static func write(_ capsule: Capsule, to folder: String, root: String, _ console: Console) throws {
    try CapsuleFolder(folder).write(
      capsule.made.map { (path: $0.path, bytes: $0.bytes) },
      copies: capsule.copied.map { (input: $0.input, path: $0.path) },
      root: root)
    console.write(Array(capsule.told(of: folder).utf8))
  }

  private static let capsule = Flag(
    "capsule", .value("DIR"),
    help: "Write a folder instead that can be checked without auditor: reports, rules, evidence, digests, verify.sh")
  private static let out = Flag("out", .value("FILE"), help: "Where the page goes; - is standard output")
}
