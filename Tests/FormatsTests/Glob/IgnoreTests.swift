import Formats
import Testing

@Suite("Ignore files")
struct IgnoreTests {
  @Test(
    "one pattern decides as git decides",
    arguments: [
      // pattern, ignored, not ignored; a slash at the end of a path says folder
      ("foo", "foo a/foo a/b/foo foo/ foo/x", "foobar afoo a/foo.c"),
      ("foo/", "foo/ a/foo/ foo/x", "foo a/foo"),
      ("/foo", "foo foo/x", "a/foo"),
      ("a/foo", "a/foo a/foo/x", "foo b/a/foo"),
      ("*.o", "x.o a/x.o .o", "x.oo x"),
      ("*", "a .b c/d", ""),
      ("f*o", "fo foo fxo a/fo", "f/o foob/x.c oof"),
      ("a/*", "a/b a/b/c", "a/ ab"),
      ("a/*/c", "a/b/c", "a/c a/b/b/c"),
      ("**/foo", "foo a/foo a/b/foo", "afoo"),
      ("foo/**", "foo/a foo/a/b", "foo foo/ a/foo/b"),
      ("a/**/b", "a/b a/x/b a/x/y/b", "ab a/xb"),
      ("a**/b", "ab a/b ax/b a/x/b", "b"),
      ("?.c", "a.c d/b.c", ".c ab.c"),
      ("[a-c]x", "ax bx", "dx -x x"),
      ("[!a-c]x", "dx -x", "ax"),
      ("[^a-c]x", "dx", "ax"),
      ("[]x]", "] x", "[ a"),
      ("[a-]", "a -", "b"),
      ("[[:digit:][:upper:]]", "1 A", "a"),
      ("[[:nope:]]", "", "n : ]"),
      ("[a", "", "[a a"),
      ("a[/]b", "", "a/b"),
      ("\\#a", "#a", "\\#a"),
      ("\\!a", "!a", "a"),
      ("a\\*", "a*", "ab a\\*"),
      ("a\\", "", "a a\\"),
      ("a ", "a", ""),
      ("/", "", "a a/"),
    ])
  func onePattern(pattern: String, ignored: String, kept: String) {
    let tree = tree([("", pattern + "\n")])
    for path in ignored.split(separator: " ") { #expect(isIgnored(tree, String(path)), "\(pattern) on \(path)") }
    for path in kept.split(separator: " ") { #expect(!isIgnored(tree, String(path)), "\(pattern) on \(path)") }
  }

  @Test("the last match wins, the deeper file first, .git/info/exclude last")
  func precedence() {
    let tree = tree([("", "*.log\n!keep.log\n"), ("a", "!x.log\n")], exclude: "keep.log\n*.tmp\n")
    #expect(isIgnored(tree, "x.log"))
    #expect(!isIgnored(tree, "keep.log"))
    #expect(!isIgnored(tree, "a/x.log"))
    #expect(isIgnored(tree, "a/b.tmp"))
  }

  @Test("nothing below an ignored folder can be taken back in")
  func ignoredFolder() throws {
    let tree = tree([("", "build/\n!build/keep\n"), ("build", "!*\n")])
    let decision = try #require(tree.decision(for: Array("build/keep".utf8), isDirectory: false))
    #expect(decision.line == 1)
    #expect(!decision.isNegated)
  }

  @Test("a decision names its file, line and pattern; blank lines and comments count as lines")
  func explanation() throws {
    let tree = tree([("src", "\u{FEFF}# comment\r\n\r\n!*.o  \r\n")])
    let decision = try #require(tree.decision(for: Array("src/a.o".utf8), isDirectory: false))
    #expect(decision.source == "src/.gitignore")
    #expect(decision.line == 3)
    #expect(decision.text == Array("!*.o".utf8))
    #expect(decision.isNegated)
  }

  @Test(
    "blanks, line ends, byte order mark and NUL are read as git reads them",
    arguments: [
      ("a  \n", "a"), ("a\\ \n", "a "), ("a\\  \n", "a "), ("a\t\n", "a\t"), ("a\r\n", "a"), ("a\r", "a"), ("a", "a"),
      ("\u{FEFF}a\n", "a"), ("a\0b\n", "a"), ("\\#a\n", "#a"), (" a\n", " a"),
    ])
  func lines(file: String, name: String) {
    #expect(isIgnored(tree([("", file)]), name))
    #expect(!isIgnored(tree([("", file)]), name + "x"))
  }

  @Test("a walk extends its rules folder by folder")
  func walk() {
    let root = IgnoreRules().appending(IgnoreFile(Array("*.o\n".utf8), base: [], source: ".gitignore"))
    let deeper = root.appending(IgnoreFile(Array("!a.o\n".utf8), base: Array("d".utf8), source: "d/.gitignore"))
    #expect(root.isIgnored(Array("d/a.o".utf8), isDirectory: false))
    #expect(!deeper.isIgnored(Array("d/a.o".utf8), isDirectory: false))
    #expect(deeper.decision(for: Array("d/a.c".utf8), isDirectory: false) == nil)
  }

  @Test("hostile patterns stay cheap")
  func hostile() {
    let stars = String(repeating: "a*", count: 500) + "b"
    let deep = String(repeating: "**/a*/", count: 300) + "b"
    let classes = "[" + String(repeating: "[:", count: 200_000) + "]"
    let tree = tree([("", "\(stars)\n/x/\(stars)\n\(deep)\n\(classes)\n")])
    #expect(!isIgnored(tree, String(repeating: "a", count: 4_000)))
    #expect(!isIgnored(tree, "x/" + String(repeating: "a", count: 4_000)))
    #expect(!isIgnored(tree, String(repeating: "aa/", count: 400) + "c"))
  }

  @Test("any bytes are an ignore file")
  func anyBytes() {
    var noise = Noise(seed: 9)
    let alphabet = Array("ab/*?[]!^-\\ \n\r#:\0".utf8)
    for _ in 0..<2_000 {
      let bytes = noise.bytes(Int(noise.next() % 40)).map { alphabet[Int($0) % alphabet.count] }
      let file = IgnoreFile(bytes, base: [], source: ".gitignore")
      for path in ["a", "b/a", "a/b/ab"] {
        if let decision = IgnoreTree([file]).decision(for: Array(path.utf8), isDirectory: false) {
          #expect(bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count >= decision.line)
        }
      }
    }
  }

  private func tree(_ files: [(base: String, text: String)], exclude: String? = nil) -> IgnoreTree {
    IgnoreTree(
      files.map { file in
        let source = file.base.isEmpty ? ".gitignore" : file.base + "/.gitignore"
        return IgnoreFile(Array(file.text.utf8), base: Array(file.base.utf8), source: source)
      },
      exclude: exclude.map { IgnoreFile(Array($0.utf8), base: [], source: ".git/info/exclude") })
  }

  private func isIgnored(_ tree: IgnoreTree, _ path: String) -> Bool {
    let isDirectory = path.hasSuffix("/")
    return tree.isIgnored(Array((isDirectory ? String(path.dropLast()) : path).utf8), isDirectory: isDirectory)
  }
}
