import Formats
import Rules

extension Finding {
  /// The finding as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.text("rule_id", ruleID)
    json.text("level", level.rawValue)
    json.text("message", message)
    location.writeMembers(to: &json)
    json.text("snippet", snippet)
    json.text("fingerprint", fingerprint)
    if !evidence.isEmpty { json.list("evidence", evidence) { text, json in json.string(text) } }
    json.text("remediation", remediation)
    if let suppression {
      json.key("suppressed")
      json.beginObject()
      json.text("kind", suppression.kind.rawValue)
      json.text("reason", suppression.reason)
      json.text("until", suppression.until)
      json.endObject()
    }
    json.endObject()
  }
}

extension Location {
  /// `path`, `line`, `column`, `end_line`, `end_column` as members of an open object.
  func writeMembers(to json: inout JSONWriter) {
    json.text("path", path)
    json.number("line", line)
    json.number("column", column)
    json.number("end_line", endLine)
    json.number("end_column", endColumn)
  }
}

extension Unevaluated {
  /// The gap as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.text("area", area.rawValue)
    json.text("path", location.path)
    json.number("line", location.line)
    json.text("message", message)
    json.endObject()
  }
}

extension InputRecord {
  /// The input as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.text("path", path)
    json.text("role", role)
    json.text("sha256", sha256)
    json.number("bytes", byteCount)
    json.endObject()
  }
}

extension Coverage {
  /// The member `coverage` of an open object.
  func write(to json: inout JSONWriter) {
    json.key("coverage")
    json.beginObject()
    json.number("files_seen", filesSeen)
    json.number("files_scanned", filesScanned)
    json.number("bytes_scanned", bytesScanned)
    json.key("skipped")
    json.beginObject()
    for reason in SkipReason.allCases { json.number(reason.rawValue, skipped[reason] ?? 0) }
    json.endObject()
    json.number("rules_loaded", rulesLoaded)
    json.list("rules_without_files", rulesWithoutFiles) { id, json in json.string(id) }
    json.number("phases_found", phasesFound)
    json.number("gates_found", gatesFound)
    json.number("contracts_found", contractsFound)
    json.endObject()
  }
}
