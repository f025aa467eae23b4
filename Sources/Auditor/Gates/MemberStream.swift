import Formats
import Glibc
import Rules

/// The bytes of many files as one stream, in pieces of one buffer: memory does not grow with the evidence.
struct MemberStream: ~Copyable {
  /// A file of the stream.
  struct Member: Sendable {
    /// Below the root, as bytes.
    let path: [UInt8]
    /// As the index or the bundle names it.
    let name: [UInt8]
  }

  private var walk: RootedWalk
  private let members: [Member]
  private var position = 0
  private var file: OpenDescriptor?
  /// Why the stream ended before its end.
  private(set) var problem: HashFact?
  /// The refusal of the system behind the problem.
  private(set) var failure: FileError?

  /// A stream over files below a root.
  init(_ members: [Member], root: RootedFolder) {
    self.members = members
    walk = RootedWalk(root)
  }

  /// Fills a buffer as far as the stream goes and answers how many bytes are in it; 0 at the end, and when there is a
  /// `problem`.
  mutating func fill(_ buffer: inout [UInt8]) -> Int {
    var filled = 0
    while filled < buffer.count, problem == nil {
      if file == nil {
        guard position < members.count else { break }
        openNext()
      }
      guard let number = file?.number else { continue }
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: filled), bytes.count - filled)
      }
      if count > 0 {
        filled += count
      } else if count == 0 {
        file = nil
      } else if errno != EINTR {
        stop(members[position - 1], FileError(.read, path: shown(members[position - 1]), code: errno))
      }
    }
    return problem == nil ? filled : 0
  }

  private mutating func openNext() {
    let member = members[position]
    position += 1
    do {
      file = try walk.open(member.path)
    } catch {
      stop(member, error)
    }
  }

  /// Ends the stream. An absent member is not the last word: one behind it that leads outside the root outweighs it.
  private mutating func stop(_ member: Member, _ error: FileError) {
    file = nil
    guard error.isAbsence else {
      problem =
        error.isOutside
        ? .outsideRoot(path: shown(member)) : .unreadable(path: shown(member), problem: error.explanation)
      if case .system = error.reason { failure = error }
      return
    }
    problem = .absent(path: shown(member))
    for other in members[position...] {
      do {
        _ = try walk.find(other.path)
      } catch {
        guard error.isOutside else { continue }
        problem = .outsideRoot(path: shown(other))
        return
      }
    }
  }

  private func shown(_ member: Member) -> String { String(decoding: member.name, as: UTF8.self) }
}
