import Testing

@testable import Scanning

@Suite("Required literals")
struct RequiredLiteralsTests {
  /// `text` for exact literals, `text/i` for those without case.
  private static func literals(_ source: String) throws -> (texts: [String], offset: Int?)? {
    try Pattern(source).requiredLiterals.map { required in
      let texts = (required.literals + required.rarities).map {
        String(decoding: $0.bytes, as: UTF8.self) + ($0.ignoresCase ? "/i" : "")
      }
      return (texts.sorted(), required.maximumOffset)
    }
  }

  @Test(
    "They are derived from the pattern",
    arguments: [
      ("\\bTODO\\b", ["TODO"], 0),
      ("\\b(FIXME|XXX|HACK)\\b", ["FIXME", "HACK", "XXX"], 0),
      ("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b", ["AKIA", "ASIA"], 0),
      ("[a-z]{1,3}://[^/]+", ["://"], 3),
      ("(?i)date_?diff", ["date_diff/i", "datediff/i"], 0),
      ("(?i)tok", ["tok/i", "\u{212A}"], 0),
      ("/home/[a-z]", ["/home/"], 0),
      ("~[a-b]", ["~a", "~b"], 0),
      ("(?i)pass", ["pass/i", "\u{17F}"], 0),
      ("[sſ]a", ["sa", "ſa"], 0),
      ("[A-Za-z]:\\\\{1,2}Users", ["\\Users"], 3),
      ("\\w+@example\\.org", ["@example.org"], nil),
      ("(?:ab){2,}", ["abab"], 0),
      ("x*(?:foo|é)y", ["fooy", "éy"], nil),
      ("[ab]c", ["ac", "bc"], 0),
    ] as [(String, [String], Int?)])
  func derived(source: String, texts: [String], offset: Int?) throws {
    let found = try #require(try RequiredLiteralsTests.literals(source))
    #expect(found.texts == texts.sorted())
    #expect(found.offset == offset)
  }

  @Test("A pattern that may match without any has none", arguments: ["a*", "\\w+", "a|", "(?:abc)?", "^$", "a|[0-9]*"])
  func none(source: String) throws {
    #expect(try RequiredLiteralsTests.literals(source) == nil)
  }

  @Test("Lengths of matches are bounded by the pattern")
  func lengths() throws {
    let bounded = try Pattern("é{2}(?:a|bcd)?")
    #expect(bounded.minimumLength == 4)
    #expect(bounded.maximumLength == 7)
    #expect(try Pattern("a+").maximumLength == nil)
    #expect(try Pattern("\\b").maximumLength == 0)
  }

  @Test("Every match of a made pattern holds one, no later than said, and is as long as said", arguments: 0..<8)
  func areRequired(seed: Int) throws {
    var numbers = SeededNumbers(state: 300 + UInt64(seed))
    for _ in 0..<80 {
      let source = numbers.pattern(depth: 4)
      let pattern = try Pattern(source, options: numbers.next(below: 3) == 0 ? .caseInsensitive : [])
      let matcher = Matcher(pattern)
      for _ in 0..<8 {
        let text = numbers.text()
        for match in matcher.matches(in: text.span) {
          #expect(match.range.count >= pattern.minimumLength, "\(source)")
          #expect(match.range.count <= pattern.maximumLength ?? .max, "\(source)")
          guard let required = pattern.requiredLiterals else { continue }
          #expect(RequiredLiteralsTests.holds(required, Array(text[match.range])), "\(source) in \(text): \(required)")
        }
      }
    }
  }

  private static func holds(_ required: RequiredLiterals, _ match: [UInt8]) -> Bool {
    let lower = match.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    for (literal, maximumOffset) in required.places where literal.bytes.count <= match.count {
      let text = literal.ignoresCase ? lower : match
      for start in 0...min(match.count - literal.bytes.count, maximumOffset ?? .max)
      where text[start...].starts(with: literal.bytes) {
        return true
      }
    }
    return false
  }
}
