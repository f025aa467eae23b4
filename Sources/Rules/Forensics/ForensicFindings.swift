/// The tells of a phase as findings of an audit. None fails a run: a verdict is for the DoD rules, and whoever wants a
/// synthetic proof to fail says so in the policy.
package enum ForensicFindings {
  /// A finding for each strong or weak tell; what a chain declares itself is no finding.
  ///
  /// - Parameter feedPath: the feed, as locations show it.
  package static func of(_ phase: PhaseResult, feedPath: String) -> [Finding] {
    guard let forensics = phase.forensics else { return [] }
    return forensics.tells.filter { $0.strength != .declared }.map { tell in
      Finding(
        ruleID: "dod.\(tell.code.name)", level: tell.strength == .strong ? .warning : .note,
        message: "\(phase.phaseID) is \(forensics.mode.rawValue): \(tell.explanation)",
        location: Location(path: feedPath, line: tell.events.first),
        evidence: tell.events.dropFirst().prefix(mostLines).map { "\(feedPath):\($0)" } + tell.paths,
        remediation: "run the phase and let the runtime record it, or mark the chain 'emit_mode: manual_append'; "
          + "'auditor rules explain \(tell.code.name)' says how to check it by hand")
    }
  }

  private static let mostLines = 20
}
