import Formats
import Rules

/// The facts about one phase, complete and proven unless a test changes something.
struct PhaseWorld {
  var document = "- **Phase / Task ID**: P\n- **Gate**: G1\n- **Commit SHA**: abcd\n"
  var commit = PhaseFacts.Commit.reachable("abcd")
  var feed = [
    #"{"phase_id":"P","action":"started","ts":"2026-01-01T00:00:01Z"}"#,
    #"{"phase_id":"P","action":"completed","ts":"2026-01-01T00:00:02Z"}"#,
    #"{"phase_id":"P","action":"verified","ts":"2026-01-01T00:00:03Z"}"#,
  ]
  var evidence = EvidenceFacts()
  var registry = "{}"
  var artifact: FileState?
  var policy = OperationalPolicy(isRequired: false)
  var absentCitations: Set<String> = []
  var isCommitOutsideHistory = false
  var artifactVerdict: String?
  var template: PhaseFacts.Template?

  func judged() throws -> PhaseResult {
    var ledger = ActivityLedger(phaseIDs: ["P"])
    for (index, line) in feed.enumerated() {
      guard let event = ActivityEvent(try JSON.read(Array(line.utf8))) else { continue }
      ledger.record(event, at: EventReference(line: index + 1, offset: 0, byteCount: 0))
    }
    let activity = ledger.activity(of: "P")
    let chosen = [activity.chain.started, activity.chain.completed, activity.chain.verified]
    let chain = try chosen.map { reference in
      try reference.map {
        ChainEvent(
          try JSON.read(Array(feed[$0.line - 1].utf8)), source: Location(path: "feed.jsonl", line: $0.line))
      }
    }
    var facts = PhaseFacts(
      phaseID: "P", root: "/r", documentPath: "/r/docs/DOD__P.md",
      document: try DocumentFacts(Array(document.utf8), path: "docs/DOD__P.md"), commit: commit,
      activity: ActivityFacts(activity: activity, chain: chain, feedPath: "feed.jsonl"), evidence: evidence,
      registry: try PhaseRegistry(try YAML.readStream(Array(registry.utf8)), path: "registry.yaml"),
      registryArtifact: artifact, policy: policy)
    facts.documentClaims = DocumentClaims(try MarkdownDocument.read(Array(document.utf8)))
    facts.absentCitations = absentCitations
    facts.isCommitOutsideHistory = isCommitOutsideHistory
    facts.artifactVerdict = artifactVerdict
    facts.template = template
    return PhaseResult(judging: facts)
  }

  /// The three events, each with more members.
  mutating func add(_ members: String) {
    feed = feed.map { $0.dropLast() + "," + members + "}" }
  }
}
