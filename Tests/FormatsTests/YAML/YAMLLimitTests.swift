import Formats
import Testing

@Suite("YAML at its limits")
struct YAMLLimitTests {
  private func problem(_ text: String) -> FormatError.Problem? { failure(ofYAML: text)?.problem }

  @Test(
    "nesting is read to the limit and refused beyond, however it is written",
    arguments: [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[a: ", "]")])
  func depth(open: String, close: String) {
    let perUnit = open == "[a: " ? 2 : 1
    func nested(_ depth: Int) -> String {
      let count = depth / perUnit
      return String(repeating: open, count: count) + "1" + String(repeating: close, count: count) + "\n"
    }
    #expect(problem(nested(SourceLimits.depth)) == nil)
    let expected = FormatError.Problem.limitExceeded(name: "depth", limit: SourceLimits.depth)
    #expect(problem(nested(SourceLimits.depth + perUnit)) == expected)
    #expect(problem(String(repeating: open, count: 200_000)) == expected)
  }

  @Test("mappings by indentation are bounded, too")
  func deepMappings() {
    func nested(_ depth: Int) -> String {
      (0..<depth).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    }
    #expect(problem(nested(SourceLimits.depth)) == nil)
    #expect(
      problem(nested(SourceLimits.depth + 1)) == .limitExceeded(name: "depth", limit: SourceLimits.depth))
  }

  @Test("aliases may not multiply without end")
  func laughter() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: " , ")
      text += "a\(level): &a\(level) [\(alias) ]\n"
    }
    guard case .limitExceeded = problem(text) else {
      Issue.record("a million million nodes were accepted")
      return
    }
  }

  @Test("a long text counts each time an alias repeats it")
  func longText() {
    let text = "- &a " + String(repeating: "x", count: 640_000) + "\n" + String(repeating: "- *a\n", count: 1_001)
    guard case .limitExceeded = problem(text) else {
      Issue.record("640 megabytes of aliases were accepted")
      return
    }
  }

  @Test("aliases may not nest deeper than the document may")
  func tower() {
    var text = "a0: &a0 []\n"
    for level in 1...SourceLimits.depth { text += "a\(level): &a\(level) [*a\(level - 1) ]\n" }
    #expect(problem(text) == .limitExceeded(name: "depth", limit: SourceLimits.depth))
  }

  @Test("an anchor's height is that of its own node, whatever surrounds it")
  func siblings() throws {
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let text =
      "- \(deep)\n- &a []\n- " + String(repeating: "[", count: 600) + "*a " + String(repeating: "]", count: 600)
    #expect(problem(text) == nil)
  }

  @Test("a cycle is refused", arguments: ["&a [*a ]", "&a {b: *a }", "&a\nb: *a\n", "- &a\n  - *a\n"])
  func cycles(text: String) {
    guard case .unexpected(let found, _) = problem(text) else {
      Issue.record("a cycle was accepted")
      return
    }
    #expect(found.contains("'a'"))
  }

  @Test("a key without '?' has 1,024 characters at most")
  func longKeys() {
    let key = String(repeating: "ä", count: 1_024)
    #expect(problem("\(key): 1\n") == nil)
    #expect(problem("\(key)ä: 1\n") != nil)
    #expect(problem("? \(key)ä\n: 1\n") == nil)
    #expect(problem("{\"\(key)ä\": 1}") == nil)
  }
}
