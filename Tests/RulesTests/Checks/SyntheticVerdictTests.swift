import Formats
import Testing

@testable import Rules

@Suite("Verdicts that cannot fail")
struct SyntheticVerdictTests {
  private func lines(_ text: String, _ path: String) throws -> [Int] {
    let rules = try RulePack.builtIn().rules.filter { $0.family == "synthetic-verdict" }
    let file = try SourceFile(path: path, content: Array(text.utf8))
    return FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file).compactMap(\.location.line)
  }

  @Test(
    "a positive verdict without a way to fail is found",
    arguments: [
      ("a.sh", "echo PASS\n", [1]),
      ("a.sh", "echo \"gate: PASS\" > out/PASS_FAIL.txt\n", [1]),
      ("a.py", "def f():\n    print('PROVEN')\n", [2]),
      ("a.py", "result = {\n  \"status\": \"verified\",\n}\n", [2]),
      ("a.js", "function f() {\n  console.log('VERIFIED');\n}\n", [2]),
      ("a.go", "func f() {\n\tfmt.Println(\"PASS\")\n}\n", [2]),
      // The check of one function is no check of another.
      ("a.py", "def check():\n    raise ValueError\n\ndef f():\n    print('PASS')\n", [5]),
    ])
  func found(path: String, text: String, expected: [Int]) throws {
    #expect(try lines(text, path) == expected)
  }

  @Test(
    "a verdict that something can turn negative or stop is left alone",
    arguments: [
      ("a.sh", "set -euo pipefail\n./check\necho PASS\n"),
      ("a.sh", "./check || exit 1\necho PASS\n"),
      ("a.sh", "if ./check; then echo PASS; else echo FAIL; fi\n"),
      ("a.py", "def f(ok):\n    print('PASS' if ok else 'FAIL')\n"),
      ("a.py", "def f(ok):\n    assert ok\n    print('PASS')\n"),
      ("a.py", "# echo PASS\n"),
      ("a.py", "if verdict == 'PASS':\n    count += 1\n"),
      ("a.swift", "func f() throws {\n  guard ok else { return }\n  print(\"PASS\")\n}\n"),
      ("a.md", "echo PASS\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try lines(text, path).isEmpty)
  }
}
