import Formats
import Testing

/// `--policy`: what a tree says of its own judgement does not count, and the report says so.
@Suite struct PolicyTests {
  /// A tree that does everything to look clean.
  private static func weakened() throws -> Workspace {
    let workspace = try Workspace([
      "auditor.yaml": """
      fail_on: never
      disable: [secret]
      scan:
        exclude:
          - src/hidden/**
      waivers: [waivers.yaml]
      """,
      "waivers.yaml": """
      waivers:
        - {rule: hard-path.home, path: src/waived.py, owner: me, reason: mine, until: 2099-01-01}
      """,
      ".gitignore": "ignored/\n",
      "ignored/a.py": Sample.badSource,
      "src/hidden/b.py": Sample.badSource,
      "src/waived.py": "ROOT = \"/Users/alice/work\"\n",
      "src/quiet.py": "ROOT = \"/Users/alice/work\"  # auditor:ignore hard-path -- it is mine\n",
      "docs/dod/DOD__OPS.md": "# Operations\n\n- **Phase / Task ID**: OPS\n",
      "../policy.yaml": "fail_on: error\n",
    ])
    return workspace
  }

  @Test func `without a policy the tree decides`() throws {
    let outcome = try Self.weakened().run("audit")
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func `a policy wins, and the report says over what`() throws {
    let workspace = try Self.weakened()
    let outcome = try workspace.run("audit", "--policy", "../policy.yaml")
    #expect(outcome.status == 2, "\(outcome)")
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    let open = report["findings"]?.elements.filter { $0["suppressed"] == nil && $0["level"]?.text == "error" } ?? []
    let paths = open.map { $0["path"]?.text ?? "" }
    #expect(paths == ["ignored/a.py", "src/hidden/b.py", "src/quiet.py", "src/waived.py"], "\(outcome)")
    let keys = report.at("policy", "overridden")?.texts(of: "key") ?? []
    #expect(
      keys == ["ignore_files", "dod", "fail_on", "disable", "scan.exclude", "waivers", "suppressions"], "\(outcome)")
    let lines = report.at("policy", "overridden")?.elements.map { $0["line"]?.integer }
    #expect(lines == [nil, nil, 1, 2, 5, 6, 1], "\(outcome)")
    #expect(outcome.output.contains("auditor.yaml:2:11  disable: 'secret': is looked for"), "\(outcome)")
    #expect(report["inputs"]?.texts(of: "role").contains("policy") ?? false)
    let valid = try workspace.run(
      "schema", "validate", "--schema", "\(packageRoot)/reports/schema/dod_report.schema.json",
      "reports/dod_report.latest.json")
    #expect(valid.status == 0, "\(valid)")
  }

  @Test func `what a policy allows counts`() throws {
    let workspace = try Self.weakened()
    try workspace.put(
      "allow: [disable, fail_on, scan, waivers, suppressions, ignore_files, sections]\n", at: "../policy.yaml")
    let outcome = try workspace.run("audit", "--policy", "../policy.yaml", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try outcome.json().at("policy", "overridden")?.count == 0)
  }

  @Test func `a stricter tree stays strict`() throws {
    let workspace = try Workspace(["auditor.yaml": "fail_on: note\n", "a.py": "# TODO: nicer names\n", "../p.yaml": ""])
    let outcome = try workspace.run("audit", "--policy", "../p.yaml")
    #expect(outcome.status == 1, "\(outcome)")
  }

  @Test func `the policy's own rules, waivers and exclusions are used`() throws {
    let workspace = try Workspace([
      "auditor.yaml": "rules: [own]\n", "own/r.yaml": "rules: []\n", "a.py": "x = forbidden()\n",
      "b.py": "y = forbidden()\n",
      "vendor/c.py": "z = forbidden()\n",
      "../org/policy.yaml": "rules: [packs]\nwaivers: [w.yaml]\nscan: {exclude: [\"vendor/**\"]}\n",
      "../org/w.yaml": "waivers:\n  - {rule: banned, path: b.py, owner: org, reason: legacy, until: 2099-01-01}\n",
      "../org/packs/p.yaml": """
      rules:
        - id: banned
          message: "{match} is banned"
          severity: error
          languages: [python]
          pattern-regex: 'forbidden\\('
          metadata: {remediation: do not}
          examples: {match: ["forbidden()"], ok: ["allowed()"]}
      """,
    ])
    let outcome = try workspace.run("audit", "--policy", "../org/policy.yaml", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    let report = try outcome.json()
    let open = report["findings"]?.elements.filter { $0["suppressed"] == nil && $0["level"]?.text == "error" } ?? []
    #expect(open.map { $0["path"]?.text ?? "" } == ["a.py"], "\(outcome)")
    #expect(report.at("policy", "overridden")?.texts(of: "key") == ["rules"])
  }

  @Test func `a policy in the tree, or one that is wrong, decides nothing`() throws {
    let workspace = try Workspace([
      "a.py": "x = 1\n", "policy.yaml": "", "../bad.yaml": "fail_on: eror\nallow: [disabel]\n",
    ])
    let inside = try workspace.run("audit", "--policy", "policy.yaml")
    #expect(inside.status == 4)
    #expect(inside.complaints.contains("keep it outside"), "\(inside)")
    let bad = try workspace.run("audit", "--policy", "../bad.yaml")
    #expect(bad.status == 4)
    #expect(
      bad.complaints.contains("did you mean 'error'?") && bad.complaints.contains("did you mean 'disable'?"), "\(bad)")
    #expect(try workspace.run("audit", "--policy", "../absent.yaml").status == 4)
    #expect(try workspace.run("audit", "--policy", "../bad.yaml", "--fail-on", "never").status == 64)
  }

