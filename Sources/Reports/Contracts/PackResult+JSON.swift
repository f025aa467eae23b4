package import Formats
package import Rules

extension PackResult {
  /// Writes the result as one object: `clean`, `findings` with `rule` and `where`, and what was looked at.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("clean", isClean)
    json.list("findings", findings) { finding, json in finding.write(to: &json) }
    json.object("counts") { json in
      for (rule, count) in counts { json.member(rule.rawValue, count) }
    }
    json.member("outputs", outputCount)
    json.member("gates", gateCount)
    json.member("contracts", contracts.count)
    json.member("files", inputs.count)
    json.list("unevaluated", unevaluated) { gap, json in gap.write(to: &json) }
    json.endObject()
  }
}

extension PackFinding {
  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("rule", rule.rawValue)
    json.member("where", place)
    json.member("path", location.path)
    json.member("line", location.line)
    json.member("column", location.column)
    json.member("message", message)
    json.member("remediation", rule.remediation)
    json.endObject()
  }
}
