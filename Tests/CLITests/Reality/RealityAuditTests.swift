import Formats
import RealitySamples
import Rules
import Testing

/// Reality bundles in an audit, and with the code that made them.
@Suite struct RealityAuditTests {
  private static let bundle = "artifacts/\(RealityFixture.run)"
  private static let onlyBundles = "scan:\n  exclude: [\"artifacts/**\"]\n"

  private func audited(_ entries: [String: Entry], _ arguments: String...) throws -> (Outcome, Value, Workspace) {
    let workspace = try Workspace(entries)
    let outcome = try workspace.run(["audit"] + arguments)
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let valid = try workspace.run(
      "schema", "validate", "--schema", "/\(package)/reports/schema/dod_report.schema.json",
      "reports/dod_report.latest.json")
    #expect(valid.status == 0, "\(valid)")
    #expect(try JUnitSummary(workspace.bytes(of: "reports/junit.xml")).isConsistent)
    return (outcome, try workspace.json(of: "reports/dod_report.latest.json"), workspace)
  }

  @Test func `an honest bundle of a clean tree is found, and REAL with the code that made it`() throws {
    let (outcome, report, workspace) = try audited(Sample.reality() + ["src/area.py": Sample.cleanSource])
    #expect(outcome.status == 0, "\(outcome)")
    let run = try #require(report["reality"]?.elements.first)
    #expect(run["path"]?.text == Self.bundle && run["status"]?.text == "GREEN" && run["verdict"]?.text == "REAL")
    #expect(run.at("code_tree", "files_scanned")?.integer == 1)
    #expect(report.at("coverage", "reality_found")?.integer == 1)
    #expect(report["inputs"]?.elements.contains { $0["path"]?.text == "\(Self.bundle)/audit_export.jsonl" } == true)
    #expect(outcome.output.contains("\(Self.bundle)  GREEN  REAL"), "\(outcome)")
    let junit = try String(decoding: workspace.bytes(of: "reports/junit.xml"), as: UTF8.self)
    #expect(junit.contains("name=\"reality\"") && junit.contains("gate 7 configuration and human actions"))
  }

  @Test func `a lie in the code that made a bundle makes it hollow`() throws {
    let (outcome, report, _) = try audited(
      Sample.reality() + Sample.realityLies + ["auditor.yaml": "reality: [{path: artifacts, code: src}]\n"])
    #expect(outcome.status == 1, "\(outcome)")
    let run = try #require(report["reality"]?.elements.first)
    #expect(run["status"]?.text == "RED" && run["verdict"]?.text == "HOLLOW")
    let codes = run["reasons"]?.elements.map(\.text) ?? []
    #expect(codes.contains("CODE.TODO_OR_FIXME"))
    #expect(codes.contains("CODE.IN_MEMORY_PERSISTENCE"))
    #expect(codes.contains("CODE.HARDCODED_IDENTIFIER"))
    // The claim GREEN is one about all of it.
    #expect(codes.contains("BUNDLE.PASS_FAIL_CLAIM_CONTRADICTED"))
    let places = run["details"]?.texts(of: "path") ?? []
    #expect(places.contains("src/persistence/store.py"))
    #expect(places.contains("\(Self.bundle)/PASS_FAIL.txt"))
  }

  @Test func `disabling a rule does not make a bundle more real, and saying nothing of code says nothing`() throws {
    let entries = Sample.reality() + Sample.realityLies
    let disabled = "disable: [todo-critical, mock-in-reality, hardcoded-id]\n"
    let (_, report, _) = try audited(
      entries + ["auditor.yaml": .file(disabled + "reality: [{path: artifacts, code: [src]}]\n")])
    #expect(report["reality"]?.elements.first?["verdict"]?.text == "HOLLOW")
    let (outcome, silent, _) = try audited(
      entries + ["auditor.yaml": .file(disabled + "reality: [{path: artifacts, gates: [1, 2, 3]}]\n")])
    let run = try #require(silent["reality"]?.elements.first)
    #expect(run["verdict"]?.text == "REAL" && run["code_tree"] == nil, "\(outcome)")
    #expect(run["targeted"]?.elements.count == 3)
  }

