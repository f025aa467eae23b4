/// What is odd about a phase beyond its requirements (DoD rules, section 9): contradictions, and claims that say nothing.
enum DoDFindings {
  static func of(_ facts: PhaseFacts, _ evidence: EvidenceCheck, _ verdict: Verdict) -> [Finding] {
    [otherPhaseID(facts), contradictedRegistry(facts, verdict), climbingArtifact(facts), shallow(facts)]
      .compactMap { $0 } + unplacedEvents(facts) + unreadableClaims(facts) + outsideEvidence(facts)
  }

  private static func otherPhaseID(_ facts: PhaseFacts) -> Finding? {
    guard let name = facts.document.value(.phaseID), name != facts.phaseID else { return nil }
    return Finding(
      ruleID: "dod.phase-id-mismatch", level: .warning,
      message: "the document DOD__\(facts.phaseID).md is about '\(name)'", location: facts.location(of: .phaseID),
      remediation: "give the file and the 'Phase / Task ID' in it the same name")
  }

  private static func contradictedRegistry(_ facts: PhaseFacts, _ verdict: Verdict) -> Finding? {
    guard let entry = facts.registry.entry(facts.phaseID), entry.verdict == Verdict.proven.rawValue,
      verdict != .proven
    else { return nil }
    return Finding(
      ruleID: "dod.registry-contradicted", level: .error,
      message: "the registry calls \(facts.phaseID) PROVEN, the evidence says \(verdict.rawValue)",
      location: entry.location, evidence: [facts.documentLocation.path, facts.activity.feedPath],
      remediation: "prove the phase, or take the claim back: auditor dod --update-status-phase \(facts.phaseID)")
  }

  private static func climbingArtifact(_ facts: PhaseFacts) -> Finding? {
    guard let entry = facts.registry.entry(facts.phaseID), let path = entry.evidencePath, PathText.climbs(path)
    else { return nil }
    return Finding(
      ruleID: "dod.registry-artifact-climbs", level: .error,
      message: "the registry's evidence_path '\(path)' climbs; it was not opened", location: entry.location,
      remediation: "name the report by its path below the root")
  }

  private static func shallow(_ facts: PhaseFacts) -> Finding? {
    guard case .unreachable(isShallow: true) = facts.commit else { return nil }
    return Finding(
      ruleID: "dod.shallow-history", level: .warning,
      message: "the commit was not found, and the history of this clone is cut off",
      location: facts.location(of: .commitSHA), remediation: "git fetch --unshallow, then judge again")
  }

  private static func unplacedEvents(_ facts: PhaseFacts) -> [Finding] {
    facts.activity.activity.outOfRange.map { reference in
      Finding(
        ruleID: "dod.time-out-of-range", level: .warning,
        message: "the event's time lies beyond the years 1 to 9999; it has no place in the chain",
        location: Location(path: facts.activity.feedPath, line: reference.line),
        remediation: "write seconds or milliseconds since 1970, or ISO 8601")
    }
  }

  private static func unreadableClaims(_ facts: PhaseFacts) -> [Finding] {
    facts.claims.unreadable.map { claim in
      Finding(
        ruleID: "dod.claim-not-understood", level: .warning, message: claim.message, location: claim.source,
        remediation: "name the file by its path and the digest as 64 hexadecimal digits")
    }
  }

  private static func outsideEvidence(_ facts: PhaseFacts) -> [Finding] {
    let claims = facts.claims
    let named =
      claims.uniquePaths(root: facts.root).map { ($0.path, $0.claim.source) }
      + claims.uniqueHashes(root: facts.root).map { ($0.path, $0.claim.source) }
    var told: Set<String> = []
    return named.compactMap { path, source in
      guard facts.evidence.outsideRoot.contains(path), told.insert(path).inserted else { return nil }
      return Finding(
        ruleID: "dod.evidence-outside-root", level: .warning,
        message: "the evidence '\(path)' lies outside the root; a reviewer of the repository cannot see it",
        location: source, remediation: "keep the evidence below the root and name it by a relative path")
    }
  }
}
