package import Formats
package import Rules

extension GateProof {
  /// Writes the proof: the score, and each mutation with what came of it.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("command", "prove-gate")
    result.member("subject", subject)
    result.member("refusal", refusal)
    result.member("applied", applied.count)
    result.member("killed", killed)
    result.list("mutations", results) { item, result in
      result.beginObject()
      result.member("id", item.mutation.id)
      result.member("deed", item.mutation.deed)
      result.member("outcome", item.outcome.rawValue)
      result.member("expected", item.mutation.expected.sorted())
      result.member("reasons", item.reasons)
      result.endObject()
    }
    result.endObject()
  }
}
