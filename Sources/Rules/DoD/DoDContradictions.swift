/// What a document or the registry claims and the evidence does not bear out, each with both places: the claim is the
/// finding's location, what was computed stands in its evidence. None of it changes a verdict.
///
/// Claiming more than was computed is an error; claiming less is a note.
struct DoDContradictions {
  private let facts: PhaseFacts
  private let activity: ActivityCheck
  private let evidence: EvidenceCheck
  private let gate: GateCheck
  private let verdict: Verdict
  private let missing: [MissingItem]

  init(
    _ facts: PhaseFacts, _ activity: ActivityCheck, _ evidence: EvidenceCheck, _ gate: GateCheck, _ verdict: Verdict,
    _ missing: [MissingItem]
  ) {
    self.facts = facts
    self.activity = activity
    self.evidence = evidence
    self.gate = gate
    self.verdict = verdict
    self.missing = missing
  }

  var findings: [Finding] {
    boxes
      + [allTicked, verdictLine, target, registryArtifact, registryVerdict, registryCommit, history, sections]
      .compactMap { $0 } + exitCodes + citations
  }

  private var claims: DocumentClaims { facts.documentClaims }

  private func at(_ line: Int) -> Location { Location(path: facts.documentLocation.path, line: line) }

  /// Where to look for what is missing, at most so many places.
  private func places(_ isWanted: (Requirement) -> Bool = { _ in true }) -> [String] {
    var seen: Set<String> = []
    return missing.filter { isWanted($0.requirement) }.map(\.location.description)
      .filter { seen.insert($0).inserted }.prefix(8).map { $0 }
  }
}

// MARK: - Boxes

extension DoDContradictions {
  /// Boxes that nobody ever ticked are not used, and say nothing by being open.
  private var boxes: [Finding] {
    let isUsed = claims.boxes.contains(where: \.isTicked)
    return claims.boxes.compactMap { box in
      guard let claim = BoxClaim(box.text) else { return nil }
      let (holds, computed, places) = judged(claim)
      if box.isTicked, !holds {
        return Finding(
          ruleID: "dod.contradiction-box", level: .error,
          message: "the box '\(shortened(box.text))' is ticked, \(computed)",
          location: at(box.line), evidence: places, remediation: "produce the evidence, or take the tick away")
      }
      guard isUsed, !box.isTicked, holds else { return nil }
      return Finding(
        ruleID: "dod.contradiction-box", level: .note, message: "the box '\(shortened(box.text))' is open, \(computed)",
        location: at(box.line), evidence: places, remediation: "tick it, or say what is still to be done")
    }
  }

  private func judged(_ claim: BoxClaim) -> (holds: Bool, computed: String, places: [String]) {
    let feed = facts.activity.feedPath
    switch claim {
    case .activity(let actions):
      let absent = actions.filter { !activity.seen.contains($0) }.map { "'\($0.rawValue)'" }
      let computed = absent.isEmpty ? "the feed has the events" : "the feed has no \(absent.joined(separator: ", "))"
      let lines = actions.compactMap { facts.activity.activity.latest[$0]?.reference.line }
      return (absent.isEmpty, computed, lines.isEmpty ? [feed] : lines.map { "\(feed):\($0)" })
    case .proven:
      return (verdict == .proven, "the evidence says \(verdict.rawValue)", places())
    case .noPrerequisites:
      let names = gate.prerequisites.map(\.phaseID)
      let computed =
        names.isEmpty ? "the registry requires none" : "the registry requires \(names.joined(separator: ", "))"
      return (names.isEmpty, computed, registryPlaces)
    case .prerequisitesProven:
      let open = gate.prerequisites.filter { $0.verdict != Verdict.proven.rawValue }
        .map { "\($0.phaseID) is \($0.verdict)" }
      return (open.isEmpty, open.isEmpty ? "they are" : "but \(open.joined(separator: ", "))", registryPlaces)
    case .commit:
      let holds = if case .reachable = facts.commit { true } else { false }
      return (
        holds, holds ? "the commit exists" : "there is no such commit here", ["\(facts.location(of: .commitSHA))"]
      )
    case .digest:
      let wrong = evidence.missing.contains { if case .hashMismatch = $0.requirement { true } else { false } }
      let computed =
        wrong ? "a file has another digest" : evidence.hashChecks.isEmpty ? "no digest is recorded" : "the digests hold"
      return (
        !wrong && !evidence.hashChecks.isEmpty, computed,
        wrong ? places { if case .hashMismatch = $0 { true } else { false } } : [feed]
      )
    }
  }

  private var allTicked: Finding? {
    guard verdict != .proven, let first = claims.boxes.first, claims.boxes.allSatisfy(\.isTicked) else { return nil }
    return Finding(
      ruleID: "dod.contradiction-all-ticked", level: .warning,
      message: "all \(claims.boxes.count) boxes are ticked, the evidence says \(verdict.rawValue)",
      location: at(first.line), evidence: places(), remediation: "a tick is no evidence: produce what is missing")
  }

  private func shortened(_ text: String) -> String { text.count > 60 ? SecretMask.masked(text).prefix(59) + "…" : text }
}

// MARK: - The document's verdicts

extension DoDContradictions {
  private var verdictLine: Finding? {
    guard let line = claims.verdictLine, line.verdict != verdict else { return nil }
    let isMore = line.verdict.claimsMore(than: verdict)
    return Finding(
      ruleID: "dod.contradiction-verdict-line", level: isMore ? .error : .note,
      message: "the document says \(line.verdict.rawValue), the evidence says \(verdict.rawValue)",
      location: at(line.line), evidence: places(),
      remediation: isMore ? "prove the phase, or correct the line" : "bring the line up to date")
  }

