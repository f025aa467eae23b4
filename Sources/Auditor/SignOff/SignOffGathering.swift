import Formats
package import Rules

/// What a sign-off of a phase rests on: all phases judged now, and whether this one may be signed off.
package struct SignOffGathering: Sendable {
  /// Where the phases are.
  package let settings: DoDSettings
  /// What was judged.
  package let outcome: DoDOutcome
  /// Whether the phase may be signed off.
  package let check: SignOffCheck
  /// Its document with its digest; nil without one.
  package let document: InputRecord?
  /// How believable its proof is.
  package let proof: String?

  /// Judges all phases, as `dod --all --forensics` does.
  ///
  /// - Parameter progress: told how many of how many bytes of the feed were read.
  /// - Throws: what `DoDSettings.gather` throws.
  package init(
    phaseID: String, environment: [String: String], progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws {
    settings = try DoDSettings.gather(environment: environment, workingDirectory: WorkingDirectory.path())
    let audit = DoDAudit(settings: settings, selection: .all, environment: environment, isForensic: true)
    outcome = audit.run(progress: progress)
    check = SignOffCheck(phaseID: phaseID, phases: outcome.phases, graph: outcome.graph)
    let phase = outcome.phases.first { $0.phaseID == phaseID }
    let path = phase.map { [settings = self.settings] in PathText.shown($0.documentPath, root: settings.root) }
    document = outcome.inputs.first { $0.path == path }
    proof = phase?.forensics?.mode.rawValue
  }
}

/// Who is at the keyboard, as far as the environment says.
package enum Operator {
  /// `LOGNAME` or `USER`, or nil.
  package static func name(environment: [String: String]) -> String? {
    SetVariable.value("LOGNAME", environment) ?? SetVariable.value("USER", environment)
  }
}
