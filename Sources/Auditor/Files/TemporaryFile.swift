import Glibc

/// A file without a name, for what a run does not hold in memory: only this process can open it, and it is gone with the
/// process, whatever ends that.
struct TemporaryFile: ~Copyable, Sendable {
  private let descriptor: OpenDescriptor
  /// The folder, for messages.
  private let folder: String

  /// Makes one in the folder that `TMPDIR` names, else where large files belong.
  init(environment: [String: String]) throws(FileError) {
    let named = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? [$0] : nil }
    var failure = FileError(.write, path: "/tmp", code: ENOENT)
    for folder in named ?? ["/var/tmp", "/tmp"] {
      // Nobody can have it open already: the name is new, and only this user may open the file.
      let path = "\(folder)/auditor-\(UInt64.random(in: .min ... .max))"
      let number = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if number >= 0 {
        unsafe unlink(path)
        self.folder = folder
        descriptor = OpenDescriptor(owning: number)
        return
      }
      failure = FileError(.write, path: folder, code: errno)
    }
    throw failure
  }

  /// Adds bytes at the end.
  func append(_ bytes: [UInt8]) throws(FileError) {
    try DescriptorWriting.write(bytes, to: descriptor.number, path: folder)
  }

  /// Bytes that were added.
  func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var got = 0
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while got < count {
        let read = unsafe pread(
          descriptor.number, buffer.baseAddress?.advanced(by: got), count - got, off_t(offset + got))
        if read < 0, errno == EINTR { continue }
        if read <= 0 {
          code = read < 0 ? errno : EIO
          break
        }
        got += read
      }
      initialized = got
    }
    guard got == count else { throw FileError(.read, path: folder, code: code) }
    return bytes
  }
}
