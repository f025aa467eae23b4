import Testing

@testable import Rules

@Suite("Open work")
struct OpenWorkTests {
  @Test(
    "a marker where something is read, written, sent or proven",
    arguments: [
      ("a.java", "void save(Row r) {\n    // TODO retry\n    r.x = 1;\n}\n", "2 error"),
      ("a.sql", "-- FIXME: delete in batches\nDELETE FROM entries;\n", "1 error"),
      ("a.js", "function f() {\n  /* TODO: handle errors */\n  socket.send(x);\n}\n", "2 error"),
      ("a.rb", "def publish(x)\n  # HACK: twice\n  x\nend\n", "2 error"),
      ("a.py", "def f(x):\n    return x  # todo: verify the signature\n", "2 error"),
      ("a.ps1", "# TODO: upload the evidence\n", "1 error"),
    ])
  func violations(path: String, text: String, expected: String) throws {
    #expect(try found("todo-critical", in: text, at: path) == [expected])
  }

  @Test(
    "elsewhere, in tests and in demonstrations it is a note",
    arguments: [
      ("a.ts", "// TODO: round corners\nconst x = 1\n"),
      ("tests/test_a.py", "def test_save():\n    # TODO: fsync\n    save(1)\n"),
      ("examples/a.py", "# TODO: save\nsave(1)\n"),
    ])
  func remarks(path: String, text: String) throws {
    #expect(try found("todo-critical", in: text, at: path).allSatisfy { $0.hasSuffix("note") })
    #expect(try !found("todo-critical", in: text, at: path).isEmpty)
  }

  @Test(
    "words that are no marker",
    arguments: [
      ("a.py", "save(TODO)\n"),
      ("a.py", "x = 'TODO: save'\n"),
      ("a.py", "# see the TODO list of save()\nsave(1)\n"),
      ("a.py", "# as the TODO comment in store.py says\nsave(1)\n"),
      ("a.py", "# never leave a FIXME here\nsave(1)\n"),
      ("a.py", "# ids look like GUID-XXX\nsave(1)\n"),
      ("a.py", "# mktemp /tmp/save.XXXXXX\nsave(1)\n"),
      ("a.py", "# XXX (ISO 4217): no currency\nsave(1)\n"),
      ("a.md", "TODO: save\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try found("todo-critical", in: text, at: path).isEmpty)
  }

  @Test(
    "what is not implemented",
    arguments: [
      ("a.ts", "class Store {\n  save(x) {\n    throw new Error('not implemented')\n  }\n}\n", "3 error"),
      ("a.kt", "fun persist(x: Row) {\n    TODO(\"write\")\n}\n", "2 error"),
      ("a.cs", "void Save() {\n    throw new NotImplementedException();\n}\n", "2 error"),
      ("a.go", "func (s *Store) Flush() {\n\tpanic(\"not implemented\")\n}\n", "2 error"),
      (
        "a.py", "class FileStore(Store):\n    def flush(self):\n        raise NotImplementedError('flush')\n", "3 error"
      ),
    ])
  func unimplemented(path: String, text: String, expected: String) throws {
    #expect(try found("todo-critical", in: text, at: path) == [expected])
  }

  @Test(
    "what others implement, and what is refused on purpose",
    arguments: [
      "class Store(ABC):\n    @abstractmethod\n    def save(self):\n        raise NotImplementedError\n",
      "class Store(Protocol):\n    def save(self):\n        raise NotImplementedError\n",
      "class Sink:\n    \"\"\"Base of all sinks.\"\"\"\n\n    def emit(self):\n        raise NotImplementedError\n",
      "class Sink:\n    def emit(self):\n        raise NotImplementedError\n\n\nclass FileSink(Sink):\n    pass\n",
      "def load():\n    raise NotImplementedError(\n        'a loader must be provided')\n",
      "def load():\n    if not flags.enabled('load'):\n        raise NotImplementedError('load')\n",
    ])
  func refused(text: String) throws {
    #expect(try found("todo-critical", in: text, at: "a.py").isEmpty)
  }
}
