import Formats
import Testing

@Suite("Fields of JSON Lines")
struct JSONFieldScannerTests {
  @Test("are found on each line, and nowhere else")
  func findsFields() {
    let lines = [
      #"{"phase":"A","n":12}"#, "", "  \r", #"["phase"]"#, #" { "x" : { "phase" : "no" } , "n" : -7 } "#,
    ]
    let feed = Array(lines.joined(separator: "\n").utf8)
    var scanner = JSONFieldScanner(keys: ["phase", "n"])
    #expect(scanner.scanLine(of: feed.span, from: 0) == .object)
    #expect(scanner[0]?.plainText.map { String(decoding: feed[$0], as: UTF8.self) } == "A")
    #expect(scanner[1]?.integer(in: feed.span) == 12)
    #expect(scanner.scanLine(of: feed.span, from: scanner.nextLine) == .blank)
    #expect(scanner.scanLine(of: feed.span, from: scanner.nextLine) == .blank)
    #expect(scanner.scanLine(of: feed.span, from: scanner.nextLine) == .otherValue)
    #expect(scanner[0] == nil)
    #expect(scanner.scanLine(of: feed.span, from: scanner.nextLine) == .object)
    #expect(scanner[0] == nil)
    #expect(scanner[1]?.integer(in: feed.span) == -7)
    #expect(scanner.nextLine == feed.count)
  }

  @Test("a broken line is passed over alone")
  func passesOver() {
    let feed = Array("{\"n\":1}\n{\"n\":2 \"\n{\"n\":\"\u{7}\"}\n{\"n\":3}\n".utf8)
    var scanner = JSONFieldScanner(keys: ["n"])
    var found: [Int64?] = []
    var start = 0
    while start < feed.count {
      let line = scanner.scanLine(of: feed.span, from: start)
      #expect((line == .malformed) == (scanner[0] == nil))
      found.append(scanner[0]?.integer(in: feed.span))
      start = scanner.nextLine
    }
    #expect(found == [1, nil, nil, 3])
  }

  @Test(
    "whole numbers are exact, others are left to the full reader",
    arguments: [
      ("0", 0), ("-0", 0), ("12345678", 12_345_678), ("1760000000617", 1_760_000_000_617), ("1234567.9", nil),
      ("12345678e9", nil), ("987654321012345678", 987_654_321_012_345_678), ("-123456789", -123_456_789),
      ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
      ("1.0", nil), ("1e3", nil), ("\"1\"", nil), ("true", nil), ("[1]", nil),
    ] as [(String, Int64?)])
  func wholeNumbers(text: String, expected: Int64?) {
    let line = Array("{\"n\":\(text)}".utf8)
    var scanner = JSONFieldScanner(keys: ["n"])
    #expect(scanner.scanLine(of: line.span, from: 0) == .object)
    #expect(scanner[0]?.integer(in: line.span) == expected)
  }

  @Test("what a line is does not hang on the lines before it")
  func shapes() {
    let lines = [
      #"{"a": 1, "bb": "x", "a_long_key_that_nobody_asked_for": 2, "c": 3}"#,
      #"{"a": 4, "bb": "y", "a_long_key_that_nobody_asked_for": 5, "c": 6}"#,
      #"{"a":  7, "bb":"z", "c": 8}"#, #"{"bb": 1, "a": 2}"#, #"{"a": 1, "bbb": 2, "bb": 3}"#,
      #"{"a": 1, "a": 2, "c": 3}"#, #"{"a": 1, "a": 4, "c": 5}"#,
      #"{"\u0061": 9, "bb": 1}"#, #"{"\u0061": 8, "bb": 2}"#, #"{"a": , "bb": 2}"#, #"{"a": 1, "bb": "#,
      #"{"a": 1 "bb": 2}"#, #"{"a":1,"bb":2,"c":3}"#, #"{"a":4,"bb":5,"c":6}"#,
      #"{}"#, #"{"a": 1}"#, #"{"c": 1, "bb": 2, "a": 3}"#,
    ]
    let keys = ["a", "bb", "c"]
    for first in lines {
      for second in lines {
        let feed = Array("\(first)\n\(second)\n                        ".utf8)
        var kept = JSONFieldScanner(keys: keys)
        _ = kept.scanLine(of: feed.span, from: 0)
        var fresh = JSONFieldScanner(keys: keys)
        let start = kept.nextLine
        #expect(kept.scanLine(of: feed.span, from: start) == fresh.scanLine(of: feed.span, from: start))
        for place in keys.indices { #expect(kept[place] == fresh[place], "\(first) then \(second)") }
      }
    }
  }

  @Test("as many keys as there may be are told apart, whatever their lengths")
  func manyKeys() {
    let keys = (0..<JSONFieldScanner.mostKeys).map { String(repeating: "k", count: $0 * 2) + "\($0)" } + ["extra"]
    var scanner = JSONFieldScanner(keys: keys)
    for (place, key) in keys.enumerated() {
      let line = Array("{\"\(key)\":1,\"\(key)x\":2}".utf8)
      #expect(scanner.scanLine(of: line.span, from: 0) == .object)
      for other in keys.indices.prefix(JSONFieldScanner.mostKeys) {
        #expect((scanner[other] != nil) == (other == place))
      }
    }
  }

  @Test("a byte that ends a run of text is seen at every place and before every end")
  func kernels() {
    for length in 0..<40 {
      for place in 0..<length {
        for byte: UInt8 in [0x00, 0x1F, 0x22, 0x5C, 0x80, 0xFF] {
          var text = Array(repeating: UInt8(ascii: "a"), count: length)
          text[place] = byte
          expectAgreement(Array("[\"".utf8) + text + Array("\"]".utf8))
        }
      }
    }
  }

  @Test("nesting is bounded as in the full reader", arguments: ["[", "{\"a\":"])
  func depth(opening: String) {
    let closing = opening == "[" ? "]" : "}"
    for depth in [1, 63, 64, 65, SourceLimits.depth, SourceLimits.depth + 1, 5_000] {
      let text = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
      expectAgreement(Array(text.utf8))
    }
  }

  @Test("containers of both kinds keep their order at any depth", arguments: [1, 31, 32, 33, 64, 100])
  func mixedDepth(pairs: Int) {
    let text = String(repeating: "[{\"a\":", count: pairs) + "1" + String(repeating: "}]", count: pairs)
    expectAgreement(Array(text.utf8))
    expectAgreement(Array(text.utf8.dropLast(2)) + Array("]}".utf8))
    expectAgreement(Array("[\(text),[{\"b\":[]}],\(text)]".utf8))
  }

  @Test(
    "the full reader accepts and refuses the same lines, and reads the same values",
    arguments: [
      "", "{", "{}", "[]", "[[]]", "[{}]", "[,]", "[1,]", "[1 2]", "{,}", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}",
      "[}", "{]",
      "{\"a\":[{\"b\":[1,{}]},2],\"b\":{}}", "{\"a\":[{\"b\":[1,{}],2}]}", "nul", "nulll", "true", "true false", "-",
      "-1", "01",
      "1.", ".5", "1.5", "1e", "1e+", "1e5", "1E-5", "1e308", "1e309", "-1e400", "1e-400", "0e999999999999", "1.5e+3",
      "{\"a\":1e999}", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\ude00\"",
      "\"\\ud83d\\n\"",
      "\"\t\"", "\"\u{7F}é日😀\"", "{\"a\":1,\"a\":\"x\"}", "{\"\\u0061\":1}", "{\"a\":\"\\u0061\"}",
      "{\"a\" : null , \"b\":false}",
      "\u{FEFF}{}", "{} x", "{}}", "[1]]", "\u{B}{}", "{\"a\":\"x\" \"b\"}", "[\"a\":1]", "{\"a\":1:2}",
      "{\"a\",\"b\"}",
    ])
  func agrees(text: String) {
    expectAgreement(Array(text.utf8))
    expectAgreement(Array(text.utf8) + [0x0D])
  }

