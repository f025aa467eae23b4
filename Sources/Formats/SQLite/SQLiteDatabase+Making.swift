internal import CSQLite
import Glibc

extension SQLiteDatabase {
  /// What SQLite writes beside a database.
  private static let companions = ["", "-journal", "-wal", "-shm"]

  /// Makes a database file that is there with everything that `setUp` puts into it, or not at all: it is written under
  /// another name and then linked to its own. False when there is a file of that name already; it is left as it is.
  ///
  /// What killed makers of the same file have left is removed first; each holds its own locked.
  public static func make(
    _ path: String, _ setUp: (borrowing SQLiteDatabase) throws -> Void
  ) throws -> Bool {
    guard !path.utf8.contains(0) else { throw SQLiteError(SQLITE_CANTOPEN, "the path has a NUL in it") }
    removeLeftovers(of: path)
    // Not by the process: its number is not its own on a disk that containers share.
    let temporary = "\(path).\(UInt32.random(in: 0...UInt32.max)).tmp"
    let number = unsafe Glibc.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard number >= 0 else { throw failure(path, errno) }
    _ = flock(number, LOCK_EX)
    defer {
      for ending in companions { unsafe unlink(temporary + ending) }
      close(number)
    }
    try build(temporary, setUp)
    var log = stat()
    if unsafe stat("\(temporary)-wal", &log) == 0, log.st_size > 0 { throw failure(path, EIO) }
    if unsafe link(temporary, path) == 0 { return true }
    guard errno == EEXIST else { throw failure(path, errno) }
    return false
  }

  /// Reads a file to its end.
  ///
  /// - Throws: `SQLiteError` for what the system does not give.
  public static func checkReadable(_ path: String) throws(SQLiteError) {
    let number = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw failure(path, errno) }
    defer { close(number) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
      if count == 0 { return }
      if count < 0, errno != EINTR {
        throw SQLiteError(SQLITE_IOERR, "\(path): cannot read: \(unsafe String(cString: strerror(errno)))")
      }
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> SQLiteError {
    SQLiteError(SQLITE_CANTOPEN, "\(path): \(unsafe String(cString: strerror(code)))")
  }

  /// The connection is closed when this returns, and with it all content is in the one file.
  private static func build(_ path: String, _ setUp: (borrowing SQLiteDatabase) throws -> Void) throws {
    let database = try open(path, .readWriteCreate)
    try setUp(database)
  }

  /// What cannot be removed stays: it is in nobody's way.
  private static func removeLeftovers(of path: String) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let listing = unsafe opendir(folder) else { return }
    defer { unsafe closedir(listing) }
    while let entry = unsafe readdir(listing) {
      let found = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard found.hasPrefix(name + "."), found.hasSuffix(".tmp"),
        UInt32(found.dropFirst(name.count + 1).dropLast(".tmp".count)) != nil
      else { continue }
      let leftover = "\(folder)/\(found)"
      let number = unsafe Glibc.open(leftover, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard number >= 0 else { continue }
      if flock(number, LOCK_EX | LOCK_NB) == 0 { for ending in companions { unsafe unlink(leftover + ending) } }
      close(number)
    }
  }
}
