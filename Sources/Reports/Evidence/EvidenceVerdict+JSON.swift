package import Formats
package import Rules

extension EvidenceVerdict {
  /// Writes the members of the verdict into an open object. What belongs to a plan is left out where there is none.
  package func writeMembers(to json: inout JSONWriter) {
    json.member("status", status.rawValue)
    json.member("reason", reason?.rawValue)
    if !detail.isEmpty { json.member("detail", detail) }
    json.member("missing", missing)
    json.member("state", state)
    json.member("reason_code", reasonCode)
    json.member("run_id", runID)
    if let plan {
      json.member("strategy", plan.strategy.rawValue)
      json.member("intended_outputs", plan.intendedOutputs.map(\.id))
      json.member("required_gates", plan.requiredGates.map(\.id))
      json.member("evidence_deadline_utc", plan.deadline.utcText)
      json.member("plan_hash", plan.hash)
    }
    for (key, documents) in [
      ("locators", locators), ("gate_receipts", gateReceipts), ("instance_receipts", instanceReceipts),
    ] {
      json.list(key, documents) { $1.value($0) }
    }
    json.member("bundle_hash", bundleHash)
    json.member("ready_message_id", readyMessageID)
    if let oraclePack {
      json.key("oracle_pack_ref")
      json.value(oraclePack)
    }
  }
}

extension EvidenceRun {
  /// The run as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("request", request)
    verdict.writeMembers(to: &json)
    json.list("gates", verdict.gates) { gate, json in gate.write(to: &json) }
    json.endObject()
  }
}
