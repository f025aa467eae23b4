import Auditor
import Formats
import Rules
import Testing

/// A world with one output and one gate, complete until a test takes something away.
@Suite("Classifying evidence")
struct EvidenceAuditTests {
  private static let world = String(repeating: "ab", count: 32)
  private static let parameters = String(repeating: "cd", count: 32)
  private let folder: TemporaryFolder
  private var request: [String: String] = [
    "run_equivalence_key": "\"key\"", "manifest_fingerprint": "\"\(world)\"", "parameter_hash": "\"\(parameters)\"",
    "seed": "42", "scenario": #"{"scenario_id": "base"}"#, "engine_run_root": #""engine""#,
    "output_ids": #"["stops"]"#, "requested_strategy": #""FORCE_REUSE""#,
  ]
  private var policy = "{policy_id: p, revision: r, reuse_policy: Allow, evidence_wait_seconds: 60, attempt_limit: 1}"
  private var output =
    "{output_id: stops, scope: scope_seed, path_template: \"out/{seed}/part-*\\n\", partitions: [seed, scenario_id]}"
  private var gateMap = """
    gates:
    - gate_id: g
      scope: seed
      passed_flag_path_template: v/{seed}/_flag
      bundle_root_template: v/{seed}
      verification_method: {kind: sha256_bundle_digest, digest_field: sha, exclude_filenames: [_flag]}
      authorizes_outputs: [stops]
    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("one", to: "engine/out/42/part-1")
    try folder.write("two", to: "engine/out/42/part-2")
    try folder.write("no", to: "engine/out/42/other")
    try folder.write("sealed", to: "engine/v/42/a")
    try folder.write("sha = \(SHA256.digest(Array("sealed".utf8)).hex)", to: "engine/v/42/_flag")
    try folder.makeFolder("store")
    try writePack()
  }

  /// Contracts that say a little of what real ones say.
  private func writePack() throws {
    let contracts = [
      "engine_output_locator": "required: [output_id, path]\nproperties: {path: {maxLength: 100}}",
      "gate_receipt": "properties: {gate_id: {maxLength: 3}}",
      "instance_proof_receipt": "properties: {output_id: {maxLength: 9}}",
      "engine_invocation": "required: [run_id]\nproperties: {engine_run_root: {type: string}}",
      "run_receipt": "required: [run_id]",
    ]
    for (name, text) in contracts {
      try folder.write(text, to: "pack/\(PackLayout.boundaryContracts)/\(name).schema.yaml")
    }
    try folder.write(
      "required: [world_key]", to: "pack/\(PackLayout.platformContracts)/oracle_store/oracle_pack_manifest.schema.yaml")
  }

  private func classify(now: String = "2026-01-01T00:00:00Z", prior: Int64 = 0) throws -> EvidenceVerdict {
    let members = request.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    let run = try RunRequest(try JSON.read(Array("{\(members)}".utf8)))
    return try EvidenceAudit(
      EvidenceAudit.Request(
        run: run, policy: RunPolicy(try YAML.read(Array(policy.utf8))),
        gateMap: GateMap(try YAML.read(Array(gateMap.utf8)), path: "map"),
        catalogue: OutputCatalogue(try YAML.read(Array("outputs: [\(output)]".utf8)), path: "catalogue"),
        contracts: EvidenceContracts(pack: "\(folder.path)/pack"), platformRunID: "platform",
        createdAt: RunTime("2026-01-01T00:00:00Z"), now: RunTime(now), priorAttempts: prior,
        root: "\(folder.path)/engine", rootName: run.engineRoot,
        store: ReceiptStore(root: "\(folder.path)/store", writes: true))
    ).run()
  }

  @Test("is COMPLETE with everything there, and keeps each proof once")
  func complete() throws {
    let verdict = try classify()
    #expect(verdict.status == .complete && verdict.reason == nil && verdict.state == "READY")
    #expect(verdict.locators.first?["path"]?.string == "engine/out/42/part-*")
    #expect(verdict.locators.first?["content_digest"]?["hex"]?.string == SHA256.digest(Array("onetwo".utf8)).hex)
    #expect(verdict.locators.first?["seed"]?.integer == 42)
    #expect(verdict.gateReceipts.first?["scope"]?["seed"]?.integer == 42)
    #expect(verdict.bundleHash != nil && verdict.readyMessageID != nil && verdict.oraclePack != nil)
    let path = try #require(verdict.instanceReceipts.first?["artifacts"]?["receipt_path"]?.string)
    #expect(
      path.hasSuffix(
        "/output_id=stops/manifest_fingerprint=\(Self.world)/seed=42/scenario_id=base/instance_receipt.json"))
    let stored = try FileReader.read("\(folder.path)/store/\(path)")
    #expect(try classify().bundleHash == verdict.bundleHash)
    #expect(try FileReader.read("\(folder.path)/store/\(path)") == stored)
  }

  @Test("is WAITING for what is missing until the deadline, and FAIL from then on")
  mutating func missing() throws {
    try folder.removeFile("engine/v/42/_flag")
    try folder.removeFile("engine/out/42/part-1")
    try folder.removeFile("engine/out/42/part-2")
    let verdict = try classify(now: "2026-01-01T00:00:59.999999Z")
    #expect(verdict.status == .waiting && verdict.reason == .waiting && verdict.reasonCode == nil)
    #expect(verdict.missing == ["stops", "g"])
    #expect(try classify(now: "2026-01-01T00:01:00Z").reason == .missingAtDeadline)
    output = output.replacing("}]", with: "}").dropLast() + ", availability: optional}"
    #expect(try classify().missing == ["g"])
  }

  @Test("is CONFLICT when a seal is broken, whatever is missing")
  func conflict() throws {
    try folder.write("forged", to: "engine/v/42/a")
    try folder.removeFile("engine/out/42/part-1")
    try folder.removeFile("engine/out/42/part-2")
    let verdict = try classify(now: "2026-01-02T00:00:00Z")
    #expect(verdict.status == .conflict && verdict.reason == .conflict && verdict.missing.isEmpty)
    #expect(verdict.gateReceipts.first?["status"]?.string == "FAIL")
    #expect(verdict.instanceReceipts.isEmpty && verdict.state == "QUARANTINED")
  }

  @Test("fails for what does not exist, before anything is read")
  mutating func unknown() throws {
    request["output_ids"] = #"["stops", "none"]"#
    #expect(try classify().reason == .unknownOutput)
    request["output_ids"] = "[]"
    #expect(try classify().status == .complete)
    policy = policy.dropLast() + ", traffic_output_ids: [none]}"
    #expect(try classify().reason == .unknownOutput)
    request["output_ids"] = #"["stops"]"#
    gateMap += "\n  upstream_gate_dependencies: [gone]"
    #expect(try classify().reason == .unknownGate)
  }

  @Test("holds every document to its contract")
  mutating func contracts() throws {
    output = output.replacing("seed, scenario_id", with: "seed, day")
    #expect(try classify().reason == .instanceScopeMissing)
    output = output.replacing("seed, day", with: "seed")
    let gates = gateMap
    gateMap = gates.replacing("gate_id: g", with: "gate_id: gate")
    #expect(try classify().reason == .receiptInvalid)
    gateMap = gates.replacing("[stops]", with: "[stops, all_the_stops]")
    output = output.replacing("output_id: stops", with: "output_id: all_the_stops")
    request["output_ids"] = #"["all_the_stops"]"#
    #expect(try classify().reason == .instanceReceiptInvalid)
    request["engine_run_root"] = "\"\(String(repeating: "e", count: 99))\""
    #expect(try classify().reason == .locatorInvalid)
  }

  @Test("fails when a stored proof says something else, but for the time it was made")
  func drift() throws {
    let receipt = try #require(try classify().instanceReceipts.first)
    let path = try #require(receipt["artifacts"]?["receipt_path"]?.string)
    let text = String(decoding: try FileReader.read("\(folder.path)/store/\(path)"), as: UTF8.self)
    try folder.write(
      text.replacing("{\n  \"output_id\"", with: "{\n  \"produced_at_utc\": \"x\",\n  \"output_id\""),
      to: "store/\(path)")
    let again = try classify()
    #expect(again.status == .complete)
    #expect(again.instanceReceipts.first?["produced_at_utc"]?.string == "x")
    try folder.write("three", to: "engine/out/42/part-3")
    #expect(try classify().reason == .instanceReceiptDrift)
    try folder.write("{", to: "store/\(path)")
    #expect(try classify().reason == .instanceReceiptDrift)
  }

  @Test("asks the engine first where evidence may not be used again")
  mutating func attempt() throws {
    policy = policy.replacing("Allow", with: "DENY")
    #expect(try classify().reason == .engineReceiptMissing)
    #expect(try classify(prior: 1).reason == .attemptLimit)
    try folder.write("{}", to: "engine/run_receipt.json")
    #expect(try classify().reason == .engineReceiptInvalid)
    let run = EvidenceIdentity.runID(equivalenceKey: "key")
    let receipt =
      #"{"run_id": "\#(run)", "manifest_fingerprint": "\#(Self.world)", "parameter_hash": "\#(Self.parameters)", "seed": "#
    try folder.write(receipt + "43}", to: "engine/run_receipt.json")
    #expect(try classify().reason == .engineReceiptMismatch)
    try folder.write(receipt + "42.0}", to: "engine/run_receipt.json")
    #expect(try classify().status == .complete)
    request["engine_run_root"] = "null"
    #expect(try classify().reason == .invocationInvalid)
    policy = policy.replacing("DENY", with: "ALLOW")
    #expect(try classify().reason == .engineRootMissing)
  }

  @Test("checks whose world an oracle pack is, once the evidence is complete")
  func oraclePack() throws {
    try folder.write("{}", to: "engine/_oracle_pack_manifest.json")
    let invalid = try classify()
    #expect(invalid.reason == .oraclePackInvalid && invalid.bundleHash != nil && invalid.readyMessageID == nil)
    let key =
      #"{"world_key": {"manifest_fingerprint": "\#(Self.world)", "parameter_hash": "\#(Self.parameters)", "seed": 42, "scenario_id": "#
    try folder.write(key + #""other"}}"#, to: "engine/_oracle_pack_manifest.json")
    #expect(try classify().reason == .oraclePackMismatch)
    try folder.write(key + #""base"}, "engine_release": "e1"}"#, to: "engine/_oracle_pack_manifest.json")
    let pack = try #require(try classify().oraclePack)
    #expect(pack["manifest_ref"]?.string == "engine/_oracle_pack_manifest.json")
    #expect(pack["engine_release"]?.string == "e1")
  }

  @Test("reads nothing outside the engine root, and writes nothing outside the store")
  mutating func escape() throws {
    try folder.write("secret", to: "outside/part-9")
    output = output.replacing("out/{seed}", with: "../outside")
    #expect(throws: FileError.self) { try classify() }
    output = output.replacing("../outside", with: "out/{seed}")
    request["scenario"] = #"{"scenario_id": "../../../../../../../../escaped"}"#
    #expect(throws: FileError.self) { try classify() }
    #expect(!FileStatus.exists("\(folder.path)/escaped"))
  }
}
