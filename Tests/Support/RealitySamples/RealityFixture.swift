import Formats
package import Rules

/// A complete, honest evidence bundle of a made-up run, and what is done to it to make it less than that.
package struct RealityFixture: Sendable {
  /// One change to the files of the bundle.
  package enum Change: Sendable {
    /// Replaces the first occurrence of a text, which must be there.
    case replace(RealityArtifact, String, with: String)
    /// Replaces every occurrence of a text.
    case replaceAll(RealityArtifact, String, with: String)
    /// Puts a text at the end.
    case append(RealityArtifact, String)
    /// Gives a file another content.
    case write(RealityArtifact, String)
    /// Gives a file other bytes.
    case bytes(RealityArtifact, [UInt8])
    /// Takes a file away.
    case remove(RealityArtifact)
    /// Puts something in its place that is no content.
    case put(RealityArtifact, RealityFile)
    /// Drops a line, from 1.
    case dropLine(RealityArtifact, Int)
    /// Exchanges two lines, from 1.
    case swapLines(RealityArtifact, Int, Int)
  }

  package static let run = "run_2026_05"

  package private(set) var texts: [RealityArtifact: String] = [:]
  private var others: [RealityArtifact: RealityFile] = [:]

  /// The identifier number `index` of this run, made at the second `second` of it: always the same.
  package static func id(_ index: Int, second: Int = 0) -> String {
    let digest = SHA256.digest(Array("fixture \(index)".utf8)).bytes
    let milliseconds = start + Int64(second) * 1_000
    guard let ulid = try? ULID(milliseconds: milliseconds, randomness: Array(digest.prefix(10)).span) else { return "" }
    return ulid.description
  }

  private static let start = Timestamp(milliseconds: 1_777_629_600_000).milliseconds

  /// A time of the run as evidence writes it.
  package static func time(_ second: Int, _ milliseconds: Int = 0) -> String {
    Timestamp(milliseconds: start + Int64(second) * 1_000 + Int64(milliseconds)).rfc3339Milliseconds
  }

  package static let flows = [id(900, second: 1), id(901, second: 4), id(902, second: 30)]
  package static let action = id(800, second: 7)
  package static let intent = #"{"ttl":900,"target":"host-7","action":"isolate"}"#
  package static let intentHash = SHA256.digest(Array(#"{"action":"isolate","target":"host-7","ttl":900}"#.utf8)).hex

  package static func trace(_ kinds: [String]) -> String {
    SHA256.digest(Array("[\(kinds.map { "\"\($0)\"" }.joined(separator: ","))]".utf8)).hex
  }

  /// The run, made once: its digests cost more than its changes.
  package static let honest = RealityFixture()

  private init() {
    let records = Self.records()
    texts[.auditExport] = records.map { "\($0)\n" }.joined()
    texts[.operatorActions] = Self.operatorActions
    texts[.configSnapshot] = Self.configSnapshot
    let config = Self.sha256(texts[.configSnapshot])
    texts[.configHash] = "\(config)\n"
    texts[.replayReport] = Self.replayReport(source: Self.sha256(texts[.auditExport]), config: config)
    texts[.timeModel] = Self.timeModel
    texts[.storageState] = Self.storageState
    texts[.serviceLog] = Self.serviceLog
    texts[.idempotencyReport] = Self.idempotencyReport
    texts[.passFail] = """
      TARGET GATE: ALL
      FINAL STATUS: GREEN
      \((1...7).map { "GATE \($0): PASS" }.joined(separator: "\n"))

      """
  }

  package static func sha256(_ text: String?) -> String { SHA256.digest(Array((text ?? "").utf8)).hex }

  /// The bundle after some changes.
  package func changed(_ changes: [Change]) -> RealityFixture {
    var fixture = self
    for change in changes { fixture.apply(change) }
    return fixture
  }

  private mutating func apply(_ change: Change) {
    switch change {
    case .replace(let file, let old, let new):
      guard let range = texts[file]?.firstRange(of: old) else { return note("'\(old)' is not in \(file)") }
      texts[file]?.replaceSubrange(range, with: new)
    case .replaceAll(let file, let old, let new):
      guard texts[file]?.contains(old) == true else { return note("'\(old)' is not in \(file)") }
      texts[file] = texts[file]?.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    case .append(let file, let text): texts[file, default: ""] += text
    case .write(let file, let text): texts[file] = text
    case .bytes(let file, let bytes): others[file] = .content(bytes)
    case .remove(let file): texts[file] = nil
    case .put(let file, let other): others[file] = other
    case .dropLine(let file, let line):
      var lines = lines(file)
      lines.remove(at: line - 1)
      texts[file] = lines.joined(separator: "\n")
    case .swapLines(let file, let first, let second):
      var lines = lines(file)
      lines.swapAt(first - 1, second - 1)
      texts[file] = lines.joined(separator: "\n")
    }
  }

  private func lines(_ file: RealityArtifact) -> [Substring] {
    (texts[file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// What could not be changed; a test that changes nothing proves nothing.
  package private(set) var mistakes: [String] = []

  private mutating func note(_ mistake: String) { mistakes.append(mistake) }

  /// The files as they would be read.
  package var files: [RealityArtifact: RealityFile] {
    var files: [RealityArtifact: RealityFile] = [:]
    for artifact in RealityArtifact.allCases {
      files[artifact] = others[artifact] ?? texts[artifact].map { .content(Array($0.utf8)) } ?? .absent
    }
    return files
  }

  /// Judges it as a folder named `run`.
  package func judge(_ facts: RealityFacts? = nil, gates: Set<Int> = []) -> RealityResult {
    let documents = RealityDocuments(runID: Self.run, files: files)
    return RealityJudge.judge(documents, facts ?? RealityFacts(database: nil, composeDigest: nil), gates: gates)
  }

  /// The changes that put the audit store into a table `audit` of `audit.db` instead of a stream, and target gates 1 to 3.
  package static let inDatabase: [Change] = [
    .replace(
      .storageState,
      #"{"name": "AUDIT", "storage": "file", "messages": 10, "first_seq": 1, "last_seq": 10, "consumers": [{}]},"#,
      with: ""),
    .replace(
      .storageState, #""streams""#,
      with: #""engine": "sqlite", "path": "audit.db", "tables": [{"name": "audit", "rows": 10}], "streams""#),
    .replaceAll(.storageState, #""AUDIT""#, with: #""audit""#),
    .replace(.passFail, "ALL", with: "1,2,3"),
    .replace(.passFail, "GATE 4: PASS\nGATE 5: PASS\nGATE 6: PASS\nGATE 7: PASS\n", with: ""),
  ]

  /// The audit ids of the export, in its order.
  package static let auditIDs: [String] = kinds.enumerated().map { id(100 + $0.offset, second: $0.element.second) }
}

/// What the files hold.
extension RealityFixture {
  static let kinds: [(flow: Int, kind: String, second: Int)] = [
    (0, "telemetry_ingested", 1), (0, "belief_formed", 2), (0, "intent_frozen", 3), (0, "intent_executed", 4),
    (1, "telemetry_ingested", 5), (1, "belief_formed", 6), (1, "intent_frozen", 7), (1, "operator_action", 8),
    (1, "intent_executed", 9), (2, "telemetry_ingested", 31),
  ]

  private static func records() -> [String] {
    kinds.enumerated().map { index, entry in
      var fields = """
        "sequence": \(index + 1), "audit_id": "\(id(100 + index, second: entry.second))", \
        "correlation_id": "\(flows[entry.flow])", "idempotency_key": "\(id(200 + index, second: entry.second))", \
        "event_kind": "\(entry.kind)", "event_time": "\(time(entry.second))", \
        "process_time": "\(time(entry.second, 250))"
        """
      if entry.kind == "belief_formed" { fields += ", \"belief_id\": \"\(id(300 + index, second: entry.second))\"" }
      if entry.kind == "intent_frozen" { fields += ", \"intent_id\": \"\(id(400 + index, second: entry.second))\"" }
      return "{\(fields), \"payload\": \(payload(entry.kind, flow: entry.flow))}"
    }
  }

  private static func payload(_ kind: String, flow: Int) -> String {
    switch kind {
    case "intent_frozen":
      #"{"intent": \#(intent), "intent_hash": "\#(intentHash)", "safety_verdict": "\#(flow == 0 ? "ALLOW" : "HOLD")", "approval_required": \#(flow == 1)}"#
    case "operator_action": #"{"action_id": "\#(action)", "actor_id": "ines.b", "action": "approve"}"#
    default: "{}"
    }
  }

  private static var operatorActions: String {
    """
    {"action_id": "\(action)", "actor_id": "ines.b", "action": "approve", "event_time": "\(time(7, 500))", \
    "process_time": "\(time(8))", "correlation_id": "\(flows[1])"}

    """
  }

  private static var configSnapshot: String {
    """
    {"schema_version": "reality.config_snapshot.v1", "run_id": "\(run)", "flags": {"holds": true}, "env": {"TZ": "UTC"},
     "files": [{"path": "policy.yaml", "sha256": "\(sha256("policy"))"}],
     "deployment": {"compose_file": "compose.yml", "compose_sha256": "\(sha256("compose"))",
      "services": ["broker", "core"], "command": "make reality SEED=7"}}

    """
  }

  private static func outcome(_ flow: Int, verdict: String, approval: Bool, kinds: [String]) -> String {
    let side =
      #"{"intent_hash": "\#(intentHash)", "safety_verdict": "\#(verdict)", "approval_required": \#(approval), "trace_hash": "\#(trace(kinds))"}"#
    return
      #"{"correlation_id": "\#(flows[flow])", "original": \#(side), "replayed": \#(side), "declared_difference": null}"#
  }

  private static func replayReport(source: String, config: String) -> String {
    """
    {"schema_version": "reality.replay_report.v1", "run_id": "\(run)", "source_sha256": "\(source)",
     "used_runtime_memory": false, "records_replayed": 10, "clock": {"source": "recorded", "now_calls": 0},
     "config_sha256": "\(config)", "operator_actions_consumed": 1, "pass": true,
     "outcomes": [
      \(outcome(0, verdict: "ALLOW", approval: false, kinds: kinds.filter { $0.flow == 0 }.map(\.kind))),
      \(outcome(1, verdict: "HOLD", approval: true, kinds: kinds.filter { $0.flow == 1 }.map(\.kind)))]}

    """
  }

  private static var timeModel: String {
    """
    {"schema_version": "reality.time_model.v1", "run_id": "\(run)", "records": 10,
     "event_time_min": "\(time(1))", "event_time_max": "\(time(31))",
     "process_time_min": "\(time(1, 250))", "process_time_max": "\(time(31, 250))",
     "ordering": "sequence", "ordering_proof": "\(sha256(auditIDs.joined(separator: "\n")))", "replay_clock": "recorded",
     "decisions": [{"site": "belief.expiry", "time_basis": "event_time", "recorded": true}]}

    """
  }

  private static var storageState: String {
    """
    {"schema_version": "reality.storage_state.v1", "run_id": "\(run)", "captured_at": "\(time(60))",
     "audit_store": "AUDIT",
     "streams": [
      {"name": "AUDIT", "storage": "file", "messages": 10, "first_seq": 1, "last_seq": 10, "consumers": [{}]},
      {"name": "KEYS", "storage": "file", "messages": 10, "first_seq": 1, "last_seq": 10}],
     "shutdown": {"service_stopped_at": "\(time(50))", "counts": [{"name": "AUDIT", "count": 10}]},
     "restart": {
      "service": {"stopped_at": "\(time(20))", "started_at": "\(time(25))", "pid_before": 11, "pid_after": 12},
      "storage": {"stopped_at": "\(time(21))", "started_at": "\(time(24))", "instance_before": "a", "instance_after": "b"},
      "manual_intervention": false, "counts": [{"name": "AUDIT", "before": 9, "after": 9}]}}

    """
  }

  private static var serviceLog: String {
    """
    \(time(0)) INFO event=compose.up services=broker,core
    \(time(0, 500)) INFO event=compose.healthy service=broker
    \(time(0, 600)) INFO event=compose.healthy service=core
    \(time(0, 700)) INFO event=scenario.started command="make reality"
    a line of another form
    \(time(20)) INFO event=service.stopped pid=11
    \(time(21)) INFO event=storage.stopped
    \(time(24)) INFO event=storage.started
    \(time(25)) INFO event=service.started pid=12
    \(time(40)) INFO event=scenario.completed exit=0

    """
  }

  private static var idempotencyReport: String {
    """
    {"schema_version": "reality.idempotency_report.v1", "run_id": "\(run)", "delivery": "at_least_once",
     "enforced_at": "ingest", "key_store": {"name": "KEYS", "persisted": true, "keys": 10}, "pass": true,
     "injections": [{"idempotency_key": "\(id(200, second: 1))", "correlation_id": "\(flows[0])", "deliveries": 2,
      "counts_before": [{"name": "AUDIT", "count": 10}, {"name": "KEYS", "count": 10}],
      "counts_after": [{"name": "AUDIT", "count": 10}, {"name": "KEYS", "count": 10}],
      "verdict_first": "ALLOW", "verdict_second": "ALLOW",
      "intent_hash_first": "\(intentHash)", "intent_hash_second": "\(intentHash)"}]}

    """
  }
}
