import Auditor
import Formats
import Glibc
import Testing

@Suite("File digests")
struct FileDigestTests {
  @Test(
    "of files of any size are those of their bytes, alone and in pairs", arguments: [0, 1, 262_143, 262_144, 600_001])
  func digests(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try AtomicFile.write(bytes, to: folder.path + "/a")
    try AtomicFile.write([1, 2, 3], to: folder.path + "/b")
    let expected = SHA256.digest(bytes)
    let alone = try FileDigest.sha256(of: folder.path + "/a")
    #expect(alone.digest == expected)
    #expect(alone.byteCount == count)
    let pair = FileDigest.sha256(ofPair: folder.path + "/a", folder.path + "/b")
    #expect(try pair.first.get() == alone)
    #expect(try pair.second.get().digest == SHA256.digest([1, 2, 3]))
  }

  @Test("of what is no regular file are refused, and its partner is hashed all the same")
  func failures() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write([7], to: folder.path + "/a")
    #expect(throws: FileError.self) { try FileDigest.sha256(of: folder.path) }
    let pair = FileDigest.sha256(ofPair: folder.path + "/absent", folder.path + "/a")
    #expect(throws: FileError(.open, path: folder.path + "/absent", code: ENOENT)) { try pair.first.get() }
    #expect(try pair.second.get().digest == SHA256.digest([7]))
  }
}
