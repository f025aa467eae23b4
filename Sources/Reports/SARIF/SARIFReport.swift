import Formats
import Rules

/// Findings as SARIF 2.1.0, one run a file, within the limits of GitHub code scanning.
package struct SARIFReport {
  /// For whom it is written.
  package enum Profile: Sendable {
    /// Everything, suppressed findings with their reasons.
    case full
    /// What GitHub takes: open findings only, the gravest 25,000.
    case github
  }

  /// GitHub refuses a file with more.
  static let mostResults = 25_000
  /// The same for rules.
  static let mostRules = 25_000

  private let set: FindingSet
  private let profile: Profile
  private let category: String?
  private let source: (String) -> [UInt8]?

  /// A report.
  ///
  /// - Parameters:
  ///   - category: names this run among several of one commit (a shard, a folder); `automationDetails.id`.
  ///   - source: the bytes of a file of the tree, by its path; gives columns in UTF-16 units and GitHub's line hashes.
  package init(
    _ set: FindingSet, profile: Profile = .full, category: String? = nil, source: @escaping (String) -> [UInt8]?
  ) {
    self.set = set
    self.profile = profile
    self.category = category
    self.source = source
  }

  /// Writes one JSON document with a line end.
  package func write(to sink: ReportSink) throws {
    let ids = ruleIDs
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.member("version", "2.1.0")
    json.key("runs")
    json.beginArray()
    json.beginObject()
    json.object("tool") { json in
      json.object("driver") { json in
        json.member("name", set.tool.name)
        json.member("semanticVersion", set.tool.version)
        json.list("rules", ids) { id, json in write(set.rule(id), to: &json) }
        json.object("properties") { json in
          if let commit = set.tool.commit { json.member("commit", commit) }
          json.member("rulePackDigest", "sha256:\(set.tool.rulePackDigest)")
        }
      }
    }
    if let category { json.object("automationDetails") { $0.member("id", "\(category)/") } }
    writeInvocation(to: &json)
    json.member("columnKind", "utf16CodeUnits")
    try writeResults(ruleIDs: ids, to: &json, sink)
    json.endObject()
    json.endArray()
    json.endObject()
    try json.finish(to: sink)
  }

  /// What was left out because GitHub refuses longer files; nil when nothing was.
  package var omission: String? {
    let open = set.findings.tally.open
    guard profile == .github, open > Self.mostResults else { return nil }
    return "\(open - Self.mostResults) of \(open) findings are left out: GitHub takes \(Self.mostResults) of a run; "
      + "the gravest are there"
  }

  /// Rules with findings and those without, as far as GitHub takes them.
  private var ruleIDs: [String] {
    let used = set.findings.tally.ruleIDs
    let all = used.union(set.rules.map(\.id))
    return (profile == .github && all.count > Self.mostRules ? used : all).sorted()
  }

  /// How many findings of each level GitHub is told: the gravest come first, since a longer list would be
  /// refused as a whole.
  private var room: [Severity: Int] {
    var left = Self.mostResults
    var room: [Severity: Int] = [:]
    for level in Severity.allCases.sorted(by: >) {
      let told = min(left, set.findings.tally.open(level))
      room[level] = told
      left -= told
    }
    return room
  }

  private func write(_ rule: RuleText, to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", rule.id)
    json.object("shortDescription") { $0.member("text", rule.summary) }
    json.object("fullDescription") { $0.member("text", rule.description) }
    json.object("help") { json in
      json.member("text", rule.page)
      json.member("markdown", rule.page)
    }
    if let rule = rule.rule {
      json.object("defaultConfiguration") { $0.member("level", rule.severity.rawValue) }
      if let reference = rule.references.first { json.member("helpUri", reference) }
    }
    json.object("properties") { json in
      json.member("tags", [String(rule.id.prefix { $0 != "." })])
      json.member("precision", rule.rule?.status == .preview ? "medium" : "high")
    }
    json.endObject()
  }

  private func writeInvocation(to json: inout JSONWriter) {
    json.list("invocations", [set.exitStatus]) { status, json in
      json.beginObject()
      json.member("executionSuccessful", set.unevaluated.isEmpty)
      json.member("exitCode", Int(status.rawValue))
      json.member("exitCodeDescription", status.name)
      json.key("toolExecutionNotifications")
      json.beginArray()
      if let omission {
        json.beginObject()
        json.member("level", "warning")
        json.object("message") { $0.member("text", omission) }
        json.endObject()
      }
      for gap in set.unevaluated {
        json.beginObject()
        json.member("level", "error")
        json.object("message") { $0.member("text", gap.message) }
        json.list("locations", [gap.location]) { location, json in
          json.beginObject()
          write(location, region: nil, to: &json)
          json.endObject()
        }
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
  }

  private func writeResults(ruleIDs: [String], to json: inout JSONWriter, _ sink: ReportSink) throws {
    let indexes = Dictionary(uniqueKeysWithValues: ruleIDs.enumerated().map { ($0.element, $0.offset) })
    var room = room
    json.key("results")
    json.beginArray()
    try set.findings.eachFile { file in
      let told = file.filter { finding in
        if profile == .full { return true }
        guard finding.suppression == nil, let left = room[finding.level], left > 0 else { return false }
        room[finding.level] = left - 1
        return true
      }
      guard let path = told.first?.location.path else { return }
      let lines = SourceLines(source(path), wanted: Set(told.compactMap(\.location.line)))
      for finding in told {
        write(finding, ruleIndex: indexes[finding.ruleID] ?? 0, lines, to: &json)
        try json.deliver(to: sink)
      }
    }
    json.endArray()
  }

  private func write(_ finding: Finding, ruleIndex: Int, _ lines: SourceLines, to json: inout JSONWriter) {
    json.beginObject()
    json.member("ruleId", finding.ruleID)
    json.member("ruleIndex", ruleIndex)
    json.member("level", finding.level.rawValue)
    json.object("message") { $0.member("text", "\(finding.message). \(finding.remediation)") }
    json.list("locations", [finding.location]) { location, json in
      json.beginObject()
      write(location, region: lines.region(of: location), to: &json)
      json.endObject()
    }
    json.object("partialFingerprints") { json in
      json.member("auditorFingerprint/v1", finding.fingerprint)
      if let line = finding.location.line, let hash = lines.hashes[line] {
        json.member("primaryLocationLineHash", hash)
      }
    }
    if profile == .full, let suppression = finding.suppression { write(suppression, to: &json) }
    json.endObject()
  }

  private func write(_ suppression: Finding.Suppression, to json: inout JSONWriter) {
    json.list("suppressions", [suppression]) { suppression, json in
      json.beginObject()
      json.member("kind", suppression.kind == .inSource ? "inSource" : "external")
      json.member("status", "accepted")
      json.member("justification", suppression.reason)
      json.endObject()
    }
  }

  private func write(_ location: Location, region: SourceRegion?, to json: inout JSONWriter) {
    json.object("physicalLocation") { json in
      json.object("artifactLocation") { json in
        json.member("uri", RelativeURI.text(of: location.path))
        json.member("uriBaseId", "%SRCROOT%")
      }
      if let region { region.write(to: &json) }
    }
  }
}

extension SourceRegion {
  fileprivate func write(to json: inout JSONWriter) {
    json.object("region") { json in
      json.member("startLine", startLine)
      json.member("startColumn", startColumn)
      json.member("endLine", endLine)
      json.member("endColumn", endColumn)
    }
  }
}
