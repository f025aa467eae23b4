import Formats
import Testing

/// Which files `scan` looks at, how it names them, and what the configuration says about them.
@Suite struct ScanPathTests {
  private static let bad = "ROOT = \"/Users/alice/work\"\n"

  private func paths(_ outcome: Outcome) throws -> [String] { try outcome.json()["findings"]?.texts(of: "path") ?? [] }

  private func feed(_ text: String, _ workspace: Workspace, _ arguments: [String]) throws -> Outcome {
    try workspace.put(.file(text), at: "../input")
    let script = "exec \"$0\" scan \"$@\" < \(workspace.enclosure)/input"
    return try workspace.start(["sh", "-c", script, BuiltBinary.path] + arguments)
  }

  @Test func `standard input is judged under the name it is given`() throws {
    let workspace = try Workspace(["src/a.py": "x = 1\n"])
    let outcome = try feed(Self.bad, workspace, ["--json", "--stdin-path", "src/a.py"])
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try paths(outcome) == ["src/a.py"])
    #expect(try outcome.json().at("scope", "kind")?.text == "stdin")
    // The path of a document that is no code, and one that no file has.
    #expect(try feed("# \(Self.bad)", workspace, ["--stdin-path", "new/b.py"]).status == 0)
    #expect(try feed(Self.bad, workspace, ["--stdin-path", "new/b.py"]).status == 1)
    #expect(try feed("", workspace, ["--stdin-path", "empty.py"]).status == 0)
  }

  @Test func `the configuration of the tree counts, and options win over it`() throws {
    let workspace = try Workspace([
      "auditor.yaml": "fail_on: never\ndisable: [secret]\nscan: {exclude: [\"gen/**\"]}\n", "a.py": .file(Self.bad),
      "gen/b.py": .file(Self.bad), "c.py": "DSN = \"postgres://u:hunter2secret@db/x\"\n",
    ])
    _ = try workspace.commit()
    var outcome = try workspace.run("scan", "--json")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(try paths(outcome) == ["a.py"])
    #expect(try outcome.json().at("coverage", "skipped", "excluded")?.integer == 1)
    outcome = try workspace.run("scan", "--json", "--fail-on", "error")
    #expect(outcome.status == 1, "\(outcome)")
    outcome = try workspace.run("scan", "--json", "--disable", "hard-path")
    #expect(try paths(outcome) == [])
    // From a folder below, and by an absolute path from elsewhere.
    let below = try BuiltBinary.run(["scan", "--json"], in: "\(workspace.root)/gen")
    #expect(below.status == 4, "\(below)")
    outcome = try BuiltBinary.run(["scan", "--json", workspace.root], in: "/")
    #expect(try paths(outcome) == ["\(workspace.root)/a.py"], "\(outcome)")
    #expect(outcome.status == 0)
  }

  @Test func `a named file that the configuration leaves out is no failure, for hooks name all`() throws {
    let workspace = try Workspace([
      "auditor.yaml": "scan: {exclude: [\"gen/**\"]}\n", "gen/b.py": .file(Self.bad), "gen/c.py": .file(Self.bad),
    ])
    let outcome = try workspace.run("scan", "gen/b.py", "gen/c.py")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("2 excluded by configuration"))
    #expect(try feed(Self.bad, workspace, ["--stdin-path", "gen/new.py"]).status == 0)
    #expect(try workspace.run("scan", "gen").status == 4)
  }

  @Test func `the nearest configuration up to the top of the repository is used, none above it`() throws {
    let workspace = try Workspace([
      "../auditor.yaml": "disable: [hard-path]\n", "sub/auditor.yaml": "disable: [hard-path]\n",
      "sub/a.py": .file(Self.bad), "b.py": .file(Self.bad), "deep/er/c.py": .file(Self.bad),
    ])
    _ = try workspace.commit()
    #expect(try paths(workspace.run("scan", "--json", "sub")) == [])
    #expect(try paths(workspace.run("scan", "--json", "deep/er")) == ["deep/er/c.py"])
    let outcome = try workspace.run("scan", "sub", "b.py")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("different configurations (sub/auditor.yaml and "), "\(outcome)")
  }

  @Test func `path patterns of rules and ignore files see the path from the root`() throws {
    let pack = """
      rules:
        - id: word
          message: "found"
          severity: error
          paths: {include: ["src/lib/**"]}
          pattern-regex: 'cat'
          metadata: {remediation: "leave it out"}
          examples: {match: [{path: src/lib/a.txt, text: "a cat"}], ok: ["a dog"]}
      """
    let workspace = try Workspace([
      "auditor.yaml": "rules: [ci]\n", "ci/pack.yaml": .file(pack), "src/lib/a.txt": "a cat\n", "src/b.txt": "a cat\n",
      "src/lib/out/c.txt": "a cat\n", ".gitignore": "src/lib/out/\n",
    ])
    _ = try workspace.commit()
    #expect(try paths(workspace.run("scan", "--json", "src")) == ["src/lib/a.txt"])
    #expect(try paths(workspace.run("scan", "--json", "src/lib")) == ["src/lib/a.txt"])
    #expect(try paths(workspace.run("scan", "--json", "src/lib/a.txt", "src", "src/lib")) == ["src/lib/a.txt"])
    #expect(try paths(workspace.run("scan", "--json", "--no-ignore", "src")) == ["src/lib/a.txt", "src/lib/out/c.txt"])
    #expect(
      try paths(BuiltBinary.run(["scan", "--json"], in: "\(workspace.root)/src/lib")) == ["a.txt"])
  }

  @Test func `a configuration that cannot be used stops the scan`() throws {
    let workspace = try Workspace(["auditor.yaml": "scann: {}\n", "a.py": .file(Self.bad)])
    let outcome = try workspace.run("scan")
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("auditor.yaml:1:1: unknown key 'scann'"), "\(outcome)")
  }
}
