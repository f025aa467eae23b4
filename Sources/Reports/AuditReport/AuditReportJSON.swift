import Formats
package import Rules

/// The dod_report: everything a run judged, as JSON. A superset of the seeds' `dod_report_v2` (`schema_version`, `ts`,
/// `git_head`, `phases{}`); its schema is `reports/schema/dod_report.schema.json`.
package struct AuditReportJSON {
  /// Names the shape; a new meaning of a field gets a new name.
  package static let schemaVersion = "auditor.dod_report/1"

  private let run: AuditRun

  /// A rendering of a run.
  package init(_ run: AuditRun) {
    self.run = run
  }

  /// The whole report in memory; see `write`.
  package func bytes() throws -> [UInt8] { try WholeReport.bytes(write) }

  /// Writes the report: pretty, a line end at its end, the same bytes for the same run.
  package func write(to sink: ReportSink) throws {
    var json = JSONWriter(.pretty)
    json.beginObject()
    writeHead(&json)
    try writeSummary(&json)
    run.coverage.write(to: &json)
    writePhases(&json)
    run.phaseGraph.write(to: &json)
    json.list("gates", run.gates) { gate, json in gate.write(to: &json) }
    json.list("contracts", run.contracts) { contract, json in contract.write(to: &json) }
    json.list("bundles", run.bundles) { bundle, json in bundle.write(to: &json) }
    json.list("reality", run.reality) { bundle, json in bundle.write(to: &json) }
    json.list("evidence", run.evidence) { run, json in run.write(to: &json) }
    json.key("findings")
    json.beginArray()
    for finding in run.findings {
      finding.write(to: &json)
      try json.deliver(to: sink)
    }
    json.endArray()
    json.list("unevaluated", run.unevaluated) { unevaluated, json in unevaluated.write(to: &json) }
    json.key("inputs")
    json.beginArray()
    for input in run.inputs {
      input.write(to: &json)
      try json.deliver(to: sink)
    }
    json.endArray()
    json.endObject()
    try json.finish(to: sink)
  }

  private func writeHead(_ json: inout JSONWriter) {
    json.member("schema_version", AuditReportJSON.schemaVersion)
    json.member("ts", run.time.rfc3339)
    if let day = run.asOf { json.member("as_of", "\(day)") }
    if let signal = run.interruption { json.member("interrupted", signal) }
    json.member("git_head", run.gitHead)
    json.key("tool")
    json.beginObject()
    json.member("name", run.tool.name)
    json.member("version", run.tool.version)
    json.member("commit", run.tool.commit)
    json.member("rule_pack_digest", "sha256:\(run.tool.rulePackDigest)")
    json.endObject()
    json.member("column_unit", "utf8_bytes")
    run.scope.write(to: &json)
    if let policy = run.policy { PolicyText(policy).write(to: &json) }
  }

  private func writeSummary(_ json: inout JSONWriter) throws {
    json.key("summary")
    json.beginObject()
    json.member("exit_status", Int(run.exitStatus.rawValue))
    json.member("outcome", run.exitStatus.name)
    json.member("fail_on", run.threshold.rawValue)
    json.key("findings")
    json.beginObject()
    for level in Severity.allCases.reversed() { json.member(level.rawValue, run.openCount(level)) }
    json.member("suppressed", run.tally.suppressed)
    json.endObject()
    json.key("phases")
    json.beginObject()
    for verdict in Verdict.allCases { json.member(verdict.rawValue, run.count(verdict)) }
    json.endObject()
    json.key("gates")
    json.beginObject()
    for status in GateResult.Status.allCases { json.member(status.rawValue, run.gates.count { $0.status == status }) }
    json.endObject()
    json.member("unevaluated", run.unevaluated.count)
    let totals = try AuditJUnit(run).report.totals()
    json.key("junit")
    json.beginObject()
    json.member("tests", totals.tests)
    json.member("failures", totals.failures)
    json.member("errors", totals.errors)
    json.member("skipped", totals.skipped)
    json.endObject()
    json.endObject()
  }

  private func writePhases(_ json: inout JSONWriter) {
    json.key("phases")
    json.beginObject()
    for phase in run.phases {
      json.key(phase.phaseID)
      PhaseWriter.write(phase, withClaims: true, to: &json)
    }
    json.endObject()
  }
}
