import Formats

extension DoDSettings {
  /// The documented phase that a name without a document most likely meant; nil for one that has a document, and where none
  /// is near. A verdict on a mistyped phase looks like one on a phase for which nothing was done.
  package func nearestPhase(to phaseID: String) -> String? {
    guard let known = try? PhaseDocument.phaseIDs(self), !known.contains(phaseID) else { return nil }
    return nearest(to: phaseID, in: known)
  }
}
