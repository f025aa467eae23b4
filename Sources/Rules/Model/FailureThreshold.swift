/// The least level at which findings make the exit status 1.
package enum FailureThreshold: String, Sendable, CaseIterable {
  /// Only errors.
  case error
  /// Warnings and errors.
  case warning
  /// Every finding.
  case note
  /// Findings are told and never fail.
  case never

  /// Whether a finding of this level fails the run.
  package func isReached(by level: Severity) -> Bool {
    switch self {
    case .error: level >= .error
    case .warning: level >= .warning
    case .note: true
    case .never: false
    }
  }
}
