import Testing

@testable import Rules

@Suite("Outlines")
struct OutlineTests {
  private func outline(_ path: String, _ text: String) throws -> Outline {
    let judged = JudgedFile(try SourceFile(path: path, content: Array(text.utf8)))
    return try #require(judged.programs.first).outline
  }

  /// Kind, keyword and name of each block, in order.
  private func blocks(_ path: String, _ text: String) throws -> [String] {
    try outline(path, text).blocks.dropFirst().map { "\($0.kind) \($0.keyword) \($0.name)" }
  }

  @Test(
    "functions and blocks are found in every layout",
    arguments: [
      (
        "a.py", "class A:\n  def f(self):\n    if x:\n      return 1\n    else: y()\n",
        ["type class A", "function def f", "branch if ", "branch else "]
      ),
      (
        "a.py", "try:\n  f()\nexcept E:\n  pass\nasync def g(): pass\n",
        ["attempt try ", "handler except ", "function def g"]
      ),
      ("a.py", "d = {\n  'a': 1,\n}\ndef f(\n  x,\n):\n  pass\n", ["function def f"]),
      (
        "a.ts", "export function f(a: A) {\n  const o = { a: 1 };\n  if (a) { g(); }\n}\n",
        ["function function f", "branch if "]
      ),
      (
        "a.ts", "const f = async (x) => {\n  return x;\n};\nclass B { m(x) { return 1; } }\n",
        ["function => f", "type class B", "function  m"]
      ),
      ("a.ts", "it('a', () => { g(); });\n", ["function => "]),
      (
        "a.swift",
        "struct S {\n  func f() -> Int {\n    guard a else { return 1 }\n    do { try g() } catch { h() }\n  }\n}\n",
        ["type struct S", "function func f", "branch guard ", "attempt do ", "handler catch "]
      ),
      ("a.go", "func (s *S) F() R {\n\treturn R{A: 1}\n}\n", ["function func F"]),
      ("a.rs", "impl A {\n    fn f() -> R { R { a: 1 } }\n}\n", ["type impl A", "function fn f"]),
      (
        "a.sh", "f() {\n  if a; then b; else c; fi\n}\nfor x in 1 2; do g; done\ncase $a in x) h ;; esac\n",
        ["function { f", "branch if ", "branch else ", "loop for ", "branch case "]
      ),
    ])
  func layouts(path: String, text: String, expected: [String]) throws {
    #expect(try blocks(path, text) == expected)
  }

  @Test("code within strings is code")
  func interpolation() throws {
    for (path, text) in [
      ("a.py", "x = f'a {int(now())} b'\n"), ("a.ts", "const x = `a ${now()} b`;\n"),
      ("a.swift", "let x = \"a \\(now()) b\"\n"),
      ("a.sh", "x=\"a $(now) b\"\n"),
    ] {
      let outline = try outline(path, text)
      #expect(outline.tokens.contains { $0.isWord("now") && $0.isInterpolated }, "\(path)")
    }
    #expect(try !outline("a.py", "x = 'a {now()} b'\n").tokens.contains { $0.isWord("now") })
  }

  @Test("what a value is used for")
  func uses() throws {
    func uses(_ text: String) throws -> [Outline.Use] {
      let outline = try outline("a.py", text)
      let value = try #require(outline.tokens.firstIndex { $0.isWord("v") })
      return outline.uses(of: value..<value + 1)
    }
    #expect(try uses("x = v\n") == [.assigned(to: 0)])
    #expect(try uses("self.x = v\n") == [.stored])
    #expect(try uses("f({'k': v})\n") == [.labelled("k")])
    #expect(try uses("f(k=v)\n") == [.labelled("k")])
    #expect(try uses("f(v)\n") == [.argument(of: "f")])
    #expect(try uses("return v\n") == [.returned])
    #expect(try uses("sha256(v)\n") == [.hashed])
    #expect(try uses("if int(v) - a > b: pass\n") == [.compared(with: 8..<10)])
  }

  @Test("programs in other files are found, with their places")
  func fragments() throws {
    for (path, text, expected) in [
      ("ci.yaml", "steps:\n  - run: |\n      make test\n  - run: make all\n", ["make test", "make all"]),
      (".gitlab-ci.yml", "job:\n  script:\n    - make\n    - go test\n", ["make", "go test"]),
      ("Dockerfile", "FROM a\nRUN b \\\n  c\n", ["b \\\n  c"]), ("Makefile", "all:\n\t@make x\n", ["make x"]),
    ] {
      let file = try SourceFile(path: path, content: Array(text.utf8))
      let programs = JudgedFile(file).programs
      let found = programs.map { program in
        String(decoding: file.bytes[program.range], as: UTF8.self).split(separator: "\n").map { line in
          String(line.drop { $0 == " " })
        }.joined(separator: "\n  ")
      }
      #expect(found == expected, "\(path)")
      for program in programs {
        for token in program.outline.tokens { #expect(program.range.contains(token.range.lowerBound)) }
      }
    }
    let script = try SourceFile(path: "a.sh", content: Array("python3 - <<'PY'\nprint(1)\nPY\necho\n".utf8))
    #expect(JudgedFile(script).programs.map(\.outline.languageName) == ["shell", "python"])
  }

  @Test(
    "any bytes make an outline",
    arguments: ["a.py", "a.ts", "a.swift", "a.go", "a.rs", "a.sh", "a.yaml", "Dockerfile", "Makefile", "a.java"])
  func hostile(path: String) throws {
    let pieces = [
      "{", "}", "(", ")", "[", "]", ":", "\n", "  ", "if ", "def f", "\"", "'", "`", "$(", "${", "\\", "try ",
      "- run: |\n", "RUN ", "\t", "<<A\n", "A\n", "f'{", "=>", "func x", ";", "else ", ",", "= ", "assert ", "é",
    ]
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<40 {
      var text = ""
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(truncatingIfNeeded: state >> 33) % pieces.count]
      }
      let judged = JudgedFile(try SourceFile(path: path, content: Array(text.utf8)))
      for check in SemanticCheck.allCases {
        for span in check.spans(in: judged) { #expect(span.upperBound <= text.utf8.count) }
      }
    }
  }
}
