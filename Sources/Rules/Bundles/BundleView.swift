package import Formats

/// A bundle as `open` sees it: for looking, never for trusting (BUNDLE_RULES section 7).
package struct BundleView: Sendable {
  /// Where the run lies.
  package let place: RunPlace
  /// An index is there.
  package let hasIndex: Bool
  /// A status file is there.
  package let hasStatus: Bool
  /// Nil when it is not known.
  package let state: RunState?
  /// The index's status as written; nil when the index cannot be used.
  package let indexStatus: Value?
  /// Indexed, and gone or no regular file.
  package let missing: [String]
  /// Indexed with another digest.
  package let digestMismatches: [String]
  /// Indexed with another size.
  package let sizeMismatches: [String]
  /// Indexed without a digest.
  package let undigested: [String]
  /// Never opened.
  package let refusedPaths: [String]
  /// The index's `missing`.
  package let declaredMissing: [String]
  /// What keeps status or index from being read, by code.
  package let problems: [BundleCode]

  /// Looks at what was gathered.
  package init(_ facts: RunFacts) {
    let status = RunStatus(facts)
    let reading = ArtifactIndex.read(facts.index, at: facts.place.index)
    let errors = reading.index.map { IndexIntegrity($0, facts).errors } ?? []
    func paths(_ codes: Set<BundleCode>) -> [String] { errors.filter { codes.contains($0.code) }.compactMap(\.path) }
    place = facts.place
    hasIndex = facts.index.isPresent
    hasStatus = facts.status.isPresent
    state = status.state
    indexStatus = reading.index?.status
    missing = paths([.artifactMissing, .notRegularFile])
    digestMismatches = paths([.digestMismatch])
    sizeMismatches = paths([.sizeMismatch])
    undigested = paths([.digestMissing])
    refusedPaths = paths([.pathEscape, .pathOutsideBundle])
    declaredMissing = reading.index?.missing ?? []
    let found = [status.error?.code, reading.error?.code].compactMap { $0 }.filter { $0 != .indexMissing }
    problems = found.count == 2 && found[0] == found[1] ? [found[0]] : found
  }
}
