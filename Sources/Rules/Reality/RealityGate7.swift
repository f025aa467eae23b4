import Formats

/// Gate 7, configuration and human actions: what was configured and what people did is in the evidence
/// (REALITY_RULES section 7).
struct RealityGate7 {
  private let export: AuditExport
  private let documents: RealityDocuments
  private var reasons = RealityReasons("GATE7")

  static func reasons(
    _ export: AuditExport, _ snapshot: Value, _ configHash: [UInt8], _ report: Value, _ documents: RealityDocuments
  ) -> [RealityReason] {
    var gate = RealityGate7(export: export, documents: documents)
    gate.judgeConfiguration(snapshot, configHash, report)
    gate.judgeActions(report)
    gate.judgeApprovals()
    return gate.reasons.all
  }

  private init(export: AuditExport, documents: RealityDocuments) {
    self.export = export
    self.documents = documents
  }

  private mutating func judgeConfiguration(_ snapshot: Value, _ configHash: [UInt8], _ report: Value) {
    if !isComplete(snapshot) {
      reasons.missing(
        "CONFIG_INCOMPLETE", "flags and env must be objects, files a list of path and sha256", in: .configSnapshot)
    }
    guard let claim = ConfigHash(configHash) else {
      reasons.missing(
        "CONFIG_HASH_MALFORMED", "config_hash.txt holds no digest in one of the known forms", in: .configHash, line: 1)
      return
    }
    let computed =
      claim.isCanonical
      ? CanonicalJSON.digest(of: snapshot) : SHA256.digest(documents.content(.configSnapshot) ?? [])
    if claim.digest != computed {
      reasons.refuted(
        "CONFIG_HASH_MISMATCH", "config_snapshot.json has the digest \(computed.hex)", in: .configHash, line: 1)
    }
    if report["config_sha256"]?.string != claim.digest.hex {
      reasons.refuted(
        "REPLAY_CONFIG_MISMATCH", "the replay used another configuration than config_hash.txt names",
        in: .replayReport, line: report["config_sha256"]?.position.line)
    }
  }

  private func isComplete(_ snapshot: Value) -> Bool {
    guard snapshot["flags"]?.kind == .object, snapshot["env"]?.kind == .object, let files = snapshot["files"],
      files.kind == .array
    else { return false }
    return files.elements.allSatisfy { $0.nonEmptyText("path") != nil && $0["sha256"]?.digest != nil }
  }

  private mutating func judgeActions(_ report: Value) {
    let exported = export.records.filter(\.isOperatorAction)
    let isAbsent = documents.isAbsent(.operatorActions)
    if isAbsent, let first = exported.first {
      reasons.missing(
        "MISSING_OPERATOR_ACTIONS", "the export has operator actions, operator_actions.jsonl is not there",
        in: .auditExport, line: first.line)
      return
    }
    guard isAbsent || documents.operatorActions != nil else {
      reasons.missing("UNUSABLE_OPERATOR_ACTIONS", "operator_actions.jsonl cannot be used", in: .operatorActions)
      return
    }
    let actions = documents.operatorActions ?? []
    for (index, action) in actions.enumerated() { judge(action, line: index + 1, exported) }
    let recorded = Set(actions.compactMap { $0["action_id"]?.string })
    for record in exported where !(record.payload["action_id"]?.string.map(recorded.contains) ?? false) {
      reasons.refuted(
        "ACTION_NOT_RECORDED", "an exported operator action is not in operator_actions.jsonl", in: .auditExport,
        line: record.line)
    }
    let consumed = report["operator_actions_consumed"]
    let count = consumed == nil ? 0 : consumed?.wholeNumber
    if count != Int128(actions.count) {
      reasons.refuted(
        "REPLAY_IGNORED_ACTIONS", "operator_actions_consumed is not \(actions.count)", in: .replayReport,
        line: consumed?.position.line)
    }
  }

  private static let anonymous: Set<String> = [
    "operator", "human", "user", "admin", "unknown", "anonymous", "system", "none", "n/a", "todo", "test",
  ]

