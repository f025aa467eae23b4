package import Formats
package import Rules

extension GateProof {
  /// Writes the proof of one check: the score, and each mutation with what came of it.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("command", "prove-gate")
    writeMembers(to: &result)
    result.endObject()
  }

  fileprivate func writeMembers(to result: inout JSONWriter) {
    result.member("subject", subject)
    result.member("refusal", refusal)
    result.member("applied", applied.count)
    result.member("killed", killed)
    if let history {
      result.object("history") { result in
        result.member("reports", history.reportCount)
        result.member("last_seen_red", history.last?.time)
        result.member("report", history.last?.report)
      }
    }
    result.list("mutations", results) { item, result in item.write(to: &result) }
  }
}

extension MutationResult {
  fileprivate func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("id", mutation.id)
    result.member("deed", mutation.deed)
    result.member("outcome", outcome.rawValue)
    result.member("expected", mutation.expected.sorted())
    result.member("reasons", reasons)
    if let place {
      result.member("path", place.path)
      result.member("line", place.line)
    }
    result.endObject()
  }
}

extension ProofSet {
  /// Writes the proofs of several checks, with the score over all of them.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("command", "prove-gate")
    result.member("subject", subject)
    result.member("applied", applied)
    result.member("killed", killed)
    result.list("checks", proofs) { proof, result in
      result.beginObject()
      proof.writeMembers(to: &result)
      result.endObject()
    }
    result.list("unevaluated", unevaluated) { gap, result in
      result.beginObject()
      result.member("path", gap.location.path)
      result.member("line", gap.location.line)
      result.member("message", gap.message)
      result.endObject()
    }
    result.endObject()
  }
}
