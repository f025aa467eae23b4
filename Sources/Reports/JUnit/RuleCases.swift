package import Formats
package import Rules

/// Findings as cases: one for each rule and file, and a passing one for a rule that found nothing. Each is made when it is
/// asked for, so that no more than the findings of one file are held.
struct RuleCases: Sendable {
  let findings: FindingList
  let threshold: FailureThreshold

  /// A suite a rule pack, and one for what comes from no pack: what is accepted, and files that could not be scanned.
  func suites(of rules: [Rule], errors: [JUnitCase], _ head: JUnitHead) -> [JUnitSuite] {
    let byPack = Dictionary(grouping: rules, by: \.packName).mapValues { $0.map(\.id) }
    let packs = byPack.keys.sorted().map { pack in
      let ids = byPack[pack, default: []]
      return head.suite("scan.\(pack)") { body in
        for id in ids { try each(of: id, body) }
      }
    }
    let others = head.suite("scan") { body in
      try each(ofRulesUnder: ["suppression.", "waiver.", "baseline."], body)
      for testCase in errors { try body(testCase) }
    }
    return packs + [others]
  }

  /// The cases of rules whose names begin with one of these, as far as they found something.
  func each(ofRulesUnder prefixes: [String], _ body: (JUnitCase) throws -> Void) throws {
    for prefix in prefixes {
      for id in findings.tally.ruleIDs.filter({ $0.hasPrefix(prefix) }).sorted() { try each(of: id, body) }
    }
  }

  private func each(of ruleID: String, _ body: (JUnitCase) throws -> Void) throws {
    guard findings.tally.ruleIDs.contains(ruleID) else {
      return try body(JUnitCase(className: "auditor.\(ruleID)", name: "no finding", outcome: .passed))
    }
    try findings.eachFile(ofRule: ruleID) { file in
      let open = file.filter { $0.suppression == nil }
      guard let first = open.first ?? file.first else { return }
      try body(
        JUnitCase(
          className: "auditor.\(ruleID)", name: first.location.path, file: first.location.path,
          line: first.location.line,
          outcome: open.isEmpty ? .skipped(message: first.suppression?.reason ?? "suppressed") : outcome(open)))
    }
  }

  /// Findings below the threshold do not fail a case; they are told in its passing.
  private func outcome(_ findings: [Finding]) -> JUnitOutcome {
    guard findings.contains(where: { threshold.isReached(by: $0.level) }), let first = findings.first else {
      return .passed
    }
    let body = findings.map { finding in
      "\(finding.location): \(finding.level.rawValue): \(finding.message)\n  \(finding.snippet ?? "")\n  fix: \(finding.remediation)"
    }
    let count = findings.count == 1 ? "" : " (\(findings.count) in this file)"
    return .failure(
      type: first.ruleID, message: first.message + count,
      body: body.joined(separator: "\n") + "\nreproduce: auditor scan \(first.location.path)")
  }
}

extension JUnitCase {
  /// What could not be evaluated in an area, a case a path: never taken for skipped.
  static func errors(in area: Unevaluated.Area, of gaps: [Unevaluated]) -> [JUnitCase] {
    let byPath = Dictionary(grouping: gaps.filter { $0.area == area }, by: \.location.path)
    return byPath.keys.sorted().map { path in
      let all = byPath[path, default: []]
      return JUnitCase(
        className: "auditor.\(area.rawValue).unevaluated", name: path, file: path, line: all.first?.location.line,
        outcome: .error(
          type: "unevaluated", message: all.first?.message ?? "could not be evaluated",
          body: all.map { "\($0.location): \($0.message)" }.joined(separator: "\n")))
    }
  }
}

/// The findings of a scan as JUnit XML.
package struct ScanJUnit {
  private let set: FindingSet
  private let threshold: FailureThreshold
  private let time: Timestamp

  /// A rendering of a scan.
  package init(_ set: FindingSet, threshold: FailureThreshold, time: Timestamp) {
    self.set = set
    self.threshold = threshold
    self.time = time
  }

  /// The report.
  package var report: JUnitReport {
    let errors = JUnitCase.errors(in: .scan, of: set.unevaluated)
    return JUnitReport(
      name: "auditor",
      suites: RuleCases(findings: set.findings, threshold: threshold).suites(
        of: set.rules, errors: errors, JUnitHead(tool: set.tool, time: time)))
  }
}
