import Rules
import Testing

@Suite("Paths of claims")
struct PathTextTests {
  @Test(
    "climb when any component is '..', backslashes included",
    arguments: [
      ("..", true), ("../a", true), ("a/..", true), ("a/../b", true), ("..\\a", true), ("a\\..\\b", true),
      ("/a/..", true), ("..a", false), ("a..", false), ("a/...", false), ("", false), ("a/b", false),
    ])
  func climbs(path: String, expected: Bool) { #expect(PathText.climbs(path) == expected) }

  @Test(
    "start at the root unless they are absolute",
    arguments: [
      ("a", "/r/a"), ("./a//b/.", "/r/a/b"), ("/x//y", "/x/y"), ("a/../b", "/r/a/../b"), (".", "/r"), ("/", "/"),
    ])
  func joined(path: String, expected: String) { #expect(PathText.joined(path, root: "/r") == expected) }

  @Test("are shown below the root", arguments: [("/r/a", "a"), ("/rx/a", "/rx/a"), ("/r", "."), ("/x", "/x")])
  func shown(path: String, expected: String) { #expect(PathText.shown(path, root: "/r") == expected) }
}
