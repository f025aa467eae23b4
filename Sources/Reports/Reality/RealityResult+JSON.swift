package import Formats
package import Rules

extension RealityResult {
  /// Writes the answer as REALITY_RULES section 1 asks, and beside it each reason in words with its place.
  package func write(to result: inout JSONWriter) {
    result.beginObject()
    result.member("command", "reality")
    writeMembers(to: &result) { reason in (reason.path, reason.line) }
    result.endObject()
  }

  /// Writes the answer into an open object; `place` says where a reason stands.
  func writeMembers(to result: inout JSONWriter, place: @escaping (RealityReason) -> (String?, Int?)) {
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
    result.member("reasons", Array(Set(reasons.map(\.code))).sorted())
    if let code {
      result.object("code_tree") { result in
        result.member("paths", code.paths)
        result.member("files_scanned", code.filesScanned)
        result.member("suppressed", code.suppressedCount)
      }
    }
    result.list("details", allReasons) { reason, result in reason.write(to: &result, at: place(reason)) }
  }
}

extension RealityRun {
  /// The bundle as an object of the report; paths are relative to the audited root.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    result.writeMembers(to: &json) { reason in
      let place = place(of: reason)
      return (place.path, place.line)
    }
    json.endObject()
  }
}

extension RealityReason {
  fileprivate func write(to result: inout JSONWriter, at place: (path: String?, line: Int?)) {
    result.beginObject()
    result.member("code", code)
    result.member("kind", kind.rawValue)
    result.member("explanation", explanation)
    result.member("path", place.path)
    result.member("line", place.line)
    result.endObject()
  }
}
