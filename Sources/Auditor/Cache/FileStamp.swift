import Glibc

/// What tells, without reading, that a file is the one that was read: device, inode, size, and both times.
///
/// The time of the last status change cannot be set by whoever owns the file, so a file that was written to and made to
/// look old again has another stamp.
struct FileStamp: Sendable, Equatable {
  let device: UInt64
  let inode: UInt64
  let byteCount: Int64
  /// Nanoseconds since 1970, as both times are.
  let modified: Int64
  let changed: Int64

  init(device: UInt64, inode: UInt64, byteCount: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.byteCount = byteCount
    self.modified = modified
    self.changed = changed
  }

  /// What no file has.
  static let none = FileStamp(device: 0, inode: 0, byteCount: -1, modified: 0, changed: 0)

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    byteCount = Int64(status.st_size)
    modified = FileStamp.nanoseconds(status.st_mtim)
    changed = FileStamp.nanoseconds(status.st_ctim)
  }

  /// Whether the file may be written to again without its stamp becoming another: it was changed too shortly before it
  /// was read for the clock of the file system to tell. The same as git's "racily clean".
  func isRacy(readAt now: Int64) -> Bool {
    let hasWholeSeconds = modified % 1_000_000_000 == 0 && changed % 1_000_000_000 == 0
    let margin: Int64 = hasWholeSeconds ? 2_000_000_000 : 100_000_000
    return max(modified, changed) > now - margin
  }

  /// The clock that files are stamped by.
  static func now() -> Int64 {
    var now = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return nanoseconds(now)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
