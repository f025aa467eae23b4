import Glibc

/// Writes files so that a reader, or a kill at any instant, sees the old content or the new and nothing between.
package enum AtomicFile {
  /// Writes to a temporary file in the same folder, flushes it to the disk and renames it into place. Makes missing
  /// folders on the way.
  ///
  /// - Throws: `FileError`; the old file is then untouched and the temporary one removed.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    // The name is unique to this process and path: two runs at once never share a temporary file.
    let temporary = "\(path).\(getpid()).tmp"
    do throws(FileError) {
      try writeFlushed(bytes, to: temporary)
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    guard unsafe rename(temporary, path) == 0 else {
      let code = errno
      unsafe unlink(temporary)
      throw FileError(.rename, path: path, code: code)
    }
  }

  /// The file that a temporary one of `write` was to become; nil for names that are none. A killed run leaves them.
  static func destination(ofTemporary name: Substring) -> Substring? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.last == "tmp", UInt32(parts[parts.count - 2]) != nil else { return nil }
    return name.dropLast(parts[parts.count - 2].utf8.count + ".".utf8.count + ".tmp".utf8.count)
  }

  /// Makes a folder and those above it; one that exists is fine.
  package static func makeFolder(_ path: String) throws(FileError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw FileError(.makeFolder, path: path, code: errno)
    }
    try makeFolder(String(path[..<slash]))
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileError(.makeFolder, path: path, code: errno)
    }
  }

  private static func writeFlushed(_ bytes: [UInt8], to path: String) throws(FileError) {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FileError(.write, path: path, code: errno) }
    defer { close(descriptor) }
    try writeFlushed(bytes, to: descriptor, path: path)
  }

  /// Writes to an open file and flushes it to the disk; `path` is for messages.
  static func writeFlushed(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
    try DescriptorWriting.write(bytes, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw FileError(.write, path: path, code: errno) }
  }
}
