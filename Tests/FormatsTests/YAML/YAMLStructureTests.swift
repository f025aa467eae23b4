import Formats
import Testing

@Suite("YAML structure")
struct YAMLStructureTests {
  @Test(
    "block collections nest by indentation",
    arguments: [
      ("a: 1\nb:\n  c: 2\nd:\n- 3\n- 4\n", #"{"a":1,"b":{"c":2},"d":[3,4]}"#),
      ("- - a\n  - b\n-\n  - c\n- d: 1\n  e: 2\n", #"[["a","b"],["c"],{"d":1,"e":2}]"#),
      ("? a\n: b\n? c\n", #"{"a":"b","c":null}"#),
      ("? |\n  long\n: - 1\n  - 2\n", #"{"long\n":[1,2]}"#),
      ("a:\nb:\n-\n- \n", #"{"a":null,"b":[null,null]}"#),
      (": x\n", #"{"":"x"}"#),
      ("a: # note\n  # note\n\n  b # note\n", #"{"a":"b"}"#),
      ("'a b' : 1\n\"c\":\t2\n", #"{"a b":1,"c":2}"#),
      ("a:\n \tb\n", #"{"a":"b"}"#),
      ("<<: {a: 1}\nb: 2\n", #"{"<<":{"a":1},"b":2}"#),
    ])
  func block(text: String, expected: String) throws {
    #expect(try json(ofYAML: text) == expected)
  }

  @Test(
    "flow collections need no indentation of their own",
    arguments: [
      ("{a: 1, b: [2, 3,], }", #"{"a":1,"b":[2,3]}"#),
      (#"{"a":1,"b":[true,null]}"#, #"{"a":1,"b":[true,null]}"#),
      ("[a b, c\n d, 'e\n f']", #"["a b","c d","e f"]"#),
      ("{a, b: , ? c : d, ? e}", #"{"a":null,"b":null,"c":"d","e":null}"#),
      ("[a: 1, ? b : 2, \"c\":3, : 4]", #"[{"a":1},{"b":2},{"c":3},{"":4}]"#),
      ("{url: http://example.org, x:y}", #"{"url":"http://example.org","x:y":null}"#),
      ("{\"a\"\n :1}", #"{"a":1}"#),
      ("k: [\n  a # note\n]\n", #"{"k":["a"]}"#),
      ("[-1, ?a, :b]", #"[-1,"?a",":b"]"#),
      ("{a: {b: [{c: d}]}}", #"{"a":{"b":[{"c":"d"}]}}"#),
    ])
  func flow(text: String, expected: String) throws {
    #expect(try json(ofYAML: text) == expected)
  }

  @Test(
    "an alias is the node that its anchor last named",
    arguments: [
      ("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", #"{"a":1,"b":1,"c":2,"d":2}"#),
      ("&m\n&k a: *k\n", #"{"a":"a"}"#),
      ("base: &b\n  n: [1]\nuse: *b\n", #"{"base":{"n":[1]},"use":{"n":[1]}}"#),
      ("a: &e\nb: *e\n", #"{"a":null,"b":null}"#),
      ("? &k x\n: 1\n*k : 2\n", #"{"x":1,"x":2}"#),
      ("[&a a, &b:c b, *a , *b:c ]", #"["a","b","a","b"]"#),
    ])
  func aliases(text: String, expected: String) throws {
    #expect(try json(ofYAML: text) == expected)
  }

  @Test(
    "a stream is any number of documents",
    arguments: [
      ("", ""), ("# note\n", ""), ("...\n", ""), ("---\n", "null"), ("a\n---\nb\n", "\"a\"\n\"b\""),
      ("--- a\n...\n# note\n---\n- b\n...\n", "\"a\"\n[\"b\"]"), ("%YAML 1.2\n--- a\n", "\"a\""),
      ("%TAG !e! tag:e,2026:\n---\n!e!x a\n", "\"a\""), ("%FUTURE x # note\n---\na\n", "\"a\""),
      ("\u{FEFF}a: 1\n", #"{"a":1}"#), ("\u{FEFF}---\na\n...\n\u{FEFF}b\n", "\"a\"\n\"b\""),
      ("a: 1\r\nb:\r\n  - 2\r\n", #"{"a":1,"b":[2]}"#), ("a: 1\rb: 2\r", #"{"a":1,"b":2}"#),
      ("---word\n", "\"---word\""), ("--- |\n a\n--- >\n b\n", "\"a\\n\"\n\"b\\n\""),
    ])
  func documents(text: String, expected: String) throws {
    #expect(try json(ofYAML: text) == expected)
  }

  @Test("one document is asked for: none is null, a second one is refused where it begins")
  func oneDocument() throws {
    #expect(try YAML.read([]).isNull)
    #expect(try YAML.read(Array("a: 1".utf8))["a"]?.integer == 1)
    let error = #expect(throws: FormatError.self) { try YAML.read(Array("a\n---\nb\n".utf8)) }
    #expect(error?.position.line == 3)
  }

  @Test("keys that stand twice are told, with both places")
  func duplicates() throws {
    let stream = try YAML.readStream(Array("a: 1\nb: 2\n'a': 3\n".utf8))
    #expect(stream.documents[0]["a"]?.integer == 3)
    let duplicate = try #require(stream.duplicateKeys.first)
    #expect(duplicate.key == "a")
    #expect(duplicate.first.line == 1)
    #expect(duplicate.again.line == 3)
  }

  @Test("a large mapping tells its duplicates, too", arguments: [9, 32, 33, 500])
  func manyKeys(count: Int) throws {
    let text = (0..<count).map { "key\($0): \($0)\n" }.joined() + "key3: again\n"
    #expect(try YAML.readStream(Array(text.utf8)).duplicateKeys.map(\.key) == ["key3"])
  }

  @Test("events show anchors, tags and styles")
  func events() throws {
    let events = try YAML.events(Array("--- !!map\n&k a: [!t 'b', *k ]\n\"c\": >-\n d\n...\n".utf8))
    #expect(
      events == [
        "+STR", "+DOC ---", "+MAP <tag:yaml.org,2002:map>", "=VAL &k :a", "+SEQ []", "=VAL <!t> 'b", "=ALI *k", "-SEQ",
        "=VAL \"c", "=VAL >d", "-MAP", "-DOC ...", "-STR",
      ])
  }
}
