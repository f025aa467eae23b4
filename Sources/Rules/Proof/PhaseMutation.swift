import Formats

/// What is done to the evidence of a PROVEN phase, to see whether its verdict notices.
package enum PhaseMutation: String, Sendable, CaseIterable {
  case dropStarted = "drop-started"
  case dropCompleted = "drop-completed"
  case dropVerified = "drop-verified"
  case reorderEvents = "reorder-events"
  case flipByte = "flip-byte"
  case dropEvidence = "drop-evidence"
  case swapDigests = "swap-digests"
  case editDigest = "edit-digest"
  case forgeCommit = "forge-commit"
  case revokePrerequisite = "revoke-prerequisite"
  case inventPrerequisite = "invent-prerequisite"

  /// The mutation, with the requirements of which one would be right.
  package var mutation: Mutation { Mutation(rawValue, deed, expected: expected) }

  private var deed: String {
    switch self {
    case .dropStarted: "take every 'started' of the phase out of the feed"
    case .dropCompleted: "take every 'completed' of the phase out of the feed"
    case .dropVerified: "take every 'verified' of the phase out of the feed"
    case .reorderEvents: "exchange 'started' and 'verified' in the feed"
    case .flipByte: "flip a bit of evidence whose digest is claimed"
    case .dropEvidence: "take a file of the evidence away"
    case .swapDigests: "exchange two claimed digests"
    case .editDigest: "change one digit of a claimed digest"
    case .forgeCommit: "name a commit that does not exist"
    case .revokePrerequisite: "take PROVEN from a phase that must come first"
    case .inventPrerequisite: "require a phase first that nobody has proved"
    }
  }

  private var expected: Set<String> {
    switch self {
    case .dropStarted: ["activity.started"]
    case .dropCompleted: ["activity.completed"]
    case .dropVerified: ["activity.verified"]
    case .reorderEvents: ["activity.order_invalid"]
    case .flipByte, .swapDigests, .editDigest: ["evidence.hash_mismatch"]
    case .dropEvidence: ["evidence.path_missing", "evidence.hash_path_missing"]
    case .forgeCommit: ["metadata.commit_sha_unreachable"]
    case .revokePrerequisite, .inventPrerequisite: ["gate.requires_not_proven"]
    }
  }
}

/// The texts of a phase, changed as bytes. Every change answers nil where there is nothing to change.
package enum PhaseEdit {
  /// A feed without the events of one kind that name a phase.
  package static func without(_ action: ActivityAction, of phase: String, _ feed: [UInt8]) -> [UInt8]? {
    var isChanged = false
    let kept = lines(feed).filter { line in
      let goes = event(line, of: phase) == action
      isChanged = isChanged || goes
      return !goes
    }
    return isChanged ? Array(kept.joined(separator: [0x0A])) : nil
  }

  /// A feed in which the phase was verified when it was started, and the other way round.
  package static func reordered(_ phase: String, _ feed: [UInt8]) -> [UInt8]? {
    var changed: Set<ActivityAction> = []
    let edited = lines(feed).map { line -> [UInt8] in
      guard let action = event(line, of: phase), action != .completed,
        let value = try? JSON.read(Array(line)), let word = value["action"]
      else { return Array(line) }
      changed.insert(action)
      var edited = Array(line)
      let other = action == .started ? ActivityAction.verified : .started
      edited.replaceSubrange(
        word.position.offset..<word.endPosition.offset, with: Array("\"\(other.rawValue)\"".utf8))
      return edited
    }
    return changed.count == 2 ? Array(edited.joined(separator: [0x0A])) : nil
  }

  /// A text in which two digests, or any two other texts, have changed places.
  package static func exchanged(_ first: String, _ second: String, _ text: [UInt8]) -> [UInt8]? {
    let (left, right) = (Array(first.utf8), Array(second.utf8))
    guard left != right, !left.isEmpty, !right.isEmpty else { return nil }
    var edited: [UInt8] = []
    var rest = text[...]
    while true {
      let (one, other) = (rest.firstRange(of: left), rest.firstRange(of: right))
      guard let next = [one, other].compactMap({ $0 }).min(by: { $0.lowerBound < $1.lowerBound }) else { break }
      edited += rest[..<next.lowerBound]
      edited += next == one ? right : left
      rest = rest[next.upperBound...]
    }
    edited += rest
    return edited == text ? nil : edited
  }

  /// A text with another in the place of every occurrence of one.
  package static func replaced(_ old: String, by new: String, _ text: [UInt8]) -> [UInt8]? {
    let pattern = Array(old.utf8)
    guard !pattern.isEmpty, text.firstRange(of: pattern) != nil else { return nil }
    return Array(text.split(separator: pattern, omittingEmptySubsequences: false).joined(separator: Array(new.utf8)))
  }

  /// A registry that calls a phase PARTIAL.
  package static func revoked(_ phase: String, _ registry: [UInt8]) -> [UInt8]? {
    guard let root = try? YAML.read(registry), let verdict = root["phases"]?[phase]?["verdict"] else { return nil }
    var edited = registry
    edited.replaceSubrange(
      verdict.position.offset..<verdict.endPosition.offset, with: Array("\"PARTIAL\"".utf8))
    return edited
  }

  /// A registry by which a phase requires one that nobody has proved.
  package static func requiring(_ other: String, for phase: String, _ registry: [UInt8]) -> [UInt8]? {
    guard let root = try? YAML.read(registry), let entry = root["phases"]?[phase],
      let list = entry["requires"], list.kind == .array
    else { return nil }
    let names = list.elements.map { "\"\($0.text)\"" } + ["\"\(other)\""]
    var edited = registry
    edited.replaceSubrange(
      list.position.offset..<list.endPosition.offset, with: Array("[\(names.joined(separator: ", "))]".utf8))
    return edited
  }

  private static func lines(_ feed: [UInt8]) -> [ArraySlice<UInt8>] {
    feed.split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  /// What an event is to the chain of a phase; nil for events of others and for other actions.
  private static func event(_ line: ArraySlice<UInt8>, of phase: String) -> ActivityAction? {
    guard line.firstRange(of: Array(phase.utf8)) != nil, let value = try? JSON.read(Array(line)),
      let event = ActivityEvent(value), event.phase == phase || event.task == phase
    else { return nil }
    return event.action
  }
}
