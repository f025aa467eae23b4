import Formats
import Rules

/// Gathers the facts about phases and judges them (DoD rules, sections 1 to 7). Reads; writes nothing.
package struct DoDAudit: Sendable {
  /// What is asked for.
  package enum Selection: Sendable, Hashable {
    /// One phase, whether it has a document or not.
    case phase(String)
    /// Every phase that has a document.
    case all
  }

  private let settings: DoDSettings
  private let selection: Selection
  private let environment: [String: String]
  private let isForensic: Bool

  /// An audit of phases; the environment is git's. `isForensic` asks, too, whether each phase's proof is believable.
  package init(
    settings: DoDSettings, selection: Selection, environment: [String: String], isForensic: Bool = false
  ) {
    self.settings = settings
    self.selection = selection
    self.environment = environment
    self.isForensic = isForensic
  }

  /// Judges the phases. What cannot be read is in `unevaluated`; the other phases are judged all the same.
  ///
  /// - Parameter progress: told how many of how many bytes of the feed were read.
  package func run(progress: (@Sendable (Int, Int) -> Void)? = nil) -> DoDOutcome {
    var outcome = DoDOutcome()
    outcome.isOverAllPhases = selection == .all
    outcome.feedPath = shown(settings.feed)
    do throws(DoDError) {
      try checkContract(&outcome)
      let documents = readDocuments(try phaseIDs(), &outcome)
      if documents.isEmpty { return outcome }
      let registry = try RegistryFile.read(settings)
      if let input = registry.input { outcome.inputs.append(input) }
      let template = readTemplate(&outcome)
      judge(documents, registry.registry, try readFeed(documents, progress, &outcome), template, &outcome)
      takeGraph(registry.registry, documents, &outcome)
    } catch {
      outcome.fail(error, at: Location(path: shown(settings.root)))
    }
    outcome.inputs.sort { ($0.role, $0.path) < ($1.role, $1.path) }
    outcome.findings.sort(by: Finding.precedes)
    return outcome
  }

  private func phaseIDs() throws(DoDError) -> [String] {
    switch selection {
    case .all: return try PhaseDocument.phaseIDs(settings)
    case .phase(let phase):
      if phase.isEmpty { return [] }
      guard PhaseID.isPartOfFileName(phase) else { throw .phaseID(phase) }
      return [phase]
    }
  }

  private func checkContract(_ outcome: inout DoDOutcome) throws(DoDError) {
    let shownPath = shown(settings.contract)
    guard let bytes = try InputFile.read(settings.contract, shownPath: shownPath) else {
      if !settings.isContractNamed { return }
      throw .unreadable(Location(path: shownPath), "the exit-code contract that is named does not exist")
    }
    try InputFile.checkUTF8(bytes, shownPath: shownPath)
    let stream = try InputFile.structured(bytes, shownPath: shownPath)
    outcome.inputs.append(InputFile.record(bytes, shownPath: shownPath, role: "contract"))
    guard let contract = stream.documents.first, stream.documents.count == 1 else {
      throw .unreadable(Location(path: shownPath), "the exit-code contract is no mapping")
    }
    if let problem = ExitCodeContract.problem(in: contract) {
      throw .unreadable(
        Location(path: shownPath, line: problem.position.line, column: problem.position.column), problem.message)
    }
  }

  private func readDocuments(_ phaseIDs: [String], _ outcome: inout DoDOutcome) -> [PhaseDocument] {
    phaseIDs.compactMap { phaseID in
      do throws(DoDError) {
        let document = try PhaseDocument.read(phaseID, settings)
        if let input = document.input { outcome.inputs.append(input) }
        if let problem = document.problem { outcome.findings.append(notUnderstood(document, problem)) }
        return document
      } catch {
        outcome.fail(error, at: Location(path: shown(settings.documents)))
        return nil
      }
    }
  }

  private func notUnderstood(_ document: PhaseDocument, _ problem: FormatError) -> Finding {
    Finding(
      ruleID: "dod.claim-not-understood", level: .warning,
      message: "the claims of the document cannot be read, so nothing was compared with them: \(problem.problem)",
      location: Location(path: document.shownPath, line: problem.position.line, column: problem.position.column),
      remediation: "write it as a plain Markdown document")
  }

  /// A template decides no verdict; that nothing was compared with it is told all the same.
  private func readTemplate(_ outcome: inout DoDOutcome) -> PhaseFacts.Template? {
    do throws(DoDError) {
      guard let (template, input) = try PhaseDocument.template(settings) else { return nil }
      outcome.inputs.append(input)
      return template
    } catch {
      outcome.fail(error, at: Location(path: shown(settings.documents)))
      return nil
    }
  }

  /// The requirements of what was judged, or of everything where everything was asked for.
  private func takeGraph(_ registry: PhaseRegistry, _ documents: [PhaseDocument], _ outcome: inout DoDOutcome) {
    let documented = documents.filter { $0.input != nil }.map(\.phaseID)
    let others = outcome.isOverAllPhases ? [] : (try? PhaseDocument.phaseIDs(settings)) ?? []
    outcome.graph = PhaseGraph(
      registry,
      computed: Dictionary(outcome.phases.map { ($0.phaseID, $0.verdict) }, uniquingKeysWith: { first, _ in first }),
      documented: Set(documented + others), from: outcome.isOverAllPhases ? nil : documents.map(\.phaseID))
    outcome.findings += outcome.graph.findings
  }

  private func shown(_ path: String) -> String { PathText.shown(path, root: settings.root) }
}

