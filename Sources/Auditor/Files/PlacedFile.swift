import Glibc

/// A file under a name that nobody else has, until it is put in its place whole: a reader, or a kill at any instant, sees
/// the old content or the new. Given up and removed unless it is committed.
///
/// It is held locked, so that what a killed run has left can be told from what another run is writing just now.
final class PlacedFile {
  /// Names are random: a few tries only fail where something is wrong.
  private static let attempts = 64
  private static let ending = ".tmp"

  /// What it is to become.
  let path: String
  private let temporary: String
  private let file: OpenDescriptor
  private var isDone = false

  /// Makes one beside a path; makes missing folders on the way.
  init(for path: String) throws(FileError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try AtomicFile.makeFolder(String(path[..<slash]))
    }
    self.path = path
    let (name, number) = try Self.make(path)
    temporary = name
    file = OpenDescriptor(owning: number)
  }

  deinit {
    if !isDone { unsafe unlink(temporary) }
  }

  /// Appends bytes.
  func append(_ bytes: [UInt8]) throws(FileError) { try DescriptorWriting.write(bytes, to: file.number, path: path) }

  /// Flushes everything to the disk.
  func flush() throws(FileError) { try DescriptorWriting.flush(file.number, path: path) }

  /// Puts the file in its place, over what stands there.
  func commit() throws(FileError) {
    guard unsafe rename(temporary, path) == 0 else { throw FileError(.rename, path: path, code: errno) }
    isDone = true
  }

  /// What stands behind a name while it is written: a number that no other process takes, wherever it runs. Process ids
  /// are not unique on a disk that containers or machines share.
  static func newEnding() -> String { ".\(UInt32.random(in: 0...UInt32.max))\(ending)" }

  /// The file that a temporary one was to become; nil for names that are none. A killed run leaves them.
  static func destination(of name: Substring) -> Substring? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.last == ending.dropFirst(), UInt32(parts[parts.count - 2]) != nil else { return nil }
    return name.dropLast(parts[parts.count - 2].utf8.count + 1 + ending.utf8.count)
  }

  /// Removes what killed runs have left in a folder of the files that are meant. What cannot be removed stays: it is in
  /// nobody's way.
  static func removeLeftovers(in folder: String, of isMeant: (Substring) -> Bool) {
    for name in (try? FolderListing.names(in: folder)) ?? [] {
      guard let destination = destination(of: name[...]), isMeant(destination) else { continue }
      let path = "\(folder)/\(name)"
      let number = unsafe open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard number >= 0 else { continue }
      let file = OpenDescriptor(owning: number)
      if flock(file.number, LOCK_EX | LOCK_NB) == 0 { unsafe unlink(path) }
    }
  }

  /// The same of one file.
  static func removeLeftovers(of path: String) {
    let parts = PathParts(path)
    removeLeftovers(in: parts.folder) { $0.elementsEqual(parts.name) }
  }

  private static func make(_ path: String) throws(FileError) -> (name: String, number: Int32) {
    for _ in 0..<attempts {
      let name = path + newEnding()
      let number = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if number < 0, errno == EEXIST || errno == EINTR { continue }
      guard number >= 0 else { throw FileError(.write, path: path, code: errno) }
      // Where the file system knows no locks, nobody can take it for a leftover either.
      while flock(number, LOCK_EX) != 0, errno == EINTR {}
      var status = stat()
      if unsafe fstat(number, &status) != 0 || status.st_nlink > 0 { return (name, number) }
      close(number)
    }
    throw FileError(.write, path: path, code: EEXIST)
  }
}
