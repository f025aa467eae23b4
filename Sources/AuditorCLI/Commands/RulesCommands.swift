import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Which rules there are.
  static let rulesList = Command(
    ["rules", "list"], summary: "List the rules, their levels and what they look for",
    description: "Lists the rules of the built-in packs, or of those given with --rules, sorted by id.",
    flags: [.rules, .format(["text", "json"]), .json],
    examples: [
      Example("auditor rules list", "the built-in rules"),
      Example("auditor rules list --rules ci/rules --json", "own packs, as JSON"),
    ]
  ) { arguments, console in
    let pack = try loadPack(arguments)
    let listing = RuleListing(pack)
    if arguments.outputFormat(["text"]) == "json" { console.write(listing.json()) } else { console.tell(listing.text) }
    return .clean
  }

  /// Everything about one rule or family.
  static let rulesExplain = Command(
    ["rules", "explain"], summary: "Explain a rule: why, bad, good, how to fix, how to suppress",
    description: "Prints the page of a rule (or of its family) and what the rule pack says of it.",
    operands: .one("RULE-ID"), flags: [.rules],
    examples: [
      Example("auditor rules explain hard-path", "a family"),
      Example("auditor rules explain secret.token", "one rule of a family"),
    ]
  ) { arguments, console in
    let name = arguments.operands[0]
    let explanation = RuleExplanation(name, pack: try loadPack(arguments))
    guard let text = explanation.text else {
      throw UsageError.unknownName(name, of: "rule", hint: explanation.hint + "; 'auditor rules list' shows them")
    }
    console.write(Array(text.utf8))
    return .clean
  }

  /// Whether the examples of the rules hold.
  static let rulesTest = Command(
    ["rules", "test"], summary: "Run the examples of rule packs",
    description: """
      Runs every 'match' and 'ok' example of the built-in packs, or of the packs at PATH. The exit status is 1 when an \
      example does not do what its rule promises, and 4 when a pack cannot be read.
      """,
    operands: .any("PATH"),
    examples: [
      Example("auditor rules test", "the built-in packs"),
      Example("auditor rules test ci/rules", "the packs of a folder"),
    ]
  ) { arguments, console in
    let today = ReportTime(environment: processEnvironment()).timestamp.date
    let pack = try PackLoader.load(arguments.operands, today: today, runsExamples: false)
    let failures = PackExamples.failures(in: pack.rules, today: today)
    for failure in failures { console.print("\(failure.location): \(failure.ruleID): \(failure.message)") }
    let count = pack.rules.reduce(0) { $0 + $1.matches.count + $1.silent.count }
    console.print(
      "\(pack.rules.count) rules, \(count) examples: \(count - failures.count) hold, \(failures.count) fail")
    return failures.isEmpty ? .clean : .findings
  }

  /// What a pack may hold.
  static let rulesSchema = Command(
    ["rules", "schema"], summary: "Print the JSON Schema of rule packs",
    description: """
      Prints the JSON Schema by which rule packs can be written in an editor and checked before a commit. What it refuses \
      is not loaded; that a rule's examples hold, only 'auditor rules test' can tell.
      """,
    examples: [
      Example("auditor rules schema > rule_pack.schema.json", "for an editor"),
      Example("auditor schema validate --schema rule_pack.schema.json ci/rules/*.yaml", "check packs by it"),
    ]
  ) { _, console in
    guard let schema = EmbeddedFiles.bytes(named: RulePack.schemaName) else { return .noVerdict }
    console.write(schema)
    return .clean
  }

  private static func loadPack(_ arguments: Arguments) throws -> RulePack {
    try PackLoader.load(
      arguments.list(.rules), today: ReportTime(environment: processEnvironment()).timestamp.date, runsExamples: false)
  }
}
