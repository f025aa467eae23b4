import Rules

extension Requirement {
  /// What is missing, as a clause for people; paths as `shown` tells them.
  func words(_ shown: (String) -> String) -> String {
    switch self {
    case .activity(let action): "the feed has no '\(action.rawValue)' event of the phase"
    case .activityOrder: "started, completed and verified do not follow each other in time"
    case .taxonomyIncomplete: "an event of the chain lacks what it must carry"
    case .taxonomyRunID: "the chain mixes events of several runs"
    case .operationalProof: "operational proof is required, and the chain is synthetic"
    case .pathTraversal(let path): "the path '\(shown(path))' climbs, so it was not opened"
    case .pathMissing(let path): "'\(shown(path))' is claimed as evidence and is not there"
    case .pathUnreadable(let path): "'\(shown(path))' is claimed as evidence and cannot be read"
    case .hashPathMissing(let path): "'\(shown(path))' has a recorded digest and is not there"
    case .hashMismatch(let path): "'\(shown(path))' has another digest than the one that was recorded"
    case .prerequisite(let phase): "\(phase) must come first, and the registry does not call it PROVEN"
    case .registryArtifact: "the registry says PROVEN and names no report that exists"
    case .registryEntry: "the registry's entry cannot be understood"
    case .commit: "the commit that the document names is not in this repository"
    }
  }
}