  @Test func `proof that was promised and is not there is RED`() throws {
    let (outcome, report, _) = try audited([
      "src/area.py": Sample.cleanSource, "auditor.yaml": "reality: [{path: artifacts/run_1}]\n",
    ])
    #expect(outcome.status == 1, "\(outcome)")
    let run = try #require(report["reality"]?.elements.first)
    #expect(run["path"]?.text == "artifacts/run_1" && run["status"]?.text == "RED")
    #expect(run["reasons"]?.elements.map(\.text).contains("BUNDLE.NO_ARTIFACTS") == true)
  }

  @Test func `missing proof is incomplete, and a claim alone is a bundle`() throws {
    let entries = Sample.reality([
      .remove(.timeModel), .replace(.passFail, "FINAL STATUS: GREEN", with: "FINAL STATUS: RED"),
      .replace(.passFail, "GATE 5: PASS", with: "GATE 5: FAIL"),
      .replace(.passFail, "GATE 4: PASS", with: "GATE 4: FAIL"),
    ])
    let (outcome, _, _) = try audited(entries + ["src/area.py": Sample.cleanSource])
    #expect(outcome.status == 2, "\(outcome)")
    let (claimed, report, _) = try audited([
      "src/area.py": Sample.cleanSource, "artifacts/run_9/PASS_FAIL.txt": "FINAL STATUS: GREEN\nGATE 1: PASS\n",
    ])
    #expect(claimed.status == 1, "\(claimed)")
    #expect(report["reality"]?.elements.first?["path"]?.text == "artifacts/run_9")
  }

  @Test func `a bundle and its code have one verdict on the command line`() throws {
    let workspace = try Workspace(Sample.reality() + Sample.realityLies + ["clean/area.py": Sample.cleanSource])
    let clean = try workspace.run("reality", Self.bundle, "--code", "clean")
    #expect(clean.status == 0 && clean.output.contains("PASS   the code that made it  clean: 1 files"), "\(clean)")
    let lying = try workspace.run("reality", Self.bundle, "--code", "clean", "--code", "src", "--json")
    #expect(lying.status == 1)
    let answer = try lying.json()
    #expect(answer["verdict"]?.text == "HOLLOW")
    #expect(answer["details"]?.texts(of: "path").contains("src/service.py") == true)
    // The evidence itself is no code, even where it lies in the tree.
    let whole = try workspace.run("reality", Self.bundle, "--code", ".", "--json").json()
    #expect(whole.at("code_tree", "files_scanned")?.integer == 4)
    let gone = try workspace.run("reality", Self.bundle, "--code", "gone")
    #expect(gone.status == 4 && gone.complaints.contains("gone"), "\(gone)")
  }

  @Test func `a finding that a reasoned comment accepts is told and does not count`() throws {
    let workspace = try Workspace(
      Sample.reality() + [
        "src/service.py":
          "import store\n\nSTORE = store.connect('sqlite:///:memory:')  # auditor:ignore mock-in-reality -- derived rows\n"
      ])
    let outcome = try workspace.run("reality", Self.bundle, "--code", "src")
    #expect(outcome.status == 0 && outcome.output.contains("1 findings accepted beside the code"), "\(outcome)")
  }

  @Test(.enabled(if: Unprivileged.isPossible)) func `what cannot be read is no verdict`() throws {
    let workspace = try Workspace(Sample.reality() + ["src/area.py": Sample.cleanSource])
    try workspace.giveAway()
    workspace.setMode(0, of: "\(Self.bundle)/storage_state.json")
    let outcome = try workspace.run(["audit"], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    let gaps = try workspace.json(of: "reports/dod_report.latest.json").gaps
    #expect(gaps.contains { $0.hasPrefix("reality \(Self.bundle)/storage_state.json") }, "\(gaps)")
  }

  @Test func `of a change the bundles are judged that it touches`() throws {
    let workspace = try Workspace(
      Sample.reality() + [
        "src/area.py": Sample.cleanSource, "auditor.yaml": "reality: [{path: artifacts, code: src}]\n",
      ])
    _ = try workspace.commit()
    let untouched = try workspace.run("audit", "--diff", "HEAD", "--json").json()
    #expect(untouched["reality"]?.elements.isEmpty == true)
    try workspace.put(Sample.badSource, at: "src/area.py")
    let touched = try workspace.run("audit", "--diff", "HEAD", "--json").json()
    #expect(touched["reality"]?.elements.count == 1)
  }
}
