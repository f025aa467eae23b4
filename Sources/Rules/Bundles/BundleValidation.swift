package import Formats

/// Everything that can be said against trusting a run (BUNDLE_RULES sections 3 to 6), found once for all commands.
package struct BundleFindings: Sendable {
  /// The facts that were judged.
  package let facts: RunFacts
  let status: RunStatus
  /// What came of reading the index, whatever the state.
  package let reading: ArtifactIndex.Reading
  /// The error at which strict readers stop; then nothing else was judged.
  package let terminal: BundleError?
  /// Section 4.2.
  package let integrity: [BundleError]
  /// Section 4.3.
  package let content: [BundleError]

  /// Judges what was gathered.
  package init(_ facts: RunFacts) {
    self.facts = facts
    let status = RunStatus(facts)
    let reading = ArtifactIndex.read(facts.index, at: facts.place.index)
    self.status = status
    self.reading = reading
    terminal = status.terminal ?? reading.error
    if terminal == nil, let index = reading.index {
      integrity = IndexIntegrity(index, facts).errors
      content = BundleContent(index, status, facts).errors
    } else {
      integrity = []
      content = []
    }
  }

  /// The index, where reading did not stop before it.
  package var index: ArtifactIndex? { terminal == nil ? reading.index : nil }

  /// The state of the run; nil when it is not known.
  package var state: RunState? { status.state }

  /// When the run says that it was last written; nil when it does not say.
  package var updatedAt: Double? { status.document?["updated_at_unix"]?.number }

  /// What was expected and absent at index time.
  var listedMissing: [BundleError] {
    (index?.missing ?? []).filter(SafePath.isSafe).map { BundleError(.artifactListedMissing, path: $0) }
  }

  /// The errors of `validate`.
  package var errors: [BundleError] {
    if let terminal { return [terminal] }
    return BundleError.once(integrity + listedMissing + content)
  }
}

/// The answer of `bundle validate`.
package struct BundleValidation: Sendable {
  /// Where the run lies; nil when there is none.
  package let place: RunPlace?
  /// The index's run id; nil where reading stopped before it.
  package let runID: String?
  /// The index's world id; nil where reading stopped before it.
  package let worldID: String?
  /// An index is there.
  package let isCommitted: Bool
  /// Nil when it is not known.
  package let state: RunState?
  /// As written.
  package let indexStatus: Value?
  /// Empty means valid.
  package let errors: [BundleError]

  /// The answer about a run.
  package init(_ findings: BundleFindings) {
    place = findings.facts.place
    runID = findings.index?.runID
    worldID = findings.index?.worldID
    isCommitted = findings.facts.index.isPresent
    state = findings.state
    indexStatus = findings.index?.status
    errors = findings.errors
  }

  /// The answer where there is no run directory.
  package init(refusal: BundleError) {
    place = nil
    runID = nil
    worldID = nil
    isCommitted = false
    state = nil
    indexStatus = nil
    errors = [refusal]
  }

  /// Whether the bundle may be trusted.
  package var isValid: Bool { errors.isEmpty }
}
