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

  /// The report.
  package var report: JUnitReport {
    JUnitReport(
      name: "auditor",
      suites: scanSuites + [
        dodSuite, gateSuite, contractSuite, bundleSuite, suite("reality", realityCases + errors(in: .reality)),
        suite("evidence", evidenceCases + errors(in: .evidence)), configurationSuite,
      ])
  }

  private var scanSuites: [JUnitSuite] {
    ruleCases.suites(of: run.rules, errors: errors(in: .scan), head)
  }

  private var ruleCases: RuleCases { RuleCases(findings: run.list, threshold: run.threshold) }

  /// For each phase its verdict, and each group of requirements: names stay the same whatever is missing.
  private var dodSuite: JUnitSuite {
    let cases = run.phases.flatMap { phase in
      [JUnitCase(className: "auditor.dod.\(phase.phaseID)", name: "verdict", outcome: verdict(of: phase))]
        + RequirementGroup.allCases.map { group in
          JUnitCase(
            className: "auditor.dod.\(phase.phaseID)", name: group.rawValue, outcome: outcome(of: group, in: phase))
        }
    }
    return suite("dod", cases, findings: "dod.", in: .dod)
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
    return suite("gates", cases, findings: "gates.", in: .gates)
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
    return suite("contracts", cases, findings: "contracts.", in: .contracts)
  }

  private var bundleSuite: JUnitSuite {
    let cases = run.bundles.map { bundle in
      JUnitCase(
        className: "auditor.bundles", name: bundle.path, file: "\(bundle.path)/\(RunFile.index)", line: nil,
        outcome: outcome(bundle))
    }
    return suite("bundles", cases, findings: "bundles.", in: .bundles)
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

  private func errors(in area: Unevaluated.Area) -> [JUnitCase] { JUnitCase.errors(in: area, of: run.unevaluated) }

  private var head: JUnitHead { JUnitHead(tool: run.tool, time: run.time) }

  private func suite(_ name: String, _ cases: [JUnitCase]) -> JUnitSuite {
    head.suite(name) { body in
      for testCase in cases { try body(testCase) }
    }
  }

  /// A suite with the findings of rules that no pack holds.
  private func suite(
    _ name: String, _ cases: [JUnitCase], findings prefix: String, in area: Unevaluated.Area
  ) -> JUnitSuite {
    let all = ruleCases
    let errors = errors(in: area)
    return head.suite(name) { body in
      for testCase in cases { try body(testCase) }
      try all.each(ofRulesUnder: [prefix], body)
      for testCase in errors { try body(testCase) }
    }
  }
}
