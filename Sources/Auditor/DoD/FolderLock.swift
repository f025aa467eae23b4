import Glibc

/// Holds a folder against other runs for as long as it lives: read, change and write of a file in it are then one step.
/// The lock lies on the folder itself, so it leaves nothing behind, and ends with the process.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Waits until nobody else holds the folder; makes it when it does not exist.
  init(_ folder: String) throws(FileError) {
    descriptor = try Self.acquire(folder)
  }

  private init(owning descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Holds a folder for work that is right without, only not in order with that of others: nil where the file system
  /// knows no locks.
  ///
  /// - Throws: `FileError`, also when somebody else holds it for longer than anybody would wait.
  static func ifPossible(_ folder: String) throws(FileError) -> FolderLock? {
    let lock = FolderLock(owning: try open(folder))
    for _ in 0...patienceMilliseconds / stepMilliseconds {
      if flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 { return lock }
      switch errno {
      case EWOULDBLOCK: usleep(useconds_t(stepMilliseconds * 1_000))
      case EINTR: continue
      // Directories cannot be locked on NFS.
      case EBADF, EINVAL, ENOLCK, ENOSYS, EOPNOTSUPP: return nil
      default: throw FileError(.lock, path: folder, code: errno)
      }
    }
    throw FileError(.write, path: folder, reason: .locked)
  }

  private static let patienceMilliseconds = 60_000
  private static let stepMilliseconds = 5

  private static func open(_ folder: String) throws(FileError) -> Int32 {
    try AtomicFile.makeFolder(folder)
    let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.open, path: folder, code: errno) }
    return descriptor
  }

  private static func acquire(_ folder: String) throws(FileError) -> Int32 {
    let descriptor = try open(folder)
    while flock(descriptor, LOCK_EX) != 0 {
      let code = errno
      if code == EINTR, !Interruption.isAsked { continue }
      close(descriptor)
      throw FileError(.lock, path: folder, code: code)
    }
    return descriptor
  }
}
