import Glibc
import Testing

@testable import Auditor

@Suite("Reading the files of a tree")
struct TreeReaderTests {
  private func folder(_ files: [String: [UInt8]]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (path, bytes) in files { try AtomicFile.write(bytes, to: "\(folder.path)/\(path)") }
    return folder
  }

  /// What is read at each path, in this order, by one reader.
  private func contents(
    _ paths: [String], in folder: TemporaryFolder, limit: Int = 1 << 26
  ) -> [Result<[UInt8], FileError>] {
    let root = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(root) }
    var reader = TreeReader(root: root)
    return paths.map { path in
      do throws(FileError) {
        let count = try reader.read(TreeFile(rawPath: Array(path.utf8)), limit: limit)
        return .success(Array(reader.buffer[..<count]))
      } catch {
        return .failure(error)
      }
    }
  }

  @Test("files are read in any order, whatever their folders have in common")
  func order() throws {
    let paths = ["a", "b/a", "b/c/a", "b/cc/a", "b/d", "c/b/a", "bb/c/a", "b/c/d/e/f", "b/c/a2"]
    let folder = try folder(Dictionary(uniqueKeysWithValues: paths.map { ($0, Array("in \($0)".utf8)) }))
    for order in [paths, paths.reversed(), paths.sorted(), paths + paths] {
      #expect(contents(order, in: folder).map { try? $0.get() } == order.map { Array("in \($0)".utf8) })
    }
  }

  @Test("files of every size are whole, small ones after large ones too")
  func sizes() throws {
    let sizes = [0, 1, 4_095, 1 << 20, (1 << 20) - 1, (1 << 20) + 1, 3 << 20, 5, 0]
    let files = sizes.map { size in (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 + size) } }
    let folder = try folder(Dictionary(uniqueKeysWithValues: files.enumerated().map { ("f\($0)", $1) }))
    let read = contents(files.indices.map { "f\($0)" }, in: folder)
    for (file, content) in zip(files, read) { #expect(try content.get() == file) }
  }

  @Test("more folders inside each other than may stay open are walked to again")
  func deep() throws {
    let depth = 3 * FolderTrail.openFolders
    let paths = (0..<depth).map { String(repeating: "d/", count: $0) + "f" }
    let folder = try folder(Dictionary(uniqueKeysWithValues: paths.map { ($0, Array($0.utf8)) }))
    for order in [paths, paths.reversed(), [paths[depth - 1], paths[2], paths[depth - 2], paths[40], paths[0]]] {
      #expect(contents(order, in: folder).map { try? $0.get() } == order.map { Array($0.utf8) })
    }
  }

  @Test("a link is not followed, not even one that a folder was swapped for")
  func links() throws {
    let folder = try folder(["a/x": [1], "real/x": [2], "b/sub/x": [3]])
    #expect(rename("\(folder.path)/a", "\(folder.path)/moved") == 0)
    #expect(symlink("real", "\(folder.path)/a") == 0)
    #expect(rename("\(folder.path)/b/sub", "\(folder.path)/b/other") == 0)
    #expect(symlink("/etc", "\(folder.path)/b/sub") == 0)
    #expect(symlink("x", "\(folder.path)/real/link") == 0)
    let read = contents(["a/x", "b/sub/passwd", "real/link", "real/x"], in: folder)
    #expect(throws: FileError(.open, path: "a/x", code: ENOTDIR)) { try read[0].get() }
    #expect(throws: FileError(.open, path: "b/sub/passwd", code: ENOTDIR)) { try read[1].get() }
    #expect(throws: FileError(.open, path: "real/link", code: ELOOP)) { try read[2].get() }
    #expect(try read[3].get() == [2])
  }

  @Test("what is gone, no regular file, or too large is refused")
  func refusals() throws {
    let folder = try folder(["large": [1, 2, 3], "small": [1, 2]])
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    let read = contents(["gone", "none/x", "pipe", "large", "small"], in: folder, limit: 2)
    #expect(throws: FileError(.open, path: "gone", code: ENOENT)) { try read[0].get() }
    #expect(throws: FileError(.open, path: "none/x", code: ENOENT)) { try read[1].get() }
    #expect(throws: FileError(.read, path: "pipe", reason: .notRegular("FIFO"))) { try read[2].get() }
    #expect(throws: FileError(.read, path: "large", reason: .tooLarge(limit: 2))) { try read[3].get() }
    #expect(try read[4].get() == [1, 2])
  }
}
