/// The five names by which a run's evidence is partitioned.
package enum RunToken: String, Sendable, CaseIterable {
  case manifestFingerprint = "manifest_fingerprint"
  case parameterHash = "parameter_hash"
  case seed
  case scenarioID = "scenario_id"
  case runID = "run_id"

  /// The text within a gate's scope that grants the token; nil for the one that every gate has.
  package var grantingScope: String? {
    switch self {
    case .manifestFingerprint: nil
    case .parameterHash: "parameter"
    case .seed: "seed"
    case .scenarioID: "scenario"
    case .runID: "run"
    }
  }

  /// Whether the templates of a gate with this scope may use the token.
  package func isGranted(by scope: String) -> Bool {
    guard let part = grantingScope else { return true }
    return scope.utf8.contains(part.utf8)
  }

  /// Every token that the templates of a gate with this scope may use.
  package static func granted(by scope: String) -> [RunToken] { allCases.filter { $0.isGranted(by: scope) } }
}

extension String.UTF8View {
  /// Whether a text occurs in this one, compared byte for byte.
  func contains(_ part: String.UTF8View) -> Bool {
    var start = startIndex
    while true {
      if self[start...].starts(with: part) { return true }
      guard start < endIndex else { return false }
      start = index(after: start)
    }
  }
}
