import Formats
import RealitySamples
import Rules

/// One case a rule of REALITY_RULES, in the order of that page.
extension RealityCase {
  static let all = bundle + claims + identity + admissions + gate1 + gate2 + gate3 + gate4 + gate5 + gate6 + gate7

  private static func id(_ index: Int, _ second: Int) -> String { RealityFixture.id(index, second: second) }
  private static func time(_ second: Int, _ milliseconds: Int = 0) -> String {
    RealityFixture.time(second, milliseconds)
  }

  private static let bundle: [RealityCase] = [
    .init("BUNDLE.PATH_ESCAPE", .put(.serviceLog, .outside)),
    .init("BUNDLE.INVALID_SHAPE_SERVICE_LOG", .put(.serviceLog, .notRegular)),
    .init("BUNDLE.INVALID_SHAPE_SERVICE_LOG", .put(.serviceLog, .unreadable("permission denied"))),
    .init("BUNDLE.EMPTY_TIME_MODEL", .write(.timeModel, " \n\t\u{B}")),
    .init("BUNDLE.EMPTY_IDEMPOTENCY_REPORT", .write(.idempotencyReport, "")),
    .init("BUNDLE.NOT_UTF8_SERVICE_LOG", .bytes(.serviceLog, [0x41, 0xFF])),
    .init("BUNDLE.INVALID_JSON_STORAGE_STATE", .append(.storageState, "{}")),
    .init("BUNDLE.INVALID_JSON_REPLAY_REPORT", .replace(.replayReport, "false", with: "NaN")),
    .init("BUNDLE.INVALID_JSON_TIME_MODEL", .replace(.timeModel, "{", with: "\u{FEFF}{")),
    .init("BUNDLE.INVALID_JSON_AUDIT_EXPORT", .append(.auditExport, "\n")),
    .init("BUNDLE.DUPLICATE_KEY_TIME_MODEL", .replace(.timeModel, #""records""#, with: #""records": 9, "records""#)),
    .init(
      "BUNDLE.DUPLICATE_KEY_AUDIT_EXPORT",
      .replace(.auditExport, #""payload": {}"#, with: #""payload": {"a": 1, "a": 2}"#)),
    .init(
      "BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, #""messages": 10"#, with: #""messages": 10.0"#)),
    .init("BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, #""messages": 10"#, with: #""messages": -1"#)),
    .init("BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, #""name": "KEYS""#, with: #""name": "AUDIT""#)),
    .init("BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, "T10:01:00.000Z", with: "T10:01:60.000Z")),
    .init(
      "BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, #""streams""#, with: #""engine": "x", "streams""#)),
    .init("BUNDLE.INVALID_SHAPE_STORAGE_STATE", .replace(.storageState, "[{}]", with: "[1]")),
    .init("BUNDLE.INVALID_SHAPE_REPLAY_REPORT", .replace(.replayReport, "replay_report.v1", with: "replay_report.v2")),
    .init("BUNDLE.INVALID_SHAPE_REPLAY_REPORT", .replace(.replayReport, #""outcomes""#, with: #""other""#)),
    .init(
      "BUNDLE.INVALID_SHAPE_IDEMPOTENCY_REPORT",
      .replace(.idempotencyReport, #""injections": ["#, with: #""injections": [7, "#)),
    .init("BUNDLE.INVALID_SHAPE_TIME_MODEL", .replace(.timeModel, #""run_2026_05""#, with: #""""#)),
    .init("BUNDLE.INVALID_SHAPE_AUDIT_EXPORT", .replace(.auditExport, #""sequence": 1,"#, with: #""sequence": true,"#)),
    .init("BUNDLE.INVALID_SHAPE_OPERATOR_ACTIONS", .append(.operatorActions, "[]\n")),
    .init("BUNDLE.TRUNCATED_AUDIT_EXPORT", .append(.auditExport, #"{"sequence": 11"#)),
    .init("BUNDLE.TRUNCATED_OPERATOR_ACTIONS", .append(.operatorActions, "{}")),
    .init("BUNDLE.MISSING_PASS_FAIL", .remove(.passFail)),
    .init("BUNDLE.RUN_ID_MISMATCH", .replace(.timeModel, "run_2026_05", with: "run_2026_04")),
    .init("GATE3.MISSING_REPLAY_REPORT", .remove(.replayReport)),
    .init("GATE6.MISSING_IDEMPOTENCY_REPORT", .remove(.idempotencyReport)),
    .init("GATE2.UNUSABLE_SERVICE_LOG", .write(.serviceLog, "")),
  ]

  private static let claims: [RealityCase] = [
    .init("BUNDLE.PASS_FAIL_MALFORMED", .append(.passFail, "FINAL STATUS: RED\n")),
    .init("BUNDLE.PASS_FAIL_MALFORMED", .replace(.passFail, "FINAL STATUS: GREEN", with: "FINAL STATUS: fine")),
    .init("BUNDLE.PASS_FAIL_MALFORMED", .append(.passFail, "GATE 3: FAIL\n")),
    .init("BUNDLE.PASS_FAIL_MALFORMED", .write(.passFail, "FINAL STATUS: GREEN\n")),
    .init("BUNDLE.PASS_FAIL_CLAIM_CONTRADICTED", .replace(.timeModel, #""records": 10"#, with: #""records": 11"#)),
    .init(
      "BUNDLE.PASS_FAIL_CLAIM_CONTRADICTED", .replace(.timeModel, #""records": 10"#, with: #""records": 11"#),
      .replace(.passFail, "GREEN", with: "RED")),
  ]

  private static let identity: [RealityCase] = [
    .init("IDENTITY.MISSING_AUDIT_ID", .replace(.auditExport, #""audit_id""#, with: #""audit_no""#)),
    .init("IDENTITY.MISSING_CORRELATION_ID", .replace(.auditExport, #""\#(RealityFixture.flows[2])""#, with: "null")),
    .init("IDENTITY.MISSING_IDEMPOTENCY_KEY", .replace(.auditExport, #""idempotency_key""#, with: #""key""#)),
    .init("IDENTITY.MISSING_BELIEF_ID", .replace(.auditExport, #""belief_id""#, with: #""belief""#)),
    .init("IDENTITY.MISSING_INTENT_ID", .replace(.auditExport, #""intent_id""#, with: #""intent_no""#)),
    .init("IDENTITY.MISSING_ACTION_ID", .replace(.operatorActions, #""action_id""#, with: #""action_no""#)),
    .init("IDENTITY.MALFORMED_AUDIT_ID", .replace(.auditExport, id(100, 1), with: "audit-0001")),
    .init("IDENTITY.MALFORMED_AUDIT_ID", .replace(.auditExport, id(100, 1), with: id(100, 1).lowercased())),
    .init("IDENTITY.MALFORMED_AUDIT_ID", .replace(.auditExport, id(100, 1), with: RealityFixture.intentHash)),
    .init(
      "IDENTITY.MALFORMED_BELIEF_ID",
      .replace(.auditExport, id(301, 2), with: "0190a1b2-c3d4-5e5f-8a9b-0c1d2e3f4a5b")),
    .init("IDENTITY.HARDCODED_AUDIT_ID", .replace(.auditExport, id(100, 1), with: "01KQHRXRPR0000000000000001")),
    .init(
      "IDENTITY.HARDCODED_INTENT_ID",
      .replace(.auditExport, id(402, 3), with: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")),
    .init(
      "IDENTITY.HARDCODED_IDEMPOTENCY_KEY",
      .replace(.auditExport, id(200, 1), with: String(repeating: "01", count: 32))),
    .init(
      "IDENTITY.IMPLAUSIBLE_TIME_AUDIT_ID", .replace(.auditExport, id(100, 1), with: id(100, 1 + 86_401))),
    .init(
      "IDENTITY.IMPLAUSIBLE_TIME_BELIEF_ID",
      .replace(.auditExport, id(301, 2), with: "01000000-c3d4-7e5f-8a9b-0c1d2e3f4a5b")),
    .init("IDENTITY.REUSED_ACROSS_FIELDS", .replace(.auditExport, id(301, 2), with: id(101, 2))),
    .init(
      "IDENTITY.REUSED_ACROSS_FIELDS", .replaceAll(.operatorActions, RealityFixture.action, with: id(107, 8))),
    .init("IDENTITY.REUSED_AUDIT_ID", .replace(.auditExport, id(101, 2), with: id(100, 1))),
    .init("IDENTITY.REUSED_IDEMPOTENCY_KEY", .replace(.auditExport, id(201, 2), with: id(200, 1))),
    .init(
      "IDENTITY.REUSED_CORRELATION_ID", .replace(.auditExport, RealityFixture.flows[2], with: RealityFixture.flows[0])),
    .init("IDENTITY.REUSED_BELIEF_ID", .replace(.auditExport, id(305, 6), with: id(301, 2))),
    .init("IDENTITY.REUSED_INTENT_ID", .replace(.auditExport, id(406, 7), with: id(402, 3))),
    .init(
      "IDENTITY.REUSED_ACTION_ID",
      .append(.operatorActions, #"{"action_id": "\#(RealityFixture.action)", "actor_id": "ines.b"}"# + "\n")),
  ]

  private static let admissions: [RealityCase] = [
    .init("AUTO.TODO_OR_FIXME", .append(.serviceLog, "(TODO)\n")),
    .init("AUTO.TODO_OR_FIXME", .replace(.storageState, #""captured_at""#, with: #""FIXME": 1, "captured_at""#)),
    .init("AUTO.TODO_OR_FIXME", .bytes(.serviceLog, Array("TODO ".utf8) + [0xFF])),
    .init("AUTO.HEDGED_STATEMENT", .append(.passFail, "it Looks Correct\n")),
    .init("AUTO.HEDGED_STATEMENT", .append(.serviceLog, "this SHOULD WORK\n")),
    .init("AUTO.IN_MEMORY_PERSISTENCE", .replace(.storageState, #""file""#, with: #""Memory""#)),
    .init(
      "AUTO.IN_MEMORY_PERSISTENCE",
      .replace(.storageState, #""streams""#, with: #""engine": "InMemory", "tables": [], "streams""#)),
    .init(
      "AUTO.IN_MEMORY_PERSISTENCE",
      .replace(
        .storageState, #""streams""#,
        with: #""engine": "sqlite", "path": "file:x?mode=memory", "tables": [], "streams""#)),
    .init("AUTO.MOCKED_STORAGE", .replace(.storageState, #"[{}]"#, with: #"[{"impl": "acme.MagicMock()"}]"#)),
    .init("AUTO.MOCKED_STORAGE", .append(.serviceLog, "\(time(24)) INFO event=storage.started backend=fake_js\n")),
    .init(
      "AUTO.UNRECORDED_WALL_CLOCK", .replace(.timeModel, #""time_basis": "event_time""#, with: #""time_basis": "now""#)),
    .init("AUTO.UNRECORDED_WALL_CLOCK", .replace(.timeModel, #""recorded": true"#, with: #""recorded": "yes""#)),
    .init("AUTO.UNRECORDED_WALL_CLOCK", .replace(.timeModel, #""decisions": ["#, with: #""decisions": [3, "#)),
    .init("AUTO.TESTS_WITHOUT_ARTIFACTS", .remove(.storageState), .append(.serviceLog, "12 passed in 3 s\n")),
  ]

  private static func database(_ code: String, _ database: RealityDatabase) -> RealityCase {
    RealityCase(
      code: code, changes: RealityFixture.inDatabase, facts: RealityFacts(database: database, composeDigest: nil))
  }

  private init(code: String, changes: [RealityFixture.Change], facts: RealityFacts?) {
    self.code = code
    self.changes = changes
    self.facts = facts
  }

  private static let gate1: [RealityCase] = [
    .init("GATE1.STORAGE_IN_MEMORY", .replace(.storageState, #""file""#, with: #""memory""#)),
    .init("GATE1.STORAGE_NOT_FILE_BACKED", .replace(.storageState, #""file""#, with: #""s3""#)),
    .init("GATE1.SEQUENCE_BROKEN", .dropLine(.auditExport, 4)),
    .init("GATE1.SEQUENCE_BROKEN", .swapLines(.auditExport, 4, 5)),
    .init("GATE1.SEQUENCE_BROKEN", .replace(.storageState, #""last_seq": 10"#, with: #""last_seq": 11"#)),
    .init(
      "GATE1.AUDIT_STORE_UNKNOWN", .replace(.storageState, #""audit_store": "AUDIT""#, with: #""audit_store": "LOG""#)),
    .init(
      "GATE1.COUNT_MISMATCH", .replace(.storageState, #""messages": 10"#, with: #""messages": 99999999999999999999"#)),
    .init("GATE1.STALE_STORAGE_STATE", .replace(.storageState, time(60), with: time(30))),
    .init("GATE1.SHUTDOWN_COUNT_MISSING", .replace(.storageState, #""shutdown""#, with: #""stop""#)),
    .init("GATE1.SHUTDOWN_COUNT_MISSING", .replace(.storageState, #""count": 10"#, with: #""count": "10""#)),
    .init("GATE1.SHUTDOWN_COUNT_MISMATCH", .replace(.storageState, time(50), with: time(30))),
    database("BUNDLE.PATH_ESCAPE", .outside),
    database("GATE1.SQLITE_FILE_MISSING", .outside),
    database("GATE1.SQLITE_FILE_MISSING", .absent),
    database("GATE1.SQLITE_UNREADABLE", .unreadable("malformed")),
    database("GATE1.SQLITE_TABLE_MISSING", .counted(rows: [:], auditIDs: nil)),
    database("GATE1.SQLITE_ROW_COUNT_MISMATCH", .counted(rows: ["audit": 9], auditIDs: nil)),
    database("GATE1.SQLITE_AUDIT_ID_MISMATCH", .counted(rows: ["audit": 10], auditIDs: nil)),
    database("GATE1.SQLITE_AUDIT_ID_MISMATCH", .counted(rows: ["audit": 10], auditIDs: [.text("x"), .other])),
  ]

  private static let gate2: [RealityCase] = [
    .init("GATE2.RESTART_RECORD_MISSING", .replace(.storageState, #""restart""#, with: #""again""#)),
    .init("GATE2.RESTART_RECORD_MISSING", .replace(.storageState, #""pid_before": 11"#, with: #""pid_before": """#)),
    .init("GATE2.SERVICE_NOT_RESTARTED", .replace(.storageState, #""pid_after": 12"#, with: #""pid_after": 11"#)),
    .init("GATE2.SERVICE_NOT_RESTARTED", .replace(.storageState, time(25), with: time(20))),
    .init(
      "GATE2.STORAGE_NOT_RESTARTED", .replace(.storageState, #""instance_after": "b""#, with: #""instance_after": "a""#)
    ),
    .init(
      "GATE2.NOT_BOTH_DOWN", .replace(.storageState, time(24), with: time(40)),
      .replace(.storageState, time(21), with: time(26))),
    .init("GATE2.MANUAL_INTERVENTION", .replace(.storageState, #""manual_intervention": false, "#, with: "")),
    .init("GATE2.COUNTS_MISSING", .replace(.storageState, #""before": 9"#, with: #""before": null"#)),
    .init(
      "GATE2.COUNTS_MISSING",
      .replace(.storageState, #"{"name": "AUDIT", "before""#, with: #"{"name": "OTHER", "before""#)),
    .init("GATE2.RECORDS_LOST", .replace(.storageState, #""after": 9"#, with: #""after": 8"#)),
    .init("GATE2.RECORDS_APPEARED", .replace(.storageState, #""after": 9"#, with: #""after": 10"#)),
    .init(
      "GATE2.EXPORT_COUNT_MISMATCH",
      .replace(.storageState, #""before": 9, "after": 9"#, with: #""before": 7, "after": 7"#)),
    .init("GATE2.NO_POST_RESTART_ACTIVITY", .dropLine(.auditExport, 10)),
    .init("GATE2.LOG_RESTART_NOT_WITNESSED", .dropLine(.serviceLog, 7)),
    .init("GATE2.LOG_RESTART_NOT_WITNESSED", .replace(.serviceLog, time(24), with: time(24, 1))),
    .init("GATE2.UNCLEAN_RESTART", .append(.serviceLog, "\(time(24)) FATAL event=storage.damaged\n")),
  ]

  private static let gate3: [RealityCase] = [
    .init("GATE3.NO_DECISIONS", .replaceAll(.auditExport, "intent_frozen", with: "intent_considered")),
    .init("GATE3.DECISION_DUPLICATED", .replace(.auditExport, "intent_executed", with: "intent_frozen")),
    .init("GATE3.INTENT_HASH_INVALID", .replace(.auditExport, "host-7", with: "host-8")),
    .init("GATE3.INTENT_HASH_INVALID", .replace(.auditExport, RealityFixture.intent, with: "[]")),
    .init("GATE3.SOURCE_HASH_MISMATCH", .replace(.auditExport, "{}", with: #"{"note": 1}"#)),
    .init(
      "GATE3.RUNTIME_MEMORY_USED",
      .replace(.replayReport, #""used_runtime_memory": false"#, with: #""used_runtime_memory": 0"#)),
    .init(
      "GATE3.RECORD_COUNT_MISMATCH",
      .replace(.replayReport, #""records_replayed": 10"#, with: #""records_replayed": 10.0"#)),
    .init("GATE3.OUTCOME_UNKNOWN", .replace(.replayReport, RealityFixture.flows[1], with: RealityFixture.flows[0])),
    .init("GATE3.OUTCOME_UNKNOWN", .replace(.replayReport, RealityFixture.flows[1], with: RealityFixture.flows[2])),
    .init("GATE3.OUTCOME_MISSING", .replace(.replayReport, RealityFixture.flows[1], with: RealityFixture.flows[2])),
    .init(
      "GATE3.ORIGINAL_MISMATCH",
      .replace(.replayReport, #""safety_verdict": "ALLOW""#, with: #""safety_verdict": "HOLD""#)),
    .init(
      "GATE3.INTENT_HASH_DIVERGED",
      .replace(.replayReport, #""replayed": {"intent_hash": ""#, with: #""replayed": {"intent_hash": "0"#)),
    .init(
      "GATE3.SAFETY_VERDICT_DIVERGED",
      .replaceAll(.replayReport, #""safety_verdict": "HOLD""#, with: #""safety_verdict": "ALLOW""#)),
    .init(
      "GATE3.APPROVAL_DIVERGED",
      .replaceAll(.replayReport, #""approval_required": true"#, with: #""approval_required": "true""#)),
    .init("GATE3.TRACE_DIVERGED", .replaceAll(.replayReport, #""trace_hash": ""#, with: #""trace_hash": "0"#)),
    .init(
      "GATE3.DECLARATION_WITHOUT_REASON",
      .replace(
        .replayReport, #""declared_difference": null"#, with: #""declared_difference": {"fields": [], "reason": " "}"#)),
    .init(
      "GATE3.PASS_CLAIM_CONTRADICTED",
      .replace(.replayReport, #""records_replayed": 10"#, with: #""records_replayed": 9"#)),
  ]

  private static let gate4: [RealityCase] = [
    .init(
      "GATE4.DEPLOYMENT_NOT_RECORDED",
      .replace(.configSnapshot, #""services": ["broker", "core"]"#, with: #""services": []"#)),
    .init(
      "GATE4.DEPLOYMENT_NOT_RECORDED",
      .replace(.configSnapshot, #""compose_sha256": ""#, with: #""compose_sha256": "x"#)),
    .init("GATE4.SERVICE_NOT_HEALTHY", .dropLine(.serviceLog, 3)),
    .init("GATE4.SERVICE_NOT_HEALTHY", .swapLines(.serviceLog, 1, 2)),
    .init("GATE4.NOT_SINGLE_COMMAND", .replace(.configSnapshot, "make reality SEED=7", with: "make reality; make fix")),
    .init("GATE4.NOT_SINGLE_COMMAND", .replace(.configSnapshot, "make reality SEED=7", with: "make reality  SEED=7")),
    .init("GATE4.COMPOSE_HASH_MISMATCH", facts: RealityFacts(database: nil, composeDigest: SHA256.digest([]))),
    .init("GATE4.SCENARIO_NOT_RUN", .dropLine(.serviceLog, 4)),
    .init("GATE4.SCENARIO_NOT_RUN", .dropLine(.serviceLog, 10)),
    .init("GATE4.SCENARIO_FAILED", .append(.serviceLog, "\(time(45)) INFO event=scenario.completed exit=2\n")),
  ]

  private static let gate5: [RealityCase] = [
    .init("GATE5.EVENT_TIME_MISSING", .replace(.auditExport, #""event_time": "\#(time(1))", "#, with: "")),
    .init(
      "GATE5.PROCESS_TIME_MISSING",
      .replace(.auditExport, #""process_time": "\#(time(1, 250))""#, with: #""process_time": null"#)),
    .init("GATE5.TIME_MALFORMED", .replace(.auditExport, time(1), with: "2026-02-30T10:00:01Z")),
    .init("GATE5.TIME_MALFORMED", .replace(.auditExport, #""\#(time(1))""#, with: "1777629601")),
    .init("GATE5.PROCESS_BEFORE_EVENT", .replace(.auditExport, time(1), with: time(1, 251))),
    .init("GATE5.TIMESTAMPS_IDENTICAL", .write(.auditExport, identicalTimes)),
    .init("GATE5.CLOCKS_COLLAPSED", .write(.auditExport, collapsedClocks)),
    .init("GATE5.PROCESS_TIME_NOT_MONOTONIC", .replace(.auditExport, time(2, 250), with: time(4, 250))),
    .init("GATE5.SUMMARY_MISMATCH", .replace(.timeModel, time(31), with: time(32))),
    .init(
      "GATE5.ORDERING_PROOF_MISMATCH", .replace(.timeModel, #""ordering": "sequence""#, with: #""ordering": "storage""#)
    ),
    .init(
      "GATE5.ORDERING_PROOF_MISMATCH", .replace(.timeModel, #""ordering_proof": ""#, with: #""ordering_proof": "0"#)),
    .init("GATE5.REPLAY_USES_WALL_CLOCK", .replace(.replayReport, #""now_calls": 0"#, with: #""now_calls": false"#)),
    .init(
      "GATE5.REPLAY_USES_WALL_CLOCK",
      .replace(.timeModel, #""replay_clock": "recorded""#, with: #""replay_clock": "system""#)),
    .init("GATE5.DECISIONS_MISSING", .replace(.timeModel, #""decisions""#, with: #""choices""#)),
    .init("GATE5.UNRECORDED_CLOCK_DECISION", .replace(.timeModel, #""recorded": true"#, with: #""recorded": false"#)),
  ]

  private static let gate6: [RealityCase] = [
    .init("GATE6.DELIVERY_NOT_AT_LEAST_ONCE", .replace(.idempotencyReport, "at_least_once", with: "exactly_once")),
    .init("GATE6.NOT_ENFORCED_AT_BOUNDARY", .replace(.idempotencyReport, "ingest", with: "cache")),
    .init("GATE6.KEYS_NOT_PERSISTED", .replace(.idempotencyReport, #""persisted": true"#, with: #""persisted": 1"#)),
    .init(
      "GATE6.KEYS_NOT_PERSISTED",
      .replace(.idempotencyReport, #""name": "KEYS", "persisted""#, with: #""name": "CACHE", "persisted""#)),
    .init("GATE6.KEY_COUNT_MISMATCH", .replace(.idempotencyReport, #""keys": 10"#, with: #""keys": 9"#)),
    .init("GATE6.DUPLICATE_DURABLE_OUTCOME", .replace(.auditExport, id(201, 2), with: id(200, 1))),
    .init("GATE6.NO_DOUBLE_INJECT", .replace(.idempotencyReport, #""deliveries": 2"#, with: #""deliveries": 1"#)),
    .init("GATE6.COUNT_STORE_MISSING", .replace(.idempotencyReport, #""counts_after""#, with: #""counts_later""#)),
    .init(
      "GATE6.DUPLICATE_CHANGED_COUNT",
      .replace(.idempotencyReport, #""name": "KEYS", "count": 10"#, with: #""name": "KEYS", "count": 9"#)),
    .init(
      "GATE6.COUNT_CONTRADICTS_STORAGE",
      .replaceAll(.idempotencyReport, #""name": "KEYS", "count": 10"#, with: #""name": "KEYS", "count": 11"#)),
    .init(
      "GATE6.DUPLICATE_CHANGED_VERDICT",
      .replace(.idempotencyReport, #""verdict_second": "ALLOW""#, with: #""verdict_second": "HOLD""#)),
    .init(
      "GATE6.KEY_NOT_IN_EXPORT", .replace(.idempotencyReport, RealityFixture.flows[0], with: RealityFixture.flows[1])),
    .init("GATE6.VERDICT_NOT_IN_EXPORT", .replaceAll(.idempotencyReport, "ALLOW", with: "HOLD")),
    .init("GATE6.PASS_CLAIM_CONTRADICTED", .replace(.idempotencyReport, "ingest", with: "cache")),
  ]

  private static let gate7: [RealityCase] = [
    .init("GATE7.CONFIG_INCOMPLETE", .replace(.configSnapshot, #""flags": {"holds": true}"#, with: #""flags": []"#)),
    .init("GATE7.CONFIG_INCOMPLETE", .replace(.configSnapshot, #""path": "policy.yaml""#, with: #""path": """#)),
    .init("GATE7.CONFIG_HASH_MALFORMED", .write(.configHash, "sha1:0123")),
    .init("GATE7.CONFIG_HASH_MISMATCH", .replace(.configSnapshot, "SEED=7", with: "SEED=8")),
    .init(
      "GATE7.REPLAY_CONFIG_MISMATCH", .replace(.replayReport, #""config_sha256": ""#, with: #""config_sha256": "0"#)),
    .init("GATE7.MISSING_OPERATOR_ACTIONS", .remove(.operatorActions)),
    .init("GATE7.UNUSABLE_OPERATOR_ACTIONS", .write(.operatorActions, "")),
    .init("GATE7.ACTION_FIELD_MISSING", .replace(.operatorActions, #""ines.b""#, with: "7")),
    .init("GATE7.ACTION_TIME_INVALID", .replace(.operatorActions, time(8), with: "noon")),
    .init("GATE7.ACTION_TIME_INVALID", .replace(.operatorActions, time(8), with: time(7))),
    .init("GATE7.ACTOR_ANONYMOUS", .replace(.operatorActions, "ines.b", with: " Operator ")),
    .init("GATE7.ACTION_UNKNOWN_CORRELATION", .replace(.operatorActions, RealityFixture.flows[1], with: "flow-1")),
    .init("GATE7.ACTION_NOT_IN_EXPORT", .replace(.operatorActions, RealityFixture.action, with: id(801, 7))),
    .init("GATE7.ACTION_CONTRADICTS_EXPORT", .replace(.operatorActions, "ines.b", with: "omar.d")),
    .init("GATE7.ACTION_NOT_RECORDED", .replace(.operatorActions, RealityFixture.action, with: id(801, 7))),
    .init("GATE7.REPLAY_IGNORED_ACTIONS", .replace(.replayReport, #""operator_actions_consumed": 1, "#, with: "")),
    .init("GATE7.APPROVAL_WITHOUT_ACTION", .replace(.auditExport, #""action": "approve""#, with: #""action": "deny""#)),
  ]

  private static let honest = RealityFixture.honest.texts[.auditExport] ?? ""

  /// Every record at one moment.
  private static let identicalTimes = replacing(honest) { second in
    [(time(second), time(1)), (time(second, 250), time(1, 250))]
  }

  /// Every record processed at the moment it happened.
  private static let collapsedClocks = replacing(honest) { second in [(time(second, 250), time(second))] }

  private static func replacing(_ text: String, _ pairs: (Int) -> [(String, String)]) -> String {
    var text = text
    for (old, new) in [1, 2, 3, 4, 5, 6, 7, 8, 9, 31].flatMap(pairs) where old != new {
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    return text
  }
}
