import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Lints a gate map.
  static let gatesLint = Command(
    ["gates", "lint"], summary: "Find what keeps the gates of a map from being verified",
    description: """
      Checks a gate map by itself, before any evidence is there: unknown keys (with suggestions), missing and repeated ids, \
      dependencies on gates that do not exist, circles, templates whose places the scope does not grant, laws that are \
      unknown, lack a field or can never pass. With --catalogue, also outputs that do not exist or do not require the gate; \
      with --pin, places that stay open. The exit status is 0 when there is nothing to find, 1 when there is, and 4 when a \
      file could not be read.
      """,
    flags: [.gateMap, .gateCatalogue, .gatePin, .format(["text", "json"]), .json],
    examples: [Example("auditor gates lint --gate-map gates.map.yaml", "before the map is merged")]
  ) { arguments, console in
    let outcome = GateLint(
      gateMap: try arguments.required(.gateMap), catalogue: arguments.value(.gateCatalogue),
      pins: arguments.list(.gatePin).isEmpty ? nil : try arguments.gatePins()
    ).run()
    for gap in outcome.unevaluated { console.complain(gap) }
    if arguments.wantsJSON {
      console.write(
        JSONWriter.document { json in
          json.beginObject()
          json.member("clean", outcome.exitStatus == .clean)
          json.member("gates", outcome.gateCount)
          json.list("findings", outcome.findings) { $1.finding($0) }
          json.endObject()
        })
    } else {
      let text = FindingText(TerminalStyle(hasColor: console.hasColor)).text(outcome.findings)
      let count = outcome.findings.count
      console.tell(text)
      if outcome.unevaluated.isEmpty {
        console.print(
          "\(text.isEmpty ? "" : "\n")\(outcome.gateCount == 1 ? "1 gate" : "\(outcome.gateCount) gates"): "
            + (count == 0 ? "clean" : count == 1 ? "1 finding" : "\(count) findings"))
      }
    }
    return outcome.exitStatus
  }

  /// Explains one gate.
  static let gatesExplain = Command(
    ["gates", "explain"], summary: "Say what a gate's digest is over, and how to recompute it by hand",
    description: """
      Tells where a gate's evidence lies, under which law its digest is made, and prints command lines for a plain shell \
      that recompute it. Nothing is read but the gate map.
      """,
    operands: .one("GATE"), flags: [.gateMap, .gatePin],
    examples: [
      Example(
        "auditor gates explain gate.2B --gate-map gates.map.yaml --pin seed=42", "what is hashed, and the commands")
    ]
  ) { arguments, console in
    let gate = try definition(arguments.operands[0], arguments)
    console.tell(GateExplanation(gate, pins: try arguments.gatePins()).text)
    return .clean
  }

  /// Seals the evidence of one gate of a map.
  static let gatesSeal = Command(
    ["gates", "seal"], summary: "Write the flag of a gate over its evidence as it is now",
    description: """
      Hashes the evidence of a gate by its law and writes the flag, whole or not at all. A flag that is there is left as it \
      is: the exit status is 0 when it says the same digest, 1 when it does not. Evidence that could not be verified \
      afterwards (nothing to hash, a path out of the root, a flag that would be hashed itself) is not sealed.
      """,
    operands: .one("GATE"), flags: [.gateRoot, .gateMap, .gatePin],
    examples: [
      Example(
        "auditor gates seal gate.2B --root runs/42 --gate-map gates.map.yaml --pin seed=42", "as the last step of a run"
      )
    ]
  ) { arguments, console in
    let gate = try definition(arguments.operands[0], arguments)
    return try seal(gate, try arguments.gatePins(), arguments, console)
  }

  /// Writes a flag without a gate map.
  static let gatesFlag = Command(
    ["gates", "flag"], summary: "Write a flag for a folder under a named law",
    description: """
      As 'gates seal', for a folder that no gate map names: the law, the names of the files and the field of the digest are \
      options.
      """,
    flags: [.gateRoot, law, bundle, index, flagFile, digestField, exclude, ordering, pathBase],
    examples: [Example("auditor gates flag --root runs/42 --bundle validation", "runs/42/validation/_passed.flag")]
  ) { arguments, console in
    let bundle = try arguments.required(bundle)
    let flag = arguments.value(flagFile) ?? "\(bundle)/_passed.flag"
    let name = flag.split(separator: "/").last.map(String.init) ?? flag
    let map = try JSON.made { json in
      json.beginObject()
      json.list("gates", [flag]) { flag, json in
        json.beginObject()
        json.member("gate_id", "flag")
        json.member("passed_flag_path_template", flag)
        json.member("bundle_root_template", bundle)
        if let index = arguments.value(index) { json.member("index_path_template", index) }
        json.object("verification_method") { json in
          json.member("kind", arguments.value(law) ?? HashLaw.Kind.bundle.rawValue)
          json.member("digest_field", arguments.value(digestField) ?? "sha256_hex")
          json.member("exclude_filenames", arguments.list(exclude).isEmpty ? [name] : arguments.list(exclude))
          if let ordering = arguments.value(ordering) { json.member("ordering", ordering) }
          if let base = arguments.value(pathBase) { json.member("path_base", base) }
        }
        json.endObject()
      }
      json.endObject()
    }
    guard let gate = try GateMap(map, path: "options").gate("flag") else { return .noVerdict }
    return try seal(gate, GatePins(), arguments, console)
  }

  private static let law = Flag(
    "law", .choice(HashLaw.Kind.allCases.map(\.rawValue)), help: "What is hashed (default: sha256_bundle_digest)")
  private static let bundle = Flag("bundle", .value("DIR"), help: "The folder of evidence, below ROOT")
  private static let index = Flag("index", .value("FILE"), help: "The index, below ROOT, where the law reads one")
  private static let flagFile = Flag("flag", .value("FILE"), help: "The flag, below ROOT (default: DIR/_passed.flag)")
  private static let digestField = Flag(
    "digest-field", .value("NAME"), help: "The field of the digest (default: sha256_hex)")
  private static let exclude = Flag(
    "exclude", .list("NAME"), help: "A file name that is not hashed (default: the flag's); may be repeated")
  private static let ordering = Flag(
    "ordering", .choice(["ascii_lex", "index_order", "members_array_order"]), help: "The order of listed files")
  private static let pathBase = Flag(
    "path-base", .choice(HashLaw.PathBase.allCases.map(\.rawValue)), help: "Where listed paths start")

  private static func definition(_ id: String, _ arguments: Arguments) throws -> GateDefinition {
    let path = try arguments.required(.gateMap)
    let map: GateMap
    do {
      map = try GateMap(try SchemaLibrary.read(path), path: path)
    } catch let problem as ShapeProblem {
      throw UsageError.invalidValue(flag: "gate-map", value: path, expected: "a gate map (\(problem))")
    }
    if let gate = map.gate(id) { return gate }
    let hint = nearest(to: id, in: map.gates.map(\.id)).map { "; did you mean '\($0)'?" } ?? ""
    throw UsageError.unknownName(id, of: "gate", hint: hint)
  }

  private static func seal(
    _ gate: GateDefinition, _ pins: GatePins, _ arguments: Arguments, _ console: Console
  ) throws -> ExitStatus {
    let outcome = try GateSealing(gate, root: try arguments.required(.gateRoot), pins: pins).run()
    switch outcome {
    case .written(let flag, let digest): console.print(printable("sealed  \(flag)  \(digest)"))
    case .unchanged(let flag, let digest): console.print(printable("sealed already  \(flag)  \(digest)"))
    case .differs(let flag, let digest):
      console.complain("\(flag): the flag says something else than \(digest); it was left as it is")
    case .refused(let reason): console.complain("not sealed: \(reason)")
    }
    return outcome.exitStatus
  }
}
