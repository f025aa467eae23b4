import Formats
import Glibc

/// What tells, without reading, that the members of a gate are those that were hashed: their names and stamps in their
/// order, as one digest.
struct MemberSeal: Sendable {
  private var hasher = SHA256()
  private var isStable = true
  private var begun: FileStamp?
  private let time = FileStamp.now()

  /// A member was opened.
  mutating func begin(_ member: MemberStream.Member, _ descriptor: Int32) {
    begun = FileStamp(of: descriptor)
    add(member.path, begun)
  }

  /// All of it was read.
  mutating func end(_ descriptor: Int32) {
    if begun == nil || FileStamp(of: descriptor) != begun { isStable = false }
    begun = nil
  }

  /// A member as it stands, which is not to be read.
  mutating func add(_ path: [UInt8], _ stamp: FileStamp?) {
    guard let stamp, !stamp.isRacy(readAt: time) else {
      isStable = false
      return
    }
    let numbers = [
      UInt64(path.count), stamp.device, stamp.inode, UInt64(bitPattern: stamp.byteCount),
      UInt64(bitPattern: stamp.modified), UInt64(bitPattern: stamp.changed),
    ]
    var record = path
    for number in numbers {
      for shift in stride(from: 0, to: 64, by: 8) { record.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }
    hasher.update(record.span)
  }

  /// The digest; nil when a member changed while it was read, or shortly before.
  var digest: Digest? { isStable ? hasher.finalize() : nil }
}

extension FileStamp {
  /// The stamp of an open file; nil when it cannot be asked.
  init?(of descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }
}
