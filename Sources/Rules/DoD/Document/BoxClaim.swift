/// What a box of a definition of done claims, as far as that can be recomputed. Most boxes are for people and claim nothing
/// that could.
enum BoxClaim: Hashable {
  /// There are events of these actions.
  case activity([ActivityAction])
  /// The checker says PROVEN.
  case proven
  /// Nothing has to come first.
  case noPrerequisites
  /// What has to come first is PROVEN.
  case prerequisitesProven
  /// A commit is named that exists.
  case commit
  /// A digest of the evidence is recorded, and holds.
  case digest

  /// Reads a box in the words of the usual templates; nil for what only people can judge.
  init?(_ text: String) {
    let words = Set(text.lowercased().utf8.split { !ASCII.isWord($0) }.map { String(decoding: $0, as: UTF8.self) })
    let isAboutProof = text.utf8.split { !ASCII.isWord($0) }.contains { $0.elementsEqual(Self.proof) }
    func has(_ any: String...) -> Bool { any.contains { words.contains($0) } }
    if text.holds(Self.noPrerequisite) {
      self = .noPrerequisites
    } else if isAboutProof, has("prior", "prerequisite", "prerequisites", "needs") {
      self = .prerequisitesProven
    } else if isAboutProof && has("checker", "verdict", "dod")
      || text.holds(Self.exitsWithZero) && has("dod")
    {
      self = .proven
    } else if has("event", "events", "feed", "activity"), case let actions = Self.actions(words), !actions.isEmpty {
      self = has("digest", "hash", "sha256") ? .digest : .activity(actions)
    } else if has("commit"), has("referenced", "recorded", "reachable", "exists") {
      self = .commit
    } else if has("hash", "hashes", "digest", "digests", "sha256"), has("stored", "recorded", "named") {
      self = .digest
    } else {
      return nil
    }
  }

  private static let noPrerequisite = Array("no prerequisite".utf8)
  private static let exitsWithZero = Array("exits with 0".utf8)
  private static let proof = Array("PROVEN".utf8)

  private static func actions(_ words: Set<String>) -> [ActivityAction] {
    ActivityAction.allCases.filter { words.contains($0.rawValue) }
  }
}
