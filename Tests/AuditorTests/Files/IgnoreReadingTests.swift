import Auditor
import Formats
import Glibc
import Testing

@Suite("Reading ignore files")
struct IgnoreReadingTests {
  @Test("gathers those above the asked paths, and the repository's own exclude file")
  func gathers() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.makeFolder(folder.path + "/.git/info")
    try AtomicFile.makeFolder(folder.path + "/src/gen")
    try AtomicFile.write(Array("*.tmp\n".utf8), to: folder.path + "/.git/info/exclude")
    try AtomicFile.write(Array("*.o\n".utf8), to: folder.path + "/.gitignore")
    try AtomicFile.write(Array("!keep.o\n".utf8), to: folder.path + "/src/gen/.gitignore")
    let paths = ["src/gen/keep.o", "src/keep.o", "src/a.tmp", "a.c"].map { Array($0.utf8) }
    let tree = try IgnoreTree.reading(root: folder.path, for: paths)
    let sources = paths.map { tree.decision(for: $0, isDirectory: false)?.source }
    #expect(sources == ["src/gen/.gitignore", ".gitignore", ".git/info/exclude", nil])
  }

  @Test("does not follow links, as git does not")
  func links() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.makeFolder(folder.path + "/real")
    try AtomicFile.write(Array("*\n".utf8), to: folder.path + "/real/.gitignore")
    unsafe #expect(symlink("real", folder.path + "/link") == 0)
    unsafe #expect(symlink("real/.gitignore", folder.path + "/.gitignore") == 0)
    let path = Array("link/a".utf8)
    #expect(try IgnoreTree.reading(root: folder.path, for: [path]).decision(for: path, isDirectory: false) == nil)
  }
}
