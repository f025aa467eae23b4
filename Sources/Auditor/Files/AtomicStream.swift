import Glibc

/// A file that is written piece by piece and stands in its place only once it is complete: a reader, or a kill at any
/// instant, sees the old content or the new.
struct AtomicStream: ~Copyable {
  private static let bufferedBytes = 1 << 20

  private let path: String
  private let temporary: String
  private let file: OpenDescriptor
  private var waiting: [UInt8] = []
  private var isCommitted = false

  /// Begins a file; makes missing folders on the way.
  init(_ path: String) throws(FileError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try AtomicFile.makeFolder(String(path[..<slash]))
    }
    let temporary = "\(path).\(getpid()).tmp"
    let number = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard number >= 0 else { throw FileError(.write, path: path, code: errno) }
    self.path = path
    self.temporary = temporary
    file = OpenDescriptor(owning: number)
  }

  deinit {
    if !isCommitted { unsafe unlink(temporary) }
  }

  /// Appends bytes.
  mutating func append(_ bytes: [UInt8]) throws(FileError) {
    waiting += bytes
    if waiting.count >= Self.bufferedBytes { try flush() }
  }

  /// Flushes everything to the disk and puts the file in its place.
  mutating func commit() throws(FileError) {
    try flush()
    guard fsync(file.number) == 0 else { throw FileError(.write, path: path, code: errno) }
    guard unsafe rename(temporary, path) == 0 else { throw FileError(.rename, path: path, code: errno) }
    isCommitted = true
  }

  private mutating func flush() throws(FileError) {
    try DescriptorWriting.write(waiting, to: file.number, path: path)
    waiting.removeAll(keepingCapacity: true)
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
      guard count > 0 else { throw FileError(.write, path: path, code: errno) }
      written += count
    }
  }
}
