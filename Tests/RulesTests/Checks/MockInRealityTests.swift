import Testing

@testable import Rules

@Suite("Stand-ins where the real thing is meant")
struct MockInRealityTests {
  @Test(
    "they are found",
    arguments: [
      ("a.py", "class MockStore:\n    pass\n", [1]),
      ("a.py", "gate = Gate(client=FakeClient())\n", [1]),
      ("a.py", "self.executor = executor or MockExecutor()\n", [1]),
      ("a.py", "db = sqlite3.connect(':memory:')\n", [1]),
      (
        "a.py", "class Store:\n    \"\"\"In-memory store for intents\"\"\"\n    def get(self):\n        return 1\n", [2]
      ),
      (
        "a.py",
        "def f(x):\n    # Mock approval check\n    # In a real implementation, this would ask.\n    return True\n", [2]
      ),
      ("a.ts", "export const mockRows = [1, 2];\n", [1]),
      ("a.swift", "func make() -> Log {\n  return InMemoryLog()\n}\n", []),
      ("a.swift", "func make() -> Ledger {\n  return InMemoryLedger()\n}\n", [2]),
      // Started by itself: what it measures is taken for evidence.
      ("load_test.py", "class MockService:\n    pass\n\nif __name__ == '__main__':\n    main()\n", [1]),
      ("config.yaml", "storage:\n  backend: in_memory\n", [2]),
    ])
  func found(path: String, text: String, expected: [Int]) throws {
    #expect(try Scanned.lines("mock-in-reality", path, text) == expected)
  }

  @Test(
    "tests, refusals, sentences and what may be kept in memory are left alone",
    arguments: [
      ("tests/test_a.py", "store = MockStore()\n"),
      ("test_a.py", "def test_a():\n    assert FakeClient()\n"),
      (
        "a.py",
        "def submit(x):\n    \"\"\"Return a stub response.\"\"\"\n    return {'accepted': False, 'status': 'stubbed'}\n"
      ),
      ("a.py", "def f(x):\n    # Mock approval check\n    raise NotImplementedError\n"),
      ("a.py", "# no in-memory storage in here\nx = 1\n"),
      ("a.py", "\"\"\"In-memory rate limiter.\"\"\"\n"),
      ("a.py", "class MemorySink(Sink):\n    \"\"\"In-memory sink store for testing and debugging\"\"\"\n    x = 1\n"),
      ("a.py", "log('eliminating MockExecutor')\n"),
      ("a.py", "if path == ':memory:':\n    raise E\n"),
      ("a.swift", "let isMemory = path.contains(\":memory:\")\n"),
      ("a.py", "use_mock = False\n"),
      ("a.py", "for domain in domains:  # keep three domains in memory\n    pass\n"),
      ("a.md", "Use a mock store.\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try Scanned.lines("mock-in-reality", path, text) == [])
  }

  @Test func `in a demonstration it is a note`() throws {
    let findings = try Scanned.findings("mock-in-reality", "demo/run.py", "store = InMemoryStore()\n")
    #expect(findings.map(\.level) == [.note])
  }
}
