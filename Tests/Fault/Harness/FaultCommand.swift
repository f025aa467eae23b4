/// A command line of `auditor` that faults are tried on: it ends with 0 where nothing goes wrong.
struct FaultCommand: Sendable, CustomStringConvertible {
  let name: String
  /// In the tree; `..` is what lies beside it.
  let words: [String]
  /// A signal that comes while its own work is done does not end it: it ends as the program ends that it runs.
  var endsAsItsProgram = false

  var description: String { name }

  static let all: [FaultCommand] = [
    FaultCommand(
      name: "audit",
      words: [
        "audit", ".", "--rules", "../rule.yaml", "--reports-dir", "../out/reports", "--ledger", "../out/ledger.sqlite",
        "--jobs", "1",
      ]),
    FaultCommand(
      name: "audit, all cores",
      words: ["audit", ".", "--rules", "../rule.yaml", "--reports-dir", "../out/reports", "--no-cache", "--jobs", "4"]),
    FaultCommand(name: "scan", words: ["scan", ".", "--rules", "../rule.yaml", "--json", "--jobs", "1"]),
    FaultCommand(name: "dod", words: ["dod", "--all", "--update-status"]),
    FaultCommand(
      name: "gates verify",
      words: [
        "gates", "verify", "--root", "gates/run", "--gate-map", "gates/gates.map.yaml", "--cache", "--json", "--jobs",
        "1",
      ]),
    FaultCommand(name: "hash", words: ["hash", "src/area.py", "auditor.yaml"]),
    FaultCommand(
      name: "ledger record",
      words: ["ledger", "record", "--ledger", "../out/ledger.sqlite", "--target", "tree", "../report.json"]),
    FaultCommand(name: "ledger verify", words: ["ledger", "verify", "--ledger", "../ledger.sqlite", "--json"]),
    FaultCommand(
      name: "sweep", words: ["sweep", ".", "--rules", "../rule.yaml", "--out", "../out/rows", "--jobs", "1", "--json"]),
    FaultCommand(
      name: "run", words: ["run", "--phase", "P", "--output", "made.txt", "--", "sh", "-c", "echo made > made.txt"],
      endsAsItsProgram: true),
    FaultCommand(name: "baseline write", words: ["baseline", "write", "--rules", "../rule.yaml", "--no-ignore"]),
  ]
}
