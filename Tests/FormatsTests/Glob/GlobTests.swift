import Formats
import Testing

@Suite("Glob")
struct GlobTests {
  @Test(
    "matches paths from the root, or names anywhere",
    arguments: [
      ("*.py", "a.py src/a.py", "a.pyc py"),
      ("src/*.py", "src/a.py", "a.py src/b/a.py x/src/a.py"),
      ("/*.py", "a.py", "src/a.py"),
      ("src/**/*.py", "src/a.py src/b/c/a.py", "a.py"),
      ("src/**", "src/a src/b/c", "src"),
      ("**", "a a/b", ""),
      ("a**/b", "ax/b a/b", "ab a/x/b"),
      ("*.{yaml,yml}", "a.yaml d/b.yml", "a.yam a.{yaml,yml}"),
      ("{a,b{c,d}}/x", "a/x bc/x bd/x", "b/x"),
      ("a{,b}", "a ab", "b"),
      ("[{,}]", "{ , }", "a"),
      ("\\{a\\}", "{a}", "a"),
      ("te?t[0-9]", "test1", "test tet1"),
      ("Ü*", "Über", "U"),
    ])
  func matches(pattern: String, matching: String, other: String) throws {
    let glob = try Glob(pattern)
    for path in matching.split(separator: " ") { #expect(glob.matches(Array(path.utf8)), "\(pattern) on \(path)") }
    for path in other.split(separator: " ") { #expect(!glob.matches(Array(path.utf8)), "\(pattern) on \(path)") }
  }

  @Test("covers what lies in a folder that it matches")
  func covers() throws {
    let folder = try Glob("vendor/")
    #expect(folder.covers(Array("vendor/a.c".utf8)))
    #expect(folder.covers(Array("x/vendor/y/a.c".utf8)))
    #expect(!folder.covers(Array("vendor".utf8)))
    #expect(!folder.covers(Array("vendored/a.c".utf8)))
    #expect(try Glob("src/gen").covers(Array("src/gen/a/b.c".utf8)))
  }

  @Test(
    "malformed patterns are refused", arguments: ["", "/", "//", "[a", "a\\", "{a,b", "{a,{b}", "[[:nope:]]", "{a,}"])
  func refused(pattern: String) {
    #expect(throws: FormatError.self) { try Glob(pattern) }
  }

  @Test("braces cannot multiply without end")
  func braces() {
    #expect(throws: FormatError(.glob, .limitExceeded(name: "alternatives of a glob", limit: Glob.alternativesLimit))) {
      try Glob(String(repeating: "{a,b}", count: 40))
    }
    #expect(throws: FormatError.self) { try Glob(String(repeating: "a", count: Glob.bytesLimit + 1)) }
  }

  @Test("an open brace is told where it stands, on its line and behind braces that are closed")
  func openBracePosition() {
    let error = FormatError(
      .glob, .endOfInput(expected: "'}' for the '{', or '\\{'"), at: SourcePosition(offset: 9, line: 2, column: 2))
    #expect(throws: error) { try Glob("{a,bbb}\nd{e") }
  }

  @Test("open sets and braces together take no quadratic time")
  func openSetsAndBraces() {
    let sets = String(repeating: "[", count: Glob.bytesLimit - 45)
    let braces = String(repeating: "{a,b}", count: 9)
    #expect(throws: FormatError.self) { try Glob(sets + braces) }
    #expect(throws: FormatError.self) { try Glob(braces + sets) }
  }

  @Test("matching agrees with the definition on random patterns")
  func definition() throws {
    var noise = Noise(seed: 21)
    for _ in 0..<3_000 {
      let pattern = (0..<(2 + noise.next() % 8)).map { _ in
        ["a", "b", "*", "**", "?", "/", "/**/"].randomElement(using: &noise) ?? ""
      }
      .joined()
      let text = (0..<(noise.next() % 12)).map { _ in ["a", "b", "/"].randomElement(using: &noise) ?? "" }.joined()
      guard text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
        let glob = try? Glob("/" + pattern), !pattern.hasSuffix("/"), !pattern.hasPrefix("/")
      else { continue }
      let expected = Self.defined(Array(pattern.utf8)[...], Array(text.utf8)[...], atStart: true)
      #expect(glob.matches(Array(text.utf8)) == expected, "\(pattern) on \(text)")
    }
  }

  /// The slow and plain meaning of `?`, `*` and `**`.
  private static func defined(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, atStart: Bool) -> Bool {
    let slash = UInt8(ascii: "/")
    guard let first = pattern.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
      let rest = pattern.drop { $0 == UInt8(ascii: "*") }
      let isDeep = rest.startIndex - pattern.startIndex > 1 && atStart && (rest.isEmpty || rest.first == slash)
      if isDeep, !rest.isEmpty, defined(rest.dropFirst(), text, atStart: true) { return true }
      return (text.startIndex...text.endIndex).contains { end in
        (isDeep || !text[..<end].contains(slash)) && defined(rest, text[end...], atStart: false)
      }
    }
    guard let byte = text.first, first == UInt8(ascii: "?") ? byte != slash : byte == first else { return false }
    return defined(pattern.dropFirst(), text.dropFirst(), atStart: first == slash)
  }
}
