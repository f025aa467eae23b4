import Formats
import Glibc
import Testing

/// `auditor run`, end to end: what is recorded, and that nothing of it shows to the command.
@Suite struct RunCommandTests {
  private static let feed = "observability/logs/activity_feed.jsonl"

  private func workspace(_ entries: [String: Entry] = [:]) throws -> Workspace {
    let document: Entry = "- **Phase / Task ID**: P\n- **Gate**: G1\n- **Commit SHA**: ${COMMIT}\n"
    return try Workspace(["docs/dod/DOD__P.md": document, "src/a.py": "a\n"].merging(entries) { $1 })
  }

  private func run(
    _ workspace: Workspace, _ options: [String] = [], _ words: [String], _ environment: [String: String] = [:]
  ) throws -> Outcome {
    try workspace.run(
      ["run", "--phase", "P"] + options + ["--"] + words, environment: ["DOD_ROOT": "."].merging(environment) { $1 })
  }

  private func verdict(_ workspace: Workspace) throws -> Value {
    let outcome = try workspace.run(["dod", "--phase", "P", "--json"], environment: ["DOD_ROOT": "."])
    return try #require(try outcome.json()["results"]?[0], "\(outcome)")
  }

  private func events(_ workspace: Workspace) throws -> [Value] {
    try JSONLines.read(try workspace.bytes(of: Self.feed))
  }

  @Test func `a run that succeeds is proof`() throws {
    let workspace = try workspace()
    let outcome = try run(
      workspace, ["--input", "src", "--output", "out/*.txt"], ["sh", "-c", "mkdir out; echo x > out/r.txt"])
    #expect(outcome.status == 0 && outcome.standardError.isEmpty, "\(outcome)")
    let events = try events(workspace)
    #expect(events.map { $0["action"]?.text } == ["started", "completed", "verified"])
    #expect(Set(events.map { $0["run_id"]?.text }).count == 1)
    #expect(throws: Never.self) { try ULID(parsing: events[0]["run_id"]?.text ?? "") }
    #expect(events.allSatisfy { $0["emit_mode"]?.text == "tool_wrapped" && $0["tool"]?.text == "auditor run" })
    #expect(events[0]["inputs"]?.members.map(\.name) == ["src/a.py"])
    #expect(events[0]["commit_sha"]?.text.count == 40)
    #expect(events[1]["exit_status"]?.integer == 0 && events[1]["duration_ms"]?.integer != nil)
    #expect(events[1]["evidence"]?.elements.map(\.text) == ["out/r.txt"])
    #expect(events[1]["hashes"]?.members.map(\.name) == ["out/r.txt", "src/a.py"])
    #expect(events[1].at("hashes", "out/r.txt")?.text == SHA256.digest(Array("x\n".utf8)).hex)
    let result = try verdict(workspace)
    #expect(result["verdict"]?.text == "PROVEN", "\(result.sourceText)")
    #expect(result.at("checks", "activity_chain", "taxonomy_ok")?.boolean == true)
    #expect(result.at("checks", "evidence", "hash_checks")?.count == 2)
  }

  @Test func `a failing run takes the proof back`() throws {
    let workspace = try workspace()
    #expect(try run(workspace, [], ["true"]).status == 0)
    #expect(try verdict(workspace)["verdict"]?.text == "PROVEN")
    #expect(try run(workspace, [], ["sh", "-c", "exit 3"]).status == 3)
    let last = try #require(try events(workspace).last)
    #expect(last["action"]?.text == "failed" && last["exit_status"]?.integer == 3)
    #expect(try verdict(workspace)["verdict"]?.text == "PARTIAL")
  }

  @Test func `what changes after the run is found out`() throws {
    let workspace = try workspace()
    #expect(try run(workspace, ["--input", "src/a.py"], ["true"]).status == 0)
    try workspace.put("b\n", at: "src/a.py")
    let missing = try verdict(workspace)["missing"]?.elements.map(\.text)
    #expect(missing == ["evidence.hash_mismatch:\(workspace.root)/src/a.py"])
  }

