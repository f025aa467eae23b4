import Formats
import Rules

/// What an update records about one phase.
struct RegistryChange {
  let phaseID: String
  /// Keys with their new texts, in the order in which new ones are written.
  let values: [(key: String, text: String)]

  init(_ result: PhaseResult, evidencePath: String, now: Timestamp) {
    phaseID = result.phaseID
    var values = [("verdict", result.verdict.rawValue)]
    if result.verdict == .proven { values.append(("last_verified_ts", now.rfc3339)) }
    if let commit = result.document.value(.commitSHA) { values.append(("commit_sha", commit)) }
    values.append(("evidence_path", evidencePath))
    self.values = values.map { (key: $0.0, text: $0.1) }
  }

  func text(of key: String) -> String? { values.first { $0.key == key }?.text }
}
