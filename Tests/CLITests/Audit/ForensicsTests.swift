import Formats
import Testing

/// `auditor dod --forensics`, and forensics in an audit, over small worlds of files and git.
@Suite struct ForensicsTests {
  private static let places = [
    "DOD_ROOT": ".", "DOD_DOCS_DIR": "dod", "DOD_REPORTS_DIR": "out", "LUKA_ACTIVITY_FEED_JSONL": "evidence/feed.jsonl",
    "DOD_PHASE_STATUS_PATH": "dod/registry.yaml",
  ]

  /// Milliseconds since 1970 of the chains below: 2026-02-02, long before this test's commits.
  private static let start: Int64 = 1_770_000_000_137

  private static func event(_ phase: String, _ action: String, at: Int64, run: String, more: String = "") -> String {
    let time = start + at
    return #"{"ts_utc":"\#(Timestamp(milliseconds: time).rfc3339)","ts_epoch_ms":\#(time),"phase_id":"\#(phase)","#
      + #""action":"\#(action)","emit_mode":"runtime_auto","verifier_mode":"operational_proof","tool":"runner","#
      + #""run_id":"\#(run)"\#(more)}"# + "\n"
  }

  private static func chain(_ phase: String, _ at: [Int64], run: String, evidence: String? = nil) -> String {
    let more = evidence.map { #","evidence":["\#($0)"]"# } ?? ""
    return zip(["started", "completed", "verified"], at).map { event(phase, $0, at: $1, run: run, more: more) }.joined()
  }

  private static func document(_ phase: String, commit: String = "") -> Entry {
    .file("# \(phase)\n\n- **Phase / Task ID**: \(phase)\n- **Gate**: G1\n- **Commit SHA**: \(commit)\n")
  }

  private static func world(_ feed: String, and more: [String: Entry] = [:]) -> [String: Entry] {
    var entries: [String: Entry] = ["evidence/feed.jsonl": .file(feed), "src/a.py": "a = 1\n"]
    for phase in ["A", "B"] { entries["dod/DOD__\(phase).md"] = document(phase) }
    return entries.merging(more) { $1 }
  }

  private func forensics(_ workspace: Workspace, _ options: [String] = ["--all"]) throws -> [String: Value] {
    let outcome = try workspace.run(["dod", "--forensics", "--json"] + options, environment: Self.places)
    #expect([0, 2, 3].contains(outcome.status), "\(outcome)")
    var answers: [String: Value] = [:]
    if let results = try outcome.json()["results"] {
      for result in results.elements { answers[result["phase_id"]?.text ?? ""] = result["forensics"] }
    }
    return answers
  }

  private static let sweep =
    chain("A", [1_000, 2_000, 3_000], run: "r-1") + chain("B", [4_000, 5_000, 6_000], run: "r-2")

  @Test func `computed times make a proof synthetic, and say which lines`() throws {
    let answers = try forensics(try Workspace(Self.world("\n" + Self.sweep)))
    let answer = try #require(answers["A"])
    #expect(answer["proof_mode"]?.text == "synthetic")
    #expect(answer["tells"]?.texts(of: "code") == ["forensics.timestamps-round", "forensics.uniform-cadence"])
    #expect(answer["tells"]?[1]?["events"]?.elements.map(\.integer) == [2, 3, 4, 5, 6, 7])
    #expect(answer["tells"]?[1]?["explanation"]?.text == "6 events of 'runner' in exact steps of 1000 ms")
  }

  @Test func `one phase is judged by the whole feed`() throws {
    let workspace = try Workspace(Self.world(Self.sweep))
    let all = try forensics(workspace)
    let one = try forensics(workspace, ["--phase", "B"])
    #expect(one["B"]?.sourceText == all["B"]?.sourceText)
    #expect(one.count == 1)
  }

  @Test func `nothing else changes`() throws {
    let workspace = try Workspace(Self.world(Self.sweep))
    let time = ["SOURCE_DATE_EPOCH": "1770000000"].merging(Self.places) { $1 }
    let plain = try workspace.run(["dod", "--all", "--json"], environment: time)
    let asked = try workspace.run(["dod", "--all", "--json", "--forensics"], environment: time)
    #expect(plain.status == asked.status)
    #expect(!plain.output.contains("forensics"))
    let (before, after) = (try plain.json(), try asked.json())
    #expect(before["findings"]?.count == after["findings"]?.count)
    let (old, new) = (try #require(before["results"]), try #require(after["results"]))
    #expect(old.count == 2 && new.count == 2)
    for (left, right) in zip(old.elements, new.elements) {
      #expect(left.members.map(\.name) + ["forensics"] == right.members.map(\.name))
      for member in left.members { #expect(right[member.name]?.sourceText == member.value.sourceText) }
    }
  }

  @Test func `evidence is read, in git and out of it, and never outside the root`() throws {
    let feed =
      Self.chain("A", [1_000, 9_211, 12_345], run: "r-1", evidence: "tests/fixtures/a.json")
      + Self.chain("B", [20_000, 29_211, 32_446], run: "r-2", evidence: "../outside.json")
    let workspace = try Workspace(Self.world(feed, and: ["tests/fixtures/a.json": "{}"]))
    let answers = try forensics(workspace)
    #expect(answers["A"]?["proof_mode"]?.text == "synthetic")
    #expect(
      answers["A"]?["tells"]?.texts(of: "code") == ["forensics.evidence-asserts-verdict", "forensics.fixture-as-proof"])
    #expect(answers["A"]?["tells"]?[1]?["paths"]?.elements.map(\.text) == ["tests/fixtures/a.json"])
    #expect(answers["B"]?["tells"]?.count == 0)
  }

  @Test func `a proof before its commit is synthetic, unless the commit only wrote about it`() throws {
    let workspace = try Workspace(Self.world(Self.chain("A", [1_000, 9_211, 12_345], run: "r-1")))
    func commit(_ message: String) throws -> String {
      var person: [String: String] = [:]
      for role in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        person["\(role)_NAME"] = "Test"
        person["\(role)_EMAIL"] = "test@example.org"
        person["\(role)_DATE"] = "1780000000 +0000"
      }
      let script = "git init -q && git add -A && git commit -q -m '\(message)' && git rev-parse HEAD"
      let outcome = try workspace.start(["sh", "-c", script], environment: person)
      #expect(outcome.status == 0, "\(outcome)")
      return String(outcome.output.prefix { $0 != "\n" })
    }
    for (path, message, codes) in [
      ("src/b.py", "write it", ["forensics.before-commit"]), ("src/c.py", "write it (#7)", []),
      ("README.md", "words", []),
    ] {
      try workspace.put("b = 1\n", at: path)
      try workspace.put(Self.document("A", commit: try commit(message)), at: "dod/DOD__A.md")
      #expect(try forensics(workspace)["A"]?["tells"]?.texts(of: "code") == codes, "\(message)")
    }
  }

  @Test func `a modification time speaks only of files that git does not track`() throws {
    let feed = Self.chain("A", [1_000, 9_211, 12_345], run: "r-1", evidence: "evidence/run.log")
    let workspace = try Workspace(Self.world(feed, and: ["evidence/run.log": "3 checks\n"]))
    func stale() throws -> [String]? {
      #expect(try workspace.start(["touch", "-d", "2026-01-01", "evidence/run.log"]).status == 0)
      return try forensics(workspace)["A"]?["tells"]?.texts(of: "code")
    }
    #expect(try stale() == ["forensics.evidence-stale"])
    #expect(try workspace.start(["git", "init", "-q"]).status == 0)
    #expect(try stale() == ["forensics.evidence-stale"])
    #expect(try workspace.start(["git", "add", "evidence/run.log"]).status == 0)
    #expect(try stale() == [])
  }

  @Test func `an audit tells them as findings that do not fail it`() throws {
    let configuration: Entry = "dod:\n  docs: dod\n  feed: evidence/feed.jsonl\n  registry: dod/registry.yaml\n"
    let workspace = try Workspace(Self.world(Self.sweep, and: ["auditor.yaml": configuration]))
    let report = try workspace.run(["audit", "--json"]).json()
    let found = try #require(report["findings"]).elements.filter {
      $0["rule_id"]?.text == "dod.forensics.uniform-cadence"
    }
    #expect(found.map { $0["path"]?.text } == ["evidence/feed.jsonl", "evidence/feed.jsonl"])
    #expect(found.map { $0["level"]?.text } == ["warning", "warning"])
    #expect(report.at("phases", "A", "forensics", "proof_mode")?.text == "synthetic")
    #expect(report.at("summary", "findings", "error")?.integer == 0)
  }

  @Test func `a person reads the same`() throws {
    let workspace = try Workspace(Self.world(Self.sweep))
    let outcome = try workspace.run(["dod", "--all", "--forensics"], environment: Self.places)
    #expect(outcome.output.contains("  proof: synthetic\n"))
    #expect(outcome.output.contains("forensics.uniform-cadence (strong): 6 events of 'runner' in exact steps"))
  }

  @Test(arguments: ["forensics", "forensics.uniform-cadence", "dod.forensics.uniform-cadence"])
  func `each code has a page`(name: String) throws {
    let outcome = try Workspace([:]).run("rules", "explain", name)
    #expect(outcome.status == 0, "\(outcome)")
  }
}
