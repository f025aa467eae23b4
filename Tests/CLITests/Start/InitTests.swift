import Formats
import Testing

/// `auditor init` and `config explain`.
@Suite struct InitTests {
  @Test func `what is written is what an audit then goes by`() throws {
    let workspace = try Workspace([
      "src/a.py": Sample.cleanSource, "vendor/lib/b.py": Sample.badSource, "contracts/order.schema.json": "{}",
      "core/gate_map.yaml": "gates: []\n", "odd name: #1/c.schema.json": "{}",
    ])
    let commit = try workspace.commit()
    let outcome = try workspace.run("init", "--ci", "github")
    #expect(outcome.status == 0, "\(outcome)")
    for path in ["auditor.yaml", "dod/DOD__PHASE_1.md", ".github/workflows/auditor.yml"] {
      #expect(outcome.output.contains("wrote    \(path)"), "\(outcome)")
    }
    let definition = String(decoding: try workspace.bytes(of: "dod/DOD__PHASE_1.md"), as: UTF8.self)
    #expect(definition.contains(commit))
    let explained = try workspace.run("config", "explain", "--json").json()
    let values = explained["values"]?.elements.map { "\($0["key"]?.text ?? "") \($0["value"]?.text ?? "")" } ?? []
    for value in [
      "scan.exclude vendor/**", "dod.docs dod", "dod.feed evidence/feed.jsonl", "gates core/gate_map.yaml",
      "contracts contracts/order.schema.json", "contracts odd name: #1/c.schema.json",
    ] { #expect(values.contains(value), "\(values)") }
    // Nothing but what is not proven yet is wrong with it.
    let audited = try workspace.run("audit", "--json")
    #expect(audited.status == 4 || audited.status == 2, "\(audited)")
    let gaps = try audited.json().gaps
    #expect(gaps.allSatisfy { $0.contains("gate_map") }, "\(gaps)")
  }

  @Test func `a first phase is proven by one run`() throws {
    let workspace = try Workspace(["check.sh": "echo held\n"])
    _ = try workspace.commit()
    #expect(try workspace.run("init", "--ci", "none", "--quiet").status == 0)
    let ran = try workspace.run(
      "run", "--phase", "PHASE_1", "--output", "evidence/check.log", "--", "sh", "-c",
      "sh check.sh > evidence/check.log")
    #expect(ran.status == 0, "\(ran)")
    #expect(try workspace.run("dod", "--phase", "PHASE_1").status == 0)
    let audited = try workspace.run("audit")
    #expect(audited.status == 0, "\(audited)")
  }

  @Test func `nothing that is there is changed`() throws {
    let mine: [String: Entry] = [
      "auditor.yaml": "fail_on: note\n", "docs/dod/DOD__MINE.md": "# mine\n", ".gitlab-ci.yml": "stages: []\n",
    ]
    let workspace = try Workspace(mine)
    let outcome = try workspace.run("init")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("kept     auditor.yaml"), "\(outcome)")
    #expect(outcome.output.contains("wrote    .gitlab/auditor.gitlab-ci.yml"), "\(outcome)")
    #expect(outcome.complaints.contains("include: {local: .gitlab/auditor.gitlab-ci.yml}"))
    for (path, entry) in mine {
      let isSame = try Entry.file(String(decoding: workspace.bytes(of: path), as: UTF8.self)) == entry
      #expect(isSame, "\(path)")
    }
    #expect(workspace.names(in: "dod").isEmpty)
    #expect(try workspace.run("init").output.contains("kept     .gitlab/auditor.gitlab-ci.yml"))
    // A link is something that is there, wherever it leads.
    let other = try Workspace(["auditor.yaml": .link(to: "../elsewhere")])
    #expect(try other.run("init", "--ci", "none").output.contains("kept     auditor.yaml"))
    #expect(Workspace.isAbsent("\(other.enclosure)/elsewhere"))
  }

  @Test func `a dry run shows the texts and writes nothing`() throws {
    let workspace = try Workspace(["a.py": Sample.cleanSource])
    let outcome = try workspace.run("init", "--dry-run", "--ci", "gitlab")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("would    auditor.yaml"))
    #expect(outcome.output.contains("    fail_on: error"))
    #expect(workspace.names(in: ".") == ["a.py"])
  }

  @Test func `each value has its origin`() throws {
    let workspace = try Workspace([
      "auditor.yaml": "fail_on: warning\ndisable:\n  - hard-path\nscan: {exclude: [\"x/**\"]}\ndod: {docs: d}\n",
      "../policy.yaml": "fail_on: error\nscan: {exclude: [\"y/**\"]}\n",
    ])
    func origins(_ arguments: [String], _ environment: [String: String] = [:]) throws -> [String] {
      let outcome = try workspace.run(["config", "explain", "--json"] + arguments, environment: environment)
      return try outcome.json()["values"]?.elements.map {
        "\($0["key"]?.text ?? "")=\($0["value"]?.text ?? "") \($0["origin"]?.text ?? "")"
      } ?? []
    }
    let plain = try origins([])
    for value in [
      "fail_on=warning auditor.yaml:1", "disable=hard-path auditor.yaml:3", "scan.exclude=x/** auditor.yaml:4",
      "dod.docs=d auditor.yaml:5", "rules=(built in) default",
    ] { #expect(plain.contains(value), "\(plain)") }
    #expect(try origins(["--fail-on", "note"]).contains("fail_on=note --fail-on"))
    let feed = try origins([], ["LUKA_ACTIVITY_FEED_JSONL": "/f.jsonl", "SOURCE_DATE_EPOCH": "0"])
    #expect(feed.contains("dod.feed=/f.jsonl $LUKA_ACTIVITY_FEED_JSONL"), "\(feed)")
    #expect(feed.contains("time=1970-01-01T00:00:00Z (0) $SOURCE_DATE_EPOCH"))
    let ruled = try origins(["--policy", "../policy.yaml"])
    #expect(ruled.contains("scan.exclude=y/** policy ../policy.yaml"), "\(ruled)")
    #expect(ruled.contains("disable=(none) default"))
    #expect(ruled.contains("fail_on=warning auditor.yaml:1"), "stricter than the policy")
    let text = try workspace.run("config", "explain", "--policy", "../policy.yaml").output
    #expect(text.contains("Does not count\n  auditor.yaml:3:5  disable: 'hard-path': is looked for"), "\(text)")
  }

  @Test func `found by looking is said`() throws {
    let workspace = try Workspace(["docs/dod/DOD__A.md": "# A\n"])
    let text = try workspace.run("config", "explain").output
    #expect(
      text.split(separator: "\n").contains { $0.hasPrefix("dod.docs") && $0.hasSuffix("found by looking") }, "\(text)")
  }
}
