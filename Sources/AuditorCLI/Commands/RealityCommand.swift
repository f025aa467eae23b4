import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Judges a reality evidence bundle.
  static let reality = Command(
    ["reality"], summary: "Recompute the seven reality gates over an evidence bundle",
    description: """
      Judges artifacts/RUN_ID, the evidence that a run left: durable persistence (1), restart survival (2), replay \
      equivalence (3), minimal deployment (4), time truth (5), duplicates (6), configuration and human actions (7). Raw \
      records are recounted, databases are opened read-only and counted, digests recomputed; PASS_FAIL.txt and every \
      'pass: true' are claims that are compared with the result and never used. Without --gate the gates that \
      PASS_FAIL.txt names are judged, or all. With --code the code that made the bundle is searched for automatic failures \
      (open work in I/O paths, stand-ins, storage in memory, hard-coded identifiers, decisions by an unrecorded clock, \
      hopes in the place of checks), which count like the bundle's own. Everything is only read. The exit status is 0 for \
      GREEN, 1 for RED, 2 for YELLOW, and 4 when some of it could not be read.
      """,
    operands: .one("BUNDLE"), flags: [.realityGate, code, byHand, .jobs, .format(["text", "json"]), .json],
    examples: [
      Example("auditor reality artifacts/run_42", "what the evidence of a run proves, and why not more"),
      Example("auditor reality artifacts/run_42 --gate 1 --gate 2 --gate 3 --json", "the three gates that REAL needs"),
      Example("auditor reality artifacts/run_42 --code src --code scripts", "one verdict on the run and on what ran"),
      Example("auditor reality artifacts/run_42 --by-hand | sh", "the same without believing auditor"),
    ]
  ) { arguments, console in
    let bundle = arguments.operands[0]
    let gates = try arguments.realityGates()
    if arguments.has(byHand) {
      let (recipe, result) = try RealityBundle(bundle).recipe(gates: gates)
      let script = recipe.script(bundle: bundle) { number in result.gates[number - 1].title }
      console.write(Array(script.utf8))
      return .clean
    }
    let jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    let today = ReportTime(environment: processEnvironment()).timestamp.date
    let scan = RealityCodeScan.Outcome.joined(
      arguments.list(code).map { tree in
        let progress = ProgressLine(console, what: "reading \(tree),")
        defer { progress.clear() }
        return RealityCodeScan.run(tree, apartFrom: bundle, jobs: jobs, today: today) { progress.show($0, of: $1) }
      })
    let result = try RealityBundle(bundle).judge(gates: gates, code: scan?.code)
    let gaps = scan?.unevaluated ?? []
    for gap in gaps { console.complain(gap) }
    if arguments.has(.json) || arguments.value(.format(["text", "json"])) == "json" {
      var json = JSONWriter(.pretty)
      result.write(to: &json)
      json.newline()
      console.write(json.takeBytes())
    } else {
      console.tell(result.text(style: TerminalStyle(hasColor: console.hasColor)))
    }
    return gaps.isEmpty ? result.status.exitStatus : .noVerdict
  }

  private static let byHand = Flag(
    "by-hand", help: "Print the shell commands by which a person checks the bundle; judge nothing")
  private static let code = Flag(
    "code", .list("TREE"), help: "The code that made the bundle, a folder or a file; may be repeated")
}

extension Flag {
  /// The gates that are asked for.
  static let realityGate = Flag("gate", .list("N"), help: "Judge this gate, 1 to 7; may be repeated")
}

extension Arguments {
  /// The numbers given with `--gate`; none means: those of the bundle's claim, or all.
  func realityGates() throws(UsageError) -> Set<Int> {
    var gates: Set<Int> = []
    for text in list(.realityGate) {
      guard let number = Int(text), (1...7).contains(number) else {
        throw .invalidValue(flag: "gate", value: text, expected: "a number from 1 to 7")
      }
      gates.insert(number)
    }
    return gates
  }
}
