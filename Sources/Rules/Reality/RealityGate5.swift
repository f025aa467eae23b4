import Formats

/// Gate 5, time truth: what happened, when it was processed, and that nothing was decided by a clock that nobody wrote
/// down (REALITY_RULES section 7).
struct RealityGate5 {
  private let export: AuditExport
  private let model: Value
  private let report: Value
  private var reasons = RealityReasons("GATE5")

  static func reasons(_ export: AuditExport, _ model: Value, _ report: Value) -> [RealityReason] {
    var gate = RealityGate5(export: export, model: model, report: report)
    for record in export.records { gate.judge(record) }
    if export.knowsAllTimes {
      gate.judgeVariety()
      gate.judgeOrder()
      gate.judgeSummary()
      gate.judgeOrderingProof()
    }
    gate.judgeClocks()
    return gate.reasons.all
  }

  private init(export: AuditExport, model: Value, report: Value) {
    self.export = export
    self.model = model
    self.report = report
  }

  private mutating func judge(_ record: AuditRecord) {
    let times = [
      ("EVENT_TIME_MISSING", "event_time", record.eventTime, record.eventInstant),
      ("PROCESS_TIME_MISSING", "process_time", record.processTime, record.processInstant),
    ]
    for (code, field, value, instant) in times {
      if value == nil {
        reasons.refuted(code, "a record has no \(field)", in: .auditExport, line: record.line)
      } else if instant == nil {
        reasons.refuted(
          "TIME_MALFORMED", "\(field) is no RFC 3339 time such as 2026-04-04T05:26:30.552Z", in: .auditExport,
          line: record.line)
      }
    }
    if let event = record.eventInstant, let process = record.processInstant, process < event {
      reasons.refuted("PROCESS_BEFORE_EVENT", "processed before it happened", in: .auditExport, line: record.line)
    }
  }

  private mutating func judgeVariety() {
    let processed = Set(export.records.compactMap(\.processInstant))
    let happened = Set(export.records.compactMap(\.eventInstant))
    if export.records.count >= 2, processed.count == 1 || (export.flows.count >= 2 && happened.count == 1) {
      reasons.refuted("TIMESTAMPS_IDENTICAL", "all records carry one and the same time", in: .auditExport)
    }
    if export.records.allSatisfy({ $0.eventInstant == $0.processInstant }) {
      reasons.refuted("CLOCKS_COLLAPSED", "event_time and process_time are the same in every record", in: .auditExport)
    }
  }

  private mutating func judgeOrder() {
    let records = export.inSequence
    for (before, record) in zip(records, records.dropFirst()) {
      guard let earlier = before.processInstant, let later = record.processInstant, later < earlier else { continue }
      reasons.refuted(
        "PROCESS_TIME_NOT_MONOTONIC", "process_time falls behind the record before it", in: .auditExport,
        line: record.line)
    }
  }

  private mutating func judgeSummary() {
    let happened = export.records.compactMap(\.eventInstant)
    let processed = export.records.compactMap(\.processInstant)
    let extremes = [
      ("event_time_min", happened.min()), ("event_time_max", happened.max()),
      ("process_time_min", processed.min()), ("process_time_max", processed.max()),
    ]
    if model["records"]?.wholeNumber != Int128(export.records.count) {
      reasons.refuted(
        "SUMMARY_MISMATCH", "records is not \(export.records.count)", in: .timeModel,
        line: model["records"]?.position.line)
    }
    for (field, instant) in extremes where model[field]?.instant != instant {
      reasons.refuted(
        "SUMMARY_MISMATCH", "\(field) is not what the records give", in: .timeModel,
        line: model[field]?.position.line)
    }
  }

  private mutating func judgeOrderingProof() {
    let ordered: [AuditRecord]
    switch model["ordering"]?.string {
    case "sequence": ordered = export.inSequence
    case "event_time":
      ordered = export.inSequence.enumerated().sorted { left, right in
        guard let first = left.element.eventInstant, let second = right.element.eventInstant, first != second else {
          return left.offset < right.offset
        }
        return first < second
      }.map(\.element)
    default:
      reasons.refuted(
        "ORDERING_PROOF_MISMATCH", "ordering is neither 'sequence' nor 'event_time'", in: .timeModel,
        line: model["ordering"]?.position.line)
      return
    }
    let text = ordered.map { $0.auditID?.string ?? "" }.joined(separator: "\n")
    let proof = SHA256.digest(Array(text.utf8))
    if model["ordering_proof"]?.string != proof.hex {
      reasons.refuted(
        "ORDERING_PROOF_MISMATCH", "ordering_proof is not the digest of the audit ids in that order, \(proof.hex)",
        in: .timeModel, line: model["ordering_proof"]?.position.line)
    }
  }

  private mutating func judgeClocks() {
    let clock = report["clock"]
    if model["replay_clock"]?.string != "recorded" || clock?["source"]?.string != "recorded"
      || clock?["now_calls"]?.wholeNumber != 0
    {
      reasons.refuted(
        "REPLAY_USES_WALL_CLOCK",
        "replay_clock and clock.source must be 'recorded' and clock.now_calls 0: a replay that reads the clock is none",
        in: .replayReport, line: clock?.position.line)
    }
    guard let decisions = model["decisions"], decisions.kind == .array else {
      reasons.missing("DECISIONS_MISSING", "the time model lists no decisions", in: .timeModel)
      return
    }
    for decision in decisions.elements where !RealityAdmissions.isRecorded(decision) {
      reasons.refuted(
        "UNRECORDED_CLOCK_DECISION", "a decision rests on a time that was not recorded", in: .timeModel,
        line: decision.position.line)
    }
  }
}
