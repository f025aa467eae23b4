import Formats

/// Gate 3, replay equivalence: replaying the export gives what the export says happened (REALITY_RULES section 7).
struct RealityGate3 {
  private static let fields = [
    ("intent_hash", "INTENT_HASH_DIVERGED"), ("safety_verdict", "SAFETY_VERDICT_DIVERGED"),
    ("approval_required", "APPROVAL_DIVERGED"), ("trace_hash", "TRACE_DIVERGED"),
  ]

  private let export: AuditExport
  private let report: Value
  private var reasons = RealityReasons("GATE3")

  static func reasons(_ export: AuditExport, _ report: Value) -> [RealityReason] {
    var gate = RealityGate3(export: export, report: report)
    gate.judgeDecisions()
    gate.judgeSource()
    gate.judgeOutcomes()
    if !gate.reasons.isEmpty, report["pass"]?.isBoolean(true) ?? false {
      gate.reasons.lie(
        "PASS_CLAIM_CONTRADICTED", "the report says pass, and the replay does not prove it", in: .replayReport,
        line: report["pass"]?.position.line)
    }
    return gate.reasons.all
  }

  private init(export: AuditExport, report: Value) {
    self.export = export
    self.report = report
  }

  private mutating func judgeDecisions() {
    var found = false
    for (id, flow) in export.sortedFlows {
      guard let decision = flow.decision else { continue }
      found = true
      if flow.decisions.count > 1 {
        reasons.refuted(
          "DECISION_DUPLICATED", "flow '\(id)' was decided \(flow.decisions.count) times", in: .auditExport,
          line: flow.decisions[1].line)
      }
      let intent = decision.payload["intent"]
      let hash = intent.flatMap { $0.kind == .object ? CanonicalJSON.digest(of: $0) : nil }
      if hash == nil || decision.payload["intent_hash"]?.string != hash?.hex {
        reasons.refuted(
          "INTENT_HASH_INVALID", "intent_hash of flow '\(id)' is not the digest of its intent", in: .auditExport,
          line: decision.line)
      }
    }
    if !found { reasons.missing("NO_DECISIONS", "the export holds no decision to replay", in: .auditExport) }
  }

  private mutating func judgeSource() {
    if report["source_sha256"]?.string != export.digest.hex {
      reasons.refuted(
        "SOURCE_HASH_MISMATCH", "source_sha256 is not the digest of audit_export.jsonl, \(export.digest.hex)",
        in: .replayReport, line: report["source_sha256"]?.position.line)
    }
    if !(report["used_runtime_memory"]?.isBoolean(false) ?? false) {
      reasons.refuted("RUNTIME_MEMORY_USED", "used_runtime_memory is not false", in: .replayReport)
    }
    if report["records_replayed"]?.wholeNumber != Int128(export.records.count) {
      reasons.refuted(
        "RECORD_COUNT_MISMATCH", "records_replayed is not \(export.records.count)", in: .replayReport,
        line: report["records_replayed"]?.position.line)
    }
  }

  private mutating func judgeOutcomes() {
    var replayed: Set<String> = []
    for outcome in report["outcomes"].map({ Array($0.elements) }) ?? [] {
      guard let id = outcome["correlation_id"]?.string, let flow = export.flows[id], let decision = flow.decision,
        replayed.insert(id).inserted
      else {
        reasons.refuted(
          "OUTCOME_UNKNOWN", "an outcome of no flow with a decision, or a second one of the same flow",
          in: .replayReport, line: outcome.position.line)
        continue
      }
      judge(outcome, id, decision, trace: flow.traceHash)
    }
    for (id, flow) in export.sortedFlows where flow.decision != nil && !replayed.contains(id) {
      reasons.missing("OUTCOME_MISSING", "flow '\(id)' was not replayed", in: .replayReport)
    }
  }

  private mutating func judge(_ outcome: Value, _ id: String, _ decision: AuditRecord, trace: Digest) {
    let line = outcome.position.line
    let declared = declaredFields(outcome.present("declared_difference"))
    if declared == nil {
      reasons.refuted(
        "DECLARATION_WITHOUT_REASON", "the declared difference of flow '\(id)' has no fields or no reason",
        in: .replayReport, line: line)
    }
    for (field, code) in Self.fields {
      let agrees = { (value: Value?) -> Bool in
        field == "trace_hash"
          ? value?.string.map { $0 == trace.hex } ?? false : agree(value, decision.payload[field])
      }
      if !agrees(outcome["original"]?[field]) {
        reasons.refuted(
          "ORIGINAL_MISMATCH", "\(field) of flow '\(id)' is not what the export gives", in: .replayReport, line: line)
      }
      if !agrees(outcome["replayed"]?[field]), !(declared ?? []).contains(field) {
        reasons.refuted(
          code, "replaying flow '\(id)' gave another \(field) than the export", in: .replayReport, line: line)
      }
    }
  }

  /// The fields that may differ, none when nothing is declared; nil when the declaration is not valid.
  private func declaredFields(_ declaration: Value?) -> Set<String>? {
    guard let declaration else { return [] }
    guard declaration.kind == .object, let fields = declaration["fields"], fields.kind == .array,
      let reason = declaration["reason"]?.string, !reason.utf8.allSatisfy(ASCII.isBlank)
    else { return nil }
    return Set(fields.elements.compactMap(\.string))
  }
}
