import Formats
import Scanning
import Testing

@Suite("RE2 syntax")
struct RE2SyntaxTests {
  @Test(
    "Patterns find what RE2 finds",
    arguments: [
      ("a|ab", "abab", ["a", "a"]),
      ("a*?b", "aab", ["aab"]),
      ("(?U)a+", "aaa", ["a", "a", "a"]),
      ("x{,2}", "x{,2}", ["x{,2}"]),
      ("a{2,3}", "aaaaaaa", ["aaa", "aaa"]),
      ("[]a]+", "]a[", ["]a"]),
      ("[a-b-c]+", "a-c", ["a-c"]),
      ("[[:^digit:]]+", "a1b", ["a", "b"]),
      ("[^\\d\\s]+", "ab 1", ["ab"]),
      ("\\Qa.b*\\E+", "a.b**", ["a.b**"]),
      ("\\x41\\x{42}\\103", "ABC", ["ABC"]),
      ("(?i)straße", "STRASSE STRAßE", ["STRAßE"]),
      ("(?i)[^x]+", "xaX", ["a"]),
      ("(?i)k", "\u{212A}", ["\u{212A}"]),
      ("\\pL+", "aé日1", ["aé日"]),
      ("\\p{Greek}+\\P{Greek}", "αβγd", ["αβγd"]),
      ("\\p{^Lu}+", "AbC", ["b"]),
      ("(?m)^.$", "a\nbc\nd", ["a", "d"]),
      ("(?s)a.b", "a\nb", ["a\nb"]),
      ("a$", "a\n", []),
      ("\\bé", "aé", ["é"]),
      ("\\s", "\u{B}\u{A0}", []),
      ("(?i:a)b", "Ab AB", ["Ab"]),
      ("\\B", "ab", [""]),
    ])
  func finds(source: String, text: String, expected: [String]) throws {
    #expect(found(try Pattern(source), in: text) == expected)
  }

  @Test("Groups hold what the preferred way through the pattern gave them")
  func followsGroups() throws {
    #expect(groups(try Pattern("(a|ab)(c|bcd)(d*)"), in: "abcd") == ["abcd", "a", "bcd", ""])
    #expect(groups(try Pattern("(a)|(b)"), in: "b") == ["b", "-", "b"])
    #expect(groups(try Pattern("(a|b)*"), in: "abab") == ["abab", "b"])
    #expect(groups(try Pattern("(a*)+"), in: "aab") == ["aa", "aa"])
    let named = try Pattern("(?P<user>\\w+)@(?<host>\\w+)(x)?")
    #expect(named.groupNames == [nil, "user", "host", nil])
    #expect(groups(named, in: "to: ann@home") == ["ann@home", "ann", "home", "-"])
  }

  @Test("An empty match where the last one ended is not taken")
  func skipsEmptyMatches() throws {
    let text = Array("abé".utf8)
    #expect(try Pattern("b|").matches(in: text.span).map(\.range) == [0..<0, 1..<2, 4..<4])
    #expect(try Pattern("").matches(in: text.span, limit: 2).map(\.range) == [0..<0, 1..<1])
  }

  @Test(
    "What RE2 refuses is refused, at the place that is wrong",
    arguments: [
      ("(a", 3), ("a)", 2), ("[a", 3), ("[z-a]", 2), ("a**", 3), ("+a", 1), ("a{2}{3}", 5), ("x{1001}", 2),
      ("((a{100}){10}){2}", 15), ("\\1", 1), ("(?=a)", 1), ("(?<!a)", 1), ("(?z)", 1), ("\\p{Nope}", 1),
      ("[[:nope:]]", 2), ("\\x{110000}", 1), ("\\", 2), ("\\e", 1), ("[\\b]", 2), ("(?P<a>.)(?P<a>.)", 13),
      ("(?P<n>a)(?P=n)", 9), ("\\Z", 1), ("é(", 4), ("(?i-)a", 1), ("{2}", 1),
    ])
  func refuses(source: String, column: Int) {
    let error = #expect(throws: FormatError.self) { try Pattern(source) }
    #expect(error?.format == .regex)
    #expect(error?.position.column == column)
  }

  @Test("Look-around and back-references are named as not supported")
  func namesWhatIsUnsupported() {
    for source in ["(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(a)\\1"] {
      let error = #expect(throws: FormatError.self) { try Pattern(source) }
      guard case .unsupported = error?.problem else {
        Issue.record("\(source): \(String(describing: error))")
        continue
      }
    }
  }

  @Test("Options stand for the flags of the same name")
  func takesOptions() throws {
    #expect(found(try Pattern("^a.", options: [.caseInsensitive, .multiline]), in: "Ab\nac") == ["Ab", "ac"])
    #expect(found(try Pattern(".+", options: .dotMatchesNewline), in: "a\nb") == ["a\nb"])
    #expect(found(try Pattern("a+", options: .swapsGreed), in: "aa") == ["a", "a"])
  }
}
