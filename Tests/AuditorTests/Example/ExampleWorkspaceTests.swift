import Auditor
import Rules
import Testing

@Suite("The example workspace is judged as examples/README.md says")
struct ExampleWorkspaceTests {
  private let example: ExampleWorkspace.Audited

  init() throws { example = try ExampleWorkspace.audited() }

  @Test("The gravest verdict decides the exit status, and everything could be judged")
  func exitStatus() {
    #expect(example.run.exitStatus == .designed)
    #expect(example.run.unevaluated.map(\.message) == [])
  }

  @Test("Every phase has the documented verdict and misses what is documented")
  func phases() {
    let documented = example.guide.rows(under: "Phases").map { [$0[0], $0[3], $0[4]] }
    let judged = example.run.phases.map { phase in
      [phase.phaseID, phase.verdict.rawValue, example.missing(phase).joined(separator: " ")]
    }
    #expect(judged == documented)
    #expect(documented.map { $0[1] } == ["PROVEN", "PROVEN", "PARTIAL", "PARTIAL", "DESIGNED", "PARTIAL"])
  }

  @Test("Documents and registry claim what the page says they claim")
  func claims() throws {
    let registry = String(decoding: try bytes("core/governance/phase_status.yaml"), as: UTF8.self)
    for row in example.guide.rows(under: "Phases") {
      let document = String(decoding: try bytes("docs/dod/DOD__\(row[0]).md"), as: UTF8.self)
      let claim = document.split(separator: "\n").last.map { $0.filter { $0 != "*" } }
      #expect(claim == row[1])
      let entry = registry.split(separator: "\n").drop { $0 != "  \(row[0]):" }.dropFirst().first
      #expect(entry == "    verdict: \(row[2])")
    }
  }

  @Test("A document whose every box is ticked proves nothing without an artifact")
  func lie() throws {
    let document = String(decoding: try bytes("docs/dod/DOD__PHASE_6_RESTORE.md"), as: UTF8.self)
    #expect(document.split(separator: "\n").contains { $0.hasPrefix("- [x]") })
    #expect(!document.split(separator: "\n").contains { $0.hasPrefix("- [ ]") })
    let phase = try #require(example.run.phases.first { $0.phaseID == "PHASE_6_RESTORE" })
    #expect(phase.verdict == .partial)
    #expect(!phase.isRegistryIntact)
  }

  @Test("Every document names a commit that the workspace has everywhere")
  func commits() {
    #expect(example.run.phases.allSatisfy { $0.isCommitReachable && $0.document.value(.commitSHA)?.utf8.count == 40 })
  }

  @Test("Every gate has the documented verdict, and the edited member is named")
  func gates() throws {
    let judged = example.run.gates.map { [$0.gateID, $0.status.rawValue, $0.reason.code] }
    #expect(judged == example.guide.rows(under: "Gates"))
    #expect(judged.map { $0[1] } == ["PASS", "FAIL"])
    let failed = try #require(example.run.gates.last)
    #expect(failed.differingMembers == ["batch.json"])
  }

  @Test("One contract can be used, the other cannot")
  func contracts() {
    let judged = example.run.contracts.map { [$0.path, $0.isUsable ? "usable" : "invalid"] }
    #expect(judged == example.guide.rows(under: "Contracts"))
    #expect(judged.map { $0[1] } == ["usable", "invalid"])
  }

  @Test("The findings are exactly the documented ones")
  func findings() {
    let found = example.run.findings.map { finding in
      [
        finding.location.path, finding.location.line.map(String.init) ?? "", finding.ruleID, finding.level.rawValue,
        finding.suppression == nil ? "open" : "suppressed",
      ]
    }
    #expect(found == example.guide.rows(under: "Findings"))
  }

  @Test("Every rule of the core pack is violated somewhere")
  func everyRule() {
    let found = Set(example.run.findings.map(\.ruleID))
    #expect(!example.run.rules.isEmpty)
    #expect(example.run.rules.map(\.id).filter { !found.contains($0) } == [])
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    try FileReader.read("\(ExampleWorkspace.project)/examples/workspace/\(path)")
  }
}
