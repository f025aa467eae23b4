import Formats
import Testing

@Suite("YAML that is refused")
struct YAMLErrorTests {
  @Test(
    "a refusal says where, what was found and what was expected",
    arguments: [
      ("a:\n\tb: 1\n", "2:2: invalid YAML: found a tab as indentation, expected spaces"),
      ("a:\n  b: 1\n  \tc: 2\n", "3:4: invalid YAML: found a tab as indentation, expected spaces"),
      ("a: [1, 2\n", "2:1: invalid YAML: the input ends here, expected the closing ']' of 1:4"),
      ("a: {b: [1}\n", "1:10: invalid YAML: found '}', expected ',' or ']'"),
      ("a: \"b\n", "2:1: invalid YAML: the input ends here, expected the closing double quote of 1:4"),
      ("'a\n---\n'", "2:1: invalid YAML: found '---', expected the closing single quote of 1:1"),
      ("a: *b\n", "1:4: invalid YAML: alias 'b' is not defined"),
      ("a: !e!b c\n", "1:4: invalid YAML: tag handle '!e!' is not defined"),
      ("a: 1\nb\n", "2:2: invalid YAML: found the end of the line, expected ':' after the key"),
      (
        "a:\n    b: 1\n  c: 2\n",
        "3:3: invalid YAML: found a line indented by 2, expected that of an open block, such as 0 of the mapping of line 1"
      ),
      ("a: @b\n", "1:4: invalid YAML: found '@', expected a value; one that begins with this must be in quotes"),
      ("a: \"b\"c\n", "1:7: invalid YAML: found 'c', expected the end of the line"),
      (
        "a: 1\n  b: 2\n",
        "2:4: invalid YAML: found ':' after a text of several lines, from 1:4, expected a key on one line; look at the indentation"
      ),
      (
        "a: b: c\n",
        "1:5: invalid YAML: found ': ' where no key can stand, expected one key a line; put a value that has ': ' in quotes"
      ),
      ("%YAML 2.0\n---\n", "1:7: invalid YAML: YAML 2.0 is not supported; write the document in YAML 1.2"),
    ])
  func wording(text: String, expected: String) {
    #expect(failure(ofYAML: text)?.description == expected)
  }

  @Test(
    "what the grammar does not allow is refused",
    arguments: [
      // Structure.
      "a: - b\n", "- a\nb: c\n", "a: 1\n- b\n", "- - a\n - b\n", "a\nb: c\n", "a: 1\n b: 2\n", "--- a: b\n",
      "--- - a\n",
      "a: ? b\n", "-\ta: b\n", "?\t- a\n", "\ta: b\n", "- a\n\t- b\n", "a: b # c\n  d\n", "a: 'b' 'c'\n", "{a: b}c\n",
      "&a - b\n", "a: &b\n!!str\n  c: d\n",
      // Flow collections.
      "[a, , b]", "[, a]", "{, }", "[a] ]", "[a", "{a: b", "[a]: b: c", "[\na\n]: b", "[-]", "[- a]", "[a, b]#c",
      "[a,#c\n]",
      "k: [a,\nb]\n", "k: {\n\ta: b}\n", "[a\n...\n]", "[a\n: b]", "{a: b c: d}", "[a b: c\n d: e]",
      // Quotes.
      "\"\\q\"", "\"\\x4\"", "\"\\ud800\"", "\"\\U00110000\"", "'a", "k: \"a\nb\"\n", "k: 'a\n\tb'\n", "\"a\nb\": c\n",
      "\"a\"#b\n", "\"a\\",
      // Block scalars.
      "a: |x\n", "a: |0\n", "a: |10\n", "a: |--\n", "a: >#b\n", "a: > b\n", "a: |\n   \n  b\n", "a: |\n\tb\n",
      "a: |\n  b\n c\n",
      // Properties and aliases.
      "&a &b c", "!a !b c", "&a *a", "& a", "* a", "*a", "!<a b", "!<> a", "!e! a", "!a{} b", "!%4 a", "&a [*a]",
      "a: &x b\n---\n*x\n", "!!int a", "!!bool 1", "!!null a", "!!float a", "!!str [a]", "!!seq {}", "!!map a",
      // Plain scalars.
      "%a", "`a", "@a", "]", "}", ",a", "a: %b\n", "a: }\n",
      // Documents.
      "%YAML 1.2\n", "%YAML 1.2\na\n", "%YAML 1.2\n%YAML 1.2\n---\n", "%YAML\n---\n", "%YAML 1.2#\n---\n",
      "%YAML 1.2 a\n---\n",
      "%TAG ! \n---\n", "%TAG a b\n---\n", "%TAG !a! b\n%TAG !a! c\n---\n", "[a]\n%YAML 1.2\n---\n", "... a\n",
      "a: b\n... c\n",
      "%TAG !a! b\n--- !a!c d\n--- !a!c d\n", "%YAML 1.2\n...\n",
      // Characters.
      "a\u{0}", "a: \u{1}\n", "# \u{1B}\n", "a\u{7F}", "\u{80}", "a: \u{FFFF}", "\"\u{0}\"", "'a' # \u{7F}\n",
    ])
  func refused(text: String) {
    #expect(failure(ofYAML: text) != nil)
  }

  @Test(
    "what is not UTF-8 is refused at the byte", arguments: [[0x61, 0xFF], [0xFF, 0xFE, 0x61, 0x00], [0x61, 0xC3]])
  func encoding(bytes: [UInt8]) {
    #expect(throws: FormatError.self) { try YAML.readStream(bytes) }
  }
}
