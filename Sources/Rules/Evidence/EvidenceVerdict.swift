package import Formats

/// What the evidence of a run comes to (EVIDENCE_RULES section 4).
package struct EvidenceVerdict: Sendable {
  /// The four classes of evidence.
  package enum Status: String, Sendable, CaseIterable {
    /// Everything that is needed is there and sealed as it was.
    case complete = "COMPLETE"
    /// Something is missing and may still arrive.
    case waiting = "WAITING"
    /// It will not become complete.
    case fail = "FAIL"
    /// Evidence contradicts its seal.
    case conflict = "CONFLICT"

    /// The state of a run with such evidence.
    package var runState: String {
      switch self {
      case .complete: "READY"
      case .waiting: "WAITING_EVIDENCE"
      case .fail: "FAILED"
      case .conflict: "QUARANTINED"
      }
    }

    /// The exit status that stands for it.
    package var exitStatus: ExitStatus {
      switch self {
      case .complete: .clean
      case .waiting: .incomplete
      case .fail, .conflict: .findings
      }
    }
  }

  /// Why evidence is not complete, as a word for programs.
  package enum Reason: String, Sendable, CaseIterable {
    case unknownOutput = "UNKNOWN_OUTPUT_ID"
    case unknownGate = "UNKNOWN_GATE_ID"
    case attemptLimit = "ATTEMPT_LIMIT_EXCEEDED"
    case invocationInvalid = "ENGINE_INVOCATION_INVALID"
    case engineRootMissing = "ENGINE_ROOT_MISSING"
    case engineReceiptMissing = "ENGINE_RECEIPT_MISSING"
    case engineReceiptInvalid = "ENGINE_RECEIPT_INVALID"
    case engineReceiptMismatch = "ENGINE_RECEIPT_MISMATCH"
    case locatorInvalid = "LOCATOR_SCHEMA_INVALID"
    case receiptInvalid = "RECEIPT_SCHEMA_INVALID"
    case conflict = "EVIDENCE_CONFLICT"
    case instanceDigestMissing = "INSTANCE_DIGEST_MISSING"
    case instanceScopeMissing = "INSTANCE_SCOPE_MISSING"
    case instanceReceiptInvalid = "INSTANCE_RECEIPT_SCHEMA_INVALID"
    case instanceReceiptDrift = "INSTANCE_RECEIPT_DRIFT"
    case waiting = "EVIDENCE_WAITING"
    case missingAtDeadline = "EVIDENCE_MISSING_DEADLINE"
    case oraclePackInvalid = "ORACLE_PACK_INVALID"
    case oraclePackMismatch = "ORACLE_PACK_MISMATCH"

    /// The class of evidence that the reason belongs to.
    package var status: Status {
      switch self {
      case .conflict: .conflict
      case .waiting: .waiting
      default: .fail
      }
    }
  }

  /// The run that the request's key names.
  package let runID: String
  /// Why the evidence is not complete; nil when it is.
  package var reason: Reason?
  /// What the reason is about, for people; empty where there is nothing to add.
  package var detail = ""
  /// The plan; nil when there could be none.
  package var plan: RunPlan?
  /// Outputs, then gates.
  package var missing: [String] = []
  /// Where the located outputs are.
  package var locators: [Value] = []
  /// What verifying the gates came to.
  package var gateReceipts: [Value] = []
  /// What proves each instance of an output.
  package var instanceReceipts: [Value] = []
  /// The gates as they were verified, for people.
  package var gates: [GateResult] = []
  /// The digest of everything above; nil while it is not complete.
  package var bundleHash: String?
  /// The key of the READY message; nil unless the run is ready.
  package var readyMessageID: String?
  /// Where the world of the run comes from; nil unless the run is ready.
  package var oraclePack: Value?

  /// A verdict that is still to be filled in.
  package init(runID: String) {
    self.runID = runID
  }

  /// The class of the evidence.
  package var status: Status { reason?.status ?? .complete }

  /// The state of the run.
  package var state: String { status.runState }

  /// The reason, where the run ends with it.
  package var reasonCode: String? { status == .fail || status == .conflict ? reason?.rawValue : nil }
}
