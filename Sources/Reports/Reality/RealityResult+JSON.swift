package import Formats
package import Rules

extension RealityResult {
  /// Writes the answer as REALITY_RULES section 1 asks, and beside it each reason in words with its place.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("command", "reality")
    result.member("run_id", runID)
    result.member("status", status.rawValue)
    result.member("verdict", verdict.rawValue)
    result.key("targeted")
    result.beginArray()
    for number in targeted { result.integer(number) }
    result.endArray()
    result.object("gates") { result in
      for gate in gates {
        result.object("\(gate.number)") { result in
          result.member("result", gate.result)
          result.member("reasons", gate.reasons.map(\.code))
        }
      }
    }
    result.member("reasons", reasons.map(\.code))
    result.list("details", allReasons) { reason, result in reason.write(to: &result) }
    result.endObject()
  }
}

extension RealityReason {
  fileprivate func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("code", code)
    result.member("kind", kind.rawValue)
    result.member("explanation", explanation)
    result.member("path", path)
    result.member("line", line)
    result.endObject()
  }
}
