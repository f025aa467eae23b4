package import Rules

/// What a DoD run found out: verdicts, and everything that a reader needs to check them.
package struct DoDOutcome: Sendable {
  /// The judged phases, sorted by id.
  package var phases: [PhaseResult] = []
  /// Every file that decided something.
  package var inputs: [InputRecord] = []
  /// What could not be judged: those phases have no verdict.
  package var unevaluated: [Unevaluated] = []
  /// Contradictions and oddities, of the run and of its phases.
  package var findings: [Finding] = []
  /// Which phases come before which.
  package var graph = PhaseGraph()
  /// The full name of `HEAD`, or nil.
  package var gitHead: String?
  /// The feed, as locations show it.
  package var feedPath = ""
  /// Every phase that has a document was asked for.
  package var isOverAllPhases = false
  /// Nothing was asked for that exists: no document, no phase named.
  package var isEmpty: Bool { phases.isEmpty && unevaluated.isEmpty }

  /// 4 when anything could not be judged, else what the phases stand for.
  package var exitStatus: ExitStatus {
    unevaluated.isEmpty ? PhaseResult.exitStatus(of: phases, overAllPhases: isOverAllPhases) : .noVerdict
  }

  init() {}

  mutating func fail(_ error: DoDError, at location: Location) {
    unevaluated.append(error.gap(at: location))
  }
}
