/// A file of a reality evidence bundle (REALITY_RULES section 2).
package enum RealityArtifact: String, Sendable, CaseIterable {
  /// One durable record a line, in order of storage.
  case auditExport = "AUDIT_EXPORT"
  /// What the storage said it held.
  case storageState = "STORAGE_STATE"
  /// What replaying the export gave.
  case replayReport = "REPLAY_REPORT"
  /// What the service and its storage logged.
  case serviceLog = "SERVICE_LOG"
  /// The configuration of the run.
  case configSnapshot = "CONFIG_SNAPSHOT"
  /// The digest of the configuration.
  case configHash = "CONFIG_HASH"
  /// How the run treated time.
  case timeModel = "TIME_MODEL"
  /// What the run claims of itself.
  case passFail = "PASS_FAIL"
  /// What injecting one message twice did.
  case idempotencyReport = "IDEMPOTENCY_REPORT"
  /// What people did during the run.
  case operatorActions = "OPERATOR_ACTIONS"

  /// How a file is read.
  package enum Form: Sendable {
    /// One JSON document.
    case json
    /// One JSON value a line.
    case jsonLines
    /// Text.
    case text
  }

  /// The file's name in the bundle.
  package var fileName: String {
    switch self {
    case .auditExport: "audit_export.jsonl"
    case .storageState: "storage_state.json"
    case .replayReport: "replay_report.json"
    case .serviceLog: "service.log"
    case .configSnapshot: "config_snapshot.json"
    case .configHash: "config_hash.txt"
    case .timeModel: "time_model.json"
    case .passFail: "PASS_FAIL.txt"
    case .idempotencyReport: "idempotency_report.json"
    case .operatorActions: "operator_actions.jsonl"
    }
  }

  /// Whether a bundle without it is incomplete whatever is targeted.
  package var isMandatory: Bool {
    switch self {
    case .idempotencyReport, .operatorActions: false
    default: true
    }
  }

  /// The gates that cannot be judged without it. Gate 7 judges the operators' actions itself.
  package var gates: Set<Int> {
    switch self {
    case .auditExport: [1, 2, 3, 4, 5, 6, 7]
    case .storageState: [1, 2, 4, 6]
    case .replayReport: [3, 4, 5, 7]
    case .serviceLog: [2, 4]
    case .configSnapshot, .configHash: [4, 7]
    case .timeModel: [4, 5]
    case .passFail: [4]
    case .idempotencyReport: [6]
    case .operatorActions: []
    }
  }

  /// Whether its bytes are searched for admissions (section 6).
  package var isScanned: Bool {
    switch self {
    case .storageState, .replayReport, .serviceLog, .timeModel, .idempotencyReport, .passFail: true
    case .auditExport, .configSnapshot, .configHash, .operatorActions: false
    }
  }

  /// How the file is read.
  package var form: Form {
    switch self {
    case .auditExport, .operatorActions: .jsonLines
    case .serviceLog, .configHash, .passFail: .text
    default: .json
    }
  }
}

/// What was found where a file of the bundle should be.
package enum RealityFile: Sendable {
  /// Nothing.
  case absent
  /// Its real path lies outside the bundle; it was not read.
  case outside
  /// A folder, a device, a link to nothing.
  case notRegular
  /// Its bytes.
  case content([UInt8])
  /// It is there and could not be read; the text says why.
  case unreadable(String)
}
