import Glibc

/// Holds a folder against other runs for as long as it lives: read, change and write of a file in it are then one step.
/// The lock lies on the folder itself, so it leaves nothing behind, and ends with the process.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Waits until nobody else holds the folder; makes it when it does not exist.
  init(_ folder: String) throws(FileError) {
    descriptor = try Self.acquire(folder)
  }

  deinit { close(descriptor) }

  private static func acquire(_ folder: String) throws(FileError) -> Int32 {
    try AtomicFile.makeFolder(folder)
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.open, path: folder, code: errno) }
    while flock(descriptor, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      let code = errno
      close(descriptor)
      throw FileError(.open, path: folder, code: code)
    }
    return descriptor
  }
}
