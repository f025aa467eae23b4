/// Everything that was gathered about one phase: the whole input of its verdict.
package struct PhaseFacts: Sendable {
  /// What git says about the commit that the document names.
  package enum Commit: Sendable, Hashable {
    /// The document names none, or no hexadecimal name.
    case unnamed
    /// There is such a commit, with this full name.
    case reachable(String)
    /// There is none here; `isShallow` when the clone's history is cut off and it may be beyond.
    case unreachable(isShallow: Bool)
  }

  /// The phase.
  package let phaseID: String
  /// The audited root, absolute.
  package let root: String
  /// The document, absolute, whether it exists or not.
  package let documentPath: String
  /// What it says.
  package let document: DocumentFacts
  /// The commit that it names.
  package let commit: Commit
  /// The phase's events.
  package let activity: ActivityFacts
  /// What was found of the files that events and document name.
  package let evidence: EvidenceFacts
  /// The registry of phases.
  package let registry: PhaseRegistry
  /// What is at the registry entry's `evidence_path`; nil when it names none or climbs.
  package let registryArtifact: FileState?
  /// Who must be proven operationally.
  package let policy: OperationalPolicy
  /// What the document claims beyond what a verdict rests on.
  package var documentClaims = DocumentClaims()
  /// The files that it cites and that are not there, as it writes them.
  package var absentCitations: Set<String> = []
  /// The commit exists, and `HEAD` does not descend from it.
  package var isCommitOutsideHistory = false
  /// The verdict on this phase in the report that the registry names; nil where that says none.
  package var artifactVerdict: String?
  /// The template of the documents; nil without one.
  package var template: Template?

  /// What documents are made from.
  package struct Template: Sendable, Hashable {
    /// Where it is, as locations show it.
    package let path: String
    /// The numbers of its sections, in order.
    package let numbers: [String]

    /// A template.
    package init(path: String, numbers: [String]) {
      self.path = path
      self.numbers = numbers
    }
  }

  /// The facts about one phase.
  package init(
    phaseID: String, root: String, documentPath: String, document: DocumentFacts, commit: Commit,
    activity: ActivityFacts, evidence: EvidenceFacts, registry: PhaseRegistry, registryArtifact: FileState?,
    policy: OperationalPolicy
  ) {
    self.phaseID = phaseID
    self.root = root
    self.documentPath = documentPath
    self.document = document
    self.commit = commit
    self.activity = activity
    self.evidence = evidence
    self.registry = registry
    self.registryArtifact = registryArtifact
    self.policy = policy
  }

  /// The claims of the chain's events, then those of the document.
  package var claims: EvidenceClaims { Self.claims(of: activity, and: document) }

  /// The claims of a chain's events, then those of a document.
  package static func claims(of activity: ActivityFacts, and document: DocumentFacts) -> EvidenceClaims {
    var all = EvidenceClaims()
    for event in activity.events { all.append(event.claims) }
    all.append(document.claims)
    return all
  }

  /// The document as locations show it.
  var documentLocation: Location { Location(path: PathText.shown(documentPath, root: root)) }

  /// The line of a metadata key, or the document as a whole.
  func location(of key: DocumentFacts.Key) -> Location {
    Location(path: documentLocation.path, line: document.fields[key]?.line)
  }
}
