/// Everything that was gathered about a project for the forensics of its phases.
package struct ForensicFacts: Sendable {
  /// The feed.
  package let feed: ForensicFeed
  /// All claims of the feed, in file order, with what they cite.
  package let claims: [ForensicClaim]
  /// Phase → its document.
  package let documents: [String: DocumentNames]
  /// Phase → the commit that its document cites.
  package let commits: [String: CommitRecord]
  /// The registry of phases.
  package let registry: PhaseRegistry
  /// Where things are.
  package let places: ProjectPlaces

  /// The facts about a project.
  package init(
    feed: ForensicFeed, claims: [ForensicClaim], documents: [String: DocumentNames], commits: [String: CommitRecord],
    registry: PhaseRegistry, places: ProjectPlaces
  ) {
    self.feed = feed
    self.claims = claims
    self.documents = documents
    self.commits = commits
    self.registry = registry
    self.places = places
  }
}

/// Judges the proof of phases (FORENSICS_RULES). The same facts give the same result, whichever phases are asked for and in
/// whatever order.
package struct ForensicJudge {
  private let facts: ForensicFacts
  private let index: EvidenceIndex
  private let agreements: SharedAgreements
  private let byMask: [String: [ForensicClaim]]
  private let cited: Set<String>

  /// A judge of these facts.
  package init(_ facts: ForensicFacts) {
    self.facts = facts
    index = EvidenceIndex(facts.claims, facts.feed)
    agreements = SharedAgreements(facts.feed)
    byMask = Dictionary(grouping: facts.claims, by: \.maskedRun)
    cited = Set(facts.claims.flatMap { $0.files.map(\.path) })
  }

  /// What is to be thought of a phase's proof.
  ///
  /// - Parameter lines: of the events of its chain that exist, for a chain that is not complete.
  package func judge(_ phase: String, chainLines lines: [Int] = []) -> ProofForensics {
    guard let chain = facts.feed.deciding(phase) else {
      return ProofForensics([
        Tell(
          .incomplete, .declared, "the feed holds no complete chain of started, completed and verified of the phase",
          events: lines)
      ])
    }
    let own = facts.claims.first { $0.phase == phase } ?? shared(phase, chain)
    guard let claim = own else { return ProofForensics([declared(phase, chain)]) }
    return ProofForensics(tells(about: claim))
  }

  /// The claim of a phase that shares its chain with another phase, or task.
  private func shared(_ phase: String, _ chain: DecidingChain) -> ForensicClaim? {
    guard var claim = facts.feed.claim(of: phase, facts.registry) else { return nil }
    guard let other = facts.claims.first(where: { $0.lines == chain.lines }) else { return claim }
    claim.files = other.files
    claim.hashes = other.hashes
    return claim
  }

  private func tells(about claim: ForensicClaim) -> [Tell] {
    let feed = facts.feed
    let witnesses = LiveWitnesses(claim.chain, feed, agreements)
    return ClockTells(feed: feed, claim: claim).all
      + OrderTells(feed: feed, claim: claim, witnesses: witnesses).all
      + RuntimeTells(feed: feed, claim: claim).all
      + CopyTells(feed: feed, claim: claim).all
      + IdentityTells(
        feed: feed, claim: claim, document: facts.documents[claim.phase], sameMask: byMask[claim.maskedRun] ?? []
      ).all
      + HistoryTells(
        feed: feed, claim: claim, commit: facts.commits[claim.phase], entry: facts.registry.entry(claim.phase),
        places: facts.places, cited: cited
      ).all
      + EvidenceTells(feed: feed, claim: claim, index: index, places: facts.places).all
  }

  private func declared(_ phase: String, _ chain: DecidingChain) -> Tell {
    if facts.registry.entry(phase)?.isFixture == true {
      return Tell(.declared, .declared, "the registry calls the phase a fixture", events: chain.lines)
    }
    let lines = chain.events.filter { !$0.isClaim }.map(\.line)
    return Tell(
      .declared, .declared,
      "\(lines.count) of the chain's 3 events do not claim an operational proof (emit_mode runtime_auto, verifier_mode "
        + "operational_proof, a numeric ts_epoch_ms, a tool and a run_id)",
      events: lines)
  }
}
