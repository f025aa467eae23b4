import Formats
import Testing

/// `auditor bundle` and the bundles of `auditor audit`, with the built binary.
@Suite struct BundleCommandTests {
  @Test func `validate answers with every member, and with the exit status`() throws {
    let workspace = try Workspace(Sample.bundle("r1") + ["out/LATEST": "r1\n"])
    let valid = try workspace.run("bundle", "validate", "out", "--json")
    #expect(valid.status == 0, "\(valid)")
    let answer = try valid.json()
    #expect(
      answer.members.map(\.name) == [
        "command", "ok", "bundle_dir", "run_id", "committed", "state", "index_status", "errors",
      ])
    try workspace.put("#", at: "out/r1/summary.md")
    let invalid = try workspace.run("bundle", "validate", "out/r1", "--root", ".", "--format", "json")
    #expect(invalid.status == 1)
    #expect(try invalid.json()["errors"]?.texts(of: "code") == ["size_mismatch", "digest_mismatch"])
    #expect(try workspace.run("bundle", "validate", "absent").status == 4)
    #expect(try workspace.run("bundle", "validate", "out", "--root", "absent").status == 4)
    #expect(try workspace.run("bundle", "validate", "..").status == 1)
  }

  @Test(arguments: [
    ["bundle"], ["bundle", "validate"], ["bundle", "reindex", "out"],
    ["bundle", "reindex", "out", "--strict", "--repair"],
    ["bundle", "promote", "out"], ["bundle", "lint-plan", "p"], ["bundle", "lint-registry"],
    ["bundle", "summarize-ops"],
    ["bundle", "summarize-ops", "out", "--packet", "p"], ["bundle", "list-probes", "--registry-index", "i"],
    ["bundle", "reindex", "out", "--repair", "--wait", "x"],
    ["bundle", "describe-probe", "--registry-index", "i", "--registry", "r"],
    ["bundle", "reindex", "out", "--repair", "--wait", "999999"],
  ]) func `a wrong command line is 64`(arguments: [String]) throws {
    #expect(try Workspace(Sample.bundle("r1")).run(arguments).status == 64)
  }

  @Test func `names from documents cannot move the cursor`() throws {
    let workspace = try Workspace(Sample.bundle("r1"))
    let index = try String(decoding: workspace.bytes(of: "out/r1/artifact_index.json"), as: UTF8.self)
    try workspace.put(
      .file(index.replacing("\"missing\": []", with: "\"missing\": [\"a\\u001b[2J\"]")),
      at: "out/r1/artifact_index.json")
    for command in ["validate", "open"] {
      let outcome = try workspace.run("bundle", command, "out/r1")
      #expect(!outcome.standardOutput.contains(0x1B) && !outcome.standardError.contains(0x1B))
    }
  }

  @Test func `summarize-ops counts each lane for itself`() throws {
    let workspace = try Workspace(Sample.bundle("r1"))
    let answer = try workspace.run("bundle", "summarize-ops", "out/r1", "--out", "ops.json", "--json").json()
    let summary = try workspace.json(of: "ops.json")
    #expect(answer["out"]?.text == "ops.json" && answer.at("summary", "run_id")?.text == "r1")
    func counts(_ lane: String) -> [String] {
      summary.at("lanes", lane, "operations")?.elements.map { operation in
        operation.members.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ")
      } ?? []
    }
    #expect(counts("baseline") == ["operation=a rows=2 allow=1 deny=0 other=1"])
    #expect(
      counts("scenario") == [
        "operation=a rows=1 allow=1 deny=0 other=0 matches=1 mismatches=0 witnessed=1",
        "operation=b rows=1 allow=0 deny=1 other=0 matches=0 mismatches=1 witnessed=0",
      ])
    #expect(counts("oracle") == ["operation=a rows=1 allow=0 deny=1 other=0"])
    #expect(summary.at("lanes", "scenario", "unattributed_rows")?.integer == 1)
    #expect(try workspace.run("bundle", "summarize-ops", "out/r1", "--out", "out/r1/summary.md").status == 1)
  }

  @Test func `a packet is believed in nothing`() throws {
    let workspace = try Workspace(Sample.bundle("r1"))
    #expect(try workspace.run("bundle", "promote", "out/r1", "--out", "p.json", "--require-promotable").status == 0)
    #expect(try workspace.run("bundle", "summarize-ops", "--packet", "p.json").status == 0)
    let packet = try String(decoding: workspace.bytes(of: "p.json"), as: UTF8.self)
    func codes(_ text: String) throws -> [String] {
      try workspace.put(.file(text), at: "q.json")
      return try workspace.run("bundle", "summarize-ops", "--packet", "q.json", "--json").json()["errors"]?.texts(
        of: "code") ?? []
    }
    #expect(try codes(packet.replacing("v0.2", with: "v0.1")) == ["packet_unreadable"])
    #expect(
      try codes(packet.replacing("out/r1/runtime_results.json", with: "out/r0/runtime_results.json")) == [
        "packet_unreadable"
      ])
    #expect(try codes(packet.replacing("out/r1/", with: "../out/r1/")) == ["packet_unreadable"])
    #expect(
      try codes(packet.replacing("\"promotable_decision_stage\": true", with: "\"promotable_decision_stage\": false"))
        == ["not_promotable"])
    try workspace.put("#", at: "out/r1/summary.md")
    #expect(try codes(packet) == ["packet_contradicted"])
    #expect(try workspace.run("bundle", "summarize-ops", "out/r1").status == 1)
  }

  @Test func `inventory and status tell every run and what the runs say against each other`() throws {
    let workspace = try Workspace(
      Sample.bundle("r1") + Sample.bundle("r2", world: "other", updated: 200)
        + Sample.bundle("r1", in: "copy", changed: ["summary.md": "# another\n"])
        + Sample.bundle("r3", in: "new", state: "in_progress") + ["out/LATEST": "r1", "copy/LATEST": "r9"])
    let outcome = try workspace.run("bundle", "inventory", "--json")
    let inventory = try outcome.json()
    #expect(
      inventory["bundles"]?.elements.map { "\($0["path"]?.text ?? "") \($0["verdict"]?.text ?? "")" }
        == ["copy/r1 VALID", "new/r3 WAITING", "out/r1 VALID", "out/r2 VALID"])
    #expect(
      inventory["contradictions"]?.texts(of: "rule_id") == [
        "bundles.run-id-conflict", "bundles.world-conflict", "bundles.latest-behind", "bundles.latest-dangling",
      ])
    #expect(outcome.status == 2)
    let status = try workspace.run("bundle", "status", "out", "--json")
    #expect(status.status == 1)
    #expect(try status.json()["latest"]?.text == "out/r1")
    #expect(try status.json()["lock"]?.text == "absent")
    #expect(try workspace.run("bundle", "status", "new").status == 2)
    #expect(try workspace.run("bundle", "inventory", "absent").status == 4)
  }

  @Test func `registries can be looked through`() throws {
    let workspace = try Workspace()
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    #expect(try workspace.start(["/\(package)/examples/bundles/make-bundle.sh", "."]).status == 0)
    func ask(_ words: String...) throws -> Value {
      try workspace.run(["bundle"] + words + ["--registry-index", "registries.json", "--json"]).json()
    }
    #expect(try ask("list-registries")["registries"]?.texts(of: "id") == ["files"])
    #expect(
      try ask("list-probes", "--registry", "files")["probes"]?.texts(of: "probe_id") == ["read-hosts", "write-hosts"])
    #expect(try ask("list-profiles", "--registry", "files")["profiles"]?.texts(of: "profile_id") == ["hosts-only"])
    #expect(try ask("describe-probe", "read-hosts", "--registry", "files")["used_by"]?[0]?.text == "hosts-only")
    #expect(try ask("describe-profile", "hosts-only", "--registry", "files")["probes"]?.count == 2)
    #expect(try ask("describe-probe", "none", "--registry", "files")["errors"]?.texts(of: "code") == ["not_found"])
    #expect(try ask("list-probes", "--registry", "none")["errors"]?.texts(of: "code") == ["registry_not_found"])
  }
}

