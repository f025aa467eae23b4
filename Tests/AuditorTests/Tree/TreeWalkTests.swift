import Glibc
import Rules
import Testing

@testable import Auditor

@Suite("Walking a tree")
struct TreeWalkTests {
  private func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, text) in files { try AtomicFile.write(Array(text.utf8), to: "\(folder.path)/\(path)") }
    return folder
  }

  @Test("files come in byte order, ignored ones are counted and left out")
  func order() throws {
    let folder = try folder([
      "b.txt": "", "a/z.txt": "", "B.txt": "", "build/x.o": "", "build/y.o": "", "c.log": "",
      ".gitignore": "build/\n*.log\n",
    ])
    let listing = try TreeWalk().list(folder.path)
    #expect(listing.files.map(\.path) == [".gitignore", "B.txt", "a/z.txt", "b.txt"])
    #expect(listing.coverage.skipped == [.ignored: 2])
    let all = try TreeWalk(honoursIgnoreFiles: false).list(folder.path)
    #expect(all.files.count == 7 && all.coverage.skipped.isEmpty)
  }

  @Test("links, FIFOs and other repositories are met, counted and never entered")
  func others() throws {
    let folder = try folder([
      "a.txt": "", "sub/.git/HEAD": "", "sub/.git/objects/x": "", "sub/.git/refs/x": "", "sub/b.txt": "",
      "module/.git": "gitdir: ../sub/.git\n", "module/b.txt": "",
    ])
    #expect(symlink("/", "\(folder.path)/root") == 0)
    #expect(symlink(".", "\(folder.path)/loop") == 0)
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    let listing = try TreeWalk().list(folder.path)
    #expect(listing.files.map(\.path) == ["a.txt"])
    #expect(listing.coverage.skipped == [.link: 2, .special: 1, .nestedRepository: 2])
    #expect(listing.unevaluated.isEmpty)
  }

  @Test("what is only called a repository hides nothing")
  func noRepositories() throws {
    let folder = try folder([
      "a/.git": "", "a/a.txt": "", "b/.git/HEAD": "", "b/b.txt": "", "c/.git": "gitdir: ../nowhere\n", "c/c.txt": "",
    ])
    let listing = try TreeWalk().list(folder.path)
    #expect(listing.files.map(\.path) == ["a/.git", "a/a.txt", "b/.git/HEAD", "b/b.txt", "c/.git", "c/c.txt"])
    #expect(listing.coverage.skipped.isEmpty)
  }

  @Test("names that are not UTF-8 are found by their bytes")
  func rawNames() throws {
    let folder = try TemporaryFolder()
    var name = Array("\(folder.path)/".utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    let descriptor = open(&name, O_CREAT | O_WRONLY, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let listing = try TreeWalk().list(folder.path)
    #expect(listing.files.map(\.rawPath) == [[0xFF]])
  }

  @Test("a root that is no folder is an error with its path")
  func noFolder() throws {
    let folder = try folder(["a.txt": ""])
    #expect(throws: FileError.self) { try TreeWalk().list("\(folder.path)/a.txt") }
    #expect(throws: FileError.self) { try TreeWalk().list("\(folder.path)/none") }
  }

  @Test("what an audit writes is no part of what it audits")
  func ownReports() {
    #expect(ReportSet.writes("reports/dod_report.latest.json", into: "reports"))
    #expect(ReportSet.writes("reports/20260101T000000000000Z_dod_report.json", into: "reports"))
    #expect(ReportSet.writes("junit.xml", into: ""))
    #expect(!ReportSet.writes("reports/evidence.json", into: "reports"))
    #expect(!ReportSet.writes("reports/old/junit.xml", into: "reports"))
    #expect(!ReportSet.writes("junit.xml", into: "reports"))
  }
}
