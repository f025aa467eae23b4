import Glibc

/// Holds a bundle root against other writers: an exclusive lock on its `.runtime.lock` (BUNDLE_RULES section 8), which is
/// removed when the work is done.
struct BundleLock: ~Copyable {
  /// Why there is no lock.
  enum Refusal: Error {
    /// Somebody else holds it.
    case held
    /// What is there is no regular file.
    case notRegular
    /// The system refused.
    case failed(FileError)
  }

  /// How long a waiting writer sleeps between two tries.
  private static let pauseMicroseconds: useconds_t = 10_000

  private let folder: OpenDescriptor
  private let file: OpenDescriptor
  private let name: [UInt8]

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - folder: the open bundle root.
  ///   - patience: for how long to wait for somebody else; zero means not at all.
  init(in folder: consuming OpenDescriptor, name: String, patience: Duration) throws(Refusal) {
    let deadline = ContinuousClock.now + patience
    let name = Array(name.utf8)
    let here = folder.number
    while true {
      if let number = try Self.attempt(name, in: here) {
        self.file = OpenDescriptor(owning: number)
        self.folder = folder
        self.name = name
        return
      }
      guard ContinuousClock.now < deadline else { throw .held }
      usleep(Self.pauseMicroseconds)
    }
  }

  deinit {
    // While the lock is still held: whoever opens the name now gets a file of its own.
    _ = unsafe withName(name) { unsafe unlinkat(folder.number, $0, 0) }
  }

  /// The locked file, or nil when somebody else holds it.
  private static func attempt(_ name: [UInt8], in folder: Int32) throws(Refusal) -> Int32? {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let number = unsafe withName(name) { unsafe openat(folder, $0, flags, 0o666) }
    guard number >= 0 else {
      if errno == ELOOP || errno == EISDIR || errno == ENXIO { throw .notRegular }
      throw .failed(FileError(.open, path: String(decoding: name, as: UTF8.self), code: errno))
    }
    var status = stat()
    guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(number)
      throw .notRegular
    }
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      close(number)
      return nil
    }
    // Its last holder may have removed it after it was opened here: then the name stands for another file by now.
    var named = stat()
    let found = unsafe withName(name) { unsafe fstatat(folder, $0, &named, AT_SYMLINK_NOFOLLOW) }
    guard found == 0, named.st_ino == status.st_ino, named.st_dev == status.st_dev else {
      close(number)
      return nil
    }
    return number
  }
}
