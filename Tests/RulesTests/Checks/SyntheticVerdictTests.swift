import Testing

@testable import Rules

@Suite("Verdicts that cannot fail")
struct SyntheticVerdictTests {
  @Test(
    "a positive verdict without a way to fail is found",
    arguments: [
      ("a.sh", "echo PASS\n", [1]),
      ("a.sh", "echo \"gate: PASS\" > out/PASS_FAIL.txt\n", [1]),
      // `set -e` is worth nothing once the result of the test was thrown away.
      ("a.sh", "set -e\npytest || true\n./build\necho 'verdict: PASS' > out\n", [4]),
      ("a.sh", "cat > m.json <<JSON\n{\n  \"verification\": \"PASSED\"\n}\nJSON\n", [3]),
      ("a.py", "def f():\n    print('PROVEN')\n", [2]),
      ("a.py", "result = {\n  \"status\": \"verified\",\n}\n", [2]),
      ("a.py", "def f(out):\n    evidence = {'status': 'PHASE 5 COMPLETE'}\n    out.write(evidence)\n", [2]),
      ("a.js", "function f() {\n  console.log('VERIFIED');\n}\n", [2]),
      ("a.go", "func f() {\n\tfmt.Println(\"PASS\")\n}\n", [2]),
      ("a.rs", "pub fn verify(_rows: usize) -> Report {\n    Report { status: \"verified\", ok: true }\n}\n", [2]),
      (
        "ci.yaml", "jobs:\n  a:\n    steps:\n      - run: |\n          echo '{\"status\": \"verified\"}' > e.json\n",
        [5]
      ),
      // The check of one function is no check of another.
      ("a.py", "def check():\n    raise ValueError\n\ndef f():\n    print('PASS')\n", [5]),
      // A comment that admits it outweighs every check before it.
      (
        "a.py",
        "def f(x):\n    if not x:\n        raise E\n    return {\n        'quorum_status': 'satisfied',  # TODO: compute\n    }\n",
        [5]
      ),
      // Each record is one finding.
      (
        "a.py",
        "def f():\n    save({\n        'results': {'gate': 'PASS', 'tenants': 'PASS'},\n        'status': 'PHASE 5 COMPLETE',\n    })\n",
        [3, 4]
      ),
      ("a.py", "def f(out):\n    row = {'status': 'PROVEN'}\n    status = mark(row)\n    out.write(status)\n", [2]),
      // A verdict over nothing.
      ("a.py", "def f(x):\n    if not x:\n        raise E\n    return {'overall_pass': True, 'probe_count': 0}\n", [4]),
      // An exit status that no process gave.
      ("a.py", "def f(x):\n    if not x:\n        return\n    send({'status': 'ok', 'exit_code': 0})\n", [4]),
    ])
  func found(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("synthetic-verdict", path, text) == expected)
  }

  @Test(
    "a verdict that something can turn negative or stop is left alone",
    arguments: [
      ("a.sh", "set -euo pipefail\n./check\necho PASS\n"),
      ("a.sh", "./check || exit 1\necho PASS\n"),
      ("a.sh", "if ./check; then echo PASS; else echo FAIL; fi\n"),
      ("a.sh", "./check && echo PASS\n"),
      ("a.sh", "pass() {\n  echo \"PASS: $1\"\n}\n"),
      ("a.py", "def f(ok):\n    print('PASS' if ok else 'FAIL')\n"),
      ("a.py", "def f(ok):\n    assert ok\n    print('PASS')\n"),
      ("a.py", "def f(rows):\n    validate(rows)\n    return {'verdict': 'PASS'}\n"),
      ("a.py", "def f(rows):\n    report = {'verdict': 'PASS'}\n    if rows:\n        report['verdict'] = 'other'\n"),
      ("a.py", "# echo PASS\n"),
      ("a.py", "PASS = 'PASS'\n"),
      ("a.py", "class Verdict(Enum):\n    PROVEN = 'PROVEN'\n"),
      ("a.py", "if verdict == 'PASS':\n    count += 1\n"),
      ("a.py", "COLOURS = {'PASS': 'green', 'FAIL': 'red'}\n"),
      ("tests/test_a.py", "def test_a():\n    row = {'verdict': 'PROVEN'}\n    assert judge(row)\n"),
      ("a.swift", "func f() throws {\n  guard ok else { return }\n  print(\"PASS\")\n}\n"),
      ("a.go", "func Verdict(rows int) string {\n\tif rows == 0 {\n\t\treturn \"FAIL\"\n\t}\n\treturn \"PASS\"\n}\n"),
      ("a.md", "echo PASS\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try Scanned.lines("synthetic-verdict", path, text) == [])
  }

  @Test(
    "chains that one script writes are found, those with work in between are not",
    arguments: [
      ("a.sh", "for a in started completed verified; do\n  echo \"$a\" >> feed\ndone\n", [1]),
      ("a.sh", "event completed\n./check-log\nevent verified\n", []),
      (
        "a.py",
        "rows = [\n    {'action': 'started'},\n    {'action': 'completed'},\n    {'action': 'verified'},\n]\nfor r in rows:\n    fh.write(r)\n",
        [4]
      ),
      ("a.py", "ACTIONS = ('started', 'completed', 'verified')\n", []),
      ("a.py", "def f():\n    emit('completed')\n    emit('verified')\n", [3]),
      ("a.py", "def f():\n    emit('completed')\n    read_again()\n    emit('verified')\n", []),
    ])
  func chains(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("synthetic-verdict", path, text) == expected)
  }

  @Test(
    "documents are asked for evidence",
    arguments: [
      ("a.json", "{\"phase_id\": \"P1\", \"verdict\": \"PROVEN\"}", [1]),
      ("a.json", "{\"phase_id\": \"P1\", \"verdict\": \"PROVEN\", \"sha256\": \"ab\"}", []),
      ("a.json", "{\"verdict\": \"DESIGNED\"}", []),
      ("a.json", "{", []),
      (
        "a.yaml", "P1:\n  verdict: PROVEN\n  evidence_path: \"\"\nP2:\n  verdict: PROVEN\n  evidence_path: a.json\n",
        [2]
      ),
      ("a.md", "- [ ] a\n- [ ] b\n\nVerdict: PROVEN\n", [4]),
      ("a.md", "- [ ] a\n- [ ] b\n\n- PROVEN\n- PARTIAL\n", []),
      ("a.md", "- [x] a\n- [ ] b\n\nVerdict: PROVEN\n", []),
    ])
  func documents(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("synthetic-verdict", path, text) == expected)
  }
}
