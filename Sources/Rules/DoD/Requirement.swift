/// What stands between a phase and PROVEN, in the codes of the DoD checker.
package enum Requirement: Sendable, Hashable {
  /// No event of this action.
  case activity(ActivityAction)
  /// The latest events do not follow each other.
  case activityOrder
  /// An event of the chain lacks what its kind must carry.
  case taxonomyIncomplete
  /// An operational chain mixes runs.
  case taxonomyRunID
  /// Operational proof is required, and the chain is synthetic.
  case operationalProof
  /// A path as written climbs; never opened.
  case pathTraversal(String)
  /// Nothing is at this absolute path.
  case pathMissing(String)
  /// This absolute path cannot be read.
  case pathUnreadable(String)
  /// Nothing is at the path of a digest.
  case hashPathMissing(String)
  /// The file has another digest.
  case hashMismatch(String)
  /// A required phase is not PROVEN in the registry.
  case prerequisite(String)
  /// The registry says PROVEN and names no artifact that exists.
  case registryArtifact
  /// The registry's entry is no mapping.
  case registryEntry
  /// No such commit in the repository.
  case commit

  /// The code, as reports list it.
  package var code: String {
    switch self {
    case .activity(let action): "activity.\(action.rawValue)"
    case .activityOrder: "activity.order_invalid"
    case .taxonomyIncomplete: "taxonomy.incomplete_event"
    case .taxonomyRunID: "taxonomy.run_id_mismatch"
    case .operationalProof: "proof.synthetic_not_allowed"
    case .pathTraversal(let path): "evidence.path_traversal:\(path)"
    case .pathMissing(let path): "evidence.path_missing:\(path)"
    case .pathUnreadable(let path): "evidence.path_unreadable:\(path)"
    case .hashPathMissing(let path): "evidence.hash_path_missing:\(path)"
    case .hashMismatch(let path): "evidence.hash_mismatch:\(path)"
    case .prerequisite(let phase): "gate.requires_not_proven:\(phase)"
    case .registryArtifact: "registry.verdict_without_artifact"
    case .registryEntry: "registry.entry_malformed"
    case .commit: "metadata.commit_sha_unreachable"
    }
  }

  /// What to do about it.
  package var remediation: String {
    switch self {
    case .activity(let action): "run the phase so that a '\(action.rawValue)' event reaches the activity feed"
    case .activityOrder: "run the phase again: started, completed and verified must follow each other in time"
    case .taxonomyIncomplete: "emit the event with \(ChainEvent.taxonomyKeys.joined(separator: ", "))"
    case .taxonomyRunID: "emit the three events of one run under one run_id"
    case .operationalProof: "let the runtime itself emit the chain (runtime_auto, operational_proof)"
    case .pathTraversal: "name the evidence by a path below the root, without '..'"
    case .pathMissing, .hashPathMissing: "produce the file, or correct the path"
    case .pathUnreadable: "make it a file that may be read"
    case .hashMismatch: "find out why the file changed, then verify again and record its digest"
    case .prerequisite(let phase): "prove \(phase) first"
    case .registryArtifact: "let 'auditor dod --update-status-phase' write the entry from a real report"
    case .registryEntry: "write the entry as a mapping with 'verdict' and 'requires'"
    case .commit: "name a commit of this repository in hexadecimal; fetch the history if the clone is shallow"
    }
  }
}

/// A requirement that is not met, and where to look.
package struct MissingItem: Sendable, Hashable {
  /// What is missing.
  package let requirement: Requirement
  /// The claim, event or entry behind it.
  package let location: Location

  /// The code of the requirement.
  package var code: String { requirement.code }

  /// A requirement that is not met.
  package init(_ requirement: Requirement, at location: Location) {
    self.requirement = requirement
    self.location = location
  }

  /// One of each code, sorted by code; of equal codes the first mention.
  static func list(_ items: [MissingItem]) -> [MissingItem] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0.code).inserted }
      .sorted { $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) }
  }
}
