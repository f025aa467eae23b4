package import Rules

/// A run for a person at a terminal: what is proven, what is not and why, what was not looked at, and the outcome last,
/// where the eye is.
package struct AuditText {
  private let run: AuditRun
  private let style: TerminalStyle

  /// A rendering of a run.
  package init(_ run: AuditRun, style: TerminalStyle) {
    self.run = run
    self.style = style
  }

  /// The whole text.
  package var text: String {
    [
      FindingText(style).text(run.findings), phases, gates, contracts, bundles, reality, evidence, gaps, policy,
      coverage,
      outcome,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var phases: String {
    guard !run.phases.isEmpty else { return "" }
    let width = run.phases.map(\.phaseID.count).max() ?? 0
    var text = style.strong("Phases") + "\n"
    for phase in run.phases {
      let missing = phase.missing.map { printable($0.code) }
      let shown =
        missing.prefix(3).joined(separator: ", ") + (missing.count > 3 ? ", and \(missing.count - 3) more" : "")
      let fixture = phase.isFixture ? "  (fixture)" : ""
      let line = "  \(padded(printable(phase.phaseID), width))  \(verdict(phase.verdict))\(fixture)"
      text += missing.isEmpty ? "\(line)\n" : "\(line)  missing: \(shown)\n"
    }
    return text
  }

  private func verdict(_ verdict: Verdict) -> String {
    let word = padded(verdict.rawValue, 8)
    switch verdict {
    case .proven: return style.good(word)
    case .partial: return style.doubtful(word)
    case .designed: return style.bad(word)
    }
  }

  private var gates: String {
    guard !run.gates.isEmpty else { return "" }
    let width = run.gates.map(\.gateID.count).max() ?? 0
    var text = style.strong("Gates") + "\n"
    for gate in run.gates {
      let word = padded(gate.status.rawValue, 8)
      let shown = gate.status == .pass ? style.good(word) : style.bad(word)
      text += "  \(padded(printable(gate.gateID), width))  \(shown)"
      text += gate.status == .pass ? "\n" : "  \(printable(gate.reason.description))\n"
    }
    return text
  }

  private var contracts: String {
    let bad = run.contracts.filter { !$0.isUsable }
    guard !bad.isEmpty else { return "" }
    return style.strong("Contracts") + "\n"
      + bad.map { "  \(style.bad("invalid "))  \(printable($0.path)): \(printable($0.status))\n" }.joined()
  }

  private var bundles: String {
    guard !run.bundles.isEmpty else { return "" }
    let width = run.bundles.map { printable($0.path).unicodeScalars.count }.max() ?? 0
    return style.strong("Bundles") + "\n" + run.bundles.map { "  " + $0.line(width: width) }.joined()
  }

  private var reality: String {
    guard !run.reality.isEmpty else { return "" }
    let width = run.reality.map { printable($0.path).unicodeScalars.count }.max() ?? 0
    return style.strong("Reality") + "\n" + run.reality.map { $0.text(width: width, style: style) }.joined()
  }

  private var evidence: String {
    guard !run.evidence.isEmpty else { return "" }
    let width = run.evidence.map { printable($0.request).unicodeScalars.count }.max() ?? 0
    return style.strong("Evidence of runs") + "\n"
      + run.evidence.map { $0.text(width: width, style: style) }.joined()
  }

  private var gaps: String { String(GapText(style).text(run.unevaluated).dropLast()) }

  private var policy: String { run.policy.map { PolicyText($0).text(style) } ?? "" }

  private var coverage: String {
    CoverageText(style).text(run.coverage, scope: run.scope, inputCount: run.inputs.count)
  }

  private var outcome: String {
    let findings = Severity.allCases.reversed().map { "\(run.openCount($0)) \($0.rawValue)s" }.joined(separator: ", ")
    let phases = run.phases.isEmpty ? "" : "; \(run.count(.proven)) of \(run.phases.count) phases PROVEN"
    let status = run.exitStatus
    let word = status == .clean ? style.good(status.name) : style.bad(status.name)
    return "\(style.strong("Outcome:")) \(word) (exit \(status.rawValue)) — \(findings)"
      + SuppressedText.text(run.tally) + phases + "\n"
  }
}