  @Test("numbers with hundreds of digits are refused where a double ends", arguments: [300, 308, 309, 310, 400])
  func longNumbers(digits: Int) {
    for first in ["1", "9"] {
      let number = first + String(repeating: "9", count: digits - 1)
      for text in [number, "-" + number, number + ".5", number + "e-100", number + "E0", "0." + number] {
        expectAgreement(Array(text.utf8))
      }
    }
  }

  @Test(
    "text that is not UTF-8 is refused",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x80], [0xE0, 0x9F, 0x80], [0xE0, 0xA0, 0x80],
      [0xED, 0x9F, 0xBF],
      [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBF], [0xE2, 0x82], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80],
      [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xFF],
    ] as [[UInt8]])
  func encoding(bytes: [UInt8]) {
    expectAgreement([0x22] + bytes + [0x22])
    expectAgreement([0x22] + bytes)
    expectAgreement(bytes)
    expectAgreement(Array("{\"a\":\"é".utf8) + bytes + Array("\"}".utf8))
  }

  @Test("damaged lines are judged as the full reader judges them", arguments: 1...8)
  func damaged(seed: UInt64) {
    let lines = [
      #"{"a":"x","b":[1,-2.5e+3,{"c":[]},{}],"t":true,"f":false,"z":null}"#,
      #"{"a":"\u0041\n\"\\","b":{"a":"é日😀"},"a":12}"#, #" [ "a" , { "b" : 0.5 } , [ [ ] ] ] "#,
    ]
    let letters = Array(#"{}[]",:\019eE+-. tu"#.utf8) + [0x00, 0x0A, 0x0D, 0x80, 0xC3]
    var noise = Noise(seed: seed)
    for _ in 0..<1_500 {
      var line = Array((lines.randomElement(using: &noise) ?? "").utf8)
      for _ in 0...Int.random(in: 0..<3, using: &noise) {
        line[Int.random(in: 0..<line.count, using: &noise)] = letters.randomElement(using: &noise) ?? 0
      }
      expectAgreement(line)
    }
  }

  /// Compares the scanner with the full reader on every line of some bytes.
  private func expectAgreement(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
    let keys = ["a", "b"]
    var scanner = JSONFieldScanner(keys: keys)
    var start = 0
    repeat {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let text = Array(bytes[start..<end])
      let shown = Comment(rawValue: String(decoding: text.prefix(200), as: UTF8.self))
      let line = scanner.scanLine(of: bytes.span, from: start)
      #expect(scanner.nextLine == min(end + 1, bytes.count), shown, sourceLocation: sourceLocation)
      if let value = try? JSON.read(text) {
        #expect(line == (value.kind == .object ? .object : .otherValue), shown, sourceLocation: sourceLocation)
        for (place, key) in keys.enumerated() {
          let found = scanner[place]?.value(in: bytes.span)
          #expect(
            found?.sourceText == (value.kind == .object ? value[key]?.sourceText : nil), shown,
            sourceLocation: sourceLocation)
        }
      } else {
        let isBlank = text.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
        #expect(line == (isBlank ? .blank : .malformed), shown, sourceLocation: sourceLocation)
      }
      start = end + 1
    } while start < bytes.count
  }
}