extension DoDAudit {
  /// The feed, with the activity of every phase that is judged.
  private typealias Activity = (feed: FeedReader, ledger: ActivityLedger)

  private func readFeed(
    _ documents: [PhaseDocument], _ progress: (@Sendable (Int, Int) -> Void)?, _ outcome: inout DoDOutcome
  ) throws(DoDError) -> Activity {
    var feed = FeedReader(path: settings.feed, shownPath: shown(settings.feed), isForensic: isForensic)
    var ledger = ActivityLedger(phaseIDs: documents.map(\.phaseID))
    try feed.read(into: &ledger, progress: progress)
    if let input = feed.input { outcome.inputs.append(input) }
    if let bad = feed.firstBadLine {
      outcome.findings.append(
        Finding(
          ruleID: "dod.feed-line-skipped", level: .note,
          message: "\(feed.badLineCount) line(s) of the feed are no JSON and were passed over: \(bad.problem)",
          location: Location(path: feed.shownPath, line: bad.line), remediation: "write one JSON object a line"))
    }
    return (feed, ledger)
  }

  private func judge(
    _ documents: [PhaseDocument], _ registry: PhaseRegistry, _ activity: Activity, _ template: PhaseFacts.Template?,
    _ outcome: inout DoDOutcome
  ) {
    let commits: Commits
    do throws(GitError) {
      commits = try Commits(named: documents.compactMap { $0.facts.value(.commitSHA) }, settings.root, environment)
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .dod, location: Location(path: "."), message: "\(error)"))
      return
    }
    outcome.gitHead = commits.head
    if let problem = commits.problem { outcome.findings.append(historyUnknown(problem)) }
    var probe = EvidenceProbe(root: settings.root)
    var claims = ClaimProbe(root: settings.root)
    for document in documents {
      do throws(DoDError) {
        let result = try judge(document, registry, activity, commits, template, &probe, &claims)
        outcome.findings += result.findings
        outcome.phases.append(result)
      } catch {
        outcome.fail(error, at: Location(path: activity.feed.shownPath))
      }
    }
    outcome.inputs += probe.inputs()
    examineProofs(of: documents, registry, activity, commits, &outcome)
    if outcome.isOverAllPhases, !outcome.phases.isEmpty, outcome.phases.allSatisfy(\.isFixture) {
      outcome.findings.append(onlyFixtures())
    }
  }

  /// Adds to each judged phase whether its proof is believable, where that is asked for.
  private func examineProofs(
    of documents: [PhaseDocument], _ registry: PhaseRegistry, _ activity: Activity, _ commits: Commits,
    _ outcome: inout DoDOutcome
  ) {
    guard let ledger = activity.feed.forensics, !outcome.phases.isEmpty else { return }
    let feed = activity.feed
    var cited: [String: String] = [:]
    for document in documents {
      if case .reachable(let name) = commits.commit(named: document.facts.value(.commitSHA)) {
        cited[document.phaseID] = name
      }
    }
    let examination = ProofExamination(
      settings: settings, repository: commits.repository, registry: registry, documents: documents, commits: cited)
    let judge = examination.judge(ForensicFeed(ledger), &outcome.findings) { feed.event(at: $0) }
    for place in outcome.phases.indices {
      let phase = outcome.phases[place].phaseID
      let lines = activity.ledger.activity(of: phase).chain.references.map(\.line)
      outcome.phases[place].forensics = judge.judge(phase, chainLines: lines)
    }
  }

  private func judge(
    _ document: PhaseDocument, _ registry: PhaseRegistry, _ activity: Activity, _ commits: Commits,
    _ template: PhaseFacts.Template?, _ probe: inout EvidenceProbe, _ claims: inout ClaimProbe
  ) throws(DoDError) -> PhaseResult {
    let feed = activity.feed
    if settings.policy.requires(document.phaseID), let bad = feed.firstBadLine {
      throw .feedLine(path: settings.feed, line: bad.line, problem: bad.problem)
    }
    let entry = registry.entry(document.phaseID)
    if let entry, entry.requires == .malformed {
      throw .unreadable(
        entry.location, "'requires' of '\(document.phaseID)' is no list of phases; the gate stays closed")
    }
    let phaseActivity = activity.ledger.activity(of: document.phaseID)
    let chain = phaseActivity.chain
    let facts = ActivityFacts(
      activity: phaseActivity,
      chain: [chain.started, chain.completed, chain.verified].map { feed.event(at: $0) },
      feedPath: feed.shownPath)
    let artifact = entry?.evidencePath.flatMap { path in
      PathText.climbs(path) ? nil : probe.state(of: PathText.joined(path, root: settings.root))
    }
    var all = PhaseFacts(
      phaseID: document.phaseID, root: settings.root, documentPath: document.path, document: document.facts,
      commit: commits.commit(named: document.facts.value(.commitSHA)), activity: facts,
      evidence: probe.facts(for: PhaseFacts.claims(of: facts, and: document.facts)), registry: registry,
      registryArtifact: artifact, policy: settings.policy)
    all.documentClaims = document.claims
    all.absentCitations = claims.absent(document.claims.citations.map(\.path))
    all.isCommitOutsideHistory = commits.isOutsideHistory(document.facts.value(.commitSHA))
    all.artifactVerdict = entry?.evidencePath.flatMap { claims.verdict(of: document.phaseID, inReport: $0) }
    all.template = template
    return PhaseResult(judging: all)
  }

  private func historyUnknown(_ problem: String) -> Finding {
    Finding(
      ruleID: "dod.history-unknown", level: .warning,
      message: "it is not known whether HEAD descends from the commits that documents name: \(problem)",
      location: Location(path: shown(settings.documents)), remediation: "repair the repository: git fsck")
  }

  private func onlyFixtures() -> Finding {
    Finding(
      ruleID: "dod.only-fixtures", level: .error,
      message: "only fixture phases were judged; that proves nothing about the project",
      location: Location(path: shown(settings.documents)),
      remediation: "write a DoD document for a real phase, or name the fixture with --phase")
  }
}

