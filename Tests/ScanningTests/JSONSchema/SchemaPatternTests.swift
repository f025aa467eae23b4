import Formats
import Scanning
import Testing

@Suite("Patterns of JSON Schema")
struct SchemaPatternTests {
  @Test("are ECMA-262: anywhere in the text, Unicode properties, '$' only at the very end")
  func syntax() throws {
    let cases: [(pattern: String, text: String, isFound: Bool)] = [
      ("b+", "abbc", true), ("^b", "ab", false), ("^a$", "a\n", false), ("^\\p{Letter}+$", "né", true),
      ("^\\p{digit}$", "৪", true), ("^\\d$", "৪", false), ("^\\cC$", "\u{3}", true),
    ]
    for test in cases {
      let pattern = try SchemaPattern.compiler(test.pattern)
      #expect(pattern.isFound(in: Array(test.text.utf8).span) == test.isFound, "\(test.pattern) in \(test.text)")
    }
  }

  @Test("refuse what is no ECMA-262, at its place in the schema")
  func refused() throws {
    let root = try JSON.read(Array(#"{"properties":{"a":{"pattern":"(b"}}}"#.utf8))
    let error = #expect(throws: FormatError.self) {
      try JSONSchema(root, patterns: SchemaPattern.compiler)
    }
    #expect(error?.position.column == 31)
  }

  @Test("serve many threads at once")
  func threads() async throws {
    let root = try JSON.read(Array(#"{"pattern":"^[a-z]+[0-9]$"}"#.utf8))
    let schema = try JSONSchema(root, patterns: SchemaPattern.compiler)
    let good = try JSON.read(Array(#""abc1""#.utf8))
    let bad = try JSON.read(Array(#""abc""#.utf8))
    let wrong = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask { (0..<200).count { _ in !schema.isValid(good) || schema.isValid(bad) } }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }
}
