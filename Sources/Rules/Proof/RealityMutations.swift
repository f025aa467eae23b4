import Formats

/// The mutations of a reality evidence bundle, in the order of the gates that they attack.
///
/// Each is applied to a copy in memory; the bundle on disk is never touched.
package struct RealityMutations {
  private struct Attack {
    let mutation: Mutation
    /// The gates whose proof it attacks; empty: the bundle as a whole, whatever is targeted.
    let gates: Set<Int>
    let apply: (inout RealityEvidence) -> Bool
  }

  private let runID: String
  private let files: [RealityArtifact: RealityFile]
  private let facts: RealityFacts
  private let gates: Set<Int>

  /// The bundle as it was read, and the gates asked for (none: those of its claim, or all).
  package init(
    runID: String, files: [RealityArtifact: RealityFile], facts: RealityFacts, gates: Set<Int> = []
  ) {
    self.runID = runID
    self.files = files
    self.facts = facts
    self.gates = gates
  }

  /// Judges the bundle, and then each mutation of it.
  package func prove() -> GateProof {
    let honest = judge(files)
    guard honest.status == .green else {
      return GateProof(
        subject: runID,
        refusal: "the bundle is \(honest.status.rawValue): only what is GREEN can be proved able to fail")
    }
    let targeted = Set(honest.targeted)
    let results = Self.attacks.filter { $0.gates.isEmpty || !$0.gates.isDisjoint(with: targeted) }.map { attack in
      var evidence = RealityEvidence(files)
      guard attack.apply(&evidence) else { return MutationResult(attack.mutation, .notApplicable) }
      let answer = judge(evidence.files)
      let codes = Array(Set(answer.allReasons.map(\.code))).sorted()
      if answer.status == .green { return MutationResult(attack.mutation, .survived) }
      let isRight = !attack.mutation.expected.isDisjoint(with: codes)
      return MutationResult(attack.mutation, isRight ? .killed : .misattributed, reasons: codes)
    }
    return GateProof(subject: runID, results: results)
  }

  private func judge(_ files: [RealityArtifact: RealityFile]) -> RealityResult {
    RealityJudge.judge(RealityDocuments(runID: runID, files: files), facts, gates: gates)
  }

  private static func attack(
    _ id: String, _ deed: String, gates: Set<Int> = [], _ expected: Set<String>,
    _ apply: @escaping (inout RealityEvidence) -> Bool
  ) -> Attack {
    Attack(mutation: Mutation(id, deed, expected: expected), gates: gates, apply: apply)
  }

  private static var attacks: [Attack] { exportAttacks + storageAttacks + reportAttacks + recordAttacks }

  private static var exportAttacks: [Attack] {
    [
      attack(
        "truncate-export", "cut the last byte of the audit export", ["BUNDLE.TRUNCATED_AUDIT_EXPORT"]
      ) { $0.truncate(.auditExport) },
      attack(
        "drop-record", "take the first record out of the audit export", gates: [1, 3],
        ["GATE1.COUNT_MISMATCH", "GATE1.SEQUENCE_BROKEN", "GATE3.SOURCE_HASH_MISMATCH"]
      ) { $0.removeLine(of: .auditExport, at: 0) },
      attack(
        "reorder-events", "exchange the first two records", gates: [1, 3],
        ["GATE1.SEQUENCE_BROKEN", "GATE3.SOURCE_HASH_MISMATCH"]
      ) { $0.swapLines(of: .auditExport, 0, 1) },
      attack(
        "repeat-record", "append the first record again", ["IDENTITY.REUSED_AUDIT_ID"]
      ) { $0.repeatLine(of: .auditExport, at: 0) },
      attack(
        "flip-byte", "change one character of the first audit id", gates: [3, 5],
        ["GATE3.SOURCE_HASH_MISMATCH", "GATE5.ORDERING_PROOF_MISMATCH"]
      ) { evidence in evidence.editLine(of: .auditExport, at: 0, ["audit_id"], flippingLastDigit) },
      attack(
        "forge-identity", "give the first record an audit id of one repeated digit", ["IDENTITY.HARDCODED_AUDIT_ID"]
      ) { evidence in evidence.editLine(of: .auditExport, at: 0, ["audit_id"], monotonous) },
      attack(
        "predate-processing", "say that the first record was processed before it happened", gates: [5],
        ["GATE5.PROCESS_BEFORE_EVENT"]
      ) { evidence in
        evidence.editLine(of: .auditExport, at: 0, ["process_time"]) { _ in "\"1999-01-01T00:00:00Z\"" }
      },
    ]
  }

  private static var storageAttacks: [Attack] {
    [
      attack(
        "inflate-count", "let the audit store claim one record more", gates: [1], ["GATE1.COUNT_MISMATCH"]
      ) { $0.editAuditStoreCount { $0 + 1 } },
      attack(
        "age-state", "say that the storage was looked at long before", gates: [1], ["GATE1.STALE_STORAGE_STATE"]
      ) { evidence in evidence.edit(.storageState, ["captured_at"]) { _ in "\"1999-01-01T00:00:00Z\"" } },
      attack(
        "move-to-memory", "keep the first stream, or the database, in memory", gates: [1], ["GATE1.STORAGE_IN_MEMORY"]
      ) { evidence in
        evidence.edit(.storageState, ["streams", "0", "storage"]) { _ in "\"memory\"" }
          || evidence.edit(.storageState, ["path"]) { _ in "\":memory:\"" }
      },
      attack(
        "forget-shutdown", "drop what was counted at the shutdown", gates: [1], ["GATE1.SHUTDOWN_COUNT_MISSING"]
      ) { evidence in evidence.edit(.storageState, ["shutdown"]) { _ in "null" } },
      attack(
        "skip-restart", "give the service the same process after the restart", gates: [2],
        ["GATE2.SERVICE_NOT_RESTARTED"]
      ) {
        $0.copy(.storageState, from: ["restart", "service", "pid_before"], to: ["restart", "service", "pid_after"])
      },
      attack(
        "lose-record", "lose a record in the restart", gates: [2], ["GATE2.RECORDS_LOST"]
      ) { evidence in evidence.edit(.storageState, ["restart", "counts", "0", "after"], lowered) },
    ]
  }

  private static var reportAttacks: [Attack] {
    [
      attack(
        "swap-digests", "exchange the two digests of the replay report", gates: [3, 7],
        ["GATE3.SOURCE_HASH_MISMATCH", "GATE7.REPLAY_CONFIG_MISMATCH"]
      ) { $0.exchange(.replayReport, ["source_sha256"], ["config_sha256"]) },
      attack(
        "diverge-replay", "let the replay come to another verdict", gates: [3], ["GATE3.SAFETY_VERDICT_DIVERGED"]
      ) { evidence in
        evidence.edit(.replayReport, ["outcomes", "0", "replayed", "safety_verdict"]) { _ in "\"AUDITOR_PROBE\"" }
      },
      attack(
        "break-health", "take the lines of healthy services out of the log", gates: [4], ["GATE4.SERVICE_NOT_HEALTHY"]
      ) { $0.removeLines(of: .serviceLog, containing: "event=compose.healthy") },
      attack(
        "fail-scenario", "let the scenario end with an error", gates: [4], ["GATE4.SCENARIO_FAILED"]
      ) { $0.replace(.serviceLog, "exit=0", with: "exit=1") },
      attack(
        "read-clock", "let the replay read the clock once", gates: [5], ["GATE5.REPLAY_USES_WALL_CLOCK"]
      ) { evidence in evidence.edit(.replayReport, ["clock", "now_calls"]) { _ in "1" } },
      attack(
        "duplicate-injection", "let the injected duplicate be counted", gates: [6], ["GATE6.DUPLICATE_CHANGED_COUNT"]
      ) { evidence in evidence.edit(.idempotencyReport, ["injections", "0", "counts_after", "0", "count"], raised) },
      attack(
        "change-verdict", "let the duplicate be decided otherwise", gates: [6], ["GATE6.DUPLICATE_CHANGED_VERDICT"]
      ) { evidence in
        evidence.edit(.idempotencyReport, ["injections", "0", "verdict_second"]) { _ in "\"AUDITOR_PROBE\"" }
      },
    ]
  }

  private static var recordAttacks: [Attack] {
    [
      attack(
        "edit-config", "edit the configuration after it was hashed", gates: [7], ["GATE7.CONFIG_HASH_MISMATCH"]
      ) { evidence in evidence.edit(.configSnapshot, ["env"]) { _ in "{\"AUDITOR_PROBE\": \"1\"}" } },
      attack(
        "hide-action", "take the first operator action out of the record", gates: [7],
        ["GATE7.ACTION_NOT_RECORDED", "GATE7.UNUSABLE_OPERATOR_ACTIONS"]
      ) { $0.removeLine(of: .operatorActions, at: 0) },
      attack(
        "anonymous-action", "let nobody in particular have acted", gates: [7], ["GATE7.ACTOR_ANONYMOUS"]
      ) { evidence in evidence.editLine(of: .operatorActions, at: 0, ["actor_id"]) { _ in "\"operator\"" } },
      attack(
        "remove-file", "take the storage state away", ["BUNDLE.MISSING_STORAGE_STATE"]
      ) { $0.remove(.storageState) },
      attack(
        "other-run", "put the time model of another run in its place", ["BUNDLE.RUN_ID_MISMATCH"]
      ) { evidence in evidence.edit(.timeModel, ["run_id"]) { _ in "\"auditor-probe\"" } },
      attack(
        "admit-todo", "leave a TODO in the service log", ["AUTO.TODO_OR_FIXME"]
      ) { $0.append(.serviceLog, "TODO\n") },
    ]
  }

  /// The last character of an identifier, exchanged for another that is as well-formed.
  private static func flippingLastDigit(_ value: Value) -> String? {
    guard var text = value.string, let last = text.popLast() else { return nil }
    return "\"\(text)\(last == "0" ? "1" : "0")\""
  }

  /// An identifier of the same time whose random part is all zeros.
  private static func monotonous(_ value: Value) -> String? {
    guard let text = value.string else { return nil }
    switch text.utf8.count {
    case 26: return "\"\(text.prefix(10))0000000000000000\""
    case 36: return "\"\(text.utf8.map { $0 == UInt8(ascii: "-") ? "-" : "4" }.joined())\"".replacingVariant
    default: return nil
    }
  }

  private static func raised(_ value: Value) -> String? { value.integer.map { String($0 &+ 1) } }
  private static func lowered(_ value: Value) -> String? { value.integer.map { String($0 &- 1) } }
}

extension String {
  /// A UUID of one digit needs `8` where its variant stands; in quotes it is the 21st character.
  fileprivate var replacingVariant: String {
    var characters = Array(self)
    if characters.count > 20 { characters[20] = "8" }
    return String(characters)
  }
}
