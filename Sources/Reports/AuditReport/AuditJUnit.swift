import Formats
package import Rules

/// A run as JUnit suites: one for each rule pack and each other area, one case for each thing that was judged, passing ones included.
///
/// A rule has a case for each file it found something in, and one passing case when it found nothing. What could not be
/// evaluated is an `error`, never `skipped`; suppressed findings are `skipped` with their reason. Names hold no line
/// numbers, so a case is the same case in the next run.
package struct AuditJUnit {
  private let run: AuditRun

  /// A rendering of a run.
  package init(_ run: AuditRun) {
    self.run = run
  }

  /// The report; suites without cases are left out, since some readers refuse them.
  package var report: JUnitReport {
    let suites = scanSuites + [dodSuite, gateSuite, contractSuite, configurationSuite]
    return JUnitReport(name: "auditor", suites: suites.filter { !$0.cases.isEmpty })
  }

  /// What the report's root element declares.
  var totals: JUnitCounts { JUnitCounts(report.suites.flatMap(\.cases)) }

  /// A suite a rule pack, and one for what comes from no pack: suppressions, and files that could not be scanned.
  private var scanSuites: [JUnitSuite] {
    let byRule = Dictionary(grouping: run.findings, by: \.ruleID)
    let byPack = Dictionary(grouping: run.rules, by: \.packName)
    let suites = byPack.keys.sorted().map { pack in
      suite("scan.\(pack)", byPack[pack, default: []].flatMap { ruleCases($0.id, byRule[$0.id] ?? []) })
    }
    return suites + [suite("scan", findingCases("suppression.") + errors(in: .scan))]
  }

  private func ruleCases(_ ruleID: String, _ findings: [Finding]) -> [JUnitCase] {
    if findings.isEmpty {
      return [JUnitCase(className: "auditor.\(ruleID)", name: "no finding", file: nil, line: nil, outcome: .passed)]
    }
    let byFile = Dictionary(grouping: findings, by: \.location.path)
    return byFile.keys.sorted().map { path in
      let open = byFile[path, default: []].filter { $0.suppression == nil }
      let first = open.first ?? byFile[path]?.first
      return JUnitCase(
        className: "auditor.\(ruleID)", name: path, file: path, line: first?.location.line,
        outcome: open.isEmpty
          ? .skipped(message: first?.suppression?.reason ?? "suppressed") : failure(open))
    }
  }

  /// Findings below the threshold do not fail a case; they are told in its passing.
  private func failure(_ findings: [Finding]) -> JUnitOutcome {
    guard findings.contains(where: { run.threshold.isReached(by: $0.level) }), let first = findings.first else {
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

  private var dodSuite: JUnitSuite {
    let cases = run.phases.map { phase in
      JUnitCase(
        className: "auditor.dod.\(phase.phaseID)", name: "verdict", file: nil, line: nil, outcome: outcome(phase))
    }
    return suite("dod", cases + findingCases("dod.") + errors(in: .dod))
  }

  private func outcome(_ phase: PhaseResult) -> JUnitOutcome {
    if phase.verdict == .proven { return .passed }
    let missing = phase.missing.map(\.code)
    if phase.isFixture { return .skipped(message: "fixture phase, \(phase.verdict.rawValue)") }
    return .failure(
      type: phase.verdict.rawValue,
      message: "\(phase.phaseID) is \(phase.verdict.rawValue)" + (missing.isEmpty ? "" : ": \(missing.count) missing"),
      body: missing.joined(separator: "\n") + "\nreproduce: auditor dod --phase \(phase.phaseID)")
  }

  private var gateSuite: JUnitSuite {
    let cases = run.gates.map { gate in
      JUnitCase(className: "auditor.gates.\(gate.gateID)", name: "digest", file: nil, line: nil, outcome: outcome(gate))
    }
    return suite("gates", cases + findingCases("gates.") + errors(in: .gates))
  }

  private func outcome(_ gate: GateResult) -> JUnitOutcome {
    if gate.status == .pass { return .passed }
    return .failure(
      type: gate.status.rawValue, message: "\(gate.gateID) is \(gate.status.rawValue): \(gate.reason.description)",
      body: "expected \(gate.expectedDigest ?? "none")\nactual   \(gate.actualDigest ?? "none")\n"
        + "reproduce: auditor gates verify --gate \(gate.gateID)")
  }

  private var contractSuite: JUnitSuite {
    let cases = run.contracts.map { contract in
      JUnitCase(
        className: "auditor.contracts", name: contract.path, file: contract.path, line: nil,
        outcome: contract.isUsable
          ? .passed : .failure(type: "invalid", message: contract.status, body: contract.path))
    }
    return suite("contracts", cases + findingCases("contracts.") + errors(in: .contracts))
  }

  private var configurationSuite: JUnitSuite { suite("configuration", errors(in: .configuration)) }

  private func findingCases(_ prefix: String) -> [JUnitCase] {
    let byRule = Dictionary(grouping: run.findings.filter { $0.ruleID.hasPrefix(prefix) }, by: \.ruleID)
    return byRule.keys.sorted().flatMap { ruleCases($0, byRule[$0] ?? []) }
  }

  private func errors(in area: Unevaluated.Area) -> [JUnitCase] {
    let byPath = Dictionary(grouping: run.unevaluated.filter { $0.area == area }, by: \.location.path)
    return byPath.keys.sorted().map { path in
      let all = byPath[path, default: []]
      return JUnitCase(
        className: "auditor.\(area.rawValue).unevaluated", name: path, file: path, line: all.first?.location.line,
        outcome: .error(
          type: "unevaluated", message: all.first?.message ?? "could not be evaluated",
          body: all.map { "\($0.location): \($0.message)" }.joined(separator: "\n")))
    }
  }

  private func suite(_ name: String, _ cases: [JUnitCase]) -> JUnitSuite {
    JUnitSuite(name: name, cases: cases, timestamp: String(run.time.rfc3339.prefix(19)))
  }
}
