import Glibc

/// Reads the files of a tree one after the other into one buffer. Each thread has its own.
struct TreeReader: ~Copyable {
  /// What the buffer holds at least. Larger files make it larger, for as long as they come.
  private static let commonBytes = 1 << 20

  private var trail: FolderTrail
  private(set) var buffer: [UInt8] = []

  /// A reader of files below a root, whose descriptor stays the caller's.
  init(root: Int32) { trail = FolderTrail(root: root) }

  /// Reads a regular file into the buffer and answers how many of its bytes are the file's. No link is followed.
  ///
  /// - Throws: `FileError` for what is gone, unreadable, no regular file, or above `limit` bytes.
  mutating func read(_ file: TreeFile, limit: Int) throws(FileError) -> Int {
    let folder = try trail.folder(of: file.rawPath)
    let name = file.rawPath.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = unsafe withName(Array(file.rawPath[name...])) { unsafe openat(folder, $0, flags) }
    guard descriptor >= 0 else { throw FileError(.open, path: file.path, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(.inspect, path: file.path, code: errno) }
    if let kind = FileReader.irregularKind(status.st_mode) {
      throw FileError(.read, path: file.path, reason: .notRegular(kind))
    }
    guard status.st_size <= limit else { throw FileError(.read, path: file.path, reason: .tooLarge(limit: limit)) }
    makeRoom(Int(status.st_size) + 1)
    let count = try read(descriptor, file, expected: Int(status.st_size), limit: limit)
    // A large buffer can then be kept by whoever needs the content, without a copy.
    if count > TreeReader.commonBytes { buffer.removeLast(buffer.count - count) }
    return count
  }

  private mutating func makeRoom(_ count: Int) {
    if buffer.count >= count, buffer.count <= TreeReader.commonBytes { return }
    buffer = []
    buffer = [UInt8](repeating: 0, count: max(count, TreeReader.commonBytes))
  }

  /// Reads until the size that the file had, and on when it has grown; a file of unknown size (0) to its end.
  private mutating func read(
    _ descriptor: Int32, _ file: TreeFile, expected: Int, limit: Int
  ) throws(FileError) -> Int {
    var filled = 0
    while true {
      if filled == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
      let count = unsafe buffer.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw FileError(.read, path: file.path, code: errno) }
      filled += count
      guard filled <= limit else { throw FileError(.read, path: file.path, reason: .tooLarge(limit: limit)) }
      // A read that leaves room has seen the end, as far as regular files go.
      if count == 0 || filled == expected && expected > 0 { return filled }
    }
  }
}
