import Glibc

/// Named bounds on what is read from the outside world.
package enum FileLimits {
  /// The most bytes of one file that is read whole. Larger ones are refused or skipped with a reason, never cut.
  package static let fileBytes = 1 << 30
  /// The most bytes of one line of a file that is read line by line, whatever the size of the file.
  package static let lineBytes = 1 << 26
  /// The most folders inside each other below a root; each takes a descriptor while a path is walked.
  package static let folderDepth = 400
  /// The most symbolic links on the way to one file, as in Linux.
  package static let links = 40
}

/// Reads whole files as bytes: regular files only, never blocking on a FIFO, bounded in size.
package enum FileReader {
  /// The bytes of a regular file; symbolic links are followed.
  ///
  /// - Throws: `FileError` for what is absent, unreadable, no regular file, or above `limit` bytes.
  package static func read(_ path: String, limit: Int = FileLimits.fileBytes) throws(FileError) -> [UInt8] {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(.open, path: path, code: errno) }
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  /// The bytes behind an open descriptor, from its current place; `path` is for messages.
  package static func read(_ descriptor: Int32, path: String, limit: Int) throws(FileError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
    if let kind = irregularKind(status.st_mode) { throw FileError(.read, path: path, reason: .notRegular(kind)) }
    guard status.st_size <= limit else { throw FileError(.read, path: path, reason: .tooLarge(limit: limit)) }
    var bytes: [UInt8] = []
    var chunk = Int(status.st_size) + 1
    while true {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: start), chunk)
      }
      if count < 0, errno != EINTR { throw FileError(.read, path: path, code: errno) }
      bytes.removeLast(chunk - max(count, 0))
      if count == 0 { return bytes }
      guard bytes.count <= limit else { throw FileError(.read, path: path, reason: .tooLarge(limit: limit)) }
      // A file that grew while it was read: go on in small steps.
      if count > 0 {
        chunk = bytes.count > Int(status.st_size) ? 1 << 16 : max(1, Int(status.st_size) + 1 - bytes.count)
      }
    }
  }

  /// The next bytes behind an open descriptor, as many as there is room for; 0 at the end.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8], path: String) throws(FileError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(.read, path: path, code: errno) }
    }
  }

  /// What a mode says, in words, when it is no regular file.
  static func irregularKind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "folder"
    case S_IFIFO: "FIFO"
    case S_IFSOCK: "socket"
    case S_IFLNK: "symbolic link"
    case S_IFCHR, S_IFBLK: "device"
    default: "special file"
    }
  }
}
