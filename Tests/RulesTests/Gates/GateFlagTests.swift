import Rules
import Testing

@Suite("A gate's flag")
struct GateFlagTests {
  @Test(
    "carries its digest as JSON or as text, taken as it is",
    arguments: [
      ("sha = abc\n", "abc"), ("sha=abc=def", "abc=def"), ("\u{3000}sha\u{A0}=\u{1C} ABC \u{2028}", "ABC"),
      (#"{"sha": "abc"}"#, "abc"), (#" {"sha": " abc "} "#, " abc "), (#"{"sha": "x", "sha": "last"}"#, "last"),
      (#"{"sha": 5}"#, "5"), ("sha =", ""), ("sha = 0xab # comment", "0xab # comment"),
      ("sha = a\nother = b", "a\nother = b"),
    ])
  func read(text: String, digest: String) throws {
    #expect(try GateFlag.digest(in: Array(text.utf8), field: "sha") == digest)
  }

  @Test(
    "is unreadable when it says anything else",
    arguments: [
      "", " \n", "abc", "SHA = abc", "other = abc", "{", #"{"sha": null}"#, #"{"other": "abc"}"#, "{}x",
      "\u{FEFF}sha = abc", "\u{FEFF}{\"sha\": \"abc\"}", #"["sha"]"#,
    ])
  func unreadable(text: String) {
    #expect(throws: GateFlag.Problem.self) { try GateFlag.digest(in: Array(text.utf8), field: "sha") }
  }

  @Test("is unreadable when it is not UTF-8")
  func encoding() {
    #expect(throws: GateFlag.Problem.notUTF8) { try GateFlag.digest(in: Array("sha = ".utf8) + [0xFF], field: "sha") }
  }

  @Test("may name any field in text when the gate declares none, but JSON then has nothing to look for")
  func undeclared() throws {
    #expect(try GateFlag.digest(in: Array("anything = abc".utf8), field: nil) == "abc")
    #expect(throws: GateFlag.Problem.noFieldDeclared) { try GateFlag.digest(in: Array("{}".utf8), field: nil) }
  }
}

@Suite("A path template")
struct PathTemplateTests {
  private let pins = GatePins([("seed", "old"), ("seed", "42"), ("brace", "{seed}"), ("v", "a=b")])

  @Test(
    "is filled in one pass",
    arguments: [
      ("seed={seed}/{v}", "seed=42/a=b"), ("{seed}{seed}", "4242"), ("plain/%2e/~", "plain/%2e/~"), ("", ""),
    ])
  func filled(template: String, path: String) {
    #expect(PathTemplate(template).filled(with: pins) == path)
  }

  @Test(
    "cannot be named while a brace is left",
    arguments: ["{run}", "{seed", "seed}", "{{seed}}", "{}", "{brace}", "{Seed}"])
  func unresolved(template: String) {
    #expect(PathTemplate(template).filled(with: pins) == nil)
  }
}
