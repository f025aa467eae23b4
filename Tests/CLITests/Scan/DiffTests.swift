import Formats
import Testing

/// What a change did, and nothing else: `scan --diff`, `scan --staged`, `audit --diff`.
@Suite struct DiffTests {
  private static let bad = "ROOT = \"/Users/alice/work\"\n"

  private func findings(_ outcome: Outcome) throws -> [String] {
    try outcome.json()["findings"]?.elements.map {
      "\($0["path"]?.text ?? ""):\($0["line"]?.integer.map(String.init) ?? "-")"
    } ?? []
  }

  @Test func `tells changed lines only, committed or not, and untracked files`() throws {
    let workspace = try Workspace(["a.py": .file("x = 1\n" + Self.bad), "same.py": .file(Self.bad)])
    let base = try workspace.commit()
    try workspace.put(.file("x = 1\n" + Self.bad + "y = 2\n" + Self.bad), at: "a.py")
    _ = try workspace.commit()
    try workspace.put(.file("x = 1\n" + Self.bad + "y = 2\n" + Self.bad + Self.bad), at: "a.py")
    try workspace.put(.file(Self.bad), at: "new.py")
    let outcome = try workspace.run("scan", "--json", "--diff", base)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try findings(outcome) == ["a.py:4", "a.py:5", "new.py:1"])
    let report = try outcome.json()
    #expect(report.at("scope", "kind")?.text == "diff")
    #expect(report.at("scope", "base")?.text == base)
    #expect(report.at("coverage", "skipped", "unchanged")?.integer == 1)
    #expect(try findings(workspace.run("scan", "--json", "--diff", "HEAD")) == ["a.py:5", "new.py:1"])
  }

  @Test func `has the fingerprints of a whole scan`() throws {
    let workspace = try Workspace(["a.py": .file(Self.bad + "x = 1\n")])
    let base = try workspace.commit()
    try workspace.put(.file(Self.bad + "x = 1\n" + Self.bad), at: "a.py")
    let whole = try workspace.run("scan", "--json").json()["findings"]?.texts(of: "fingerprint") ?? []
    let changed = try workspace.run("scan", "--json", "--diff", base).json()["findings"]?.texts(of: "fingerprint")
    #expect(whole.count == 2)
    #expect(changed == [whole[1]])
    _ = try workspace.run("audit", "--diff", base)
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    #expect(report["findings"]?.texts(of: "fingerprint") == changed)
  }

  @Test func `compares with the merge base, not with the other branch's end`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "b.py": .file(Self.bad)])
    _ = try workspace.commit()
    _ = try workspace.start(["git", "branch", "other"])
    try workspace.put(.file("x = 1\n" + Self.bad), at: "a.py")
    let mine = try workspace.commit()
    _ = try workspace.start(["git", "checkout", "-q", "other"])
    try workspace.put("x = 1\n", at: "b.py")
    _ = try workspace.commit()
    _ = try workspace.start(["git", "checkout", "-q", mine])
    #expect(try findings(workspace.run("scan", "--json", "--diff", "other")) == ["a.py:2"])
  }

  @Test func `of a range tells what its end has, without reading the work tree`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "b.py": "x = 1\n"])
    let base = try workspace.commit()
    _ = try workspace.start(["git", "branch", "other"])
    try workspace.put(.file("x = 1\n" + Self.bad), at: "a.py")
    let mine = try workspace.commit()
    _ = try workspace.start(["git", "checkout", "-q", "other"])
    try workspace.put(.file(Self.bad), at: "b.py")
    _ = try workspace.commit()
    try workspace.put(.file(Self.bad + Self.bad), at: "b.py")
    try workspace.put(.file(Self.bad), at: "new.py")
    #expect(try findings(workspace.run("scan", "--json", "--diff", "other...\(mine)")) == ["a.py:2"])
    #expect(try findings(workspace.run("scan", "--json", "--diff", "\(mine)..other")) == ["b.py:1"])
    #expect(try findings(workspace.run("scan", "--json", "--diff", "\(base)..")) == ["b.py:1"])
    let report = try workspace.run("scan", "--json", "--diff", "other...\(mine)").json()
    #expect(report.at("scope", "base")?.text == base)
    #expect(report.at("scope", "revision")?.text == "other...\(mine)")
    #expect(try findings(workspace.run("scan", "--json", "--diff", "\(base)..\(mine)", "b.py")) == [])
  }

  @Test func `a tracked file counts even where an ignore file names it, an untracked one where that is asked for`()
    throws
  {
    let workspace = try Workspace(["a.py": "x = 1\n"])
    let base = try workspace.commit()
    try workspace.put("*.py\n", at: ".gitignore")
    for name in ["a.py", "new.py"] { try workspace.put(.file(Self.bad), at: name) }
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == ["a.py:1"])
    #expect(try findings(workspace.run("scan", "--json", "--no-ignore", "--diff", base)) == ["a.py:1", "new.py:1"])
  }

  @Test func `follows renames, passes over removals, and takes unusual names as they are`() throws {
    let lines = (1...20).map { "x\($0) = \($0)\n" }.joined()
    let names = ["with blank.py", "quote\"d.py", "line\nfeed.py", "tab\tbed.py", "ünïcode.py", "a -> b.py"]
    let workspace = try Workspace(["old.py": .file(lines + Self.bad), "gone.py": .file(Self.bad)])
    for name in names { try workspace.put("x = 1\n", at: name) }
    let base = try workspace.commit()
    _ = try workspace.start(["git", "mv", "old.py", "moved to.py"])
    try workspace.put(.file(lines + Self.bad + Self.bad), at: "moved to.py")
    _ = try workspace.start(["rm", "gone.py"])
    for name in names { try workspace.put(.file("x = 1\n" + Self.bad), at: name) }
    let outcome = try workspace.run("scan", "--json", "--diff", base)
    #expect(try findings(outcome) == (names.map { "\($0):2" } + ["moved to.py:22"]).sorted(), "\(outcome)")
    _ = try workspace.start(["git", "add", "-A"])
    #expect(try findings(workspace.run("scan", "--json", "--staged")) == findings(outcome))
  }

  @Test func `counts lines as git does, whatever ends them`() throws {
    let workspace = try Workspace([
      "crlf.py": "a = 1\r\nb = 2\r\n", "cr.py": "a = 1\rb = 2\nc = 3\n", "end.py": "a = 1",
    ])
    let base = try workspace.commit()
    try workspace.put(.file("a = 1\r\nROOT = \"/Users/alice/x\"\r\nb = 2\r\n"), at: "crlf.py")
    try workspace.put(.file("a = 1\rb = 2\nROOT = \"/Users/alice/x\"\nc = 3\n"), at: "cr.py")
    try workspace.put(.file("a = 1\nROOT = \"/Users/alice/x\""), at: "end.py")
    let outcome = try workspace.run("scan", "--json", "--diff", base)
    #expect(try findings(outcome) == ["cr.py:3", "crlf.py:2", "end.py:2"], "\(outcome)")
  }

  @Test func `a file that git takes for binary has changed as a whole`() throws {
    let workspace = try Workspace([".gitattributes": "*.py binary\n", "a.py": .file(Self.bad + "x = 1\n")])
    let base = try workspace.commit()
    try workspace.put(.file(Self.bad + "x = 2\n"), at: "a.py")
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == ["a.py:1"])
  }

  @Test func `a suppression that was taken out lays open what it covered`() throws {
    let comment = "# auditor:ignore hard-path -- the demo machine\n"
    let workspace = try Workspace(["a.py": .file("x = 1\n" + comment + Self.bad + Self.bad)])
    let base = try workspace.commit()
    try workspace.put(.file("x = 1\n" + Self.bad + Self.bad), at: "a.py")
    #expect(try findings(workspace.run("scan", "--json", "--diff", base)) == ["a.py:2"])
  }

  @Test func `nothing changed is clean, and says so`() throws {
    let workspace = try Workspace(["a.py": .file(Self.bad)])
    let base = try workspace.commit()
    let outcome = try workspace.run("scan", "--diff", base)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("1 unchanged"))
    #expect(outcome.output.contains("only lines changed since '\(base)' (merge base \(base.prefix(12)))"))
    #expect(try workspace.run("scan", "--staged").status == 0)
  }

  @Test func `paths and folders below the top narrow it further`() throws {
    let workspace = try Workspace(["a/x.py": "x = 1\n", "b/x.py": "x = 1\n"])
    let base = try workspace.commit()
    for name in ["a/x.py", "b/x.py", "a/new.py"] { try workspace.put(.file(Self.bad), at: name) }
    #expect(try findings(workspace.run("scan", "--json", "--diff", base, "b")) == ["b/x.py:1"])
    #expect(try findings(workspace.run("scan", "--json", "--diff", base, "a/x.py")) == ["a/x.py:1"])
    let below = try BuiltBinary.run(["scan", "--json", "--diff", base], in: "\(workspace.root)/a")
    #expect(try findings(below) == ["new.py:1", "x.py:1"], "\(below)")
  }

  @Test func `staged content is the index's, not the work tree's`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "b.py": "x = 1\n"])
    _ = try workspace.commit()
    try workspace.put(.file("x = 1\n" + Self.bad), at: "a.py")
    _ = try workspace.start(["git", "add", "a.py"])
    try workspace.put("x = 1\n", at: "a.py")
    try workspace.put(.file(Self.bad), at: "b.py")
    #expect(try findings(workspace.run("scan", "--json", "--staged")) == ["a.py:2"])
    _ = try workspace.start(["rm", "a.py"])
    #expect(try findings(workspace.run("scan", "--json", "--staged", "a.py")) == ["a.py:2"])
    #expect(try findings(workspace.run("scan", "--json", "--staged", "b.py")) == [])
  }

  @Test func `what is staged is judged by the configuration that is staged`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n", "auditor.yaml": "fail_on: error\n"])
    _ = try workspace.commit()
    try workspace.put(.file(Self.bad), at: "a.py")
    _ = try workspace.start(["git", "add", "a.py"])
    try workspace.put("disable: [hard-path]\n", at: "auditor.yaml")
    let outcome = try workspace.run("scan", "--json", "--staged")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try findings(outcome) == ["a.py:1"])
    #expect(outcome.complaints.contains("auditor.yaml counts as it is staged, not as it lies there"), "\(outcome)")
    _ = try workspace.start(["git", "add", "auditor.yaml"])
    let staged = try workspace.run("scan", "--json", "--staged")
    #expect(staged.status == 0 && !staged.complaints.contains("as it is staged"), "\(staged)")
    // One that nobody committed or staged does not count either.
    _ = try workspace.start(["git", "rm", "-q", "--cached", "auditor.yaml"])
    let absent = try workspace.run("scan", "--json", "--staged")
    #expect(absent.status == 1 && absent.complaints.contains("is not staged and does not count"), "\(absent)")
  }

  @Test func `packs, waivers and baselines count as they are staged`() throws {
    let pack = """
      rules:
        - id: banned
          message: banned
          severity: error
          languages: [python]
          pattern-regex: forbidden
          metadata: {remediation: leave it}
          examples: {match: ["forbidden()"], ok: ["allowed()"]}

      """
    let waiver = "waivers:\n  - {rule: banned, path: b.py, owner: org, reason: legacy, until: 2099-01-01}\n"
    let workspace = try Workspace([
      "auditor.yaml": "rules: [packs]\nwaivers: [w.yaml]\n", "packs/p.yaml": .file(pack), "w.yaml": "waivers: []\n",
      "a.py": "x = 1\n",
    ])
    _ = try workspace.commit()
    try workspace.put("forbidden()\n", at: "b.py")
    _ = try workspace.start(["git", "add", "b.py"])
    try workspace.put(.file(waiver), at: "w.yaml")
    try workspace.put("rules: []\n", at: "packs/p.yaml")
    let outcome = try workspace.run("scan", "--json", "--staged")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(try findings(outcome) == ["b.py:1"])
    _ = try workspace.start(["git", "add", "w.yaml"])
    #expect(try workspace.run("scan", "--staged").status == 0)
    _ = try workspace.start(["git", "rm", "-q", "--cached", "w.yaml"])
    let absent = try workspace.run("scan", "--staged")
    #expect(absent.status == 4 && absent.complaints.contains("w.yaml"), "\(absent)")
  }

  @Test func `before the first commit everything staged is new`() throws {
    let workspace = try Workspace(["a.py": .file(Self.bad)])
    _ = try workspace.start(["sh", "-c", "git init -q && git add -A"])
    #expect(try findings(workspace.run("scan", "--json", "--staged")) == ["a.py:1"])
    let outcome = try workspace.run("scan", "--diff", "main")
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("no commit yet"), "\(outcome)")
  }

  @Test(arguments: [["scan"], ["audit"]])
  func `what git cannot tell is no verdict, with a hint`(command: [String]) throws {
    let workspace = try Workspace(["a.py": "x = 1\n"])
    var outcome = try workspace.run(command + ["--diff", "main"])
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("is in no git repository"), "\(outcome)")
    _ = try workspace.commit()
    for name in ["nowhere", "-x", "HEAD..nowhere", "HEAD....HEAD", ""] {
      outcome = try workspace.run(command + ["--diff=\(name)"])
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains("is no commit of this repository; name one"), "\(outcome)")
    }
    _ = try workspace.start(["sh", "-c", "git checkout -q --orphan lone"])
    _ = try workspace.commit()
    outcome = try workspace.run(command + ["--diff", "HEAD@{1}"])
    #expect(outcome.status == 4, "\(outcome)")
  }

  @Test func `a shallow clone without the merge base is no verdict`() throws {
    let workspace = try Workspace(["a.py": "x = 1\n"])
    let base = try workspace.commit()
    _ = try workspace.start(["git", "branch", "base"])
    try workspace.put("x = 2\n", at: "a.py")
    _ = try workspace.commit()
    let clone =
      "git clone -q --depth 1 --no-single-branch file://$PWD ../clone && cd ../clone && exec \"$0\" scan --diff \"$1\""
    for revision in ["origin/base", base, "base"] {
      let outcome = try workspace.start(["sh", "-c", clone + "; rm -rf ../clone", BuiltBinary.path, revision])
      #expect(outcome.status == 4, "\(revision): \(outcome)")
      #expect(outcome.complaints.contains("git fetch --unshallow"), "\(outcome)")
      _ = try workspace.start(["rm", "-rf", "../clone"])
    }
  }

  @Test func `a repository of another user is no verdict`() throws {
    guard Unprivileged.isPossible, Unprivileged.wrapper.isEmpty == false else { return }
    let workspace = try Workspace(["a.py": "x = 1\n"])
    let base = try workspace.commit()
    let outcome = try workspace.run(["scan", "--diff", base], through: Unprivileged.wrapper)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("safe.directory"), "\(outcome)")
  }

  @Test func `runs no program that the repository names`() throws {
    let workspace = try Workspace([".gitattributes": "*.py filter=trap diff=trap\n", "a.py": "x = 1\n"])
    let base = try workspace.commit()
    let script = """
      for key in filter.trap.clean filter.trap.process diff.trap.textconv diff.trap.command diff.external core.fsmonitor; do
        git config $key "touch $PWD/../trap; cat"
      done
      git config filter.trap.required true; git config core.hooksPath hooks; git config diff.noprefix true
      git config color.ui always; git config diff.relative true; git config core.quotePath true
      """
    _ = try workspace.start(["sh", "-c", script])
    try workspace.put(.file(Self.bad), at: "a.py")
    let outcome = try workspace.run("scan", "--json", "--diff", base)
    #expect(try findings(outcome) == ["a.py:1"], "\(outcome)")
    #expect(throws: (any Error).self) { try workspace.bytes(of: "../trap") }
  }

  @Test func `an audit passes over phases that the change does not touch`() throws {
    let workspace = try Workspace(Sample.project(.partial))
    let base = try workspace.commit()
    try workspace.put("x = 1\n", at: "src/new.py")
    var outcome = try workspace.run("audit", "--diff", base)
    #expect(outcome.status == 0, "\(outcome)")
    try workspace.put("an evidence of something\n", at: "evidence/run.log")
    outcome = try workspace.run("audit", "--diff", base)
    #expect(outcome.status == 2, "\(outcome)")
  }

  @Test(arguments: [
    ["--diff", "HEAD", "--staged"], ["--staged", "--stdin-path", "a.py"], ["--diff", "HEAD", "--stdin-path", "a.py"],
    ["--stdin-path", "a.py", "b.py"],
  ]) func `contradictions are usage errors`(arguments: [String]) throws {
    let workspace = try Workspace(["a.py": "x = 1\n"])
    #expect(try workspace.run(["scan"] + arguments).status == 64)
  }
}