/// The commits that documents name, looked up in one go.
private struct Commits {
  let repository: GitRepository?
  let head: String?
  /// Why history could not be asked, or nil.
  private(set) var problem: String?
  private let found: [String: String]
  private let isShallow: Bool
  private var outsideHistory: Set<String> = []

  init(named names: [String], _ root: String, _ environment: [String: String]) throws(GitError) {
    repository = try GitRepository.containing(root, environment: environment)
    guard let repository else {
      head = nil
      found = [:]
      isShallow = false
      return
    }
    (head, found) = try repository.commits(named: Array(Set(names)).sorted())
    isShallow = repository.isShallow
    // Where history is cut off, what lies behind the cut cannot be told from what never was in it.
    guard let head, !isShallow else { return }
    do throws(GitError) {
      outsideHistory = try repository.commits(Set(found.values).subtracting([head]).sorted(), outsideHistoryOf: head)
    } catch {
      problem = "\(error)"
    }
  }

  func isOutsideHistory(_ name: String?) -> Bool {
    name.flatMap { found[$0] }.map(outsideHistory.contains) ?? false
  }

  func commit(named name: String?) -> PhaseFacts.Commit {
    guard let name, GitRepository.isHexadecimalName(name) else { return .unnamed }
    return found[name].map { .reachable($0) } ?? .unreachable(isShallow: isShallow)
  }
}
