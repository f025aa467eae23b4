import Auditor
import Rules
import Testing

@Suite("Loading contracts")
struct ContractAuditTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("type: object\n", to: "secret.schema.yaml")
    try folder.write(
      #"{"$id": "https://contracts.test/a", "properties": {"b": {"$ref": "b.schema.yaml"}}}"#,
      to: "root/c/a.schema.json")
    try folder.write("type: [string, 'null']\n", to: "root/c/b.schema.yaml")
    try folder.write("type: 3\n", to: "root/c/not-named-like-one.yaml")
  }

  private func audit(_ paths: String...) -> ContractOutcome {
    ContractAudit(root: "\(folder.path)/root", paths: paths).run()
  }

  @Test("takes files by name and from folders, each once, with their digests")
  func found() throws {
    try folder.write(#"{"$ref": "../c/b.schema.yaml"}"#, to: "root/d/c.schema.json")
    let outcome = audit("d", "c/b.schema.yaml", "d/c.schema.json")
    #expect(outcome.contracts.map(\.path) == ["c/b.schema.yaml", "d/c.schema.json"])
    #expect(outcome.contracts.map(\.isUsable) == [true, true])
    #expect(outcome.inputs.map(\.role) == ["contract", "contract"])
    #expect(outcome.inputs.allSatisfy { $0.sha256.utf8.count == 64 })
    #expect(outcome.findings.isEmpty && outcome.unevaluated.isEmpty)
  }

  @Test("resolves references to an $id among the contracts, and finds those that lead nowhere")
  func references() throws {
    #expect(audit("c/a.schema.json").findings.map(\.ruleID) == ["contracts.invalid-schema"])
    try folder.write(#"{"$id": "https://contracts.test/b.schema.yaml"}"#, to: "root/c/b.schema.json")
    #expect(audit("c/a.schema.json", "c/b.schema.json").findings.isEmpty)
  }

  @Test(
    "finds what is no schema, at its line",
    arguments: [("[]", 1), ("3", 1), ("title: x\ntype: 3", 2), ("a: b\n$ref: '#/nowhere'", 2), ("pattern: '('", 1)])
  func invalid(text: String, line: Int) throws {
    try folder.write(text, to: "root/bad.schema.yaml")
    let outcome = audit("bad.schema.yaml")
    #expect(outcome.findings.map(\.location.line) == [line])
    #expect(outcome.contracts.map(\.isUsable) == [false])
    #expect(outcome.unevaluated.isEmpty)
  }

  @Test("does not judge what it cannot read")
  func unreadable() throws {
    try folder.write("{", to: "root/broken.schema.json")
    try folder.makeFolder("root/empty")
    try folder.link("root/out.schema.yaml", to: "../secret.schema.yaml")
    let paths = ["broken.schema.json", "empty", "none.yaml", "../secret.schema.yaml", "out.schema.yaml"]
    for path in paths {
      let outcome = audit(path)
      #expect(outcome.unevaluated.map(\.location.path) == [path])
      #expect(outcome.contracts.map(\.isUsable) == [false])
    }
    #expect(audit("broken.schema.json").unevaluated.first?.location.line == 1)
    #expect(ContractAudit(root: "\(folder.path)/none", paths: ["a"]).run().unevaluated.count == 1)
  }

  @Test("follows no reference out of the root")
  func escape() throws {
    try folder.link("root/c/link.yaml", to: "../../secret.schema.yaml")
    for reference in ["../../secret.schema.yaml", "link.yaml", "\(folder.path)/secret.schema.yaml", "/etc/passwd"] {
      try folder.write("$ref: '\(reference)'\n", to: "root/c/escape.yaml")
      #expect(audit("c/escape.yaml").findings.count == 1)
    }
  }

  @Test("finds an $id that two contracts claim")
  func repeated() throws {
    for name in ["one", "two"] { try folder.write("$id: https://contracts.test/x\n", to: "root/\(name).schema.yaml") }
    let findings = audit("one.schema.yaml", "two.schema.yaml").findings
    #expect(findings.map(\.ruleID) == ["contracts.repeated-id"])
    #expect(findings.first?.location.path == "two.schema.yaml")
  }
}
