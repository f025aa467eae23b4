/// What is proven of one phase, and what is missing (DoD rules, section 6). A value: judging the same facts again gives
/// the same result.
package struct PhaseResult: Sendable {
  /// The phase.
  package let phaseID: String
  /// PROVEN, PARTIAL or DESIGNED.
  package let verdict: Verdict
  /// Its document, absolute.
  package let documentPath: String
  /// What the document says of itself.
  package let document: DocumentFacts
  /// What it claims beyond that.
  package let claims: DocumentClaims
  /// The files that it cites and that are not there.
  package let absentCitations: Set<String>
  /// There is a commit of the name that the document gives.
  package let isCommitReachable: Bool
  /// What the feed says.
  package let activity: ActivityCheck
  /// What the files say.
  package let evidence: EvidenceCheck
  /// What the registry says of the phases that come first.
  package let gate: GateCheck
  /// A phase that must be operational has a synthetic chain.
  package let isSyntheticDetected: Bool
  /// The registry does not call the phase PROVEN without an artifact.
  package let isRegistryIntact: Bool
  /// The registry marks the phase as a fixture.
  package let isFixture: Bool
  /// What is missing, sorted by code, each once, with its place. A PROVEN phase may miss something, and a PARTIAL one
  /// nothing.
  package let missing: [MissingItem]
  /// Contradictions and claims that cannot be understood. They change no verdict.
  package let findings: [Finding]
  /// Whether the proof is believable; nil where nobody asked. It changes nothing else.
  package var forensics: ProofForensics?

  /// Judges the facts about a phase.
  package init(judging facts: PhaseFacts) {
    let entry = facts.registry.entry(facts.phaseID)
    let isOperationalRequired = facts.policy.requires(facts.phaseID)
    let activity = ActivityCheck(facts.activity, requiresOperational: isOperationalRequired)
    let evidence = EvidenceCheck(facts.claims, facts.evidence, root: facts.root)
    let gate = GateCheck(phaseID: facts.phaseID, registry: facts.registry)
    var isReachable = false
    if case .reachable = facts.commit { isReachable = true }
    let isIntact = entry?.verdict != Verdict.proven.rawValue || (facts.registryArtifact ?? .absent) != .absent

    var missing = activity.missing + evidence.missing + gate.missing
    if !isReachable { missing.append(MissingItem(.commit, at: facts.location(of: .commitSHA))) }
    var forced: [MissingItem] = []
    if let entry, !isIntact { forced.append(MissingItem(.registryArtifact, at: entry.location)) }
    if let entry, !entry.isWellFormed { forced.append(MissingItem(.registryEntry, at: entry.location)) }
    if isOperationalRequired { forced += Self.operationalItems(activity, facts.activity) }
    let verdict = Self.verdict(facts.document, isReachable, activity, evidence, gate)

    self.phaseID = facts.phaseID
    self.verdict = forced.isEmpty ? verdict : .partial
    self.documentPath = facts.documentPath
    self.document = facts.document
    self.isCommitReachable = isReachable
    self.activity = activity
    self.evidence = evidence
    self.gate = gate
    self.isSyntheticDetected = facts.policy.isTarget(facts.phaseID) && activity.proofMode == .synthetic
    self.isRegistryIntact = isIntact
    self.isFixture = entry?.isFixture ?? false
    self.missing = MissingItem.list(missing + forced)
    claims = facts.documentClaims
    absentCitations = facts.absentCitations
    findings =
      DoDFindings.of(facts, evidence, self.verdict)
      + DoDContradictions(facts, activity, evidence, gate, self.verdict, self.missing).findings
  }

  /// The first rule that applies decides.
  private static func verdict(
    _ document: DocumentFacts, _ isCommitReachable: Bool, _ activity: ActivityCheck, _ evidence: EvidenceCheck,
    _ gate: GateCheck
  ) -> Verdict {
    if !isCommitReachable { return .partial }
    if document.hasMetadata, activity.latestOrderOK, evidence.isOK, gate.isOpen { return .proven }
    if !activity.seen.isEmpty || !evidence.isOK || !gate.isOpen {
      return activity.seen.contains(.started) ? .partial : .designed
    }
    return document.hasMetadata ? .designed : .partial
  }

  /// What is missing of operational proof where it is required; any of it takes PROVEN away.
  private static func operationalItems(_ check: ActivityCheck, _ facts: ActivityFacts) -> [MissingItem] {
    var items = check.missing.filter { $0.requirement == .taxonomyIncomplete }
    let feed = Location(path: facts.feedPath)
    if check.proofMode != .operational {
      items.append(
        MissingItem(.operationalProof, at: facts.events.first { !$0.isOperational }?.source ?? feed))
    }
    if !check.taxonomyMissing.isEmpty {
      let event = facts.events.first { !$0.keys.isSuperset(of: ChainEvent.taxonomyKeys) }
      items.append(MissingItem(.taxonomyIncomplete, at: event?.source ?? feed))
    }
    return items
  }
}

extension PhaseResult {
  /// The exit status that phases stand for: any DESIGNED 3, else any PARTIAL 2, else 0.
  ///
  /// Over all phases fixtures do not count, and nothing but fixtures is no pass. Named ones count whatever they are.
  package static func exitStatus(of results: [PhaseResult], overAllPhases: Bool) -> ExitStatus {
    let counted = overAllPhases ? results.filter { !$0.isFixture } : results
    guard !counted.isEmpty else { return .designed }
    return counted.reduce(.clean) { $0.combined(with: $1.verdict.exitStatus) }
  }
}
