import Formats
package import Rules

/// What `scan` tells: findings and coverage, for people or as JSON in the vocabulary of the dod_report.
package struct ScanReport {
  private let findings: [Finding]
  private let unevaluated: [Unevaluated]
  private let coverage: Coverage
  private let rulePackDigest: String
  private let scope: Scope

  /// A report of a scan.
  package init(
    findings: [Finding], unevaluated: [Unevaluated], coverage: Coverage, rulePackDigest: String, scope: Scope
  ) {
    self.findings = findings
    self.unevaluated = unevaluated
    self.coverage = coverage
    self.rulePackDigest = rulePackDigest
    self.scope = scope
  }

  /// One JSON object, pretty, with a line end.
  package func json() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("schema_version", "auditor.scan_report/1")
    json.member("rule_pack_digest", "sha256:\(rulePackDigest)")
    json.member("column_unit", "utf8_bytes")
    scope.write(to: &json)
    coverage.write(to: &json)
    json.list("findings", findings) { finding, json in finding.write(to: &json) }
    json.list("unevaluated", unevaluated) { gap, json in gap.write(to: &json) }
    json.endObject()
    json.newline()
    return json.takeBytes()
  }

  /// Findings first, coverage next, the count last.
  package func text(_ style: TerminalStyle) -> String {
    let open = findings.filter { $0.suppression == nil }
    let found = FindingText(style).text(findings)
    let counts = Severity.allCases.reversed().map { level in
      let count = open.count { $0.level == level }
      return "\(count) \(level.rawValue)\(count == 1 ? "" : "s")"
    }
    return (found.isEmpty ? "" : found + "\n") + GapText(style).text(unevaluated)
      + CoverageText(style).text(coverage, scope: scope, inputCount: nil)
      + style.strong("Findings:") + " \(counts.joined(separator: ", "))"
      + SuppressedText.text(findings) + "\n"
  }
}
