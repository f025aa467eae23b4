import Formats
package import Rules

/// What `scan` tells: findings and coverage, for people or as JSON in the vocabulary of the dod_report.
package struct ScanReport {
  private let findings: FindingList
  private let unevaluated: [Unevaluated]
  private let coverage: Coverage
  private let tool: AuditRun.Tool
  private let scope: Scope
  private let policy: AppliedPolicy?

  /// A report of a scan.
  package init(
    findings: FindingList, unevaluated: [Unevaluated], coverage: Coverage, tool: AuditRun.Tool, scope: Scope,
    policy: AppliedPolicy? = nil
  ) {
    self.findings = findings
    self.unevaluated = unevaluated
    self.coverage = coverage
    self.tool = tool
    self.scope = scope
    self.policy = policy
  }

  /// Writes one JSON object, pretty, with a line end.
  package func writeJSON(to sink: ReportSink) throws {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("schema_version", "auditor.scan_report/1")
    json.object("tool") { json in
      json.member("name", tool.name)
      json.member("version", tool.version)
      json.member("commit", tool.commit)
    }
    json.member("rule_pack_digest", "sha256:\(tool.rulePackDigest)")
    json.member("column_unit", "utf8_bytes")
    scope.write(to: &json)
    if let policy { PolicyText(policy).write(to: &json) }
    coverage.write(to: &json)
    json.key("findings")
    json.beginArray()
    try findings.each { finding in
      finding.write(to: &json)
      try json.deliver(to: sink)
    }
    json.endArray()
    json.list("unevaluated", unevaluated) { gap, json in gap.write(to: &json) }
    json.endObject()
    try json.finish(to: sink)
  }

  /// Writes findings first, coverage next, the count last.
  package func writeText(_ style: TerminalStyle, to sink: ReportSink) throws {
    let tally = findings.tally
    try FindingText(style).write(findings, to: sink)
    let counts = Severity.allCases.reversed().map { level in
      let count = tally.open(level)
      return "\(count) \(level.rawValue)\(count == 1 ? "" : "s")"
    }
    let text =
      (tally.open > 0 ? "\n" : "") + GapText(style).text(unevaluated)
      + (policy.map { PolicyText($0).text(style) + "\n" } ?? "")
      + CoverageText(style).text(coverage, scope: scope, inputCount: nil)
      + style.strong("Findings:") + " \(counts.joined(separator: ", "))" + SuppressedText.text(tally) + "\n"
    try sink(Array(text.utf8))
  }
}
