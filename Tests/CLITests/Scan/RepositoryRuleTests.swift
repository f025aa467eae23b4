import Formats
import Testing

/// Rules about the tree rather than its lines, and rules about whole documents.
@Suite struct RepositoryRuleTests {
  private static func rule(_ id: String, _ body: String, _ match: String, _ ok: String) -> String {
    """
      - id: \(id)
        message: "{match} is wrong"
        severity: error
        \(body)
        metadata: {remediation: "mend it"}
        examples: {match: [\(match)], ok: [\(ok)]}

    """
  }

  private static let pack =
    "rules:\n"
    + rule("tree.legacy", "repository: {forbid-file: ['legacy/*.py']}", "{files: [legacy/a.py]}", "{files: [a.py]}")
    + rule(
      "tree.readme", "repository: {require-file: [README.md, 'docs/*.md']}", "{files: []}",
      "{files: [README.md, docs/a.md]}")
    + rule(
      "tree.sealed", "repository: {freeze-file: ['sealed/**']}", "{files: [{path: sealed/a, change: touched}]}",
      "{files: [sealed/a]}")
    + rule(
      "tree.large", "repository: {max-bytes: 1000}", "{files: [{path: a, bytes: 1001}]}",
      "{files: [{path: a, bytes: 1000}, b]}")
    + rule(
      "contract.owner", "paths: {include: ['contracts/*']}\n    document: {schema: {type: object, required: [owner]}}",
      "{path: contracts/a.yaml, text: 'x: 1'}", "{path: contracts/a.yaml, text: 'owner: 1'}")

  private func findings(_ outcome: Outcome) throws -> [String] {
    try outcome.json()["findings"]?.elements.map {
      let line = $0["line"]?.integer.map { ":\($0)" } ?? ""
      return "\($0["rule_id"]?.text ?? "") \($0["path"]?.text ?? "")\(line)"
    } ?? []
  }

  private func project(_ entries: [String: Entry]) throws -> Workspace {
    let base: [String: Entry] = [
      "auditor.yaml": "rules: [ci]\n", "ci/pack.yaml": .file(Self.pack), "README.md": "# It\n", "docs/a.md": "# A\n",
    ]
    return try Workspace(base.merging(entries) { $1 })
  }

  @Test func `judge which files are there, how large they are, and what stands in documents`() throws {
    let workspace = try project([
      "legacy/run.py": "x = 1\n", "big.txt": .file(String(repeating: "x", count: 1001)), "sealed/a": "1\n",
      "big.bin": .bytes([UInt8](repeating: 0, count: 1001)),
      "contracts/good.yaml": "owner: ops\n", "contracts/bad.json": "{\n  \"version\": 1}\n",
      "contracts/broken.json": "{\n",
      "contracts/rows.jsonl": "{\"owner\": 1}\n\n{\"owner\"}\n{}\n",
    ])
    _ = try workspace.start(["rm", "docs/a.md"])
    let outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(
      try findings(outcome) == [
        "tree.readme .", "tree.large big.bin", "tree.large big.txt", "tree.large ci/pack.yaml",
        "contract.owner contracts/bad.json:1", "contract.owner contracts/broken.json:2",
        "contract.owner contracts/rows.jsonl:3", "contract.owner contracts/rows.jsonl:4", "tree.legacy legacy/run.py",
      ], "\(outcome)")
    #expect(outcome.output.contains("docs/*.md is wrong"))
    // Of a part of the tree nobody knows what is missing.
    #expect(try findings(workspace.run("scan", "--json", "legacy")) == ["tree.legacy legacy/run.py"])
    let audit = try workspace.run("audit")
    #expect(audit.status == 1, "\(audit)")
  }

  @Test func `of a change, only what it touched`() throws {
    let workspace = try project([
      "legacy/old.py": "x = 1\n", "sealed/a": "1\n", "sealed/b": "1\n", "sealed/c": "1\n", "sealed/d": "1\n",
    ])
    let base = try workspace.commit()
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == [])
    try workspace.put("2\n", at: "sealed/a")
    try workspace.put("x = 1\n", at: "legacy/new.py")
    _ = try workspace.start(["sh", "-c", "git rm -q sealed/b docs/a.md && git mv sealed/c elsewhere && git add -A"])
    let expected = [
      "tree.readme .", "tree.legacy legacy/new.py", "tree.sealed sealed/a", "tree.sealed sealed/b",
      "tree.sealed sealed/c",
    ]
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == expected)
    #expect(try findings(workspace.run("scan", "--json", "--staged")) == Array(expected.dropFirst()))
  }

  @Test func `the built-in ones find databases, leases and links that lead out`() throws {
    let workspace = try Workspace([
      "a.db": "SQLite format 3\0and so on", "b.db": "key=value\n", "run/x.pid": "12\n", "Cargo.lock": "x\n",
      "out": .link(to: "/etc/hostname"), "in": .link(to: "b.db"), "up": .link(to: "../../x"), "ignored.pid": "1\n",
      ".gitignore": "ignored.pid\n", "testdata/a.db": "SQLite format 3\0",
    ])
    let outcome = try workspace.run("scan", "--json")
    #expect(
      try findings(outcome) == [
        "repository.database a.db", "repository.link-out out", "repository.lease run/x.pid", "repository.link-out up",
      ], "\(outcome)")
    _ = try workspace.run("baseline", "write")
    #expect(try workspace.run("scan", "--baseline", "auditor.baseline.jsonl", "--fail-on", "warning").status == 0)
  }

  @Test(arguments: [
    ("repository: {forbid-fil: [a]}", "did you mean 'forbid-file'?"), ("repository: {}", "found 0"),
    ("repository: {forbid-file: [a], require-file: [b]}", "found 2"), ("repository: {begins-with: x}", "narrows"),
    ("repository: {forbid-file: ['a[']}", "']'"), ("repository: {max-bytes: -1}", "negative"),
    ("repository: {forbid-file: []}", "names no file"),
    ("document: {schema: {type: nonsense}}", "schema cannot be used"),
    ("document: {}", "needs 'schema'"), ("repository: {forbid-file: [zebra]}", "'match' example is not found"),
    ("pattern-regex: cat", "only repository rules"),
  ]) func `what is wrong with such a rule is told at its place`(body: String, complaint: String) throws {
    let pack = "rules:\n" + Self.rule("tree.x", body, "{files: [a]}", "{files: [b]}")
    let workspace = try Workspace(["pack.yaml": .file(pack), "a.txt": "x\n"])
    let outcome = try workspace.run("scan", "--rules", "pack.yaml")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains(complaint) && outcome.complaints.contains("pack.yaml:"), "\(outcome)")
  }

  @Test func `the schema of rule packs takes what loads`() throws {
    let workspace = try Workspace(["ci/pack.yaml": .file(Self.pack)])
    let schema = try workspace.run("rules", "schema")
    #expect(schema.status == 0)
    try workspace.put(.bytes(schema.standardOutput), at: "pack.schema.json")
    let sound = try workspace.run("schema", "validate", "--schema", "pack.schema.json", "ci/pack.yaml")
    #expect(sound.status == 0, "\(sound)")
    try workspace.put("rules:\n  - {id: x, mesage: y}\n", at: "ci/pack.yaml")
    #expect(try workspace.run("schema", "validate", "--schema", "pack.schema.json", "ci/pack.yaml").status == 1)
  }
}
