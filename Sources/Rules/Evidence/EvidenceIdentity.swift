package import Formats

/// Identifiers and digests of runs (EVIDENCE_RULES section 2).
package enum EvidenceIdentity {
  /// The run that a key always names.
  package static func runID(equivalenceKey: String) -> String { String(sha("sr_run|\(equivalenceKey)").prefix(32)) }

  /// One attempt of a run; the number as it is written.
  package static func attemptID(runID: String, number: String) -> String {
    String(sha("sr_attempt|\(runID)|\(number)").prefix(32))
  }

  /// The one id that stands for a set of scenarios.
  package static func scenarioID(ofSet members: [String]) -> String {
    let keys = Set(members.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    let joined = Array(keys.joined(separator: [UInt8(ascii: "|")]))
    return "scnset_" + SHA256.digest(joined).hex.prefix(16)
  }

  /// The key of a READY message.
  ///
  /// - Parameter seal: the bundle hash, or the plan hash where there is none.
  package static func readyMessageID(platformRunID: String, runID: String, seal: String) -> String {
    sha("ready|\(platformRunID)|\(runID)|\(seal)")
  }

  /// The key under which the end of a run is told again.
  package static func terminalKey(runID: String, state: String, status: Value) -> String {
    sha("terminal|\(runID)|\(state)|\(ASCIIJSON.digest(status, .spaced).hex)")
  }

  /// The id of a line of a run record: of its `event_kind`, `run_id` and `details`.
  package static func eventID(_ event: Value) throws(FormatError) -> String {
    let identity = try JSON.made { json in
      json.beginObject()
      for key in ["event_kind", "run_id", "details"] {
        if let value = event[key] {
          json.key(key)
          json.value(value)
        }
      }
      json.endObject()
    }
    return ASCIIJSON.digest(identity, .spaced).hex
  }

  /// The digest of a plan, without its own `plan_hash`.
  package static func planHash(_ plan: Value) -> String {
    ASCIIJSON.digest(plan, .spaced, leavingOut: ["plan_hash"]).hex
  }

  /// The digest of a policy profile, without its own `content_digest`.
  package static func policyDigest(_ policy: Value) -> String {
    ASCIIJSON.digest(policy, .compact, leavingOut: ["content_digest"]).hex
  }

  /// The digest of what a run is asked to be.
  package static func intentFingerprint(_ intent: Value) throws -> String {
    let times = ["window_start_utc", "window_end_utc"]
    var told: [(key: String, text: String)] = []
    for key in times {
      guard let text = intent[key]?.string else { throw ShapeProblem(at: intent.position, "the intent needs '\(key)'") }
      told.append((key, try RunTime(text).offsetText))
    }
    let identity = try JSON.made { json in
      json.beginObject()
      for time in told { json.member(time.key, time.text) }
      for key in ["manifest_fingerprint", "parameter_hash", "seed", "scenario_id", "scenario_set", "window_tz"] {
        json.key(key)
        if let value = intent[key] { json.value(value) } else { json.null() }
      }
      json.endObject()
    }
    return ASCIIJSON.digest(identity, .spaced).hex
  }

  /// Which words a scope contains, sorted, and whether it tells instances apart.
  package static func scopeParts(_ scope: String) -> (parts: [String], isInstance: Bool) {
    let words = [
      "fingerprint", "global", "manifest_fingerprint", "parameter", "parameter_hash", "run", "run_id", "scenario",
      "scenario_id", "seed",
    ]
    let parts = words.filter { scope.utf8.contains($0.utf8) }
    return (parts, parts.contains { ["parameter_hash", "run_id", "scenario_id", "seed"].contains($0) })
  }

  private static func sha(_ text: String) -> String { SHA256.digest(Array(text.utf8)).hex }
}
