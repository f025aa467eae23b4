import Glibc

/// Writes files so that a reader, or a kill at any instant, sees the old content or the new and nothing between.
package enum AtomicFile {
  /// Writes to a temporary file in the same folder, flushes it to the disk and renames it into place. Makes missing
  /// folders on the way.
  ///
  /// - Parameter tidies: whether what killed runs have left of this file is removed; the folder is listed for that.
  /// - Throws: `FileError`; the old file is then untouched and the temporary one removed.
  package static func write(_ bytes: [UInt8], to path: String, tidies: Bool = false) throws(FileError) {
    if tidies { PlacedFile.removeLeftovers(of: path) }
    try Interruption.delayed { () throws(FileError) in try staged(bytes, for: path).commit() }
  }

  /// Writes and flushes a temporary file beside a path, to be put in place later: several files then change together as
  /// nearly as the file system lets them.
  static func staged(_ bytes: [UInt8], for path: String) throws(FileError) -> PlacedFile {
    let file = try PlacedFile(for: path)
    try file.append(bytes)
    try file.flush()
    return file
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
}

/// Writing to open files.
enum DescriptorWriting {
  /// Writes all bytes; `path` is for messages.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileError(.write, path: path, code: count < 0 ? errno : ENOSPC) }
      written += count
    }
  }

  /// Flushes an open file to the disk.
  static func flush(_ descriptor: Int32, path: String) throws(FileError) {
    while fsync(descriptor) != 0 {
      guard errno == EINTR else { throw FileError(.write, path: path, code: errno) }
    }
  }
}