  @Test func `a scan goes by the policy too, and says over what`() throws {
    let workspace = try Self.weakened()
    #expect(try workspace.run("scan").status == 0)
    let outcome = try workspace.run("scan", "--policy", "../policy.yaml", "--json")
    #expect(outcome.status == 1, "\(outcome)")
    let report = try outcome.json()
    let open = report["findings"]?.elements.filter { $0["suppressed"] == nil && $0["level"]?.text == "error" } ?? []
    #expect(
      open.map { $0["path"]?.text ?? "" } == ["ignored/a.py", "src/hidden/b.py", "src/quiet.py", "src/waived.py"])
    let keys = report.at("policy", "overridden")?.texts(of: "key") ?? []
    #expect(keys == ["ignore_files", "fail_on", "disable", "scan.exclude", "waivers", "suppressions"], "\(outcome)")
    // From elsewhere, places are told as they are seen from there.
    let above = try BuiltBinary.run(["scan", "--policy", "policy.yaml", "tree/src"], in: workspace.enclosure)
    #expect(above.output.contains("tree/auditor.yaml:2:11  disable: 'secret': is looked for"), "\(above)")
    #expect(above.output.contains("tree/src/quiet.py:1:9  suppressions: hard-path.home counts"), "\(above)")
    try workspace.put(
      "allow: [disable, fail_on, scan, waivers, suppressions, ignore_files, sections]\n", at: "../policy.yaml")
    let allowed = try workspace.run("scan", "--policy", "../policy.yaml", "--json")
    #expect(allowed.status == 0, "\(allowed)")
    #expect(try allowed.json().at("policy", "overridden")?.count == 0)
  }

  @Test func `a change is judged by the policy, whatever else it changes`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "../policy.yaml": ""])
    _ = try workspace.commit()
    try workspace.put("disable: [hard-path]\n", at: "auditor.yaml")
    try workspace.put("hidden.py\n", at: ".gitignore")
    try workspace.put(Sample.badSource, at: "a.py")
    try workspace.put(Sample.badSource, at: "hidden.py")
    func paths(_ arguments: String...) throws -> [String] {
      let outcome = try workspace.run(["scan", "--json", "--diff", "HEAD"] + arguments)
      return try outcome.json()["findings"]?.elements.filter { $0["level"]?.text == "error" }.map {
        $0["path"]?.text ?? ""
      } ?? []
    }
    #expect(try paths() == [])
    #expect(try paths("--policy", "../policy.yaml") == ["a.py", "hidden.py"])
    let told = try workspace.run("scan", "--diff", "HEAD", "--policy", "../policy.yaml")
    #expect(told.status == 1 && told.output.contains("1 file is looked at that git ignores"), "\(told)")
  }

  @Test(arguments: [["--disable", "secret"], ["--rules", "own"], ["--fail-on", "never"], ["--baseline", "b.jsonl"]])
  func `a scan by a policy takes no other word on the same`(other: [String]) throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "../policy.yaml": "", "policy.yaml": ""])
    let outcome = try workspace.run(["scan", "--policy", "../policy.yaml"] + other)
    #expect(outcome.status == 64, "\(outcome)")
    let inside = try workspace.run("scan", "--policy", "policy.yaml")
    #expect(inside.status == 4 && inside.complaints.contains("keep it outside"), "\(inside)")
  }

  @Test func `a sweep judges every target by its policy`() throws {
    let workspace = try Self.weakened()
    _ = try workspace.start(["sh", "-c", "mkdir ../all && cp -r . ../all/one && mkdir ../out"])
    let swept = try workspace.run("sweep", "--below", "../all", "--policy", "../policy.yaml", "--out", "../out")
    #expect(swept.status == 2, "\(swept)")
    let row = try JSONLines.read(workspace.bytes(of: "../out/sweep.jsonl"))[0]
    #expect(row.at("policy", "overridden")?.count == 7)
    #expect(row.at("counts", "error")?.integer == 4)
    // The shards of a plan belong to the policy of the plan.
    try workspace.put("fail_on: warning\n", at: "../policy.yaml")
    let changed = try workspace.run("sweep", "run", "--plan", "../out/plan.json", "--shard", "1/1", "--out", "../out")
    #expect(changed.status == 4)
    #expect(changed.complaints.contains("not the one that the plan was made with"), "\(changed)")
  }
}

/// The root of this project's checkout.
let packageRoot = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
