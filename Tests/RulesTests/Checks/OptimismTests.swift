import Testing

@testable import Rules

@Suite("Hopes in the place of checks")
struct OptimismTests {
  @Test(
    "a hope that excuses a check is found",
    arguments: [
      ("verify_store.py", "# For now, just look at the size\n"),
      ("a.py", "def verify_digest(x):\n    # skip the digest for now\n    return True\n"),
      ("a.ts", "// for now, assume the signature is valid\n"),
      ("a.go", "func Validate() error {\n\t// presumably the caller has checked\n\treturn nil\n}\n"),
      ("prove.sh", "# fast mode for now\n"),
      ("gate.py", "record = {'reason': 'already verified last week'}\n"),
      ("a.py", "finding = 'the store is already proven'\n"),
      ("tests/test_a.py", "def test_a():\n    # For the moment we only look at the name\n    assert x\n"),
      ("reports/CLOSURE_REPORT.md", "Durability is already proven.\n"),
    ])
  func violations(path: String, text: String) throws {
    let found = try found("optimism-claim", in: text, at: path)
    #expect(!found.isEmpty && found.allSatisfy { $0.hasSuffix("error") })
  }

  @Test(
    "in other comments and documents it is a note",
    arguments: [
      ("a.py", "# For now, keep the order\n"),
      ("docs/design.md", "Read-only for now.\n"),
      ("a.go", "// presumably the caller holds the lock\n"),
    ])
  func remarks(path: String, text: String) throws {
    #expect(try found("optimism-claim", in: text, at: path) == ["1 note"])
  }

  @Test(
    "expected, quoted, denied and conditional claims are none",
    arguments: [
      ("tests/test_a.py", "def test_a():\n    # a round trip should work\n    assert a\n"),
      ("tests/test_a.py", "assert ok, 'should work for A'\n"),
      ("docs/rules.md", "Statements such as \"looks correct\" are forbidden.\n"),
      ("docs/VALIDATION_REPORT.md", "Never say that it is already verified.\n"),
      ("verify.py", "# unless it is already verified\n"),
      ("verify.py", "# it is not good enough\n"),
      ("a.py", "message = 'this email is already verified'\n"),
      ("verify.py", "log.info('already verified, skipping')\n"),
      ("a.py", "print('Looks good to me')\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try found("optimism-claim", in: text, at: path).isEmpty)
  }
}