  private mutating func judge(_ action: Value, line: Int, _ exported: [AuditRecord]) {
    let fields = ["action_id", "actor_id", "action", "event_time", "process_time", "correlation_id"]
    for field in fields where action.nonEmptyText(field) == nil {
      reasons.refuted("ACTION_FIELD_MISSING", "an action has no \(field)", in: .operatorActions, line: line)
    }
    let event = action["event_time"]?.instant
    let process = action["process_time"]?.instant
    if action.nonEmptyText("event_time") != nil && event == nil
      || action.nonEmptyText("process_time") != nil && process == nil
    {
      reasons.refuted(
        "ACTION_TIME_INVALID", "a time of the action is no RFC 3339 time", in: .operatorActions, line: line)
    } else if let event, let process, process < event {
      reasons.refuted("ACTION_TIME_INVALID", "processed before it happened", in: .operatorActions, line: line)
    }
    if let actor = action["actor_id"]?.textBytes,
      Self.anonymous.contains(ASCII.text(ASCII.trimmed(actor).map(ASCII.lowercased)[...]))
    {
      reasons.refuted(
        "ACTOR_ANONYMOUS", "'\(ASCII.text(actor))' names no person", in: .operatorActions, line: line)
    }
    if let flow = action.nonEmptyText("correlation_id"), export.flows[flow] == nil {
      reasons.refuted(
        "ACTION_UNKNOWN_CORRELATION", "correlation_id '\(flow)' is no flow of the export", in: .operatorActions,
        line: line)
    }
    guard let id = action.nonEmptyText("action_id") else { return }
    let same = exported.filter { $0.payload["action_id"]?.string == id }
    if same.isEmpty {
      reasons.refuted(
        "ACTION_NOT_IN_EXPORT", "the export has no operator_action '\(id)'", in: .operatorActions, line: line)
    } else if !same.contains(where: { agrees(action, $0) }) {
      reasons.refuted(
        "ACTION_CONTRADICTS_EXPORT", "the exported action '\(id)' has another actor, action or flow",
        in: .operatorActions, line: line)
    }
  }

  private func agrees(_ action: Value, _ record: AuditRecord) -> Bool {
    agree(action["actor_id"], record.payload["actor_id"]) && agree(action["action"], record.payload["action"])
      && agree(action["correlation_id"], record.correlationID)
  }

  private mutating func judgeApprovals() {
    for (id, flow) in export.sortedFlows {
      guard flow.decision?.payload["approval_required"]?.isBoolean(true) ?? false else { continue }
      for record in flow.records where record.kind == "intent_executed" {
        let approved = flow.records.contains {
          $0.isOperatorAction && $0.sequence < record.sequence && $0.payload["action"]?.string == "approve"
        }
        if !approved {
          reasons.refuted(
            "APPROVAL_WITHOUT_ACTION", "flow '\(id)' needs an approval and was executed without one",
            in: .auditExport, line: record.line)
        }
      }
    }
  }
}

/// What `config_hash.txt` states.
struct ConfigHash {
  let digest: Digest
  /// Whether it is the digest of the canonical JSON rather than of the bytes.
  let isCanonical: Bool

  /// Reads `<hex>`, `sha256:<hex>`, `<hex>  config_snapshot.json` or `sha256-canonical:<hex>`.
  init?(_ bytes: [UInt8]) {
    let text = ASCII.text(ASCII.trimmed(bytes[...]))
    let canonical = "sha256-canonical:"
    let plain = "sha256:"
    let named = "  config_snapshot.json"
    let hex: Substring
    if text.hasPrefix(canonical) {
      hex = text.dropFirst(canonical.count)
    } else if text.hasPrefix(plain) {
      hex = text.dropFirst(plain.count)
    } else if text.hasSuffix(named) {
      hex = text.dropLast(named.count)
    } else {
      hex = text[...]
    }
    guard let digest = Digest(hex: String(hex)) else { return nil }
    self.digest = digest
    isCanonical = text.hasPrefix(canonical)
  }
}
