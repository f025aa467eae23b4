import Testing

@testable import Auditor

@Suite("auditor.yaml")
struct ConfigurationTests {
  private func problems(_ text: String) -> [String] {
    do throws(ConfigurationError) {
      _ = try Configuration(Array(text.utf8), path: "auditor.yaml")
      return []
    } catch {
      return error.description.split(separator: "\n").map(String.init)
    }
  }

  @Test("what is written is what is used")
  func sections() throws {
    let text = """
      disable: [hard-path.document]
      fail_on: warning
      scan: {include: ["src/**"], exclude: ["src/gen/**"]}
      dod: {docs: dod, feed: var/feed.jsonl, operational_proof: ["*"]}
      gates: [{map: gates.yaml, catalogue: outputs.yaml, root: out, pins: {run: "7"}}]
      contracts: [contracts]
      """
    let configuration = try Configuration(Array(text.utf8), path: "auditor.yaml")
    #expect(configuration.isExplicit)
    #expect(configuration.disabled == ["hard-path.document"])
    #expect(configuration.failOn == .warning)
    #expect(configuration.include == ["src/**"] && configuration.exclude == ["src/gen/**"])
    #expect(configuration.dod?.docs == "dod" && configuration.dod?.operationalTargets == ["*"])
    #expect(configuration.gates.first?.pins == ["run": "7"])
    #expect(configuration.contracts == ["contracts"])
  }

  @Test("an empty file configures nothing, and nothing is wrong with that")
  func empty() throws {
    let configuration = try Configuration(Array("# nothing\n".utf8), path: "auditor.yaml")
    #expect(configuration.isExplicit && configuration.dod == nil && configuration.gates.isEmpty)
  }

  @Test(
    "what is wrong is told at its place",
    arguments: [
      ("scann: {}", "auditor.yaml:1:1: unknown key 'scann' in the configuration, did you mean 'scan'?"),
      (
        "fail_on: errors",
        "auditor.yaml:1:10: fail_on 'errors' is none of error, warning, note, never, did you mean 'error'?"
      ),
      ("dod: {docs: ../dod}", "auditor.yaml:1:13: '../dod' leads outside the root; name a path below it"),
      ("dod: {feed: /var/feed}", "auditor.yaml:1:13: '/var/feed' leads outside the root; name a path below it"),
      ("gates: [{root: out}]", "auditor.yaml:1:9: a gate map entry needs 'map'"),
      ("disable: {a: b}", "auditor.yaml:1:10: disable must be a list, found a mapping"),
      ("- a", "auditor.yaml:1:1: the configuration must be a mapping, found a list"),
      ("scan: {include: ['a{b']}", "auditor.yaml:1:7: "),
      ("a: [", "auditor.yaml:1:5: YAML: "),
    ])
  func refusals(text: String, expected: String) {
    let found = problems(text)
    #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
  }

  @Test("without one, documents, gate maps and contracts are found by their names")
  func discovery() {
    let paths = ["a.py", "docs/dod/DOD__A.md", "other/DOD__B.md", "g/gates.map.yaml", "c/x.schema.json"]
    let configuration = Discovery.look(through: paths.map { TreeFile(rawPath: Array($0.utf8)) })
    #expect(!configuration.isExplicit)
    #expect(configuration.dod?.docs == "docs/dod")
    #expect(configuration.gates.map(\.map) == ["g/gates.map.yaml"])
    #expect(configuration.contracts == ["c/x.schema.json"])
  }

  @Test("a folder of documents of any name is found where the usual ones are not there")
  func otherFolder() {
    let paths = ["x/DOD__A.md", "y/DOD__B.md", "y/DOD__C.md"]
    let configuration = Discovery.look(through: paths.map { TreeFile(rawPath: Array($0.utf8)) })
    #expect(configuration.dod?.docs == "y")
  }
}
