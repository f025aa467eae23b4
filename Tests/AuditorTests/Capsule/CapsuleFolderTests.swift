import Formats
import Glibc
import Rules
import Testing

@testable import Auditor

/// A capsule is there whole or not at all, and takes nobody's place but that of a capsule.
@Suite struct CapsuleFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sums(_ files: [(path: String, bytes: [UInt8])]) -> [UInt8] {
    Array(files.map { "\(SHA256.digest($0.bytes).hex)  \($0.path)\n" }.joined().utf8)
  }

  private func files(_ text: String) -> [(path: String, bytes: [UInt8])] {
    let files = [(path: "capsule.json", bytes: Array("{}".utf8)), (path: "a/b", bytes: Array(text.utf8))]
    return files + [(path: "SHA256SUMS", bytes: sums(files))]
  }

  private func input(_ path: String, _ text: String) -> InputRecord {
    InputRecord(path: path, role: "feed", sha256: SHA256.digest(Array(text.utf8)).hex, byteCount: text.utf8.count)
  }

  private var place: String { "\(folder.path)/capsule" }

  private func content(_ path: String) -> String? {
    (try? FileReader.read("\(place)/\(path)")).map { String(decoding: $0, as: UTF8.self) }
  }

  private func names() throws -> [String] { try FolderListing.names(in: folder.path) }

  @Test func filesAreCopiedAsTheyWereJudged() throws {
    try AtomicFile.write(Array("event".utf8), to: "\(folder.path)/tree/log/feed")
    try CapsuleFolder(place + "/").write(
      files("one"), copies: [(input: input("log/feed", "event"), path: "evidence/log/feed")],
      root: "\(folder.path)/tree")
    #expect(content("a/b") == "one" && content("evidence/log/feed") == "event")
    #expect(try names() == ["capsule", "tree"])
  }

  @Test func aFileThatChangedMakesNoCapsule() throws {
    try AtomicFile.write(Array("other".utf8), to: "\(folder.path)/tree/feed")
    let copies = [(input: input("feed", "event"), path: "evidence/feed")]
    #expect(throws: CapsuleError.self) {
      try CapsuleFolder(place).write(files("one"), copies: copies, root: "\(folder.path)/tree")
    }
    #expect(try names() == ["tree"], "nothing temporary is left")
  }

  @Test func anEarlierCapsuleIsReplacedWithAllItHeld() throws {
    let first = files("one") + [(path: "old", bytes: [])]
    var listed = Array(first.dropLast(2)) + [first[3]]
    listed.append((path: "SHA256SUMS", bytes: sums(listed)))
    try CapsuleFolder(place).write(listed, copies: [], root: folder.path)
    #expect(content("old") != nil)
    try CapsuleFolder(place).write(files("two"), copies: [], root: folder.path)
    #expect(content("a/b") == "two" && content("old") == nil)
    #expect(try names() == ["capsule"])
  }

  @Test(arguments: ["notes.txt", "a/mine", "capsule.json/x"])
  func somebodysFilesAreNotTouched(stranger: String) throws {
    if stranger == "notes.txt" {
      try AtomicFile.makeFolder(place)
    } else {
      try CapsuleFolder(place).write(files("one"), copies: [], root: folder.path)
      if stranger == "capsule.json/x" { unlink("\(place)/capsule.json") }
    }
    try AtomicFile.write(Array("mine".utf8), to: "\(place)/\(stranger)")
    #expect(throws: CapsuleError.self) { try CapsuleFolder(place).write(files("two"), copies: [], root: folder.path) }
    #expect(content(stranger) == "mine")
    #expect(try names() == ["capsule"])
  }

  @Test func anEmptyFolderIsFilledAndALinkIsRefused() throws {
    try AtomicFile.makeFolder(place)
    try CapsuleFolder(place).write(files("one"), copies: [], root: folder.path)
    #expect(content("a/b") == "one")
    symlink(place, "\(folder.path)/link")
    #expect(throws: CapsuleError.self) {
      try CapsuleFolder("\(folder.path)/link").write(files("two"), copies: [], root: folder.path)
    }
    #expect(content("a/b") == "one")
  }
}
