import Formats
import Testing

/// The evidence of scenario runs in an audit.
@Suite struct EvidenceRunTests {
  private static let world = String(repeating: "ab", count: 32)
  private static let configuration = """
    evidence:
      - request: runs/request.json
        policy: policy.yaml
        pack: pack
        gate_map: map.yaml
        catalogue: catalogue.yaml
        root: engine
        created_at: 2026-01-01T00:00:00Z

    """

  /// One output and one gate, complete until something is taken away.
  private static let entries: [String: Entry] = {
    let sealed = SHA256.digest(Array("sealed".utf8)).hex
    var entries: [String: Entry] = [
      "auditor.yaml": .file(configuration), "src/area.py": Sample.cleanSource,
      "runs/request.json": .file(
        """
        {"run_equivalence_key": "key", "manifest_fingerprint": "\(world)",
         "parameter_hash": "\(String(repeating: "cd", count: 32))", "seed": 42, "scenario": {"scenario_id": "base"},
         "output_ids": ["stops"], "requested_strategy": "FORCE_REUSE"}

        """),
      "policy.yaml":
        "{policy_id: p, revision: r, reuse_policy: Allow, evidence_wait_seconds: 60, attempt_limit: 1}\n",
      "catalogue.yaml":
        "outputs:\n  - {output_id: stops, scope: scope_seed, path_template: out/part-1, partitions: [seed]}\n",
      "map.yaml": """
      gates:
        - gate_id: g
          scope: seed
          passed_flag_path_template: v/_flag
          bundle_root_template: v
          verification_method: {kind: sha256_bundle_digest, digest_field: sha, exclude_filenames: [_flag]}
          authorizes_outputs: [stops]

      """,
      "engine/out/part-1": "one", "engine/v/a": "sealed", "engine/v/_flag": .file("sha = \(sealed)\n"),
    ]
    for name in ["engine_output_locator", "gate_receipt", "instance_proof_receipt", "engine_invocation", "run_receipt"]
    {
      entries["pack/docs/model_spec/data-engine/interface_pack/contracts/\(name).schema.yaml"] = "type: object\n"
    }
    entries["pack/docs/model_spec/platform/contracts/oracle_store/oracle_pack_manifest.schema.yaml"] = "type: object\n"
    return entries
  }()

  private func audited(_ changes: [String: Entry?] = [:], now: Int = 1_767_225_630) throws -> (Outcome, Value) {
    var entries = Self.entries
    for (path, entry) in changes { entries[path] = entry }
    let workspace = try Workspace(entries)
    let outcome = try workspace.run(["audit"], environment: ["SOURCE_DATE_EPOCH": "\(now)"])
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let valid = try workspace.run(
      "schema", "validate", "--schema", "/\(package)/reports/schema/dod_report.schema.json",
      "reports/dod_report.latest.json")
    #expect(valid.status == 0, "\(valid)")
    let junit = try JUnitSummary(workspace.bytes(of: "reports/junit.xml"))
    #expect(junit.isConsistent)
    return (outcome, try workspace.json(of: "reports/dod_report.latest.json"))
  }

  @Test func `a complete run is clean`() throws {
    let (outcome, report) = try audited()
    #expect(outcome.status == 0, "\(outcome)")
    let run = try #require(report["evidence"]?.elements.first)
    #expect(run["status"]?.text == "COMPLETE" && run["state"]?.text == "READY")
    #expect(run["request"]?.text == "runs/request.json" && run["bundle_hash"]?.string != nil)
    #expect(run["gates"]?.elements.first?["status"]?.text == "PASS")
    #expect(report["inputs"]?.elements.contains { $0["path"]?.text == "runs/request.json" } == true)
    #expect(outcome.output.contains("runs/request.json  COMPLETE"), "\(outcome)")
  }

  @Test func `what is missing is waited for until the deadline`() throws {
    let (waiting, report) = try audited(["engine/v/_flag": nil])
    #expect(waiting.status == 2, "\(waiting)")
    #expect(report["evidence"]?.elements.first?["status"]?.text == "WAITING")
    let (late, _) = try audited(["engine/v/_flag": nil], now: 1_767_225_700)
    #expect(late.status == 1 && late.output.contains("EVIDENCE_MISSING_DEADLINE"), "\(late)")
  }

  @Test func `a broken seal is a conflict, and nothing to start from no verdict`() throws {
    let (broken, report) = try audited(["engine/v/a": "forged"])
    #expect(broken.status == 1 && broken.output.contains("CONFLICT"), "\(broken)")
    #expect(report["evidence"]?.elements.first?["state"]?.text == "QUARANTINED")
    let (blind, gaps) = try audited(["policy.yaml": "{"])
    #expect(blind.status == 4, "\(blind)")
    #expect(gaps.gaps.contains { $0.hasPrefix("evidence policy.yaml:1") }, "\(gaps.gaps)")
  }

  @Test func `nothing that leads out of the tree is read`() throws {
    let (outcome, report) = try audited(["policy.yaml": .link(to: "../policy.yaml")])
    #expect(outcome.status == 4, "\(outcome)")
    #expect(report.gaps.contains { $0.contains("it leads outside the root") }, "\(report.gaps)")
  }
}