  private var target: Finding? {
    guard let target = claims.targetStatus, let line = claims.verdictLine, line.verdict.claimsMore(than: target.verdict)
    else { return nil }
    return Finding(
      ruleID: "dod.contradiction-target-status", level: .warning,
      message: "the target status is \(target.verdict.rawValue), the verdict line says \(line.verdict.rawValue)",
      location: at(target.line), evidence: ["\(at(line.line))"],
      remediation: "let the target status end in what the phase is to become")
  }

  private var exitCodes: [Finding] {
    claims.exitCodes.compactMap { code in
      let actual = Int(code.verdict.exitStatus.rawValue)
      if code.status == actual { return nil }
      return Finding(
        ruleID: "dod.contradiction-exit-code", level: .warning,
        message: "the document expects exit \(code.status) for \(code.verdict.rawValue), it is \(actual)",
        location: at(code.line), remediation: "0 is PROVEN, 2 PARTIAL, 3 DESIGNED, 4 no verdict")
    }
  }

  private var sections: Finding? {
    guard let template = facts.template, !claims.sections.isEmpty else { return nil }
    let present = Set(claims.sectionNumbers)
    let absent = template.numbers.filter { !present.contains($0) }
    if absent.isEmpty { return nil }
    return Finding(
      ruleID: "dod.contradiction-section-missing", level: .warning,
      message: "the template's section\(absent.count == 1 ? "" : "s") \(absent.joined(separator: ", ")) are not there",
      location: facts.documentLocation, evidence: [template.path],
      remediation: "add the sections; where one does not apply, say so in it")
  }
}

// MARK: - What the document cites

extension DoDContradictions {
  private var citations: [Finding] {
    claims.citations.compactMap { citation in
      guard facts.absentCitations.contains(citation.path) else { return nil }
      return Finding(
        ruleID: "dod.contradiction-cited-file", level: citation.isTest ? .error : .warning,
        message: "the document cites the \(citation.isTest ? "test" : "file") '\(citation.path)', which does not exist",
        location: at(citation.line), evidence: [citation.path],
        remediation: "restore the file, or cite what is there now")
    }
  }

  private var history: Finding? {
    guard facts.isCommitOutsideHistory, case .reachable(let commit) = facts.commit else { return nil }
    return Finding(
      ruleID: "dod.contradiction-commit-not-in-history", level: .error,
      message: "the commit exists, but HEAD does not descend from it: what was proven is not what is here",
      location: facts.location(of: .commitSHA), evidence: ["commit \(commit)"],
      remediation: "name the commit under which the work came into this branch, and prove that")
  }
}

// MARK: - The registry

extension DoDContradictions {
  private var entry: RegistryEntry? { facts.registry.entry(facts.phaseID) }

  private var registryPlaces: [String] { ["\(entry?.location ?? Location(path: facts.registry.path))"] }

  /// The registry calls the phase what its own artifact does not.
  private var registryArtifact: Finding? {
    guard let entry, let claimed = entry.verdict, let artifact = facts.artifactVerdict, artifact != claimed,
      let path = entry.evidencePath
    else { return nil }
    return Finding(
      ruleID: "dod.contradiction-registry-artifact", level: .error,
      message: "the registry calls \(facts.phaseID) \(claimed), the report that it names says \(artifact)",
      location: entry.location, evidence: [path],
      remediation: "let 'auditor dod --update-status-phase \(facts.phaseID)' write the entry")
  }

  /// PROVEN against the evidence is `dod.registry-contradicted`; this is every other difference.
  private var registryVerdict: Finding? {
    guard let entry, let written = entry.verdict, written != verdict.rawValue, written != Verdict.proven.rawValue
    else { return nil }
    let claimed = Verdict(rawValue: written)
    let isMore = claimed?.claimsMore(than: verdict) ?? true
    return Finding(
      ruleID: "dod.contradiction-registry-verdict", level: isMore ? .warning : .note,
      message: claimed == nil
        ? "the registry says '\(written)' of \(facts.phaseID), which is no verdict; the evidence says \(verdict.rawValue)"
        : "the registry calls \(facts.phaseID) \(written), the evidence says \(verdict.rawValue)",
      location: entry.location, evidence: places(),
      remediation: "auditor dod --update-status-phase \(facts.phaseID)")
  }

  private var registryCommit: Finding? {
    guard let entry, let registered = entry.commitSHA?.lowercased(), !registered.isEmpty,
      let named = facts.document.value(.commitSHA)?.lowercased(), !registered.hasPrefix(named),
      !named.hasPrefix(registered)
    else { return nil }
    return Finding(
      ruleID: "dod.contradiction-registry-commit", level: .warning,
      message:
        "the registry's verdict on \(facts.phaseID) is about commit \(registered.prefix(12)), the document names another",
      location: entry.location, evidence: ["\(facts.location(of: .commitSHA))"],
      remediation: "judge the commit that the document names, and record that")
  }
}

extension Verdict {
  /// PROVEN claims more than PARTIAL, and PARTIAL more than DESIGNED.
  fileprivate func claimsMore(than other: Verdict) -> Bool { rank > other.rank }

  private var rank: Int {
    switch self {
    case .designed: 0
    case .partial: 1
    case .proven: 2
    }
  }
}
