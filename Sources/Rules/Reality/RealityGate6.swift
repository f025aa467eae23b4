import Formats

/// Gate 6, duplicates and idempotency: a message delivered twice changes nothing (REALITY_RULES section 7).
struct RealityGate6 {
  private let export: AuditExport
  private let storage: StorageState
  private let report: Value
  private var reasons = RealityReasons("GATE6")

  static func reasons(_ export: AuditExport, _ storage: StorageState, _ report: Value) -> [RealityReason] {
    var gate = RealityGate6(export: export, storage: storage, report: report)
    gate.judgePromise()
    gate.judgeKeys()
    gate.judgeInjections()
    if !gate.reasons.isEmpty, report["pass"]?.isBoolean(true) ?? false {
      gate.reasons.lie(
        "PASS_CLAIM_CONTRADICTED", "the report says pass, and the injections do not prove it",
        in: .idempotencyReport, line: report["pass"]?.position.line)
    }
    return gate.reasons.all
  }

  private init(export: AuditExport, storage: StorageState, report: Value) {
    self.export = export
    self.storage = storage
    self.report = report
  }

  private mutating func judgePromise() {
    if report["delivery"]?.string != "at_least_once" {
      reasons.refuted(
        "DELIVERY_NOT_AT_LEAST_ONCE", "delivery is not 'at_least_once'", in: .idempotencyReport,
        line: report["delivery"]?.position.line)
    }
    if !["ingest", "commit"].contains(report["enforced_at"]?.string) {
      reasons.refuted(
        "NOT_ENFORCED_AT_BOUNDARY", "enforced_at is neither 'ingest' nor 'commit'", in: .idempotencyReport,
        line: report["enforced_at"]?.position.line)
    }
  }

  private mutating func judgeKeys() {
    let keys = Set(export.records.compactMap { $0.idempotencyKey?.string })
    let store = report["key_store"]
    let line = store?.position.line
    let isPersisted = store?["persisted"]?.isBoolean(true) ?? false
    if isPersisted, let name = store?["name"]?.string, let claimed = storage.claimedCounts[name], !storage.isInMemory {
      if claimed != Int128(keys.count) || store?["keys"]?.wholeNumber != Int128(keys.count) {
        reasons.refuted(
          "KEY_COUNT_MISMATCH", "the export has \(keys.count) different keys, '\(name)' claims \(claimed)",
          in: .idempotencyReport, line: line)
      }
    } else {
      reasons.refuted(
        "KEYS_NOT_PERSISTED", "the keys are not kept in a listed store that outlives the process",
        in: .idempotencyReport, line: line)
    }
    var seen: [String: Int] = [:]
    for record in export.records {
      guard let key = record.idempotencyKey?.string else { continue }
      if let first = seen[key] {
        reasons.refuted(
          "DUPLICATE_DURABLE_OUTCOME", "key '\(key)' stands in lines \(first) and \(record.line)", in: .auditExport,
          line: record.line)
      } else {
        seen[key] = record.line
      }
    }
  }

  private mutating func judgeInjections() {
    let injections = (report["injections"].map { Array($0.elements) } ?? []).filter {
      $0["deliveries"]?.wholeNumber.map { $0 >= 2 } ?? false
    }
    if injections.isEmpty {
      reasons.missing("NO_DOUBLE_INJECT", "nothing was delivered twice", in: .idempotencyReport)
    }
    for injection in injections {
      judgeCounts(injection)
      judgeVerdicts(injection)
    }
  }

  private mutating func judgeCounts(_ injection: Value) {
    let line = injection.position.line
    let before = StoreCounts(injection["counts_before"])
    let after = StoreCounts(injection["counts_after"])
    if before?[storage.auditStore] == nil || after?[storage.auditStore] == nil {
      reasons.missing(
        "COUNT_STORE_MISSING", "no counts before and after for '\(storage.auditStore)'", in: .idempotencyReport,
        line: line)
    }
    if let before, let after, before.counts != after.counts {
      reasons.refuted(
        "DUPLICATE_CHANGED_COUNT", "the counts differ before and after the duplicate", in: .idempotencyReport,
        line: line)
    }
    for (name, count) in (after?.counts ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let claimed = storage.claimedCounts[name], count > claimed else { continue }
      reasons.refuted(
        "COUNT_CONTRADICTS_STORAGE", "\(count) in '\(name)' after the duplicate, the storage claims \(claimed)",
        in: .idempotencyReport, line: line)
    }
  }

  private mutating func judgeVerdicts(_ injection: Value) {
    let line = injection.position.line
    if !agree(injection["verdict_first"], injection["verdict_second"])
      || !agree(injection["intent_hash_first"], injection["intent_hash_second"])
    {
      reasons.refuted(
        "DUPLICATE_CHANGED_VERDICT", "the second delivery was decided otherwise than the first",
        in: .idempotencyReport, line: line)
    }
    let isExported = export.records.contains { record in
      guard let key = record.idempotencyKey?.string, let flow = record.correlationID?.string else { return false }
      return key == injection["idempotency_key"]?.string && flow == injection["correlation_id"]?.string
    }
    guard isExported, let flow = injection["correlation_id"]?.string.flatMap({ export.flows[$0] }) else {
      reasons.refuted(
        "KEY_NOT_IN_EXPORT", "no exported record has this idempotency_key and correlation_id",
        in: .idempotencyReport, line: line)
      return
    }
    guard let decision = flow.decision,
      agree(injection["verdict_first"], decision.payload["safety_verdict"]),
      agree(injection["intent_hash_first"], decision.payload["intent_hash"])
    else {
      reasons.refuted(
        "VERDICT_NOT_IN_EXPORT", "the export's decision has not verdict_first and intent_hash_first",
        in: .idempotencyReport, line: line)
      return
    }
  }
}
