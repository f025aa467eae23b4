package import Formats
package import Rules

extension GateAnswer {
  /// Writes the answer as one object: `status`, `reason` when the request could not be served, `required_gates`, and
  /// `gates` with their digests.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    writeHead(to: &result)
    result.key("gates")
    result.beginArray()
    for gate in gates { gate.write(to: &result) }
    result.endArray()
    result.endObject()
  }

  /// Writes only which gates are required: `status` (PASS or ERROR), `reason`, `required_gates`.
  package func writeClosure(to result: inout JSONWriter) {
    result.beginObject()
    writeHead(to: &result)
    result.endObject()
  }

  private func writeHead(to result: inout JSONWriter) {
    result.key("status")
    result.string(status)
    if let refusal {
      result.key("reason")
      result.string(refusal.code)
      result.key("message")
      result.string(refusal.message)
    }
    result.key("required_gates")
    result.beginArray()
    for id in requiredGates { result.string(id) }
    result.endArray()
  }
}

extension GateResult {
  /// Writes the result as one object; digests that are not known are null.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.key("gate_id")
    result.string(gateID)
    result.key("status")
    result.string(status.rawValue)
    result.key("reason")
    result.string(reason.code)
    result.key("message")
    result.string(reason.description)
    for (key, digest) in [("expected_digest", expectedDigest), ("actual_digest", actualDigest)] {
      result.key(key)
      if let digest { result.string(digest) } else { result.null() }
    }
    if let comparedMembers {
      result.key("compared_members")
      result.integer(comparedMembers)
    }
    if !differingMembers.isEmpty {
      result.key("differing_members")
      result.beginArray()
      for member in differingMembers { result.string(member) }
      result.endArray()
    }
    result.endObject()
  }
}