  @Test(arguments: [
    (["--output", "out.txt"], "true", "'out.txt' names no file"),
    (["--output", "nothing/*.log"], "true", "'nothing/*.log' names no file"),
    (["--input", "src/*.rs"], "true", "'src/*.rs' names no file"),
    (["--input", "src"], "echo more >> src/a.py", "src/a.py was declared as input and changed"),
    (["--input", "src"], "rm src/a.py", "src/a.py was declared as input and changed"),
    (["--input", "src/[a"], "true", "src/[a"),
  ]) func `what does not hold is not verified, and said`(options: [String], script: String, complaint: String) throws {
    let workspace = try workspace()
    let outcome = try run(workspace, options, ["sh", "-c", script])
    #expect(outcome.status == 0 && outcome.complaints.contains(complaint), "\(outcome)")
    #expect(try events(workspace).map { $0["action"]?.text } == ["started", "completed"])
    #expect(try verdict(workspace)["verdict"]?.text == "PARTIAL")
  }

  @Test func `a file that is written in place is an output`() throws {
    let workspace = try workspace()
    let outcome = try run(
      workspace, ["--input", "src", "--output", "src/a.py"], ["sh", "-c", "echo more >> src/a.py"])
    #expect(outcome.status == 0 && outcome.standardError.isEmpty, "\(outcome)")
    #expect(try verdict(workspace)["verdict"]?.text == "PROVEN")
  }

  @Test func `another verifies where that is asked for`() throws {
    let workspace = try workspace()
    #expect(try run(workspace, ["--no-verify"], ["true"]).status == 0)
    #expect(try verdict(workspace)["missing"]?.elements.map(\.text) == ["activity.verified"])
  }

  @Test(arguments: [
    ("exit 0", Int32(0)), ("exit 1", 1), ("exit 255", 255), ("kill -TERM $$", 143), ("kill -KILL $$", 137),
    ("kill -INT $$", 130), ("kill -SEGV $$", 139), ("kill -PIPE $$", 141),
  ]) func `the command's end is the end`(script: String, status: Int32) throws {
    let workspace = try workspace()
    #expect(try run(workspace, [], ["sh", "-c", script]).status == status)
    let last = try #require(try events(workspace).last)
    #expect(last["action"]?.text == (status == 0 ? "verified" : "failed"))
    #expect(last["signal"]?.integer == (status > 128 && status < 255 ? Int64(status) - 128 : nil))
  }

  @Test func `a signal ends this process, too`() throws {
    let workspace = try workspace()
    let script = "\(BuiltBinary.path) run --phase P -- sh -c 'kill -USR1 $$'; echo $? > status"
    _ = try workspace.start(["bash", "-c", script], environment: ["DOD_ROOT": "."])
    #expect(try workspace.bytes(of: "status") == Array("138\n".utf8))
  }

  @Test(arguments: [("no-such-program", Int32(127)), ("./docs", 126), ("./src/a.py", 126)])
  func `what cannot be started answers as a shell does`(program: String, status: Int32) throws {
    let workspace = try workspace()
    let outcome = try run(workspace, [], [program])
    #expect(outcome.status == status && outcome.complaints.contains(program), "\(outcome)")
    let last = try #require(try events(workspace).last)
    #expect(last["action"]?.text == "failed" && last["was_started"]?.boolean == false)
  }

  @Test func `bytes go through untouched`() throws {
    let workspace = try workspace()
    // Every byte but NUL as standard input, and one that is no text as an argument.
    let script = """
      printf '\\377\\001\\r\\n' | \(BuiltBinary.path) run --phase P -- sh -c 'cat; printf %s "$1"; echo e >&2' x "$(printf 'a\\377')"
      """
    let outcome = try workspace.start(["bash", "-c", script], environment: ["DOD_ROOT": "."])
    #expect(outcome.standardOutput == [0xFF, 0x01, 0x0D, 0x0A, 0x61, 0xFF], "\(outcome)")
    #expect(outcome.complaints == "e\n")
  }

