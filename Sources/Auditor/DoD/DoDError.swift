package import Rules

/// No verdict can be formed, or none can be recorded: exit status 4. The codes are those of the DoD checker.
package enum DoDError: Error, Sendable, Hashable {
  /// The path of the feed, as written, has a `..` component.
  case feedTraversal(String)
  /// A line of the feed is no JSON, and operational proof is required.
  case feedLine(path: String, line: Int, problem: String)
  /// A file cannot be read or understood.
  case unreadable(Location, String)
  /// A phase id that cannot be part of a file name.
  case phaseID(String)
  /// The registry lacks the phase that is to be updated.
  case phaseNotRegistered(String)
  /// The report lies outside the root, so the registry cannot name it.
  case reportOutsideRoot
}

extension DoDError {
  /// Something that the tree names leads out of it.
  static func outsideRoot(_ path: String) -> DoDError {
    .unreadable(Location(path: path), "not read: \(FileError(.open, path: path, reason: .outsideRoot).explanation)")
  }

  /// The error as something that could not be judged, at its own place where it has one.
  func gap(at location: Location) -> Unevaluated {
    switch self {
    case .unreadable(let place, let message): Unevaluated(area: .dod, location: place, message: message)
    case .feedLine(_, let line, _):
      Unevaluated(area: .dod, location: Location(path: location.path, line: line), message: description)
    default: Unevaluated(area: .dod, location: location, message: description)
    }
  }
}

extension DoDError: CustomStringConvertible {
  /// The code where there is one, then what to do.
  package var description: String {
    switch self {
    case .feedTraversal(let path): "activity_feed_path_traversal:\(path)"
    case .feedLine(let path, let line, let problem): "activity_feed_parse_failure:\(path):\(line): \(problem)"
    case .unreadable(let location, let message): "\(location): \(message)"
    case .phaseID(let name): "phase_id_invalid:\(name): a phase id is part of a file name and holds no '/' and no NUL"
    case .phaseNotRegistered(let phase): "registry.phase_missing:\(phase)"
    case .reportOutsideRoot: "registry.evidence_path_outside_repo"
    }
  }
}
