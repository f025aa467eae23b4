/// What a run's evidence file says to the run that cites it.
package struct CitedContent: Sendable {
  let digest: String
  let byteCount: Int
  let ownTime: FeedInstant?
  let longestDuration: Int64?
  let runIDs: [String]
  let hasUniqueMark: Bool
  let hollow: EvidenceContent.Hollow
  /// The citing run's id stands in it.
  let holdsRun: Bool
  let template: EvidenceTemplate?

  /// What a file says to a run of a phase.
  package init(_ content: EvidenceContent, phase: String, run: String) {
    digest = content.digest
    byteCount = content.byteCount
    ownTime = content.ownTime
    longestDuration = content.longestDuration
    runIDs = content.runIDs
    hasUniqueMark = content.hasUniqueMark
    hollow = content.hollow
    holdsRun = content.holds(run)
    template = EvidenceTemplate(content, phase: phase, run: run)
  }
}

/// One path that a chain cites as evidence, with what was found there.
package struct CitedFile: Sendable {
  /// What is at the path.
  package enum State: Sendable {
    /// No file inside the root.
    case absent
    /// A file that is not looked into: too large, or it may not be read.
    case unread
    /// A file.
    case read(CitedContent)
  }

  /// As the event writes it.
  package let raw: String
  /// The absolute path that it means.
  package let path: String
  /// What is there.
  package let state: State
  /// The registry, or a DoD document.
  package let isGovernance: Bool
  /// When it was last modified, in microseconds since 1970; nil where that is not known.
  package let modified: Int64?
  /// Git tracks it, so that its modification time says when it was checked out.
  package let isTracked: Bool

  /// A cited path and what was found.
  package init(
    raw: String, path: String, state: State, isGovernance: Bool = false, modified: Int64? = nil, isTracked: Bool = false
  ) {
    self.raw = raw
    self.path = path
    self.state = state
    self.isGovernance = isGovernance
    self.modified = modified
    self.isTracked = isTracked
  }

  /// The same file, tracked by git.
  package var tracked: CitedFile {
    CitedFile(raw: raw, path: path, state: state, isGovernance: isGovernance, modified: modified, isTracked: true)
  }

  var exists: Bool {
    if case .absent = state { false } else { true }
  }

  var content: CitedContent? {
    if case .read(let content) = state { content } else { nil }
  }
}

/// A chain that claims to be operational, with what it cites (FORENSICS_RULES section 1, "claim").
package struct ForensicClaim: Sendable {
  /// The phase.
  package let phase: String
  /// The run, of its `started`.
  package let run: String
  /// The lines of its three events.
  package let lines: [Int]
  let tool: String
  let chain: DecidingChain
  /// The run id's words in which those of the phase are masked.
  let maskedRun: String
  /// What it cites, each path once.
  package var files: [CitedFile] = []
  /// Absolute path and digest of each hash that it claims.
  package var hashes: [(path: String, digest: String)] = []

  /// Where its three events stand in the feed.
  package var references: [EventReference] { chain.events.map(\.reference) }

  var existing: [CitedFile] { files.filter(\.exists) }
  var contents: [(file: CitedFile, content: CitedContent)] {
    files.compactMap { file in file.content.map { (file, $0) } }
  }
}

extension ForensicFeed {
  /// The claim of a phase; nil when its chain is incomplete, claims nothing, or the registry calls the phase a fixture.
  package func claim(of phase: String, _ registry: PhaseRegistry) -> ForensicClaim? {
    guard let chain = deciding(phase), chain.isClaim, registry.entry(phase)?.isFixture != true else { return nil }
    let run = names[chain.run]
    return ForensicClaim(
      phase: phase, run: run, lines: chain.lines, tool: names[chain.tool], chain: chain,
      maskedRun: IdentifierWords(run).masked(phase: phase))
  }

  /// Every phase of the feed whose chain is a claim, each chain once: of a phase and a task that share it, the phase. In file
  /// order.
  package func claims(_ registry: PhaseRegistry) -> [ForensicClaim] {
    var seen: Set<[Int]> = []
    return deciding.values
      .sorted { left, right in
        (left.firstLine, left.started.phase == left.phase ? 0 : 1, names[left.phase])
          < (right.firstLine, right.started.phase == right.phase ? 0 : 1, names[right.phase])
      }
      .compactMap { claim(of: names[$0.phase], registry) }
      .filter { seen.insert($0.lines).inserted }
  }
}
