import Glibc

/// What a path is, following links.
package struct FileStatus: Sendable {
  /// A folder.
  package let isFolder: Bool
  /// A regular file.
  package let isRegular: Bool
  /// Bytes.
  package let byteCount: Int

  /// Asks the file system.
  ///
  /// - Throws: `FileError` when there is nothing or it may not be asked.
  package static func of(_ path: String) throws(FileError) -> FileStatus {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
    return FileStatus(
      isFolder: status.st_mode & S_IFMT == S_IFDIR, isRegular: status.st_mode & S_IFMT == S_IFREG,
      byteCount: Int(status.st_size))
  }

  /// Whether there is something at a path that may be asked about.
  package static func exists(_ path: String) -> Bool {
    (try? of(path)) != nil
  }
}
