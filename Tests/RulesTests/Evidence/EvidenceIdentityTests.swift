import Formats
import Rules
import Testing

@Suite("Identifiers of runs")
struct EvidenceIdentityTests {
  private func json(_ text: String) throws -> Value { try JSON.read(Array(text.utf8)) }

  @Test("are the beginning of a digest over what they name")
  func ids() {
    let run = String(SHA256.digest(Array("sr_run|étude".utf8)).hex.prefix(32))
    #expect(EvidenceIdentity.runID(equivalenceKey: "étude") == run)
    let attempt = String(SHA256.digest(Array("sr_attempt|\(run)|2".utf8)).hex.prefix(32))
    #expect(EvidenceIdentity.attemptID(runID: run, number: "2") == attempt)
    let set = "scnset_" + SHA256.digest(Array("B|a|é".utf8)).hex.prefix(16)
    #expect(EvidenceIdentity.scenarioID(ofSet: ["é", "a", "B", "a"]) == set)
  }

  @Test("leave the field that carries the digest out of it")
  func ownFields() throws {
    let plan = try json(#"{"run_id": "r", "plan_hash": "x"}"#)
    #expect(EvidenceIdentity.planHash(plan) == SHA256.digest(Array(#"{"run_id": "r"}"#.utf8)).hex)
    let policy = try json(#"{"content_digest": "x", "b": 1, "a": 2.0}"#)
    #expect(EvidenceIdentity.policyDigest(policy) == SHA256.digest(Array(#"{"a":2.0,"b":1}"#.utf8)).hex)
    let event = try json(#"{"ts_utc": "x", "run_id": "r", "details": {}, "event_kind": "K", "event_id": "e"}"#)
    #expect(
      try EvidenceIdentity.eventID(event)
        == SHA256.digest(Array(#"{"details": {}, "event_kind": "K", "run_id": "r"}"#.utf8)).hex)
  }

  @Test(
    "write times with their offset, to the microsecond",
    arguments: [
      ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00Z"),
      ("2026-01-01 01:30:00.25+01:30", "2026-01-01T01:30:00.250000+01:30", "2026-01-01T00:00:00.250000Z"),
      ("2025-12-31T22:00:00.0000019-02:00", "2025-12-31T22:00:00.000001-02:00", "2026-01-01T00:00:00.000001Z"),
      ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000+00:00", "1969-12-31T23:59:59.500000Z"),
    ])
  func times(text: String, offset: String, utc: String) throws {
    let time = try RunTime(text)
    #expect(time.offsetText == offset)
    #expect(time.utcText == utc)
    #expect(try time.adding(seconds: 600) > time)
    #expect(throws: FormatError.self) { try time.adding(seconds: .max) }
  }

  @Test("an intent without a set of scenarios has none, and not nothing")
  func intent() throws {
    let intent =
      #"{"seed": 1, "scenario_id": "s", "manifest_fingerprint": "m", "parameter_hash": "p", "window_tz": "UTC", "#
    let times = #""window_start_utc": "2026-01-01T00:00:00Z", "window_end_utc": "2026-01-01T02:00:00+01:00""#
    let form =
      #"{"manifest_fingerprint": "m", "parameter_hash": "p", "scenario_id": "s", "scenario_set": null, "seed": 1, "#
      + #""window_end_utc": "2026-01-01T02:00:00+01:00", "window_start_utc": "2026-01-01T00:00:00+00:00", "window_tz": "UTC"}"#
    #expect(
      try EvidenceIdentity.intentFingerprint(try json(intent + times + "}")) == SHA256.digest(Array(form.utf8)).hex)
    #expect(throws: ShapeProblem.self) { try EvidenceIdentity.intentFingerprint(try json("{}")) }
  }

  @Test("a scope is taken apart by what occurs in it")
  func scopes() {
    #expect(EvidenceIdentity.scopeParts("scope_global").parts == ["global"])
    #expect(EvidenceIdentity.scopeParts("scope_seed_run_id").parts == ["run", "run_id", "seed"])
    #expect(!EvidenceIdentity.scopeParts("scope_manifest_fingerprint").isInstance)
    #expect(EvidenceIdentity.scopeParts("scope_parameter_hash").isInstance)
  }

  @Test("the bundle hash knows no order of evidence, and no member without a value")
  func bundle() throws {
    let (a, b) = (try json(#"{"output_id": "a", "path": "p", "seed": null}"#), try json(#"{"output_id": "b"}"#))
    let receipt = try json(#"{"output_id": "a", "note": null}"#)
    let policy = try json(#"{"policy_id": "x"}"#)
    let one = try EvidenceBundle.hash(
      locators: [b, a], receipts: [], policyRevision: policy, instanceReceipts: [receipt])
    let form =
      #"{"instance_receipts":[{"note":null,"output_id":"a"}],"locators":[{"output_id":"a","path":"p"},{"output_id":"b"}],"#
      + #""policy_rev":{"policy_id":"x"},"receipts":[]}"#
    #expect(one == SHA256.digest(Array(form.utf8)).hex)
  }

  @Test("paths of evidence have no needless parts")
  func paths() {
    #expect(EvidencePaths.joined("runs/1/", "a//b/./c/") == "runs/1/a/b/c")
    #expect(EvidencePaths.joined("/runs", "a") == "/runs/a")
    #expect(EvidencePaths.joined("s3://bucket/run//", "/a/") == "s3://bucket/run/a/")
  }
}
