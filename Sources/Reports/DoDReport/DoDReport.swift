package import Formats
package import Rules

/// The report of one DoD run: a superset of `dod_report_v2` (`schema_version`, `ts`, `git_head`, `phases`).
package struct DoDReport: Sendable {
  /// When it was made; `SOURCE_DATE_EPOCH` decides where it is set.
  package let time: Timestamp
  /// The version of auditor.
  package let toolVersion: String
  /// The commit that the tool was built from; nil when its build was not told.
  package let toolCommit: String?
  /// The full name of `HEAD`; empty without one.
  package let gitHead: String
  /// The judged phases.
  package let phases: [PhaseResult]
  /// Which phases come before which.
  package let graph: PhaseGraph
  /// Every file that decided something.
  package let inputs: [InputRecord]
  /// Contradictions and oddities.
  package let findings: [Finding]

  /// A report on judged phases.
  package init(
    time: Timestamp, toolVersion: String, toolCommit: String? = nil, gitHead: String?,
    phases: [PhaseResult], graph: PhaseGraph = PhaseGraph(),
    inputs: [InputRecord], findings: [Finding]
  ) {
    self.time = time
    self.toolVersion = toolVersion
    self.toolCommit = toolCommit
    self.gitHead = gitHead ?? ""
    self.phases = phases
    self.graph = graph
    self.inputs = inputs
    self.findings = findings
  }

  /// The report file: JSON, UTF-8, one object, a line end at the end.
  package func bytes() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("schema_version", "dod_report_v2")
    json.member("ts", time.rfc3339)
    json.member("git_head", gitHead)
    json.key("tool")
    json.beginObject()
    json.member("name", "auditor")
    json.member("version", toolVersion)
    json.member("commit", toolCommit)
    json.endObject()
    writeSummary(to: &json)
    json.key("phases")
    json.beginObject()
    for phase in phases {
      json.key(phase.phaseID)
      PhaseWriter.write(phase, withClaims: true, to: &json)
    }
    json.endObject()
    graph.write(to: &json)
    writeFindings(to: &json)
    writeInputs(to: &json)
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  /// What `--json` prints when phases were judged: `{"report_path", "results": […]}` and the findings.
  package static func printed(reportPath: String, results: [PhaseResult], findings: [Finding]) -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("report_path", reportPath)
    writeResults(results, to: &json)
    Self.write(findings, to: &json)
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  /// What `--json` prints when there is no verdict for something: `{"error", "unevaluated": […], "results": […]}`; the
  /// results are those of the phases that could be judged.
  package static func printed(
    error: String, unevaluated: [Unevaluated] = [], results: [PhaseResult] = []
  ) -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("error", error)
    json.key("unevaluated")
    json.beginArray()
    for item in unevaluated {
      json.beginObject()
      json.member("location", "\(item.location)")
      json.member("message", item.message)
      json.endObject()
    }
    json.endArray()
    writeResults(results, to: &json)
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  private static func writeResults(_ results: [PhaseResult], to json: inout JSONWriter) {
    json.key("results")
    json.beginArray()
    for phase in results { PhaseWriter.write(phase, withClaims: false, to: &json) }
    json.endArray()
  }

  private func writeSummary(to json: inout JSONWriter) {
    json.key("summary")
    json.beginObject()
    for verdict in Verdict.allCases {
      json.key(verdict.rawValue)
      json.integer(phases.count { $0.verdict == verdict })
    }
    json.endObject()
  }

  private func writeFindings(to json: inout JSONWriter) { Self.write(findings, to: &json) }

  private static func write(_ findings: [Finding], to json: inout JSONWriter) {
    json.list("findings", findings) { finding, json in finding.write(to: &json) }
  }

  private func writeInputs(to json: inout JSONWriter) {
    json.list("inputs", inputs) { input, json in input.write(to: &json) }
  }
}
