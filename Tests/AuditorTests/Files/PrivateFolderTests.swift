import Glibc
import Testing

@testable import Auditor

@Suite struct PrivateFolderTests {
  private let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  @Test func `it lies where TMPDIR says, and nobody else can enter it`() throws {
    let folder = try PrivateFolder(for: "test", environment: ["TMPDIR": temporary.path])
    #expect(folder.path.hasPrefix("\(temporary.path)/auditor-test-"))
    var status = stat()
    #expect(unsafe stat(folder.path, &status) == 0 && status.st_mode & 0o777 == 0o700)
    let other = try PrivateFolder(for: "test", environment: ["TMPDIR": temporary.path])
    #expect(folder.path != other.path)
  }

  @Test func `without TMPDIR, or with an empty one, it lies in the usual place`() throws {
    for environment in [[:], ["TMPDIR": ""]] {
      #expect(try PrivateFolder(for: "test", environment: environment).path.hasPrefix("/tmp/auditor-test-"))
    }
  }

  @Test func `a TMPDIR that is not there is named, and no other folder is taken instead`() throws {
    let absent = "\(temporary.path)/absent"
    let error = #expect(throws: FileError.self) { try PrivateFolder(for: "test", environment: ["TMPDIR": absent]) }
    #expect(error?.path == absent && error?.operation == .makeFolder)
  }

  @Test func `it goes with everything in it, and what links lead to stays`() throws {
    try AtomicFile.write([1], to: "\(temporary.path)/kept/file")
    var folder: PrivateFolder? = try PrivateFolder(for: "test", environment: ["TMPDIR": temporary.path])
    let path = try #require(folder).path
    try AtomicFile.write([1], to: "\(path)/a/b/c")
    #expect(unsafe symlink("\(temporary.path)/kept", "\(path)/a/link") == 0)
    folder = nil
    #expect(!FileStatus.exists(path) && FileStatus.exists("\(temporary.path)/kept/file"))
    let told = try PrivateFolder(for: "test", environment: ["TMPDIR": temporary.path])
    told.remove()
    #expect(!FileStatus.exists(told.path))
  }
}
