import Rules
import Testing

@testable import Auditor

@Suite("The reader of git's diffs")
struct GitDiffReaderTests {
  private static let zeros = String(repeating: "0", count: 40)

  private func read(_ text: String) -> [GitChange]? { GitDiffReader.read(Array(text.utf8)) }

  @Test("joins the raw part, the numbers and the patch")
  func parts() throws {
    let text =
      ":100644 100644 \(Self.zeros) \(Self.zeros) M\0a\nb.py\0:100644 000000 \(Self.zeros) \(Self.zeros) D\0gone\0"
      + ":000000 120000 \(Self.zeros) \(Self.zeros) A\0link\0:100644 100644 \(Self.zeros) \(Self.zeros) M\0bin\0"
      + "2\t1\ta\nb.py\0" + "0\t1\tgone\0" + "1\t0\tlink\0" + "-\t-\tbin\0" + "\0"
      + "diff --git \"a/a\\nb.py\" \"b/a\\nb.py\"\n--- \"a/a\\nb.py\"\n+++ \"b/a\\nb.py\"\n@@ -3 +3,2 @@ def f():\n"
      + "-x\n\\ No newline at end of file\n+y\n+@@ -1 +1 @@\n\\ No newline at end of file\n"
      + "diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-+++ b/bin\n"
    let changes = try #require(read(text))
    #expect(changes.map(\.kind) == [.file, .removed, .other, .file])
    #expect(changes.map(\.lines) == [.some([3...4]), .some([]), .some([]), .all])
    #expect(changes[0].path == Array("a\nb.py".utf8))
  }

  @Test("a rename takes away the old name")
  func rename() throws {
    let changes = try #require(
      read(":100644 100644 \(Self.zeros) \(Self.zeros) R090\0old\0new\0" + "0\t0\t\0old\0new\0" + "\0"))
    #expect(changes.map(\.kind) == [.removed, .file])
    #expect(changes.map(\.path) == [Array("old".utf8), Array("new".utf8)])
  }

  @Test("nothing changed is no change")
  func empty() { #expect(read("") == []) }

  @Test(
    "refuses what git does not print",
    arguments: [
      ":100644", ":100644 100644 a b M\0", ":1 2 3 4\0a\0", "1\t1\0", "\0@@ nonsense\n", "\0@@ -1 +1 @@\nx\n",
      "\0@@ -1,9999999999999999999 +1 @@\n", "\0@@ -1,3 +1 @@\n-a\n",
    ])
  func refusals(text: String) { #expect(read(text) == nil) }

  @Test("survives cuts and bent bytes anywhere")
  func bent() {
    let text = Array(
      (":100644 100644 \(Self.zeros) \(Self.zeros) R090\0old\0new\0" + "1\t1\t\0old\0new\0" + "\0"
        + "diff --git a/old b/new\n--- a/old\n+++ \"b/n\\303\\274\"\n@@ -1 +1 @@\n-a\n+b\n").utf8)
    for end in text.indices { _ = GitDiffReader.read(Array(text[..<end])) }
    for index in text.indices {
      for byte: UInt8 in [0, 9, 10, 34, 58, 92, 255] {
        var bent = text
        bent[index] = byte
        _ = GitDiffReader.read(bent)
      }
    }
  }
}
