import Rules
import Testing

/// What goes to a terminal and what does not.
@Suite struct TerminalTests {
  private static let escape = "\u{1B}["

  /// Runs under a terminal of its own; what both outputs showed comes back on standard output.
  private func runOnTerminal(
    _ workspace: Workspace, _ arguments: String, environment: [String: String] = [:]
  ) throws -> Outcome {
    let line = "'\(BuiltBinary.path)' \(arguments)"
    return try workspace.start(
      ["script", "--quiet", "--return", "--command", line, "/dev/null"],
      environment: ["TERM": "xterm-256color", "SHELL": "/bin/sh"].merging(environment) { $1 })
  }

  /// `script` of util-linux makes terminals.
  static let hasTerminal: Bool = {
    let outcome = try? BuiltBinary.start(["script", "--quiet", "--command", "true", "/dev/null"], in: "/")
    if outcome?.status != 0 { print("skipped: script (util-linux) is not installed") }
    return outcome?.status == 0
  }()

  @Test(.enabled(if: hasTerminal, "needs script (util-linux)"))
  func `progress and colour are for terminals`() throws {
    let workspace = try Workspace(Sample.project(.proven, source: Sample.badSource))
    let shown = try runOnTerminal(workspace, "audit")
    #expect(shown.status == 1)
    #expect(shown.output.contains("scanning"), "\(shown)")
    #expect(shown.output.contains(Self.escape))
    let piped = try workspace.run(["audit"], environment: ["TERM": "xterm-256color"])
    #expect(!piped.complaints.contains("scanning"))
    #expect(!(piped.output + piped.complaints).contains(Self.escape))
  }

