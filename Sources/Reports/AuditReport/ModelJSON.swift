package import Formats
package import Rules

extension Finding {
  /// The finding as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("rule_id", ruleID)
    json.member("level", level.rawValue)
    json.member("message", message)
    location.writeMembers(to: &json)
    json.member("snippet", snippet)
    json.member("fingerprint", fingerprint)
    if !evidence.isEmpty { json.member("evidence", evidence) }
    json.member("remediation", remediation)
    if let suppression {
      json.key("suppressed")
      json.beginObject()
      json.member("kind", suppression.kind.rawValue)
      json.member("reason", suppression.reason)
      json.member("until", suppression.until)
      if let owner = suppression.owner { json.member("owner", owner) }
      json.endObject()
    }
    json.endObject()
  }
}

extension Location {
  /// `path`, `line`, `column`, `end_line`, `end_column` as members of an open object.
  func writeMembers(to json: inout JSONWriter) {
    json.member("path", path)
    json.member("line", line)
    json.member("column", column)
    json.member("end_line", endLine)
    json.member("end_column", endColumn)
  }
}

extension Unevaluated {
  /// The gap as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("area", area.rawValue)
    json.member("path", location.path)
    json.member("line", location.line)
    json.member("message", message)
    json.endObject()
  }
}

extension InputRecord {
  /// The input as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("role", role)
    json.member("sha256", sha256)
    json.member("bytes", byteCount)
    json.endObject()
  }
}

extension Scope {
  /// The member `scope` of an open object.
  func write(to json: inout JSONWriter) {
    json.key("scope")
    json.beginObject()
    json.member("kind", kind.rawValue)
    json.member("revision", revision)
    json.member("base", base)
    json.endObject()
  }
}

extension Coverage {
  /// The member `coverage` of an open object.
  func write(to json: inout JSONWriter) {
    json.key("coverage")
    json.beginObject()
    json.member("files_seen", filesSeen)
    json.member("files_scanned", filesScanned)
    json.member("bytes_scanned", bytesScanned)
    json.key("skipped")
    json.beginObject()
    for reason in SkipReason.allCases { json.member(reason.rawValue, skipped[reason] ?? 0) }
    json.endObject()
    json.member("rules_loaded", rulesLoaded)
    json.member("rules_without_files", rulesWithoutFiles)
    json.member("patterns_without_files", patternsWithoutFiles)
    json.member("phases_found", phasesFound)
    json.member("gates_found", gatesFound)
    json.member("contracts_found", contractsFound)
    json.member("bundles_found", bundlesFound)
    json.member("reality_found", realityFound)
    json.member("evidence_found", evidenceFound)
    json.endObject()
  }
}

extension ContractResult {
  /// The contract as an object of the report.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("schema_id", schemaID)
    json.member("status", status)
    json.endObject()
  }
}

extension JSONWriter {
  /// A finding as reports write it, as one value.
  package mutating func finding(_ finding: Finding) { finding.write(to: &self) }
}
