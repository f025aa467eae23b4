package import Formats

/// A policy profile: what runs may do, and until when evidence may arrive.
package struct RunPolicy: Sendable {
  /// Evidence of earlier runs may be used.
  package let allowsReuse: Bool
  /// How long evidence may be waited for.
  package let waitSeconds: Int64
  /// How often the engine may be asked.
  package let attemptLimit: Int64
  /// The outputs of a request that names none.
  package let trafficOutputs: [String]
  private let document: Value

  /// Reads a profile.
  ///
  /// - Throws: `ShapeProblem` at the first thing that keeps it from being one.
  package init(_ document: Value) throws(ShapeProblem) {
    var fields = ObjectFields(document, what: "the policy profile")
    let reuse = fields.text("reuse_policy")
    let wait = fields.integer("evidence_wait_seconds")
    let limit = fields.integer("attempt_limit")
    trafficOutputs = fields.texts("traffic_output_ids")
    guard let wait, let limit, fields.problems.isEmpty else {
      throw fields.problems.first
        ?? ShapeProblem(at: document.position, "the policy profile needs 'evidence_wait_seconds' and 'attempt_limit'")
    }
    allowsReuse = reuse?.uppercased() == "ALLOW"
    waitSeconds = Int64(wait)
    attemptLimit = Int64(limit)
    self.document = document
  }

  /// Writes which policy this is: `policy_id`, `revision`, `content_digest`; what it does not have is left out.
  func writeRevision(to json: inout JSONWriter) {
    json.object("policy_rev") { json in
      for key in ["policy_id", "revision", "content_digest"] {
        guard let value = document.member(key) else { continue }
        json.key(key)
        json.value(value)
      }
    }
  }
}
