import Testing

@testable import Rules

@Suite("What a file is to its repository")
struct FileRoleTests {
  private func role(_ path: String, _ text: String = "") throws -> FileRole {
    FileRole(of: try SourceFile(path: path, content: Array(text.utf8)))
  }

  @Test("identifiers and prose are words")
  func words() {
    #expect(Words.split("lastRunID") == ["last", "run", "id"])
    #expect(Words.split("HTTPServer2_x-Y.z") == ["http", "server2", "x", "y", "z"])
    #expect(Words.split("déjà vu").last == "vu")
    #expect(Words.split("").isEmpty)
  }

  @Test(
    "kinds",
    arguments: [
      ("a.py", "", FileRole.Kind.program), ("a.yaml", "", .configuration), ("reports/a.yaml", "", .record),
      ("a.json", "{}", .configuration), ("a.json", "{\"sha256\": \"\"}", .record), ("a.jsonl", "", .record),
      ("a.md", "", .document), ("logs/a.txt", "", .record), ("Dockerfile", "", .configuration),
      ("a.plist", "", .configuration),
      ("a.unknown", "", .configuration), ("a.csv", "", .record),
    ])
  func kinds(path: String, text: String, expected: FileRole.Kind) throws {
    #expect(try role(path, text).kind == expected)
  }

  @Test(
    "tests by folder and by name",
    arguments: ["tests/a.py", "a_test.go", "AuditTests.swift", "src/__tests__/a.js", "a.spec.ts"])
  func tests(path: String) throws {
    #expect(try role(path).isTest)
    #expect(try role(path).isVerification)
  }

  @Test("no tests", arguments: ["contest.py", "latest.go", "src/attestation.rs", "scripts/test_restart.py"])
  func noTests(path: String) throws {
    #expect(try !role(path).isTest)
  }

  @Test("the documentation strings of Python are comments, other literals are not")
  func docstrings() throws {
    let text =
      "\"\"\"Module.\"\"\"\nX = \"\"\"\ntext\n\"\"\"\n\n\ndef f():\n    r'''Doc\n    more'''\n    call(\n        \"\"\"argument\"\"\")\n"
    let reading = FileReading(try SourceFile(path: "a.py", content: Array(text.utf8)))
    func at(_ word: String) -> String {
      text.firstRange(of: word).map {
        reading.byteClass(at: text.utf8.distance(from: text.startIndex, to: $0.lowerBound)).name
      } ?? ""
    }
    #expect(at("Module") == "comment")
    #expect(at("text") == "string")
    #expect(at("more") == "comment")
    #expect(at("argument") == "string")
    #expect(at("call") == "code")
  }

  @Test(
    "the function around a line, in several languages",
    arguments: [
      ("a.py", "class A:\n    def save_all(self):\n        x\n", 3, ["save", "all"]),
      ("a.go", "func (s *Store) AppendRow(b []byte) error {\n\tx\n}\n", 2, ["append", "row"]),
      ("a.ts", "class A {\n  async saveAll(x: number) {\n    x\n  }\n}\n", 3, ["save", "all"]),
      ("a.java", "class A {\n  public void saveAll() {\n    if (x) {\n      y;\n    }\n  }\n}\n", 4, ["save", "all"]),
      ("a.sh", "save_all() {\n  x\n}\n", 2, ["save", "all"]),
      ("a.rs", "pub fn save_all() {\n    x\n}\n", 2, ["save", "all"]),
    ])
  func functions(path: String, text: String, line: Int, expected: [String]) throws {
    let reading = FileReading(try SourceFile(path: path, content: Array(text.utf8)))
    #expect(reading.function(around: line)?.name == expected)
    #expect(reading.function(around: line)?.lines.contains(line) ?? false)
  }

  @Test(
    "the name that a value is given to",
    arguments: [
      ("x = ", "x"), ("  \"run_id\": ", "run_id"), ("const a: string = ", "a"), ("var a string = ", "a"),
      ("d['a'] = ", "a"),
      ("a: Optional[str] = f", "a"), ("a := ", "a"), ("a => ", "a"), ("-e A=", "A"),
    ])
  func names(before: String, expected: String) {
    let bytes = Array((before + "\"").utf8)
    #expect(AssignedName(before: bytes[...])?.text == expected)
  }

  @Test("nothing is assigned in a comparison or a call", arguments: ["x == ", "x != ", "call(", "x, "])
  func noNames(before: String) {
    #expect(AssignedName(before: Array((before + "\"").utf8)[...]) == nil)
  }

  @Test("any bytes can be read", arguments: [0, 1, 2, 3])
  func anyBytes(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let alphabet = Array("\"'`={}()[]:/\\-_ \n\t#aZ9é$<>TODO password run_id /home/x for now".utf8)
    var bytes: [UInt8] = []
    for _ in 0..<4_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(alphabet[Int(state >> 33) % alphabet.count])
    }
    let rules = try BuiltInRules.all.get()
    for path in ["a.py", "a.yaml", "Dockerfile", "a.md", "a.go"] {
      let file = try SourceFile(path: path, content: bytes)
      let findings = FileScanner(rules: rules, today: .init(dayNumber: 0)).scan(file)
      #expect(findings.allSatisfy { $0.message.utf8.count < 600 })
    }
  }
}
