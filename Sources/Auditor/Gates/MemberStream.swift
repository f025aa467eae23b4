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
  private var sealing: MemberSeal?
  /// Why the stream ended before its end.
  private(set) var problem: HashFact?
  /// The refusal of the system behind the problem.
  private(set) var failure: FileError?
  /// The member of which the last `fill` came to the end; only told to who asks for pieces within files.
  private(set) var endedMember: Int?

  /// A stream over files below a root; with `isSealed` it notes how they stood while they were read.
  init(_ members: [Member], root: RootedFolder, isSealed: Bool = false) {
    self.members = members
    sealing = isSealed ? MemberSeal() : nil
    walk = RootedWalk(root)
  }

  /// How many files it has come to.
  var openedCount: Int { position }

  /// How the files stood; nil where nobody asked, one of them changed, or the stream has a problem.
  var seal: Digest? { problem == nil ? sealing?.digest : nil }

  /// Fills a buffer as far as the stream goes and answers how many bytes are in it; 0 at the end, and when there is a
  /// `problem`. Within files no piece goes beyond the end of one, which is told by `endedMember`; an empty file is a piece
  /// of 0 bytes that ends.
  mutating func fill(_ buffer: inout [UInt8], isWithinFiles: Bool = false) -> Int {
    var filled = 0
    endedMember = nil
    while filled < buffer.count, problem == nil {
      if file == nil {
        guard position < members.count else { break }
        openNext()
      }
      guard let number = file?.number else { continue }
      if let name = Interruption.name {
        let member = members[position - 1]
        stop(member, FileError(.read, path: shown(member), reason: .interrupted(name)))
        continue
      }
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: filled), bytes.count - filled)
      }
      if count > 0 {
        filled += count
      } else if count == 0 {
        sealing?.end(number)
        file = nil
        if isWithinFiles {
          endedMember = position - 1
          break
        }
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
      let opened = try walk.open(member.path)
      sealing?.begin(member, opened.number)
      file = consume opened
    } catch {
      stop(member, error)
    }
  }

  private mutating func stop(_ member: Member, _ error: FileError) {
    file = nil
    (problem, failure) = Self.problem(error, at: member, before: members[position...], &walk)
  }

  /// What it means that a member cannot be read, and the refusal of the system behind it. An absent member is not the last
  /// word: one behind it that leads outside the root outweighs it.
  static func problem(
    _ error: FileError, at member: Member, before others: ArraySlice<Member>, _ walk: inout RootedWalk
  ) -> (problem: HashFact, failure: FileError?) {
    guard error.isAbsence else {
      if error.isOutside { return (.outsideRoot(path: member.shown), nil) }
      var failure: FileError?
      switch error.reason {
      case .system, .interrupted: failure = error
      default: break
      }
      return (.unreadable(path: member.shown, problem: error.explanation), failure)
    }
    for other in others {
      do {
        _ = try walk.find(other.path)
      } catch {
        if error.isOutside { return (.outsideRoot(path: other.shown), nil) }
      }
    }
    return (.absent(path: member.shown), nil)
  }

  private func shown(_ member: Member) -> String { member.shown }
}

extension MemberStream.Member {
  /// The name for people.
  fileprivate var shown: String { String(decoding: name, as: UTF8.self) }
}
