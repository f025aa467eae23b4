import Formats
import Testing

@Suite("YAML scalars")
struct YAMLScalarTests {
  @Test(
    "plain scalars mean what the core schema says",
    arguments: [
      ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("", "null"), ("nULL", "\"nULL\""),
      ("true", "true"), ("True", "true"), ("FALSE", "false"), ("tRUE", "\"tRUE\""),
      ("0", "0"), ("-7", "-7"), ("+7", "7"), ("-0", "0"), ("0o17", "15"), ("0x1F", "31"), ("-0x1F", "\"-0x1F\""),
      ("0o8", "\"0o8\""), ("0x", "\"0x\""), ("0b1", "\"0b1\""),
      ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
      ("9223372036854775808", "9223372036854775808"), ("0x8000000000000000", "9.223372036854776e+18"),
      ("0o1000000000000000000000", "9.223372036854776e+18"),
      ("1.5", "1.5"), ("-1.25e+2", "-125.0"), (".5", "0.5"), ("5.", "5.0"), ("1e3", "1000.0"), ("0.1", "0.1"),
      ("123456789012345678901234567890", "123456789012345678901234567890"), (".", "\".\""), ("-", "[null]"),
      ("+", "\"+\""),
      ("1e", "\"1e\""), ("1.2.3", "\"1.2.3\""), ("e3", "\"e3\""), (".e3", "\".e3\""),
      ("yes", "\"yes\""), ("off", "\"off\""), ("010", "\"010\""), ("1:30", "\"1:30\""), ("1_000", "\"1_000\""),
      ("2026-03-01", "\"2026-03-01\""), ("<<", "\"<<\""), ("=", "\"=\""),
    ])
  func coreSchema(text: String, expected: String) throws {
    #expect(try json(ofYAML: "- \(text)\n") == "[\(expected)]")
  }

  @Test("infinities and NaN are numbers without a JSON form")
  func notFinite() throws {
    let values = try YAML.read(Array("[.inf, -.Inf, .NAN, +.INF, -.nan]".utf8)).elements
    #expect(values[0].number == .infinity)
    #expect(values[1].number == -.infinity)
    #expect(values[2].number?.isNaN == true)
    #expect(values[3].number == .infinity)
    #expect(values[4].string == "-.nan")
  }

  @Test("a scalar keeps the text it was written in")
  func text() throws {
    let value = try YAML.read(Array("0x1F: [~, 1.50, TRUE, 'it''s', !!int \"7\"]".utf8))
    #expect(value.members.first?.name == "0x1F")
    #expect(value["0x1F"]?.elements.map(\.text) == ["~", "1.50", "TRUE", "it's", "7"])
  }

  @Test("where a scalar stands is exact, without its quotes' inside and its comment")
  func positions() throws {
    let value = try YAML.read(Array("a:\n  - one  # note\n  - 'two'\n".utf8))
    let items = try #require(value["a"])
    #expect(items[0]?.position == SourcePosition(offset: 7, line: 2, column: 5))
    #expect(items[0]?.endPosition == SourcePosition(offset: 10, line: 2, column: 8))
    #expect(items[1]?.sourceText == "'two'")
    #expect(items.sourceText == "- one  # note\n  - 'two'")
    #expect(value.sourceText == "a:\n  - one  # note\n  - 'two'")
  }

  @Test(
    "lines are folded",
    arguments: [
      ("a\n b\n\n c", "a b\nc"), ("'a  \n\n\n  b '", "a\n\nb "), ("\"a \\\n  b\"", "a b"), ("\"a\\\n\n  b\"", "a\nb"),
      ("\"a\\ \n  b\"", "a  b"), ("\"\n a\n\"", " a "), ("a # c", "a"), ("a#b", "a#b"), ("a:b", "a:b"), ("::", ":"),
      ("a\r\n b\r c", "a b c"),
    ])
  func folding(text: String, expected: String) throws {
    let value = try YAML.readStream(Array(text.utf8)).documents[0]
    #expect((value.string ?? value.members.first?.name) == expected)
  }

  @Test(
    "escapes stand for their characters",
    arguments: [
      (#""\0\a\b\t\n\v\f\r\e""#, "\0\u{7}\u{8}\t\n\u{B}\u{C}\r\u{1B}"), (#""\ \"\/\\""#, " \"/\\"),
      (#""\N\_\L\P""#, "\u{85}\u{A0}\u{2028}\u{2029}"), (#""\x41\u263a\U0001F600""#, "A☺😀"),
      (#""\ud83d\ude00""#, "😀"), ("\"\u{7F}\"", "\u{7F}"), ("'\u{FFFE}'", "\u{FFFE}"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try YAML.read(Array(text.utf8)).string == expected)
  }

  @Test(
    "block scalars keep or fold their lines, and keep, clip or strip their end",
    arguments: [
      ("|\n a\n  b\n\n", "a\n b\n"), ("|-\n a\n\n", "a"), ("|+\n a\n\n", "a\n\n"), (">\n a\n b\n", "a b\n"),
      (">\n a\n\n b\n", "a\nb\n"), (">\n a\n  b\n c\n", "a\n b\nc\n"), (">\n\n a\n", "\na\n"), ("|2\n   a\n", " a\n"),
      ("|2-\n  a", "a"), ("|-2\n  a\n", "a"), ("| # note\n a\n", "a\n"), ("|\n", ""), ("|+\n\n\n", "\n\n"),
      ("|\n a", "a\n"),
      ("|\r\n a\r\n b\r\n", "a\nb\n"), ("|\n # a\n", "# a\n"), (">-\n \ta\n b\n", "\ta\nb"),
    ])
  func blockScalars(text: String, expected: String) throws {
    let value = try YAML.read(Array("k: \(text)".utf8))
    #expect(value["k"]?.string == expected)
    #expect(value["k"]?.style == .quoted)
  }

  @Test(
    "a tag of the core schema decides",
    arguments: [
      ("!!str 1", "\"1\""), ("!!str", "\"\""), ("! 1", "\"1\""), ("!", "null"), ("! ''", "\"\""), ("!!int '7'", "7"),
      ("!!float 1", "1.0"),
      ("!!bool \"true\"", "true"), ("!!null ''", "null"), ("!!seq []", "[]"), ("!!map {a: 1}", "{\"a\":1}"),
      ("!local 1", "1"), ("!!set {a}", "{\"a\":null}"), ("!<tag:yaml.org,2002:str> 1", "\"1\""),
      ("!!binary aGk=", "\"aGk=\""),
    ])
  func tags(text: String, expected: String) throws {
    #expect(try json(ofYAML: text) == expected)
  }
}
