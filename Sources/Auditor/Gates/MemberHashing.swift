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

  init(_ members: [MemberStream.Member], root: RootedFolder, isSealed: Bool = false) {
    memberCount = members.count
    stream = MemberStream(members, root: root, isSealed: isSealed)
  }

  /// Takes the next piece of each through its hasher; answers those that are at their end.
  static func advance(_ all: [MemberHashing]) -> [MemberHashing] {
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
