import Formats
import Testing

/// `prove-gate` over gates, phases and rules: what can fail says so, what cannot is named, and nothing is changed.
@Suite struct ProveGateTests {
  private func digests(_ workspace: Workspace, _ paths: [String]) throws -> [Digest] {
    try paths.map { SHA256.digest(try workspace.bytes(of: $0)) }
  }

  private func list(_ value: Value?) -> [Value] { value.map { Array($0.elements) } ?? [] }

  private func outcomes(_ answer: Value) -> [String: String] {
    var outcomes: [String: String] = [:]
    for check in list(answer["checks"]) {
      for mutation in list(check["mutations"]) {
        outcomes[mutation["id"]?.text ?? ""] = mutation["outcome"]?.text
      }
    }
    return outcomes
  }

  @Test func `a sealed gate notices every change, and its evidence is left as it was`() throws {
    let workspace = try Workspace(Sample.project(gate: .sealed, and: ["gates/run/bundle/more.csv": "amount\n4\n"]))
    let sum = SHA256.digest(Array("amount\n4\namount\n1\n2\n".utf8)).hex
    try workspace.put(.file("sha256_hex = \(sum)\n"), at: "gates/run/flag.txt")
    let paths = ["gates/run/flag.txt", "gates/run/bundle/sales.csv", "gates/run/bundle/more.csv"]
    let before = try digests(workspace, paths)
    let outcome = try workspace.run(
      "prove-gate", "gates", "--root", "gates/run", "--gate-map", "gates/gates.map.yaml", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let found = outcomes(try outcome.json())
    for id in [
      "flip-byte", "flip-last-byte", "drop-byte", "drop-member", "add-member", "swap-members", "link-out", "edit-seal",
      "empty-seal", "drop-seal", "drop-bundle",
    ] { #expect(found[id] == "killed", "\(id)") }
    #expect(found["drop-entry"] == "not_applicable")
    #expect(try digests(workspace, paths) == before)
    #expect(workspace.names(in: "gates/run") == ["bundle", "flag.txt"])
  }

  /// The law hashes what the index says of its members, and not the members.
  private static let listed: [String: Entry] = {
    let digests = ["one", "two"].map { SHA256.digest(Array($0.utf8)).hex }
    let seal = SHA256.digest(Array(digests.joined().utf8)).hex
    return [
      "map.yaml": """
      gates:
        - gate_id: listed
          passed_flag_path_template: flag
          bundle_root_template: b
          index_path_template: b/index.json
          verification_method: {kind: sha256_member_digest_concat, digest_field: sha256}

      """,
      "run/flag": .file("sha256 = \(seal)\n"), "run/b/1": "one", "run/b/2": "two",
      "run/b/index.json": .file(
        #"{"members": [{"path": "1", "sha256": "\#(digests[0])"}, {"path": "2", "sha256": "\#(digests[1])"}]}"#),
    ]
  }()

  @Test func `a law that reads no member is one that cannot fail for what is in them`() throws {
    let workspace = try Workspace(Self.listed)
    let outcome = try workspace.run("prove-gate", "gates", "--root", "run", "--gate-map", "map.yaml", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    let found = outcomes(try outcome.json())
    #expect(found["flip-byte"] == "survived" && found["drop-member"] == "survived")
    for id in ["drop-entry", "reorder-entries", "swap-digests", "edit-digest", "edit-seal", "drop-index"] {
      #expect(found[id] == "killed", "\(id)")
    }
    let text = try workspace.run("prove-gate", "gates", "--root", "run", "--gate-map", "map.yaml")
    #expect(text.output.contains("CANNOT FAIL  listed"), "\(text)")
  }

  @Test func `what does not pass proves nothing, and earlier reports say when it did not`() throws {
    let workspace = try Workspace(Sample.project(gate: .tampered))
    let arguments = ["prove-gate", "gates", "--root", "gates/run", "--gate-map", "gates/gates.map.yaml"]
    let red = try workspace.run(arguments)
    #expect(red.status == 4 && red.output.contains("NOT PROVED  sales: the gate is FAIL"), "\(red)")
    _ = try workspace.run(["audit"], environment: ["SOURCE_DATE_EPOCH": "1767225600"])
    try workspace.put("amount\n1\n2\n", at: "gates/run/bundle/sales.csv")
    _ = try workspace.run(["audit"], environment: ["SOURCE_DATE_EPOCH": "1767225700"])
    let green = try workspace.run(arguments)
    #expect(green.status == 0, "\(green)")
    #expect(green.output.contains("last seen red: 2026-01-01T00:00:00Z"), "\(green)")
    #expect(green.output.contains("in 2 reports"), "\(green)")
    let gone = try workspace.run("prove-gate", "gates", "--root", "gone", "--gate-map", "gates/gates.map.yaml")
    #expect(gone.status == 4, "\(gone)")
  }

  @Test func `a proven phase can lose its verdict, in a copy`() throws {
    let workspace = try Workspace(Sample.project(.proven))
    let paths = ["evidence/feed.jsonl", "evidence/run.log", "dod/DOD__OPS.md", "dod/registry.yaml"]
    let before = try digests(workspace, paths)
    let outcome = try workspace.run("prove-gate", "dod", "--phase", "OPS", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let found = outcomes(try outcome.json())
    for id in [
      "drop-started", "drop-completed", "drop-verified", "reorder-events", "flip-byte", "drop-evidence", "edit-digest",
      "forge-commit", "invent-prerequisite",
    ] { #expect(found[id] == "killed", "\(id): \(found)") }
    #expect(try digests(workspace, paths) == before)
    let designed = try Workspace(Sample.project(.designed)).run("prove-gate", "dod", "--phase", "OPS")
    #expect(designed.status == 4 && designed.output.contains("NOT PROVED  OPS: the phase is DESIGNED"), "\(designed)")
  }

  @Test func `a valid bundle can be refused, in a copy`() throws {
    let workspace = try Workspace(Sample.bundle("r1"))
    let names = workspace.names(in: "out/r1")
    let before = try digests(workspace, names.map { "out/r1/\($0)" })
    let outcome = try workspace.run("prove-gate", "bundle", "out/r1", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let found = outcomes(try outcome.json())
    #expect(found.count == 13 && found.values.allSatisfy { $0 == "killed" }, "\(found)")
    #expect(try digests(workspace, workspace.names(in: "out/r1").map { "out/r1/\($0)" }) == before)
    try workspace.put("[]", at: "out/r1/expected_matrix.json")
    #expect(try workspace.run("prove-gate", "bundle", "out/r1").status == 4)
  }

  /// Each rule loads, for its examples hold; none of them is worth much.
  private static let weakPack: Entry = """
    rules:
      - id: weak.anchored
        message: "found {match}"
        severity: error
        pattern-regex: '^(password = "hunter2")$'
        metadata: {remediation: "take it out"}
        examples: {match: ['password = "hunter2"'], ok: ["user = 1"]}
      - id: weak.untested
        message: "found {match}"
        severity: error
        pattern-either: ['(alpha-[0-9]+)', '(beta-[0-9]+)']
        pattern-not-regex: ['harmless']
        metadata: {remediation: "take it out"}
        examples: {match: ["alpha-1"], ok: ["gamma"]}
      - id: strong.plain
        message: "found {match}"
        severity: error
        pattern-regex: '(forbidden-[0-9]+)'
        metadata: {remediation: "take it out"}
        examples: {match: ["forbidden-1"], ok: ["allowed-1"]}

    """

  @Test func `a weak rule pack is told what it would miss`() throws {
    let workspace = try Workspace(["weak.yaml": Self.weakPack])
    #expect(try workspace.run("rules", "test", "weak.yaml").status == 0)
    let outcome = try workspace.run("prove-gate", "rules", "weak.yaml", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    let answer = try outcome.json()
    var survivors: [String] = []
    for check in list(answer["checks"]) {
      for mutation in list(check["mutations"]) where mutation["outcome"]?.text == "survived" {
        survivors.append("\(check["subject"]?.text ?? "") \(mutation["id"]?.text ?? "")")
        #expect(mutation["path"]?.text == "weak.yaml" && mutation["line"]?.integer != nil)
      }
    }
    #expect(
      survivors == [
        "weak.anchored indent", "weak.untested drop-pattern.2", "weak.untested drop-exception.1",
      ], "\(survivors)")
    let text = try workspace.run("prove-gate", "rules", "weak.yaml")
    #expect(text.output.contains("CAN FAIL  strong.plain"), "\(text)")
    #expect(text.output.contains("Mutation score: "), "\(text)")
  }

  @Test func `a pack whose examples do not hold proves nothing`() throws {
    let workspace = try Workspace([
      "bad.yaml": """
      rules:
        - {id: a.b, message: m, severity: error, pattern-regex: 'x', metadata: {remediation: r}, examples: {match: ["y"], ok: ["z"]}}

      """
    ])
    let outcome = try workspace.run("prove-gate", "rules", "bad.yaml")
    #expect(outcome.status == 4 && outcome.output.contains("its examples do not hold"), "\(outcome)")
  }
}
