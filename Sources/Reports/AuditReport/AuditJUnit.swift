import Formats
package import Rules

/// A run as JUnit suites: one for each rule pack and each other area, one case for each thing that was judged, passing ones included.
///
/// A rule has a case for each file it found something in, and one passing case when it found nothing. What could not be
/// evaluated is an `error`, never `skipped`; suppressed findings are `skipped` with their reason. Names hold no line
/// numbers, so a case is the same case in the next run.
package struct AuditJUnit {
  let run: AuditRun

  /// A rendering of a run.
  package init(_ run: AuditRun) {
    self.run = run
  }

  /// The report; suites without cases are left out, since some readers refuse them.
  package var report: JUnitReport {
    let suites =
      scanSuites + [
        dodSuite, gateSuite, contractSuite, bundleSuite, suite("reality", realityCases + errors(in: .reality)),
        suite("evidence", evidenceCases + errors(in: .evidence)), configurationSuite,
      ]
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
    return suites + [suite("scan", acceptanceCases + errors(in: .scan))]
  }

  /// Findings about what is accepted.
  private var acceptanceCases: [JUnitCase] { ["suppression.", "waiver.", "baseline."].flatMap(findingCases) }

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

  /// For each phase its verdict, and each group of requirements: names stay the same whatever is missing.
  private var dodSuite: JUnitSuite {
    let cases = run.phases.flatMap { phase in
      [JUnitCase(className: "auditor.dod.\(phase.phaseID)", name: "verdict", outcome: verdict(of: phase))]
        + RequirementGroup.allCases.map { group in
          JUnitCase(
            className: "auditor.dod.\(phase.phaseID)", name: group.rawValue, outcome: outcome(of: group, in: phase))
        }
    }
    return suite("dod", cases + findingCases("dod.") + errors(in: .dod))
  }

  private enum RequirementGroup: String, CaseIterable {
    case commit
    case activity
    case evidence
    case gate
    case registry

    /// The group of a requirement code, by what stands before its first dot.
    static func of(_ code: String) -> RequirementGroup {
      switch code.prefix(while: { $0 != "." }) {
      case "metadata": .commit
      case "evidence": .evidence
      case "gate": .gate
      case "registry": .registry
      default: .activity
      }
    }
  }

  private func verdict(of phase: PhaseResult) -> JUnitOutcome {
    if phase.verdict == .proven { return .passed }
    if phase.isFixture { return .skipped(message: "fixture phase, \(phase.verdict.rawValue)") }
    let missing = phase.missing.map(\.code)
    return .failure(
      type: phase.verdict.rawValue,
      message: "\(phase.phaseID) is \(phase.verdict.rawValue)" + (missing.isEmpty ? "" : ": \(missing.count) missing"),
      body: missing.joined(separator: "\n") + "\nreproduce: auditor dod --phase \(phase.phaseID)")
  }

  /// What a PROVEN phase misses does not count against it.
  private func outcome(of group: RequirementGroup, in phase: PhaseResult) -> JUnitOutcome {
    let missing = phase.missing.filter { RequirementGroup.of($0.code) == group }
    guard phase.verdict != .proven, let first = missing.first else { return .passed }
    if phase.isFixture { return .skipped(message: "fixture phase: \(first.code)") }
    let body = missing.map { "\($0.location): \($0.code)\n  fix: \($0.requirement.remediation)" }
    return .failure(
      type: String(first.code.prefix { $0 != ":" }), message: missing.map(\.code).joined(separator: ", "),
      body: body.joined(separator: "\n") + "\nreproduce: auditor dod --phase \(phase.phaseID)")
  }

  private var gateSuite: JUnitSuite {
    let cases = run.gates.map { gate in
      JUnitCase(className: "auditor.gates.\(gate.gateID)", name: "digest", file: nil, line: nil, outcome: outcome(gate))
    }
    return suite("gates", cases + findingCases("gates.") + errors(in: .gates))
  }

  func outcome(_ gate: GateResult) -> JUnitOutcome {
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

  private var bundleSuite: JUnitSuite {
    let cases = run.bundles.map { bundle in
      JUnitCase(
        className: "auditor.bundles", name: bundle.path, file: "\(bundle.path)/\(RunFile.index)", line: nil,
        outcome: outcome(bundle))
    }
    return suite("bundles", cases + findingCases("bundles.") + errors(in: .bundles))
  }

  private func outcome(_ bundle: BundleResult) -> JUnitOutcome {
    let errors = bundle.validation.errors
    guard let first = errors.first else { return .passed }
    let body = errors.map { "\($0.code.rawValue) \($0.path ?? ""): \($0.code.meaning)" }.joined(separator: "\n")
    return .failure(
      type: first.code.rawValue,
      message: "\(bundle.path) is \(bundle.verdict): " + errors.map(\.code.rawValue).joined(separator: ", "),
      body: "\(body)\nreproduce: auditor bundle validate \(bundle.path)")
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
    JUnitSuite(
      name: name, cases: cases,
      properties: [JUnitProperty(name: "rule_pack_digest", value: "sha256:\(run.tool.rulePackDigest)")],
      timestamp: String(run.time.rfc3339.prefix(19)))
  }
}
