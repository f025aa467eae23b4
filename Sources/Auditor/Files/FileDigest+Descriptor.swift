import Formats
import Glibc

extension FileDigest {
  /// Large enough that the calls do not count.
  private static let pieceSize = 1 << 18

  /// The digest of what is behind an open descriptor, from its current place, in pieces; `path` is for messages.
  ///
  /// - Throws: `FileError` when it cannot be read.
  static func sha256(of descriptor: Int32, path: String) throws(FileError) -> Digested {
    var hasher = SHA256()
    var buffer = [UInt8](repeating: 0, count: pieceSize)
    var byteCount = 0
    while true {
      try Interruption.check(.read, path)
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(.read, path: path, code: errno) }
      if count == 0 { return Digested(digest: hasher.finalize(), byteCount: byteCount) }
      hasher.update(buffer.span.extracting(0..<count))
      byteCount += count
    }
  }
}
