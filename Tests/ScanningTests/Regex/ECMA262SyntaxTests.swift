import Formats
import Scanning
import Testing

@Suite("ECMA-262 syntax in Unicode mode")
struct ECMA262SyntaxTests {
  @Test(
    "Patterns find what ECMA-262 says",
    arguments: [
      ("^\\p{Letter}+$", "aé日", true),
      ("^\\p{digit}+$", "1٣", true),
      ("^\\d+$", "٣", false),
      ("^\\p{General_Category=Decimal_Number}$", "٣", true),
      ("^\\p{Script=Grek}\\p{sc=Greek}$", "αβ", true),
      ("^\\p{scx=Hira}$", "ー", true),
      ("^\\p{White_Space}\\P{ASCII}$", " é", true),
      ("^\\p{Cn}$", "\u{0378}", true),
      ("^\\cC$", "\u{3}", true),
      ("^\\s+$", "\u{FEFF}\u{A0}\u{2029}", true),
      ("^\\w$", "é", false),
      ("^[^]$", "\n", true),
      ("[]", "a", false),
      ("^.$", "\u{2028}", false),
      ("^a$", "a\n", false),
      ("^\\u{1F432}\\uD83D\\uDC32\\x41\\/$", "🐲🐲A/", true),
      ("^[\\b\\-\\u0061-\\u007a]+$", "\u{8}-az", true),
      ("^(?<first>a)(?:b|c){0,2000}$", "abc", true),
      ("^🐲*$", "🐲🐲", true),
      ("\\bx\\B", "xy", true),
    ])
  func finds(source: String, text: String, isMatch: Bool) throws {
    let bytes = Array(text.utf8)
    #expect(try Pattern(source, syntax: .ecma262).isMatch(in: bytes.span) == isMatch)
  }

  @Test(
    "What Unicode mode forbids is refused",
    arguments: [
      "a{", "}", "]", "\\-", "\\a", "\\p{letter}", "\\pL", "\\01", "\\k<a>", "(?i:a)", "(?=a)", "(?P<n>a)", "[\\d-z]",
      "[b-a]", "^*", "a**", "\\u{110000}", "\\c1", "(?<1>a)", "(a", "a)", "*", "(?<a>.)(?<a>.)",
    ])
  func refuses(source: String) {
    #expect(throws: FormatError.self) { try Pattern(source, syntax: .ecma262) }
  }
}
