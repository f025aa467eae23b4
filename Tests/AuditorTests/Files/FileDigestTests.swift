import Formats
import Glibc
import Testing

@testable import Auditor

@Suite("File digests")
struct FileDigestTests {
  /// Around the size of the buffer and of a block, where two lanes fall out of step.
  private static let sizes = [600_001, 0, 1, 262_144, 63, 64, 65, 262_143, 3, 524_288, 55, 0, 100_000]

  @Test("are those of the bytes, in the order of the paths, on any number of threads", arguments: [1, 2, 3, 20])
  func digests(jobs: Int) throws {
    let folder = try TemporaryFolder()
    var expected: [FileDigest.Answer] = []
    for (index, size) in Self.sizes.enumerated() {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ index) }
      try AtomicFile.write(bytes, to: "\(folder.path)/\(index)")
      expected.append(.success(FileDigest.Digested(digest: SHA256.digest(bytes), byteCount: size)))
    }
    let paths = Self.sizes.indices.map { Array("\(folder.path)/\($0)".utf8) }
    #expect(FileDigest.sha256(of: paths, jobs: jobs) == expected)
  }

  @Test("of what is no readable file are refused, and the others are hashed all the same", arguments: [1, 2])
  func failures(jobs: Int) throws {
    let folder = try TemporaryFolder()
    let (absent, file) = (folder.path + "/absent", folder.path + "/a")
    try AtomicFile.write([7], to: file)
    let hashed = FileDigest.Answer.success(FileDigest.Digested(digest: SHA256.digest([7]), byteCount: 1))
    let answers = FileDigest.sha256(of: [absent, file, folder.path, file].map { Array($0.utf8) }, jobs: jobs)
    #expect(
      answers == [
        .failure(FileError(.open, path: absent, code: ENOENT)), hashed,
        .failure(FileError(.read, path: folder.path, reason: .notRegular("folder"))), hashed,
      ])
  }

  @Test("of names that are not UTF-8 are found")
  func rawNames() throws {
    let folder = try TemporaryFolder()
    let name = Array(folder.path.utf8) + [UInt8(ascii: "/"), 0xFF]
    let descriptor = unsafe withName(name) { unsafe open($0, O_CREAT | O_WRONLY, 0o600) }
    #expect(descriptor >= 0)
    close(descriptor)
    let empty = FileDigest.Digested(digest: SHA256.digest([]), byteCount: 0)
    #expect(FileDigest.sha256(of: [name]) == [.success(empty)])
  }
}
