import Testing

/// `gates lint`, `explain`, `seal`, `flag` and `runs` from end to end.
@Suite struct GateUpkeepTests {
  private static let map: Entry = """
    gates:
    - gate_id: sealed
      scope: seed
      passed_flag_path_template: run/{seed}/_passed.flag
      bundle_root_template: run/{seed}
      index_path_template: run/{seed}/index.json
      verification_method: {kind: sha256_bundle_digest, digest_field: sha, exclude_filenames: [_passed.flag]}
    - gate_id: listed
      scope: seed
      passed_flag_path_template: run/{seed}.flag
      bundle_root_template: run/{seed}
      index_path_template: run/{seed}/index.json
      verification_method: {kind: sha256_index_json_ascii_lex_raw_bytes, digest_field: sha, exclude_filenames: [index.json]}
    - gate_id: joined
      scope: seed
      passed_flag_path_template: run/{seed}.joined
      bundle_root_template: run/{seed}
      index_path_template: run/{seed}/members.json
      verification_method: {kind: sha256_member_digest_concat, digest_field: sha}
    """

  private func workspace() throws -> Workspace {
    try Workspace([
      "map.yaml": Self.map, "run/7/b": "two", "run/7/a.txt": "one", "run/7/it's here/c": "three",
      "run/7/index.json":
        #"[{"path": "b", "sha256_hex": "0000000000000000000000000000000000000000000000000000000000000000"}, {"path": "a.txt"}, {"path": "index.json"}]"#,
      "run/7/members.json": #"{"members": [{"sha": "ab"}, {"sha": "cd"}, {}]}"#,
    ])
  }

  @Test(arguments: ["sealed", "listed", "joined"]) func `a sealed gate passes, and what explain prints recomputes it`(
    gate: String
  ) throws {
    let workspace = try workspace()
    let seal = ["gates", "seal", gate, "--root", ".", "--gate-map", "map.yaml", "--pin", "seed=7"]
    let sealed = try workspace.run(seal)
    #expect(sealed.status == 0, "\(sealed)")
    let digest = try #require(sealed.output.split(separator: " ").last.map { String($0.dropLast()) })
    #expect(try workspace.run(seal).output.hasPrefix("sealed already"))
    let verify = ["gates", "verify", "--root", ".", "--gate-map", "map.yaml", "--pin", "seed=7", "--gate", gate]
    #expect(try workspace.run(verify).status == 0)
    let page = try workspace.run(["gates", "explain", gate, "--gate-map", "map.yaml", "--pin", "seed=7"])
    let commands = page.output.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
    let byHand = try workspace.start(["sh", "-c", commands.dropFirst().joined(separator: " && ")])
    #expect(byHand.output == "\(digest)  -\n", "\(page)\n\(byHand)")
  }

  @Test func `a flag that says something else is left as it is`() throws {
    let workspace = try Workspace(["e/a": "x", "e/_passed.flag": "sha256_hex = 0\n"])
    let outcome = try workspace.run("gates", "flag", "--root", ".", "--bundle", "e")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try workspace.start(["cat", "e/_passed.flag"]).output == "sha256_hex = 0\n")
    #expect(
      try workspace.run(
        "gates", "flag", "--root", ".", "--bundle", "e", "--flag", "e.flag", "--exclude", "_passed.flag"
      ).status == 0)
    #expect(try workspace.run("gates", "flag", "--root", ".", "--bundle", "e", "--exclude", "none").status == 1)
    #expect(try workspace.run("gates", "flag", "--root", ".", "--bundle", "../e").status == 1)
  }

  @Test func `a broken seal names the member that the index knows better`() throws {
    let workspace = try workspace()
    _ = try workspace.run(["gates", "seal", "sealed", "--root", ".", "--gate-map", "map.yaml", "--pin", "seed=7"])
    _ = try workspace.start(["sh", "-c", "echo more >> run/7/b"])
    let outcome = try workspace.run(
      ["gates", "verify", "--root", ".", "--gate-map", "map.yaml", "--pin", "seed=7", "--gate", "sealed"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("differs: b\n"), "\(outcome)")
  }

  @Test func `lint finds what no evidence can mend`() throws {
    let workspace = try Workspace([
      "map.yaml": """
      gates:
      - gate_id: a
        scope: fingerprint
        pased_flag_path_template: f
        passed_flag_path_template: v/{seed}/_flag
        bundle_root_template: v/{seed}
        verification_method: {kind: sha256_bundle_digest, digest_field: x}
        authorizes_outputs: [o]
        upstream_gate_dependencies: [a, b]
      """
    ])
    let outcome = try workspace.run("gates", "lint", "--gate-map", "map.yaml", "--pin", "other=1")
    #expect(outcome.status == 1, "\(outcome)")
    for part in [
      "4:3", "did you mean 'passed_flag_path_template'", "gates.template-token", "gates.gate-flag-hashed",
      "gates.upstream-unknown", "waits for itself", "gates.unresolved-template",
    ] {
      #expect(outcome.output.contains(part), "\(part)\n\(outcome)")
    }
    #expect(try workspace.run("gates", "lint", "--gate-map", "none.yaml").status == 4)
  }

  @Test func `runs without a fault are clean, a leaked token is found at its line`() throws {
    let workspace = try Workspace([
      "sr/index/leases/x.json": "{\n\"lease_token\": \"abc\"\n}", "sr/run_status/r.json": "{}",
    ])
    let outcome = try workspace.run("gates", "runs", "--store", "sr")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("runs.secret") && outcome.output.contains("runs.record-missing"), "\(outcome)")
    #expect(!outcome.output.contains("abc"))
    #expect(try workspace.run("gates", "runs", "--store", ".").status == 4)
  }
}