@Suite struct AuditedBundlesTests {
  private func audit(_ entries: [String: Entry]) throws -> (Outcome, Value, Workspace) {
    let workspace = try Workspace(["a.py": "x = 1\n"] + entries)
    let outcome = try workspace.run("audit", "--json")
    return (outcome, try outcome.json(), workspace)
  }

  @Test func `bundles are found, judged with the same codes, and told everywhere`() throws {
    let (outcome, report, workspace) = try audit(
      Sample.bundle("r1") + Sample.bundle("r2", updated: 200) + [
        "out/LATEST": "r1", "out/r1/summary.md": "#", "half/run_status.json": #"{"state": "complete"}"#,
      ])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(report["bundles"]?.texts(of: "path") == ["half", "out/r1", "out/r2"])
    #expect(report["bundles"]?[0]?["errors"]?.texts(of: "code") == ["index_missing"])
    #expect(report["bundles"]?[1]?["errors"]?.texts(of: "code") == ["size_mismatch", "digest_mismatch"])
    #expect(report["bundles"]?[2]?["promotable_decision_stage"]?.boolean == true)
    #expect(report["findings"]?.texts(of: "rule_id").contains("bundles.latest-behind") == true)
    #expect(report.at("coverage", "bundles_found")?.integer == 3)
    let junit = try String(decoding: workspace.bytes(of: "reports/junit.xml"), as: UTF8.self)
    #expect(junit.contains("<testsuite name=\"bundles\""))
    #expect(junit.contains("reproduce: auditor bundle validate out/r1"))
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let schema = "/\(package)/reports/schema/dod_report.schema.json"
    let checked = try workspace.run("schema", "validate", "--schema", schema, "reports/dod_report.latest.json")
    #expect(checked.status == 0, "\(checked)")
  }

  @Test func `valid bundles are clean, and one that is being written is waited for`() throws {
    #expect(try audit(Sample.bundle("r1") + ["out/LATEST": "r1"]).0.status == 0)
    #expect(try audit(Sample.bundle("r1", state: "in_progress")).0.status == 2)
  }

  @Test func `the configuration says where to look, or not to`() throws {
    let damaged = Sample.bundle("r1", root: "evidence/") + ["evidence/out/r1/summary.md": "#"]
    let off = try audit(damaged + ["auditor.yaml": "bundles: []\n"])
    #expect(off.0.status == 0 && off.1["bundles"]?.count == 0)
    let on = try audit(damaged + ["auditor.yaml": "bundles:\n  - {path: evidence/out, root: evidence}\n"])
    #expect(on.1["bundles"]?.texts(of: "path") == ["evidence/out/r1"])
    #expect(on.1["bundles"]?[0]?["errors"]?.texts(of: "code") == ["size_mismatch", "digest_mismatch"])
    let gone = try audit(["auditor.yaml": "bundles:\n  - {path: nowhere}\n"])
    #expect(gone.0.status == 4)
    #expect(gone.1.gaps.first?.hasPrefix("bundles nowhere") == true)
    #expect(try audit(["auditor.yaml": "bundles:\n  - {path: ../x}\n"]).0.status == 4)
  }
}
