import Auditor
import Formats
import Testing

/// A phase is signed off only when it is PROVEN, and what is signed can be checked by others.
@Suite struct SignOffTests {
  private static let ledger = "../audits.sqlite"
  private static let root = ["DOD_ROOT": "."]

  /// The tree with a key beside it, and a file that says whose it is.
  private func workspace(_ phase: Sample.Phase) throws -> Workspace {
    let workspace = try Workspace(Sample.project(phase))
    let made = try workspace.start(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "../key", "-C", "test"])
    try #require(made.status == 0, "\(made)")
    let key = String(decoding: try workspace.bytes(of: "../key.pub"), as: UTF8.self)
    try workspace.put(.file("ops@example.org \(key)"), at: "../signers")
    return workspace
  }

  private func signOff(_ workspace: Workspace, _ more: String...) throws -> Outcome {
    try workspace.run(
      ["signoff", "OPS", "--ledger", Self.ledger, "--actor", "ops@example.org"] + more, environment: Self.root)
  }

  @Test func `a phase that is PROVEN is signed off and recorded`() throws {
    let workspace = try workspace(.proven)
    let outcome = try signOff(workspace, "--json", "--reason", "release 7", "--event-time", "2026-03-01T12:00:00Z")
    #expect(outcome.status == 0, "\(outcome)")
    let entry = try outcome.json()
    _ = try ULID(parsing: entry["id"]?.text ?? "")
    #expect(entry["event_time"]?.text == "2026-03-01T12:00:00Z" && entry["actor"]?.text == "ops@example.org")
    let report = try FileReader.read(entry["report"]?["path"]?.text ?? "")
    #expect(entry["report"]?["sha256"]?.text == SHA256.digest(report).hex)
    let exported = try workspace.run("ledger", "export", "--ledger", Self.ledger)
    let row = try #require(try exported.output.split(separator: "\n").map { try JSON.read(Array($0.utf8)) }.last)
    #expect(row["table"]?.text == "signoff" && row["reason"]?.text == "release 7")
    #expect(row["id"]?.text == entry["id"]?.text && row["report_sha256"]?.text == SHA256.digest(report).hex)
    #expect(row["event_time"]?.integer == 1_772_366_400_000)
    #expect(try workspace.run("ledger", "verify", "--ledger", Self.ledger).output.contains("1 sign-offs"))
  }

  @Test(arguments: [(Sample.Phase.partial, Int32(2)), (.designed, 3)])
  func `any other phase is not`(phase: Sample.Phase, status: Int32) throws {
    let workspace = try workspace(phase)
    let outcome = try signOff(workspace, "--sign", "../key")
    #expect(outcome.status == status && outcome.complaints.contains("OPS is not signed off"), "\(outcome)")
    #expect(workspace.names(in: "..") == ["key", "key.pub", "signers", "tree"])
    #expect(workspace.names(in: "observability/reports/dod_checker").isEmpty)
  }

  @Test func `a prerequisite that is not PROVEN stands in the way`() throws {
    let workspace = try workspace(.proven)
    try workspace.put("phases:\n  OPS: {verdict: PROVEN, requires: [BASE]}\n", at: "dod/registry.yaml")
    let absent = try signOff(workspace)
    #expect(absent.status != 0 && absent.complaints.contains("BASE"), "\(absent)")
    try workspace.put("# Base\n\n- **Phase / Task ID**: BASE\n", at: "dod/DOD__BASE.md")
    let unproven = try signOff(workspace)
    #expect(
      (2...3).contains(unproven.status) && unproven.complaints.contains("BASE, which OPS requires, is"), "\(unproven)")
  }

  @Test func `a claim that nothing bears out stands in the way`() throws {
    let workspace = try workspace(.proven)
    let document = String(decoding: try workspace.bytes(of: "dod/DOD__OPS.md"), as: UTF8.self)
    try workspace.put(.file(document + "\n- [x] checked by `tests/never_written_test.py`\n"), at: "dod/DOD__OPS.md")
    let outcome = try signOff(workspace)
    #expect(outcome.status == 1 && outcome.complaints.contains("OPS is contradicted"), "\(outcome)")
  }

  @Test func `what is unreadable has no verdict, and an unknown phase is only designed`() throws {
    let workspace = try workspace(.proven)
    let unknown = try workspace.run(
      ["signoff", "NOBODY", "--ledger", Self.ledger, "--actor", "x"], environment: Self.root)
    #expect(unknown.status == 3 && unknown.complaints.contains("has no document"), "\(unknown)")
    try workspace.put("phases: [", at: "dod/registry.yaml")
    #expect(try signOff(workspace).status == 4)
  }

  @Test func `a signed statement is checked, and one that was changed is refused`() throws {
    let workspace = try workspace(.proven)
    let outcome = try signOff(workspace, "--sign", "../key", "--out", "../ops.intoto.jsonl", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    let report = try outcome.json()["report"]?["path"]?.text ?? ""
    func verify(_ more: String..., signers: String = "../signers") throws -> Outcome {
      try workspace.run(["attest", "verify", "--allowed-signers", signers] + more + ["../ops.intoto.jsonl"])
    }
    let verified = try verify("--subject", report, "--json")
    #expect(verified.status == 0, "\(verified)")
    let statement = try #require(try verified.json()["payload"])
    #expect(try verified.json()["signer"]?.text == "ops@example.org")
    #expect(statement["predicate"]?["https://auditor.invalid/attestation/verdict"]?.text == "PROVEN")
    try check(statement, against: "signoff_statement")
    #expect(try verify("--identity", "ops@example.org").output.contains("verdict   PROVEN"))

    // Another file, another person, another key.
    #expect(try verify("--subject", "auditor.yaml").status == 1)
    #expect(try verify("--identity", "eve@example.org").status == 1)
    try workspace.put(
      "nobody@example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEdddddddddddddddddddddddddddddddddddddddddd\n",
      at: "../others")
    #expect(try verify(signers: "../others").status == 1)
    #expect(try verify(signers: "../absent").status == 4)

    // Another payload under the same signature, and none at all.
    let envelope = String(decoding: try workspace.bytes(of: "../ops.intoto.jsonl"), as: UTF8.self)
    let payload = try #require(try JSON.read(Array(envelope.utf8))["payload"]?.text)
    let bytes = try #require(Base64.decode(payload))
    let changed = String(decoding: bytes, as: UTF8.self).replacing("PASSED", with: "FAILED")
    let forged = envelope.replacing(payload, with: Base64.encode(Array(changed.utf8)))
    try workspace.put(.file(forged), at: "../ops.intoto.jsonl")
    let refused = try verify()
    #expect(refused.status == 1 && refused.output.hasPrefix("REFUSED"), "\(refused)")
    try workspace.put("{\"payloadType\":\"x\",\"payload\":\"\",\"signatures\":[]}", at: "../ops.intoto.jsonl")
    #expect(try verify().status == 4)
  }

  private func rows(_ workspace: Workspace) throws -> [Value] {
    let exported = try workspace.run("ledger", "export", "--ledger", Self.ledger)
    return try exported.output.split(separator: "\n").map { try JSON.read(Array($0.utf8)) }
      .filter { $0["table"]?.text == "signoff" }
  }

  @Test(arguments: [Sample.Phase.proven, .partial, .designed])
  func `a phase is rejected whatever was computed, and why is recorded`(phase: Sample.Phase) throws {
    let workspace = try workspace(phase)
    let silent = try signOff(workspace, "--decision", "rejected")
    #expect(silent.status == 64 && silent.complaints.contains("--reason"), "\(silent)")
    let outcome = try signOff(
      workspace, "--decision", "rejected", "--reason", "no restore drill", "--event-time", "2026-03-01T12:00:00Z",
      "--json",
      "--sign", "../key", "--out", "../no.intoto.jsonl")
    #expect(outcome.status == 0, "\(outcome)")
    let entry = try outcome.json()
    let verdict = phase.rawValue.uppercased()
    #expect(entry["decision"]?.text == "rejected" && entry["verdict"]?.text == verdict && entry["revokes"] == nil)
    let row = try #require(try rows(workspace).last)
    #expect(row["decision"]?.text == "rejected" && row["verdict"]?.text == verdict)
    #expect(row["actor"]?.text == "ops@example.org" && row["reason"]?.text == "no restore drill")
    #expect(row["event_time"]?.integer == 1_772_366_400_000 && row["process_time"]?.integer != nil)
    _ = try ULID(parsing: row["id"]?.text ?? "")
    let report = try FileReader.read(entry["report"]?["path"]?.text ?? "")
    #expect(row["report_sha256"]?.text == SHA256.digest(report).hex)
    #expect(try workspace.run("ledger", "verify", "--ledger", Self.ledger).status == 0)
    // A rejection never reads as a pass.
    let verified = try workspace.run(
      "attest", "verify", "--allowed-signers", "../signers", "--json", "../no.intoto.jsonl")
    let statement = try #require(try verified.json()["payload"])
    #expect(statement["predicate"]?["verificationResult"]?.text == "FAILED")
    try check(statement, against: "signoff_statement")
  }

  @Test func `an approval is revoked once, by its id`() throws {
    let workspace = try workspace(.proven)
    let revoking = ["--decision", "revoked", "--reason", "the key leaked"]
    func revoke(_ more: String...) throws -> Outcome {
      try workspace.run(
        ["signoff", "OPS", "--ledger", Self.ledger, "--actor", "eve", "--json"] + revoking + more,
        environment: Self.root)
    }
    // There is no ledger, and no ledger comes of it.
    #expect(try revoke().status == 4 && !workspace.names(in: "..").contains("audits.sqlite"))
    let approved = try signOff(workspace, "--json").json()["id"]?.text
    let other = try revoke("--target", "another")
    #expect(other.status == 1 && other.complaints.contains("nothing to revoke"), "\(other)")
    // What was approved is taken back though it is not PROVEN any more.
    try workspace.put("changed\n", at: "evidence/run.log")
    let outcome = try revoke("--sign", "../key", "--out", "../back.intoto.jsonl")
    #expect(outcome.status == 0, "\(outcome)")
    let entry = try outcome.json()
    #expect(entry["revokes"]?.text == approved && entry["id"]?.text != approved && entry["verdict"]?.text == "PARTIAL")
    let row = try #require(try rows(workspace).last)
    #expect(row["decision"]?.text == "revoked" && row["requires"]?.text == "[{\"signoff\":\"\(approved ?? "")\"}]")
    #expect(row["actor"]?.text == "eve" && row["reason"]?.text == "the key leaked")
    #expect(try rows(workspace).map { $0["decision"]?.text } == ["approved", "revoked"])
    let verified = try workspace.run(
      "attest", "verify", "--allowed-signers", "../signers", "--json", "../back.intoto.jsonl")
    let statement = try #require(try verified.json()["payload"])
    #expect(statement["predicate"]?["verificationResult"]?.text == "FAILED")
    try check(statement, against: "signoff_statement")
    let again = try revoke()
    #expect(again.status == 1 && again.complaints.contains("nothing to revoke"), "\(again)")
    #expect(try workspace.run("ledger", "verify", "--ledger", Self.ledger).output.contains("2 sign-offs"))
  }

  @Test func `without its signature nothing is recorded`() throws {
    let workspace = try workspace(.proven)
    let outcome = try signOff(workspace, "--sign", "../no-such-key")
    #expect(outcome.status == 4 && outcome.complaints.contains("cannot sign"), "\(outcome)")
    #expect(!workspace.names(in: "..").contains("audits.sqlite"))
  }

  @Test(arguments: [(Entry.file("print(1)\n"), "PASSED"), (Sample.badSource, "FAILED")])
  func `the result of a run is stated in the words of in-toto`(source: Entry, result: String) throws {
    let workspace = try Workspace(Sample.project(gate: .sealed, source: source))
    let commit = try workspace.commit()
    let outcome = try workspace.run("attest", "test-result", "--target", "shop")
    #expect(outcome.status == 0, "\(outcome)")
    let statement = try outcome.json()
    #expect(statement["predicate"]?["result"]?.text == result)
    #expect(statement["subject"]?[0]?["digest"]?["gitCommit"]?.text == commit)
    let passed = statement["predicate"]?["passedTests"]?.elements.map(\.text) ?? []
    #expect(passed.contains("gates/sales") && passed.contains("scan/hard-path.home") == (result == "PASSED"))
    try check(statement, against: "test_result_statement")
  }

  @Test func `what could not be judged is not attested`() throws {
    let workspace = try Workspace(["auditor.yaml": "nonsense: 1\n"])
    let outcome = try workspace.run("attest", "test-result")
    #expect(outcome.status == 4 && outcome.output.isEmpty, "\(outcome)")
  }

  /// Holds a statement to the schema that is published here.
  private func check(_ statement: Value, against name: String) throws {
    let schemas = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/reports/schema"
    var json = JSONWriter(.compact)
    json.value(statement)
    let workspace = try Workspace(["statement.json": .bytes(json.takeBytes())])
    let outcome = try workspace.run(
      "schema", "validate", "--schema", "\(schemas)/\(name).schema.json", "statement.json")
    #expect(outcome.status == 0, "\(outcome)")
  }
}
