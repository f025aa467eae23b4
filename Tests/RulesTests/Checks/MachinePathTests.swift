import Testing

@testable import Rules

@Suite("Paths of one machine")
struct MachinePathTests {
  @Test(
    "a path that the code needs is found, whatever the language",
    arguments: [
      ("Tool.java", "Path root = Paths.get(\"/home/alice/data\");\n"),
      ("tool.rb", "ROOT = '/home/alice/data'\n"),
      ("tool.kt", "val root = \"\"\"/Users/alice/data\"\"\"\n"),
      ("tool.ps1", "$Root = \"C:\\Users\\alice\\data\"\n"),
      ("tool.bat", "set ROOT=D:\\work\\data\n"),
      ("agent.service", "ExecStart=/home/alice/agent/run\n"),
      ("main.tf", "path = \"/Users/alice/keys\"\n"),
      ("settings.json", "{\"interpreter\": \"/home/alice/venv/bin/python\"}\n"),
      ("compose.yaml", "volumes:\n  - /home/alice/data:/data\n"),
      ("Makefile", "install:\n\tcp out /Users/alice/bin\n"),
      ("tool.sh", "grep -q error /home/alice/log/app.log\n"),
      ("tool.sh", "tool -I/home/alice/include\n"),
      ("tool.sh", "cd /mnt/c/Users/alice/repo\n"),
      ("tool.py", "query = run(\n    \"\"\"ATTACH '/home/alice/a.db'\"\"\")\n"),
      ("tool.py", "HOMES = '/export/home/alice/x'\n"),
      ("unknown.xyz", "root /Users/alice/data\n"),
    ])
  func violations(path: String, text: String) throws {
    #expect(try found("hard-path", in: text, at: path).map { $0.suffix(5) } == ["error"])
  }

  @Test(
    "what only looks like one is left alone",
    arguments: [
      ("tool.py", "def f():\n    '''Say\n    cd /home/alice/x\n    '''\n"),
      ("tool.sh", "# cd /home/alice/x\n"),
      ("tool.ts", "const page = `https://example.org/Users/guide/start`\n"),
      ("tool.ts", "const page = 'assets/home/start/x.png'\n"),
      ("tool.sh", "cp x \"$ROOT/home/alice/x\"\n"),
      ("tool.sh", "cp x \"${ROOT}/home/alice/x\"\n"),
      ("tool.py", "PATTERN = r'^/home/alice/.*'\n"),
      ("tool.py", "FORBIDDEN = [\n    '/home/alice/x',\n]\n"),
      ("tool.py", "text = re.sub('/Users/alice/x', '<root>', text)\n"),
      ("tool.py", "assert '/Users/alice/x' not in text\n"),
      ("tool.sh", "echo 'tool /Users/you/x'\n"),
      ("tool.sh", "sed 's#/Users/alice#~#' in > out\n"),
      ("ci.yml", "path: /home/circleci/repo\n"),
      ("compose.yaml", "volumes:\n  - ./data:/home/worker/data\n"),
      ("Dockerfile", "RUN useradd x && chown x /home/worker\n"),
      ("math.c", "int a = b & ~page/4;\n"),
      ("tool.py", "API = '/api/home/alice'\n"),
    ])
  func silent(path: String, text: String) throws {
    #expect(try found("hard-path", in: text, at: path).isEmpty)
  }

  @Test("documents and recorded data get a note")
  func remarks() throws {
    #expect(try found("hard-path", in: "ran in /home/alice/x\n", at: "docs/run.md") == ["1 note"])
    #expect(
      try found("hard-path", in: "{\"cwd\": \"/home/alice/x\", \"exit_code\": 0}\n", at: "run.json") == ["1 note"])
    #expect(try found("hard-path", in: "{\"cwd\": \"/home/alice/x\"}\n", at: "artifacts/run.json") == ["1 note"])
  }

  @Test("in a test, only a path that has to exist counts")
  func tests() throws {
    let input = "def test_guard():\n    assert is_refused('/home/alice/x')\n    guard('/home/alice/y')\n"
    #expect(try found("hard-path", in: input, at: "tests/test_guard.py").isEmpty)
    let needed = "import sys\nsys.path.insert(0, '/home/alice/x')\nDATA = '/home/alice/y'\n"
    #expect(try found("hard-path", in: needed, at: "tests/test_guard.py") == ["2 error", "3 error"])
  }
}
