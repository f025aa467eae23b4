import Formats
import Rules

/// Findings as GitLab's Code Quality report (`gl-code-quality-report.json`).
package struct GitLabCodeQuality {
  private let set: FindingSet

  /// The report of a run.
  package init(_ set: FindingSet) { self.set = set }

  /// Writes one JSON array with a line end. A gap is a blocker: a merge request must not look clean because something could not
  /// be read.
  package func write(to sink: ReportSink) throws {
    var json = JSONWriter(.pretty)
    json.beginArray()
    for gap in set.unevaluated {
      let identity = SHA256.digest(Array("\(gap.area.rawValue)\0\(gap.location)\0\(gap.message)".utf8)).hex
      write(
        "cannot be evaluated: \(gap.message)", "unevaluated.\(gap.area.rawValue)", String(identity.prefix(32)),
        "blocker",
        gap.location, to: &json)
    }
    try set.findings.each { finding in
      guard finding.suppression == nil else { return }
      write(
        "\(finding.message). \(finding.remediation)", finding.ruleID, finding.fingerprint, severity(finding.level),
        finding.location, to: &json)
      try json.deliver(to: sink)
    }
    json.endArray()
    try json.finish(to: sink)
  }

  private func write(
    _ description: String, _ check: String, _ fingerprint: String, _ severity: String, _ location: Location,
    to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("description", description)
    json.member("check_name", check)
    json.member("fingerprint", fingerprint)
    json.member("severity", severity)
    json.object("location") { json in
      json.member("path", location.path)
      json.object("lines") { $0.member("begin", location.line ?? 1) }
    }
    json.endObject()
  }

  private func severity(_ level: Severity) -> String {
    switch level {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }
}