  @Test(.enabled(if: hasTerminal, "needs script (util-linux)"), arguments: [40, 80])
  func `no line is longer than the terminal is wide`(width: Int) throws {
    let workspace = try Workspace(Sample.project(.partial, source: Sample.badSource))
    // Colour goes to terminals only, width with it.
    let shown = try workspace.start(
      [
        "script", "--quiet", "--return", "--command",
        "stty cols \(width); '\(BuiltBinary.path)' scan --no-cache --color never 2>/dev/null", "/dev/null",
      ], environment: ["TERM": "xterm-256color", "SHELL": "/bin/sh"])
    let piped = try workspace.run(["scan", "--no-cache"])
    #expect(piped.output.split(separator: "\n").contains { $0.count > 80 }, "\(piped)")
    let lines = shown.output.split { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
    #expect(lines.count > 5)
    for line in lines { #expect(line.count <= width, "\(line.count): \(line)") }
  }

  @Test(
    .enabled(if: hasTerminal, "needs script (util-linux)"),
    arguments: [
      ("audit --quiet", [:]), ("audit", ["TERM": "dumb"]),
    ]) func `progress can be kept away`(arguments: String, environment: [String: String]) throws
  {
    let workspace = try Workspace(Sample.project())
    let shown = try runOnTerminal(workspace, arguments, environment: environment)
    #expect(shown.status == 0)
    #expect(!shown.output.contains("scanning"), "\(shown)")
  }

  @Test(
    .enabled(if: hasTerminal, "needs script (util-linux)"),
    arguments: [
      ("dod --all", "reading the feed, "), ("ledger record --target a --ledger l.sqlite run.jsonl", "recording "),
      ("sweep plan --below ..", "weighing 1 of 1 targets"), ("sweep --below .. --ledger l.sqlite", "recording 1 of 1"),
      ("signoff OPS --actor me --target a --ledger l.sqlite", "reading the feed, "),
      ("reality evidence --code src", "reading src, "),
    ]) func `long work says how far it is, on a terminal only`(command: String, words: String) throws
  {
    var entries = Sample.project(.proven)
    let run =
      #"{"schema_version":"auditor.dod_report/1","ts":"2026-01-01T00:00:00Z","git_head":null,"tool":{"name":"auditor","#
      + #""version":"1","rule_pack_digest":"sha256:0"},"scope":{"kind":"tree"},"summary":{"exit_status":0,"#
      + #""unevaluated":0},"coverage":{"files_scanned":1},"phases":{},"gates":[]}"#
    entries["run.jsonl"] = .file(run + "\n")
    entries["auditor.yaml"] = nil
    entries["docs/dod/DOD__OPS.md"] = entries["dod/DOD__OPS.md"]
    let workspace = try Workspace(entries)
    let environment = ["LUKA_ACTIVITY_FEED_JSONL": "evidence/feed.jsonl"]
    let shown = try runOnTerminal(workspace, command, environment: environment)
    #expect(shown.output.contains(words), "\(shown)")
    let quiet = try runOnTerminal(workspace, command + " --quiet", environment: environment)
    #expect(!quiet.output.contains(words), "\(quiet)")
    let piped = try workspace.run(command.split(separator: " ").map(String.init), environment: environment)
    #expect(!piped.complaints.contains(words) && !piped.complaints.contains(Self.escape), "\(piped)")
  }

  @Test(
    .enabled(if: hasTerminal, "needs script (util-linux)"),
    arguments: [
      ("audit --quiet", ["NO_COLOR": "1"], false), ("audit --quiet --color never", [:], false),
      ("audit --quiet --color always", ["NO_COLOR": "1"], true), ("audit --quiet", ["NO_COLOR": ""], true),
    ]) func `colour follows the user`(arguments: String, environment: [String: String], isColoured: Bool) throws
  {
    let workspace = try Workspace(Sample.project())
    let shown = try runOnTerminal(workspace, arguments, environment: environment)
    #expect(shown.output.contains(Self.escape) == isColoured, "\(shown)")
  }

  @Test func `colour can be forced into a pipe`() throws {
    let workspace = try Workspace(Sample.project())
    #expect(try workspace.run("audit", "--color", "always").output.contains(Self.escape))
    #expect(try !workspace.run("audit", "--color", "auto").output.contains(Self.escape))
  }

  @Test func `quiet leaves results and complaints`() throws {
    let workspace = try Workspace(Sample.project(.partial, source: Sample.badSource))
    let outcome = try workspace.run("audit", "--quiet")
    #expect(outcome.standardError.isEmpty)
    #expect(outcome.output.contains("Outcome:"))
    try workspace.put("dod: [", at: "auditor.yaml")
    #expect(try workspace.run("audit", "--quiet").complaints.contains("auditor.yaml:1"))
  }

  @Test func `a reader that goes away is no error of ours`() throws {
    var entries = Sample.project(source: Sample.badSource)
    for index in 0..<400 { entries["src/module\(index).py"] = Sample.badSource }
    let workspace = try Workspace(entries)
    let script = "\"$0\" audit --json | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}"
    let outcome = try workspace.start(["bash", "-c", script, BuiltBinary.path])
    #expect(outcome.status == 1, "\(outcome)")
  }

  /// Nobody wants what goes to a closed output; an output that is full loses what somebody wanted.
  @Test(
    "outputs that are closed or full change neither verdict nor reports",
    arguments: [
      (">&-", 1), ("2>&-", 1), (">&- 2>&-", 1), ("<&- >&- 2>&-", 1), (">/dev/full", ExitStatus.noVerdict.rawValue),
    ])
  func lostOutputs(redirection: String, status: Int32) throws {
    let workspace = try Workspace(Sample.project(.proven, gate: .sealed, source: Sample.badSource))
    let outcome = try workspace.start(["sh", "-c", "\"$0\" audit \(redirection)", BuiltBinary.path])
    #expect(outcome.status == status, "\(outcome)")
    #expect(try workspace.json(of: "reports/dod_report.latest.json").at("summary", "exit_status")?.integer == 1)
    #expect(workspace.names(in: "reports").count == 4)
  }
}
