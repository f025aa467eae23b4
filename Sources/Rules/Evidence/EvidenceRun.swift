/// A scenario run of an audited tree, with what its evidence came to.
package struct EvidenceRun: Sendable {
  /// Its request, relative to the audited root.
  package let request: String
  /// The class of its evidence.
  package let verdict: EvidenceVerdict

  /// A classified run.
  package init(request: String, verdict: EvidenceVerdict) {
    self.request = request
    self.verdict = verdict
  }
}
