import Formats

/// One record of `audit_export.jsonl`.
struct AuditRecord {
  /// The line it stands on, from 1.
  let line: Int
  let sequence: Int128
  let kind: String
  let auditID: Value?
  let correlationID: Value?
  let idempotencyKey: Value?
  let beliefID: Value?
  let intentID: Value?
  let eventTime: Value?
  let processTime: Value?
  /// When it happened, when that is well-formed.
  let eventInstant: Instant?
  /// When it was processed, when that is well-formed.
  let processInstant: Instant?
  let payload: Value

  /// Reads a line; nil when it has not the shape of a record.
  init?(_ value: Value, line: Int) {
    guard value.kind == .object, let sequence = value["sequence"]?.wholeNumber,
      let kind = value.nonEmptyText("event_kind"), let payload = value["payload"], payload.kind == .object
    else { return nil }
    self.line = line
    self.sequence = sequence
    self.kind = kind
    self.payload = payload
    auditID = value.present("audit_id")
    correlationID = value.present("correlation_id")
    idempotencyKey = value.present("idempotency_key")
    beliefID = value.present("belief_id")
    intentID = value.present("intent_id")
    eventTime = value.present("event_time")
    processTime = value.present("process_time")
    eventInstant = eventTime?.instant
    processInstant = processTime?.instant
  }

  var isDecision: Bool { kind == "intent_frozen" }
  var isOperatorAction: Bool { kind == "operator_action" }
}

/// All records of one correlation id.
struct AuditFlow {
  /// In `sequence` order.
  let records: [AuditRecord]

  init(_ records: [AuditRecord]) {
    self.records = records.enumerated().sorted {
      ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset)
    }.map(\.element)
  }

  var decisions: [AuditRecord] { records.filter(\.isDecision) }
  var decision: AuditRecord? { records.first(where: \.isDecision) }

  /// The digest of the kinds of event that the flow went through.
  var traceHash: Digest { SHA256.digest(CanonicalJSON.bytes(ofTexts: records.map(\.kind))) }
}

/// `audit_export.jsonl`, the record that everything else is compared with.
struct AuditExport {
  /// The digest of the file's bytes.
  let digest: Digest
  /// In order of storage; never empty.
  let records: [AuditRecord]
  /// By correlation id.
  let flows: [String: AuditFlow]
  /// Whether every record has a well-formed process time.
  let knowsProcessTimes: Bool
  /// Whether every record has both times well-formed.
  let knowsAllTimes: Bool

  init(digest: Digest, records: [AuditRecord]) {
    self.digest = digest
    self.records = records
    flows = Dictionary(
      grouping: records.compactMap { record in record.correlationID?.string.map { ($0, record) } }, by: \.0
    ).mapValues { AuditFlow($0.map(\.1)) }
    knowsProcessTimes = records.allSatisfy { $0.processInstant != nil }
    knowsAllTimes = knowsProcessTimes && records.allSatisfy { $0.eventInstant != nil }
  }

  /// The flows in the order of their ids, so that answers do not depend on hashing.
  var sortedFlows: [(id: String, flow: AuditFlow)] {
    flows.sorted { $0.key < $1.key }.map { (id: $0.key, flow: $0.value) }
  }

  /// The records in `sequence` order.
  var inSequence: [AuditRecord] { AuditFlow(records).records }

  /// How many records were processed no later than a moment.
  func count(processedBy moment: Instant) -> Int128 {
    Int128(records.count { record in record.processInstant.map { $0 <= moment } ?? false })
  }
}