  @Test(arguments: ["sh -c 'trap \"exit 5\" TERM; sleep 5 & wait'", "sleep 5"])
  func `a signal for this process reaches the command`(command: String) throws {
    let workspace = try workspace()
    let script = """
      \(BuiltBinary.path) run --phase P -- \(command) & until grep -q started \(Self.feed) 2>/dev/null; do sleep 0.01; done
      sleep 0.1; kill -TERM $!; wait $!; echo $?
      """
    let outcome = try workspace.start(["bash", "-c", script], environment: ["DOD_ROOT": "."])
    #expect(outcome.output == (command.hasPrefix("sh") ? "5\n" : "143\n"), "\(outcome)")
    #expect(try events(workspace).last?["action"]?.text == "failed")
  }

  @Test func `arguments are not told`() throws {
    let workspace = try workspace()
    let secrets = ["--token=hunter2", "-phunter2", "hunter2", "PASSWORD=hunter2", "--x", "https://u:hunter2@h/"]
    #expect(try run(workspace, [], ["/usr/bin/env", "true"] + secrets).status == 0)
    let text = String(decoding: try workspace.bytes(of: Self.feed), as: UTF8.self)
    #expect(!text.contains("hunter2"))
    let words = try events(workspace)[0].at("command", "words")?.elements.map(\.text)
    #expect(words == ["env", "…", "--token=…", "…", "…", "…", "--x", "…"])
    _ = try run(workspace, ["--show-command"], ["true", "hunter2"])
    #expect(try events(workspace)[3].at("command", "words")?.elements.map(\.text) == ["true", "hunter2"])
  }

  @Test(arguments: [
    (Self.feed, Entry.folder), ("observability", "a file in the way\n"), (Self.feed, .fifo), ("auditor.yaml", "dod: ["),
    ("auditor.yaml", "dod: {feed: ../feed.jsonl}\n"),
  ]) func `what cannot be recorded is said and changes nothing`(path: String, entry: Entry) throws {
    let workspace = try workspace([path: entry])
    let outcome = try run(workspace, [], ["sh", "-c", "echo out; exit 9"])
    #expect(outcome.status == 9 && outcome.output == "out\n", "\(outcome)")
    #expect(outcome.complaints.contains("record") || outcome.complaints.contains("not added to the feed"), "\(outcome)")
  }

  @Test(arguments: [
    (["run", "--phase", "P", "true"], "'--'"), (["run", "--", "true"], "--phase"),
    (["run", "--phase", "P"], "PROGRAM"),
    (["run", "--phase", "a/b", "--", "true"], "a phase id"), (["run", "--phase", " ", "--", "true"], "a phase id"),
    (["run", "--phase", "P", "--"], "PROGRAM"),
  ]) func `a command line that is wrong runs nothing`(words: [String], complaint: String) throws {
    let workspace = try workspace()
    let outcome = try workspace.run(words, environment: ["DOD_ROOT": "."])
    #expect(outcome.status == 64 && outcome.complaints.contains(complaint), "\(outcome)")
    #expect(workspace.names(in: "observability").isEmpty)
  }

  @Test func `many runs at once are all recorded, behind a last line without its end`() throws {
    let workspace = try workspace([Self.feed: "{\"phase_id\":\"P\",\"action\":\"note\"}"])
    let one = "\(BuiltBinary.path) run --phase P --input src -- true &"
    let outcome = try workspace.start(
      ["bash", "-c", String(repeating: one, count: 12) + " wait"], environment: ["DOD_ROOT": "."])
    #expect(outcome.standardError.isEmpty, "\(outcome)")
    let events = try events(workspace)
    #expect(events.count == 1 + 3 * 12)
    #expect(Set(events.dropFirst().map { $0["run_id"]?.text }).count == 12)
  }

  @Test func `paths are relative to where one is, globs anchored`() throws {
    let workspace = try workspace(["sub/src/b.py": "b\n", "sub/deep/src/c.py": "c\n"])
    let script =
      "cd sub && \(BuiltBinary.path) run --phase P --input 'src/*.py' --input '*/src/*.py' --input ../src -- true"
    let outcome = try workspace.start(["bash", "-c", script], environment: ["DOD_ROOT": workspace.root])
    #expect(outcome.status == 0 && outcome.standardError.isEmpty, "\(outcome)")
    let inputs = try events(workspace)[0]["inputs"]?.members.map(\.name)
    #expect(inputs == ["src/a.py", "sub/deep/src/c.py", "sub/src/b.py"])
  }
}
