import Formats

/// What is done to the evidence of a sealed gate, to see whether the gate notices.
package enum GateMutation: String, Sendable, CaseIterable {
  case flipByte = "flip-byte"
  case flipLastByte = "flip-last-byte"
  case dropByte = "drop-byte"
  case dropMember = "drop-member"
  case addMember = "add-member"
  case swapMembers = "swap-members"
  case linkOut = "link-out"
  case dropEntry = "drop-entry"
  case reorderEntries = "reorder-entries"
  case swapDigests = "swap-digests"
  case editDigest = "edit-digest"
  case editSeal = "edit-seal"
  case emptySeal = "empty-seal"
  case dropSeal = "drop-seal"
  case dropIndex = "drop-index"
  case dropBundle = "drop-bundle"

  /// The mutation, with the reasons that would be right.
  package var mutation: Mutation { Mutation(rawValue, deed, expected: expected) }

  private var deed: String {
    switch self {
    case .flipByte: "flip a bit of the first byte of the first member"
    case .flipLastByte: "flip a bit of the last byte of the last member"
    case .dropByte: "cut the last byte off a member"
    case .dropMember: "take a member away"
    case .addMember: "put a file more into the bundle"
    case .swapMembers: "exchange the contents of two members"
    case .linkOut: "put a link out of the root in the place of a member"
    case .dropEntry: "take the first entry out of the index"
    case .reorderEntries: "exchange two entries of the index"
    case .swapDigests: "exchange two digests of the index"
    case .editDigest: "change one digit of a digest of the index"
    case .editSeal: "change one digit of the sealed digest"
    case .emptySeal: "empty the flag"
    case .dropSeal: "take the flag away"
    case .dropIndex: "take the index away"
    case .dropBundle: "take the bundle away"
    }
  }

  private var expected: Set<String> {
    switch self {
    case .flipByte, .flipLastByte, .addMember, .swapMembers, .reorderEntries, .swapDigests, .editDigest, .editSeal:
      ["DIGEST_MISMATCH"]
    case .dropByte, .dropEntry: ["DIGEST_MISMATCH", "EMPTY_EVIDENCE"]
    case .dropMember: ["DIGEST_MISMATCH", "MEMBER_ABSENT", "EMPTY_EVIDENCE"]
    case .linkOut: ["PATH_ESCAPE"]
    case .emptySeal: ["FLAG_UNREADABLE"]
    case .dropSeal: ["FLAG_ABSENT"]
    case .dropIndex: ["INDEX_ABSENT"]
    case .dropBundle: ["BUNDLE_ABSENT", "FLAG_ABSENT", "INDEX_ABSENT"]
    }
  }
}

/// Small files of a gate, changed as bytes. Every change answers nil where there is nothing to change.
package enum GateEdit {
  /// A flag with another digest.
  package static func seal(_ flag: [UInt8], law: HashLaw) -> [UInt8]? {
    guard let digest = try? GateFlag.digest(in: flag, field: law.digestField), !digest.isEmpty else { return nil }
    return flag.replacingDigit(of: digest)
  }

  /// An index without its first entry.
  package static func withoutFirst(_ index: [UInt8], law: HashLaw) -> [UInt8]? {
    guard let entries = entries(index, law), let first = entries.first else { return nil }
    let end = entries.count > 1 ? entries[1].position.offset : first.endPosition.offset
    var edited = index
    edited.removeSubrange(first.position.offset..<end)
    return edited
  }

  /// An index whose first entry has changed places with one that differs; nil where the order means nothing.
  package static func reordered(_ index: [UInt8], law: HashLaw) -> [UInt8]? {
    guard law.kind == .memberDigests || !law.isSorted, let entries = entries(index, law), let first = entries.first,
      let other = entries.dropFirst().first(where: { key($0, law) != key(first, law) })
    else { return nil }
    return index.exchanging(first, other)
  }

  /// An index in which two digests have changed places; nil where the law hashes no listed digest.
  package static func digestsExchanged(_ index: [UInt8], law: HashLaw) -> [UInt8]? {
    let digests = listedDigests(index, law)
    guard let first = digests.first, let other = digests.dropFirst().first(where: { $0.string != first.string }) else {
      return nil
    }
    return index.exchanging(first, other)
  }

  /// An index with another first digest; nil where the law hashes no listed digest.
  package static func digestEdited(_ index: [UInt8], law: HashLaw) -> [UInt8]? {
    guard let first = listedDigests(index, law).first, let text = first.string else { return nil }
    var edited = index
    let range = first.position.offset..<first.endPosition.offset
    guard let changed = Array(index[range]).replacingDigit(of: text) else { return nil }
    edited.replaceSubrange(range, with: changed)
    return edited
  }

  private static func listedDigests(_ index: [UInt8], _ law: HashLaw) -> [Value] {
    guard law.kind == .memberDigests, let field = law.digestField else { return [] }
    return (entries(index, law) ?? []).compactMap { entry in
      entry[field].flatMap { ($0.string ?? "").isEmpty ? nil : $0 }
    }
  }

  /// What the law takes from an entry.
  private static func key(_ entry: Value, _ law: HashLaw) -> String? {
    law.kind == .memberDigests ? law.digestField.flatMap { entry[$0]?.string } : entry["path"]?.string
  }

  /// The entries that the law looks at.
  private static func entries(_ index: [UInt8], _ law: HashLaw) -> [Value]? {
    guard law.kind != .bundle, let document = try? JSON.read(index) else { return nil }
    if document.kind == .array { return Array(document.elements) }
    let keys = law.kind == .memberDigests ? ["members", "items"] : ["items", "members", "entries", "files"]
    return keys.lazy.compactMap { document[$0] }.first { $0.kind == .array && $0.count > 0 }.map { Array($0.elements) }
  }
}

extension [UInt8] {
  /// The same with another last digit where a digest stands.
  fileprivate func replacingDigit(of digest: String) -> [UInt8]? {
    guard let range = firstRange(of: Array(digest.utf8)), let last = digest.utf8.last else { return nil }
    var edited = self
    edited[range.upperBound - 1] = last == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    return edited
  }

  /// The same with the texts of two values exchanged; the first stands before the second.
  fileprivate func exchanging(_ first: Value, _ second: Value) -> [UInt8] {
    let left = first.position.offset..<first.endPosition.offset
    let right = second.position.offset..<second.endPosition.offset
    var edited = Array(self[..<left.lowerBound])
    edited += self[right]
    edited += self[left.upperBound..<right.lowerBound]
    edited += self[left]
    edited += self[right.upperBound...]
    return edited
  }
}
