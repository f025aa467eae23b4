import Rules

/// Gathers what the forensics of proofs ask beyond the feed: evidence files, documents, and what git knows of cited commits.
struct ProofExamination {
  private let settings: DoDSettings
  private let repository: GitRepository?
  private let registry: PhaseRegistry
  private let documents: [PhaseDocument]
  private let commits: [String: String]

  /// An examination; `commits` are the full names of the commits that the documents of phases cite.
  init(
    settings: DoDSettings, repository: GitRepository?, registry: PhaseRegistry, documents: [PhaseDocument],
    commits: [String: String]
  ) {
    self.settings = settings
    self.repository = repository
    self.registry = registry
    self.documents = documents
    self.commits = commits
  }

  /// The judge of what was gathered. What git cannot tell is a finding, and the rules that ask for it do not hold.
  func judge(
    _ feed: ForensicFeed, _ findings: inout [Finding], event: (EventReference) -> ChainEvent?
  ) -> ForensicJudge {
    let claims = CitedEvidence(settings: settings, repository: repository).gather(
      for: feed.claims(registry), event, &findings)
    return ForensicJudge(
      ForensicFacts(
        feed: feed, claims: claims, documents: documentNames(), commits: commitRecords(claims, &findings),
        registry: registry, places: ProjectPlaces(settings)))
  }

  /// A document that cannot be read any more names nothing that anybody could miss.
  private func documentNames() -> [String: DocumentNames] {
    var names: [String: DocumentNames] = [:]
    for document in documents where document.input != nil {
      guard let bytes = try? InputFile.read(document.path, shownPath: document.shownPath) else { continue }
      names[document.phaseID] = DocumentNames(String(decoding: bytes, as: UTF8.self))
    }
    return names
  }

  private func commitRecords(_ claims: [ForensicClaim], _ findings: inout [Finding]) -> [String: CommitRecord] {
    guard let repository, !commits.isEmpty else { return [:] }
    let claims = Dictionary(claims.map { ($0.phase, $0) }, uniquingKeysWith: { first, _ in first })
    do throws(GitError) {
      let wanted = commits.filter { claims[$0.key] != nil }
      var records = try repository.commitRecords(named: Set(wanted.values).sorted())
      let asked = wanted.filter { phase, name in
        guard let claim = claims[phase], let record = records[name] else { return false }
        return record.asksForChanges(claim)
      }
      for name in Set(asked.values).sorted() {
        guard let record = records[name] else { continue }
        records[name]?.changes = try repository.changes(of: record)
      }
      return wanted.compactMapValues { records[$0] }
    } catch {
      findings.append(Self.unanswered(error))
      return [:]
    }
  }

  static func unanswered(_ error: GitError) -> Finding {
    Finding(
      ruleID: "dod.forensics-incomplete", level: .warning,
      message: "git could not be asked about evidence and commits, so that nothing is said about them: \(error)",
      location: Location(path: "."), remediation: "make 'git' work in this repository, then judge again")
  }
}

extension ProjectPlaces {
  /// The places that a run's settings name.
  init(_ settings: DoDSettings) {
    self.init(
      root: settings.root, documents: settings.documents, reports: settings.reports, registry: settings.registry,
      feed: settings.feed)
  }
}
