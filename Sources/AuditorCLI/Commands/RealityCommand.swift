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
      PASS_FAIL.txt names are judged, or all. The bundle is only read. The exit status is 0 for GREEN, 1 for RED, 2 for \
      YELLOW.
      """,
    operands: .one("BUNDLE"), flags: [.realityGate, .format(["text", "json"]), .json],
    examples: [
      Example("auditor reality artifacts/run_42", "what the evidence of a run proves, and why not more"),
      Example("auditor reality artifacts/run_42 --gate 1 --gate 2 --gate 3 --json", "the three gates that REAL needs"),
    ]
  ) { arguments, console in
    let result = try RealityBundle(arguments.operands[0]).judge(gates: try arguments.realityGates())
    if arguments.has(.json) || arguments.value(.format(["text", "json"])) == "json" {
      var json = JSONWriter(.pretty)
      result.write(to: &json)
      json.newline()
      console.write(json.takeBytes())
    } else {
      console.write(Array(result.text(style: TerminalStyle(hasColor: console.hasColor)).utf8))
    }
    return result.status.exitStatus
  }
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
