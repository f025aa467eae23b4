import Formats
import Rules

/// The members of one gate on their way through SHA-256. Two can be fed together, which one core does in little more
/// than the time of one.
final class MemberHashing {
  private static let bufferSize = 1 << 18

  private let memberCount: Int
  private var stream: MemberStream
  private var hasher = SHA256()
  private var buffer = [UInt8](repeating: 0, count: MemberHashing.bufferSize)
  private var filled = 0
  private var isAtEnd = false
  private let listed: [Digest?]?
  private var memberHasher = SHA256()
  /// The members whose own digest is not the listed one, by their place; nil where none was listed.
  private(set) var differing: [Int]?

  /// - Parameter listed: the digest that each member should have by itself, where there is one; nil when members need no
  ///   digest of their own.
  init(_ members: [MemberStream.Member], root: RootedFolder, isSealed: Bool = false, listed: [Digest?]? = nil) {
    memberCount = members.count
    self.listed = listed
    differing = listed == nil ? nil : []
    stream = MemberStream(members, root: root, isSealed: isSealed)
  }

  /// Takes the next piece of each through its hasher; answers those that are at their end.
  static func advance(_ all: [MemberHashing]) -> [MemberHashing] {
    let digesting = all.filter { $0.listed != nil }
    if !digesting.isEmpty {
      for one in digesting { one.advanceWithinFile() }
      return digesting.filter(\.isAtEnd)
    }
    for one in all { one.filled = one.stream.fill(&one.buffer) }
    if all.count == 2 {
      let (first, second) = (all[0].buffer, all[1].buffer)
      SHA256.updatePair(
        &all[0].hasher, first.span.extracting(..<all[0].filled), &all[1].hasher,
        second.span.extracting(..<all[1].filled))
    } else {
      for one in all {
        let bytes = one.buffer
        one.hasher.update(bytes.span.extracting(..<one.filled))
      }
    }
    return all.filter { $0.filled == 0 }
  }

  /// Takes a piece of one file through both hashers at once: the one over all members, and the file's own.
  private func advanceWithinFile() {
    filled = stream.fill(&buffer, isWithinFiles: true)
    let bytes = buffer
    let piece = bytes.span.extracting(..<filled)
    SHA256.updatePair(&hasher, piece, &memberHasher, piece)
    guard let ended = stream.endedMember else {
      isAtEnd = filled == 0
      return
    }
    let digest = memberHasher.finalize()
    memberHasher = SHA256()
    if let expected = listed?[ended], expected != digest { differing?.append(ended) }
  }

  /// What hashing came to, once all is at its end.
  var fact: HashFact {
    if let problem = stream.problem { return problem }
    return memberCount == 0 ? .nothing : .digest(hasher.finalize().hex, members: memberCount)
  }

  /// How many files it has come to.
  var openedCount: Int { stream.openedCount }

  /// How the files stood while they were read; see `MemberStream.seal`.
  var seal: Digest? { stream.seal }

  /// What the system refused.
  var failures: [FileError] { stream.failure.map { [$0] } ?? [] }
}
