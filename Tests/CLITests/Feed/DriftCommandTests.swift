import Formats
import Glibc
import Testing

/// `auditor drift`, end to end.
@Suite struct DriftCommandTests {
  private static let feed = "observability/logs/activity_feed.jsonl"
  private static let reports = "observability/reports/idle_drift_monitor"

  private func run(
    _ workspace: Workspace, _ arguments: [String] = ["--once", "--json"], _ environment: [String: String] = [:]
  ) throws -> Outcome {
    try workspace.run(["drift"] + arguments, environment: ["ROOT": "."].merging(environment) { $1 })
  }

  private func fresh(ending: String = "\n") -> Entry {
    let now = Int(time(nil))
    return .file(
      "{\"action\":\"started\",\"ts\":\(now - 30)}\n\n{\"event\":\"x.heartbeat\",\"timestamp\":\(now - 10)}\(ending)")
  }

  @Test func `a fresh feed is clean, and the chain of the run is operational proof`() throws {
    let workspace = try Workspace([Self.feed: fresh(ending: "")])
    let outcome = try run(workspace)
    #expect(outcome.status == 0, "\(outcome)")
    let lines = try JSONLines.read(try workspace.bytes(of: Self.feed))
    #expect(lines.count == 5, "a last line without its end stays a line")
    #expect(lines.suffix(3).map { $0["action"]?.text } == ["started", "completed", "verified"])
    #expect(lines.suffix(3).map { $0["status"]?.text } == [nil, "ok", "verified"])
    let evidence = lines[4]["evidence"]?.elements.map(\.text) ?? []
    #expect(evidence.count == 2 && evidence[0] == "\(Self.reports)/idle_drift.latest.json")
    for path in evidence { #expect(try workspace.bytes(of: path) == outcome.standardOutput) }
    let judged = try workspace.run(
      ["dod", "--phase", "PHASE_15_5_3", "--json"],
      environment: ["DOD_ROOT": ".", "LUKA_REQUIRE_OPERATIONAL_PROOF": "1"])
    let chain = try judged.json()["results"]?[0]?.at("checks", "activity_chain")
    #expect(chain?["proof_mode"]?.text == "operational" && chain?["latest_order_ok"]?.boolean == true, "\(judged)")
  }

  @Test func `what is stale is named, in the chain too`() throws {
    let workspace = try Workspace([Self.feed: "{\"action\":\"started\",\"ts\":\"2026-01-01T00:00:00Z\"}\n"])
    let outcome = try run(workspace)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(try outcome.json()["missing"]?.elements.map(\.text) == ["drift.heartbeat.stale", "idle.system.stale"])
    let lines = try JSONLines.read(try workspace.bytes(of: Self.feed))
    #expect(lines.suffix(3).map { $0["status"]?.text } == [nil, "warning", "verified"])
  }

  @Test(arguments: [
    ("{}\nnope\n", "error.log_parse_failure"), ("{}\n\u{1}", "error.log_parse_failure"),
    (nil, "error.log_missing_or_unreadable"),
  ]) func `a feed that says nothing gives no answer and is left alone`(text: String?, code: String) throws {
    let workspace = try Workspace(text.map { [Self.feed: .file($0)] } ?? [:])
    let outcome = try run(workspace)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(try outcome.json()["missing"]?.elements.map(\.text) == [code])
    #expect(!outcome.complaints.isEmpty)
    if let text { #expect(try workspace.bytes(of: Self.feed) == Array(text.utf8)) }
    #expect(try workspace.bytes(of: "\(Self.reports)/idle_drift.latest.json") == outcome.standardOutput)
  }

  @Test func `a folder as feed, and a file as reports folder`() throws {
    let folder = try Workspace([Self.feed: .folder])
    #expect(try run(folder).json()["missing"]?.elements.map(\.text) == ["error.log_missing_or_unreadable"])
    let blocked = try Workspace([Self.feed: fresh(), Self.reports: "in the way\n"])
    let before = try blocked.bytes(of: Self.feed)
    let outcome = try run(blocked)
    #expect(outcome.status == 4)
    #expect(try outcome.json()["missing"]?.elements.map(\.text) == ["error.artifact_write_failure"])
    #expect(try outcome.json().at("checks", "idle", "ok")?.boolean == true)
    #expect(try blocked.bytes(of: Self.feed) == before)
  }

  @Test(arguments: [
    ("LUKA_ACTIVITY_FEED_JSONL", "logs/../feed.jsonl"), ("LUKA_ACTIVITY_FEED_JSONL", "logs\\..\\feed.jsonl"),
    ("LUKA_IDLE_DRIFT_REPORT_DIR", "../out"), ("LUKA_IDLE_THRESHOLD_SEC", "15m"), ("LUKA_DRIFT_THRESHOLD_SEC", ""),
    ("LUKA_DRIFT_THRESHOLD_SEC", "1.5"),
  ]) func `settings that cannot be used give no answer and write nothing`(name: String, value: String) throws {
    let workspace = try Workspace([Self.feed: fresh()])
    let before = try workspace.bytes(of: Self.feed)
    let outcome = try run(workspace, ["--once", "--json"], [name: value])
    #expect(outcome.status == 4, "\(outcome)")
    let missing = try outcome.json()["missing"]?.elements.map(\.text)
    #expect(missing == ["error.internal:ValueError", "error.log_missing_or_unreadable"])
    #expect(try workspace.bytes(of: Self.feed) == before)
    #expect(workspace.names(in: "observability/reports").isEmpty)
  }

  @Test func `feed, reports and thresholds can be set`() throws {
    let now = Int(time(nil))
    let workspace = try Workspace([
      "a/feed.jsonl": .file("{\"action\":\"verified\",\"event\":\"heartbeat\",\"ts\":\(now - 500)}\n"),
      "auditor.yaml": "dod: {feed: a/feed.jsonl}\n",
    ])
    let thresholds = ["LUKA_IDLE_THRESHOLD_SEC": "100", "LUKA_DRIFT_THRESHOLD_SEC": " 1000 "]
    let settings = ["LUKA_ACTIVITY_FEED_JSONL": "ref://activity_feed", "LUKA_IDLE_DRIFT_REPORT_DIR": "b/c"]
    let outcome = try run(workspace, [], thresholds.merging(settings) { $1 })
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.output.contains("b/c/idle_drift.latest.json\nstatus_exit=2\nmissing=idle.system.stale\n"))
    #expect(workspace.names(in: "b/c").count == 2)
  }

  @Test func `a feed that cannot be added to does not change the answer`() throws {
    guard Unprivileged.isPossible else { return }
    let workspace = try Workspace([Self.feed: fresh(), "observability/reports": .folder])
    try workspace.giveAway()
    chmod("\(workspace.root)/\(Self.feed)", 0o444)
    let outcome = try workspace.run(
      ["drift", "--once", "--json"], environment: ["ROOT": "."], through: Unprivileged.wrapper)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.complaints.contains("not added to the feed"))
  }
}
