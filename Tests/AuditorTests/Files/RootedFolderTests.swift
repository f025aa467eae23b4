import Auditor
import Glibc
import Testing

@Suite("A rooted folder")
struct RootedFolderTests {
  /// `root/` with evidence, `outside/` with a secret beside it.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("inside", to: "root/a/b/file")
    try folder.write("secret", to: "outside/file")
    try folder.write("sibling", to: "root-sibling/file")
  }

  private func root() throws -> RootedFolder { try RootedFolder("\(folder.path)/root") }

  @Test(
    "reads what lies inside, however it is written",
    arguments: ["a/b/file", "a//b/./file", "./a/b/file/", "a/b/../b/file", "../root/a/b/file", "a/../../root/a/b/file"])
  func readsInside(path: String) throws {
    #expect(try root().read(path) == Array("inside".utf8))
  }

  @Test(
    "refuses what lies outside",
    arguments: [
      "../outside/file", "a/../../outside/file", "a/b/../../../outside/file", "/etc/passwd", "/", "..",
      "../root-sibling/file", "../../../../../../../../../../etc/passwd", "../outside/absent", "../rootless",
    ])
  func refusesOutside(path: String) throws {
    #expect(throws: FileError(.resolve, path: path, reason: .outsideRoot)) { try root().read(path) }
    #expect(throws: FileError(.resolve, path: path, reason: .outsideRoot)) { _ = try root().inspect(path) }
  }

  @Test(
    "refuses links to the outside, anywhere on the way",
    arguments: [
      ("link", "../outside/file", "link"), ("link", "../outside", "link/file"),
      ("a/link", "../../outside", "a/link/file"),
      ("link", "/etc", "link/passwd"), ("link", "..", "link/outside/file"), ("link", "../outside/absent", "link"),
      ("link", "a/../../outside/file", "link"),
    ])
  func refusesLinks(name: String, target: String, path: String) throws {
    try folder.link("root/\(name)", to: target)
    #expect(throws: FileError(.resolve, path: path, reason: .outsideRoot)) { try root().read(path) }
  }

  @Test("follows links that stay inside, relative, absolute and through each other")
  func followsInnerLinks() throws {
    try folder.link("root/one", to: "a/b")
    try folder.link("root/two", to: "\(folder.path)/root/one")
    try folder.link("root/a/three", to: "../two/file")
    try folder.link("entry", to: "root")
    #expect(try root().read("a/three") == Array("inside".utf8))
    #expect(try root().read("\(folder.path)/root/one/file") == Array("inside".utf8))
    let byLink = try RootedFolder("\(folder.path)/entry")
    #expect(try byLink.read("two/file") == Array("inside".utf8))
    #expect(try byLink.read("\(folder.path)/entry/a/three") == Array("inside".utf8))
  }

  @Test("climbs from where a link leads, not from where it stands")
  func climbsPhysically() throws {
    try folder.link("root/deep", to: "a/b")
    #expect(try root().inspect("deep/..") == .folder)
    #expect(try root().read("deep/../b/file") == Array("inside".utf8))
    #expect(throws: FileError.self) { try root().inspect("deep/../a") }
  }

  @Test("says of what is not there only that")
  func absence() throws {
    try folder.link("root/dangling", to: "nothing")
    try folder.link("root/loop", to: "loop")
    for (path, code) in [
      ("none", ENOENT), ("dangling", ENOENT), ("a/b/file/x", ENOTDIR), ("loop", ELOOP), ("a\0b", ENOENT),
    ] {
      #expect(throws: FileError(.resolve, path: path, code: code)) { try root().inspect(path) }
    }
  }

  @Test("never opens what is no regular file", .timeLimit(.minutes(5)))
  func special() throws {
    try folder.makeFIFO("root/pipe")
    try folder.link("root/to-pipe", to: "pipe")
    #expect(try root().inspect("pipe") == .special("FIFO"))
    for path in ["pipe", "to-pipe"] {
      #expect(throws: FileError(.read, path: path, reason: .notRegular("FIFO"))) { try root().read(path) }
    }
    #expect(throws: FileError(.read, path: "a", reason: .notRegular("folder"))) { try root().read("a") }
  }

  @Test("one walk serves many paths without mixing them up")
  func walkIsReused() throws {
    try folder.write("other", to: "root/a/other")
    try folder.link("root/a/jump", to: "../c")
    try folder.write("c", to: "root/c/file")
    var walk = RootedWalk(try root())
    for (path, canonical) in [
      ("a/b/file", "a/b/file"), ("a/other", "a/other"), ("a/jump/file", "c/file"), ("a/b", "a/b"), ("c/file", "c/file"),
      ("a/b/file", "a/b/file"), ("a/b/../other", "a/other"), (".", ""),
    ] {
      _ = try walk.find(Array(path.utf8))
      #expect(String(decoding: walk.canonicalPath, as: UTF8.self) == canonical)
    }
    do {
      _ = try walk.find(Array("../outside/file".utf8))
      Issue.record("the walk went outside")
    } catch {
      #expect(error.reason == .outsideRoot)
    }
    #expect(try walk.find(Array("a/other".utf8)) == .file)
  }

  @Test("lists a tree in byte order of whole paths and tells links apart")
  func tree() throws {
    try folder.write("", to: "root/t/a-b")
    try folder.write("", to: "root/t/a/z")
    try folder.write("", to: "root/t/a0")
    try folder.makeFIFO("root/t/fifo")
    for (name, target) in [
      ("in-file", "a0"), ("in-folder", "a"), ("loop", "loop"), ("out-file", "../../outside/file"),
      ("out-folder", "../.."),
    ] { try folder.link("root/t/\(name)", to: target) }
    let entries = try root().tree("t/")
    #expect(
      entries.map { "\(String(decoding: $0.path, as: UTF8.self)) \($0.kind)" } == [
        "a folder", "a-b file", "a/z file", "a0 file", "fifo special", "in-file linkToFile", "in-folder linkToFolder",
        "loop linkToNothing", "out-file linkOutsideRoot", "out-folder linkOutsideRoot",
      ])
  }

  @Test("keeps names that are not UTF-8 as they are")
  func rawNames() throws {
    let name: [UInt8] = [0x66, 0xFF, 0xFE]
    let made = unsafe (Array("\(folder.path)/root/".utf8) + name + [0]).withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return Int32(-1) }
      return unsafe creat(start.assumingMemoryBound(to: CChar.self), 0o600)
    }
    try #require(made >= 0)
    close(made)
    #expect(try root().tree(".").contains { $0.path == name })
  }

  @Test("ends a tree that is too deep with the limit's name")
  func depth() throws {
    let deep = Array(repeating: "d", count: FileLimits.folderDepth + 1).joined(separator: "/")
    try folder.makeFolder("root/\(deep)")
    #expect { try root().inspect(deep) } throws: { error in
      (error as? FileError)?.reason == .tooDeep(limit: FileLimits.folderDepth)
    }
  }

  @Test("is refused for what is no folder")
  func badRoot() {
    #expect(throws: FileError.self) { try RootedFolder("\(folder.path)/none") }
    #expect(throws: FileError.self) { try RootedFolder("\(folder.path)/outside/file") }
  }
}
