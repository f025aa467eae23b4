package import Formats
import Glibc

/// SHA-256 digests of files of any size, read in chunks. Regular files only; symbolic links are followed.
package enum FileDigest {
  /// The digest of a file and how many bytes it has.
  package struct Digested: Sendable, Equatable {
    /// SHA-256 of the content.
    package let digest: Digest
    /// The size that was read.
    package let byteCount: Int
  }

  /// The digest of one file.
  package static func sha256(of path: String) throws(FileError) -> Digested {
    var chunks = try FileChunks(path)
    var hasher = SHA256()
    var byteCount = 0
    while try chunks.advance() {
      byteCount += chunks.count
      hasher.update(chunks.buffer.span.extracting(..<chunks.count))
    }
    return Digested(digest: hasher.finalize(), byteCount: byteCount)
  }

  /// The digests of two files, read side by side and hashed interleaved: about 1.7 times as fast as one after the other on
  /// a processor with SHA extensions. One that fails does not keep the other from its digest.
  package static func sha256(
    ofPair first: String, _ second: String
  ) -> (first: Result<Digested, FileError>, second: Result<Digested, FileError>) {
    do throws(FileError) {
      let (firstDigest, secondDigest) = try interleaved(first, second)
      return (.success(firstDigest), .success(secondDigest))
    } catch {
      // Which one failed, and the digest of the other, comes out when each is read alone.
      return (alone(first), alone(second))
    }
  }

  private static func alone(_ path: String) -> Result<Digested, FileError> {
    do throws(FileError) { return .success(try sha256(of: path)) } catch { return .failure(error) }
  }

  private static func interleaved(_ first: String, _ second: String) throws(FileError) -> (Digested, Digested) {
    var firstChunks = try FileChunks(first)
    var secondChunks = try FileChunks(second)
    var (firstHasher, secondHasher) = (SHA256(), SHA256())
    var (firstCount, secondCount) = (0, 0)
    var hasMore = true
    while hasMore {
      let firstHasMore = try firstChunks.advance()
      let secondHasMore = try secondChunks.advance()
      hasMore = firstHasMore || secondHasMore
      firstCount += firstChunks.count
      secondCount += secondChunks.count
      SHA256.updatePair(
        &firstHasher, firstChunks.buffer.span.extracting(..<firstChunks.count), &secondHasher,
        secondChunks.buffer.span.extracting(..<secondChunks.count))
    }
    let (firstDigest, secondDigest) = SHA256.finalizePair(firstHasher, secondHasher)
    return (
      Digested(digest: firstDigest, byteCount: firstCount), Digested(digest: secondDigest, byteCount: secondCount)
    )
  }
}

/// A file that is read through one buffer.
private struct FileChunks: ~Copyable {
  /// Large enough that the calls do not count, small enough for the second-level cache.
  private static let size = 1 << 18

  private let descriptor: Int32
  private let path: String
  private(set) var buffer = [UInt8](repeating: 0, count: FileChunks.size)
  /// The bytes of the buffer that count.
  private(set) var count = 0

  init(_ path: String) throws(FileError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    self.path = path
    guard descriptor >= 0 else { throw FileError(.open, path: path, code: errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(.inspect, path: path, code: errno) }
    if let kind = FileReader.irregularKind(status.st_mode) {
      throw FileError(.read, path: path, reason: .notRegular(kind))
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Fills the buffer, short only at the end of the file; false when nothing was left.
  mutating func advance() throws(FileError) -> Bool {
    count = 0
    while count < Self.size {
      let start = count
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress?.advanced(by: start), Self.size - start)
      }
      if got < 0, errno != EINTR { throw FileError(.read, path: path, code: errno) }
      if got == 0 { break }
      count += max(got, 0)
    }
    return count > 0
  }
}
