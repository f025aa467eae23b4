/// How grave a finding is: SARIF's levels.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Worth knowing; never fails a gate by itself.
  case note
  /// Should be fixed.
  case warning
  /// Must be fixed.
  case error

  /// Orders by gravity: note, warning, error.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
