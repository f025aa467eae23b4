import Glibc

/// An activity feed that is written to: whole lines at its end, nothing before them ever touched.
package struct ActivityFeed: Sendable {
  /// How long another writer may hold the feed before this one gives up, in milliseconds: what is recorded must not hold
  /// up what is done.
  package static let patienceMilliseconds = 2_000

  private let path: String
  private let isMade: Bool

  /// The feed at an absolute path; `isMade` says whether it is made, with its folder, where there is none.
  package init(_ path: String, isMade: Bool) {
    self.path = path
    self.isMade = isMade
  }

  /// Adds events in one write, so that readers and a kill see all of them or none, and other writers' lines stay whole.
  /// A last line that somebody left without a line end gets one first.
  ///
  /// - Throws: `FileError`; the feed is then as it was.
  package func append(_ events: [FeedEvent]) throws(FileError) {
    let file = try open()
    try lock(file)
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
    if let kind = FileReader.irregularKind(status.st_mode) {
      throw FileError(.write, path: path, reason: .notRegular(kind))
    }
    var text: [UInt8] = try endsOpen(file, byteCount: status.st_size) ? [0x0A] : []
    for event in events { text += event.bytes + [0x0A] }
    try write(text, to: file, after: status.st_size)
  }

  private func open() throws(FileError) -> OpenDescriptor {
    if isMade, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try AtomicFile.makeFolder(String(path[..<slash]))
    }
    // The path has no links that lead somewhere; one that leads nowhere would have a file made where it points.
    let flags = O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | (isMade ? O_CREAT : 0)
    let number = unsafe Glibc.open(path, flags, 0o666)
    guard number >= 0 else { throw FileError(.write, path: path, code: errno) }
    return OpenDescriptor(owning: number)
  }

  /// Waits for other writers that lock, too; the lock ends with the descriptor.
  private func lock(_ file: borrowing OpenDescriptor) throws(FileError) {
    for _ in 0...Self.patienceMilliseconds / 5 {
      if flock(file.number, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw FileError(.write, path: path, code: errno) }
      usleep(5_000)
    }
    throw FileError(.write, path: path, reason: .locked)
  }

  private func endsOpen(_ file: borrowing OpenDescriptor, byteCount: off_t) throws(FileError) -> Bool {
    if byteCount == 0 { return false }
    var last: UInt8 = 0
    guard unsafe pread(file.number, &last, 1, byteCount - 1) == 1 else {
      throw FileError(.read, path: path, code: errno)
    }
    return last != 0x0A
  }

  private func write(_ text: [UInt8], to file: borrowing OpenDescriptor, after byteCount: off_t) throws(FileError) {
    var written: Int
    repeat {
      written = unsafe text.withUnsafeBytes { unsafe Glibc.write(file.number, $0.baseAddress, $0.count) }
    } while written < 0 && errno == EINTR
    if written == text.count { return }
    let code = written < 0 ? errno : ENOSPC
    takeBack(file, byteCount, written)
    throw FileError(.write, path: path, code: code)
  }

  /// A full disk can cut a line short; where nobody has written behind it, it is taken away again.
  private func takeBack(_ file: borrowing OpenDescriptor, _ byteCount: off_t, _ written: Int) {
    var status = stat()
    guard written > 0, unsafe fstat(file.number, &status) == 0, status.st_size == byteCount + off_t(written) else {
      return
    }
    _ = ftruncate(file.number, byteCount)
  }
}
