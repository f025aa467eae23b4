import Formats
import Rules
import Testing

@Suite("Auditing what a scenario runner left behind")
struct RunTrailTests {
  private static let run = EvidenceIdentity.runID(equivalenceKey: "key")
  private let plan: String
  private let facts: String
  private let bundle: String

  init() throws {
    let policy = #""policy_rev": {"policy_id": "p", "revision": "r"}"#
    let body = #"{"run_id": "\#(Self.run)", \#(policy), "required_gates": ["g"]"#
    let hash = EvidenceIdentity.planHash(try JSON.read(Array((body + "}").utf8)))
    plan = body + #", "plan_hash": "\#(hash)"}"#
    let receipts = #"[{"gate_id": "g", "status": "PASS"}]"#
    bundle = try EvidenceBundle.hash(
      locators: [], receipts: Array(JSON.read(Array(receipts.utf8)).elements),
      policyRevision: JSON.read(Array("{\(policy)}".utf8))["policy_rev"], instanceReceipts: [])
    facts =
      #"{"run_id": "\#(Self.run)", "locators": [], "gate_receipts": \#(receipts), \#(policy), "bundle_hash": "\#(bundle)"}"#
  }

  private func event(_ kind: String, _ details: String, second: Int) throws -> RunTrail.Event {
    let body = #""event_kind": "\#(kind)", "run_id": "\#(Self.run)", "details": \#(details)"#
    let id = try EvidenceIdentity.eventID(try JSON.read(Array("{\(body)}".utf8)))
    let text = #"{\#(body), "event_id": "\#(id)", "ts_utc": "2026-01-01T00:00:0\#(second)Z"}"#
    return RunTrail.Event(line: second, value: try JSON.read(Array(text.utf8)))
  }

  private func document(_ path: String, _ text: String) throws -> RunTrail.Document {
    RunTrail.Document(path: path, value: try JSON.read(Array(text.utf8)))
  }

  /// A run that is READY and whole.
  private func ready() throws -> RunTrail {
    var trail = RunTrail(runID: Self.run, recordPath: "run_record/r.jsonl")
    let hash = try #require(try JSON.read(Array(plan.utf8))["plan_hash"]?.string)
    trail.events = [
      try event("RUN_ACCEPTED", "{}", second: 1), try event("PLAN_COMMITTED", #"{"plan_hash": "\#(hash)"}"#, second: 2),
      try event("GOV_POLICY_REV", #"{"policy_id": "p", "revision": "r"}"#, second: 3),
      try event("GOV_PLAN_HASH", #"{"plan_hash": "\#(hash)"}"#, second: 4),
      try event("READY_COMMITTED", #"{"bundle_hash": "\#(bundle)"}"#, second: 5),
      try event("GOV_BUNDLE_HASH", #"{"bundle_hash": "\#(bundle)"}"#, second: 6),
    ]
    let message = EvidenceIdentity.readyMessageID(platformRunID: "platform", runID: Self.run, seal: bundle)
    trail.documents = [
      .plan: try document("plan", plan), .facts: try document("facts", facts),
      .status: try document("status", #"{"state": "READY"}"#),
      .ready: try document(
        "ready", #"{"bundle_hash": "\#(bundle)", "platform_run_id": "platform", "message_id": "\#(message)"}"#),
    ]
    return trail
  }

  private func rules(_ trail: RunTrail) -> [String] { trail.judged().map(\.ruleID).sorted() }

  @Test("finds nothing in a run that is whole")
  func whole() throws { #expect(rules(try ready()) == []) }

  @Test("finds events that were changed, repeated, turned round or belong elsewhere")
  func record() throws {
    var trail = try ready()
    let events = try #require(trail.events)
    trail.events = events + [RunTrail.Event(line: 7, value: events[5].value)]
    #expect(rules(trail) == ["runs.repeated-event"])
    trail.events = [events[0], events[1], events[3], events[2], events[4], events[5]]
    #expect(rules(trail) == ["runs.record-order"])
    trail.events = events + [RunTrail.Event(line: 7, value: nil)]
    #expect(rules(trail) == ["runs.record-malformed"])
    let forged =
      #"{"event_kind": "NOTE", "run_id": "other", "details": {}, "event_id": "0", "ts_utc": "2026-01-01T00:00:09Z"}"#
    trail.events = events + [RunTrail.Event(line: 7, value: try JSON.read(Array(forged.utf8)))]
    #expect(rules(trail) == ["runs.event-id", "runs.record-malformed"])
    trail.events = events + [try event("PLAN_COMMITTED", #"{"again": 1}"#, second: 7)]
    #expect(rules(trail).contains("runs.transition"))
    trail.events = nil
    #expect(rules(trail) == ["runs.record-missing"])
  }

  @Test("finds a status that does not follow from the record")
  func status() throws {
    var trail = try ready()
    trail.documents[.status] = try document("status", #"{"state": "FAILED"}"#)
    #expect(rules(trail) == ["runs.status-drift"])
    trail.documents[.status] = nil
    #expect(rules(trail) == ["runs.status-missing"])
  }

  @Test("recomputes plan, bundle and message, and wants the governance facts to agree")
  func hashes() throws {
    var trail = try ready()
    trail.documents[.plan] = try document("plan", plan.replacing(#""revision": "r""#, with: #""revision": "s""#))
    #expect(Set(rules(trail)) == ["runs.hash-mismatch"])
    trail = try ready()
    trail.documents[.facts] = try document("facts", facts.replacing("\"locators\": []", with: "\"locators\": [{}]"))
    #expect(Set(rules(trail)) == ["runs.hash-mismatch"])
    trail.documents[.facts] = try document("facts", facts.replacing("PASS", with: "FAIL"))
    #expect(rules(trail).contains("runs.facts-incomplete"))
    trail = try ready()
    trail.events?.removeLast()
    #expect(rules(trail) == ["runs.governance-missing"])
  }

  @Test("READY rests on facts and a signal, and quarantine on a record")
  func foundations() throws {
    var trail = try ready()
    trail.documents[.facts] = nil
    #expect(rules(trail) == ["runs.facts-missing"])
    trail = try ready()
    trail.events?.removeLast(2)
    trail.documents[.status] = try document("status", #"{"state": "PLANNED"}"#)
    #expect(rules(trail) == ["runs.ready-unfounded"])
    trail.documents[.ready] = nil
    trail.events?.append(try event("EVIDENCE_CONFLICT", #"{"reason": "EVIDENCE_CONFLICT"}"#, second: 5))
    trail.documents[.status] = try document("status", #"{"state": "QUARANTINED", "reason_code": "EVIDENCE_CONFLICT"}"#)
    #expect(rules(trail) == ["runs.quarantine-missing"])
    trail.documents[.quarantine] = try document("quarantine", "{}")
    #expect(rules(trail) == [])
  }

  @Test(
    "knows lease tokens and passwords, and masked ones",
    arguments: [
      (#"{"lease_token" : "abc"}"#, true), (#"{"lease_token": ""}"#, false), (#"{"lease_token": null}"#, false),
      ("postgresql://user:secret@host/db", true), ("postgresql://user:***@host/db", false),
      ("https://host:80/a@b", false),
      (#""a://b","c://u:p@h""#, true), ("sqlite:///path", false),
    ])
  func secrets(line: String, isSecret: Bool) {
    #expect((RunSecrets.found(in: Array(line.utf8)[...]) != nil) == isSecret)
  }
}
