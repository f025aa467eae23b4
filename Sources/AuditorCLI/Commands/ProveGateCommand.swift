import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Shows that a green reality bundle would turn red.
  static let proveReality = Command(
    ["prove-gate", "reality"], summary: "Show that the gates of a green evidence bundle can fail",
    description: """
      Applies a documented set of mutations to a copy of the evidence in memory (drop a record, reorder events, swap two \
      digests, age the storage state, edit the configuration after hashing, count an injected duplicate, …) and judges \
      each. A mutation is killed when the answer turns red for the right reason; one that survives is a way in which the \
      gates cannot fail. Nothing on disk is changed. The exit status is 0 when all were killed, 1 when any survived, and 4 \
      when the bundle is not GREEN to begin with.
      """,
    operands: .one("BUNDLE"), flags: [.realityGate, .format(["text", "json"]), .json],
    examples: [
      Example("auditor prove-gate reality artifacts/run_42", "every mutation, and which reason killed it")
    ]
  ) { arguments, console in
    let proof = try RealityBundle(arguments.operands[0]).prove(gates: try arguments.realityGates())
    if arguments.has(.json) || arguments.value(.format(["text", "json"])) == "json" {
      var json = JSONWriter(.pretty)
      proof.write(to: &json)
      json.newline()
      console.write(json.takeBytes())
    } else {
      console.write(Array(proof.text(style: TerminalStyle(hasColor: console.hasColor)).utf8))
    }
    return proof.exitStatus
  }
}
