import Formats
import Glibc
import RealitySamples
import Testing

/// What a person can check of a bundle without `auditor`: the script is run by `sh` with the tools that it names.
@Suite struct RealityByHandTests {
  private static let bundle = "artifacts/\(RealityFixture.run)"
  private static let hasTools = ["jq", "sqlite3", "xmllint"].allSatisfy { access("/usr/bin/\($0)", X_OK) == 0 }

  private func check(_ workspace: Workspace) throws -> (status: Int32, lines: [String]) {
    let script = try workspace.run("reality", Self.bundle, "--by-hand")
    #expect(script.status == 0, "\(script)")
    try workspace.put(.bytes(script.standardOutput), at: "check.sh")
    let outcome = try workspace.start(["sh", "check.sh"])
    #expect(outcome.complaints.isEmpty, "\(outcome)")
    return (outcome.status, outcome.output.split(separator: "\n").map(String.init))
  }

  @Test(.enabled(if: hasTools, "needs jq, sqlite3 and xmllint"))
  func `everything of an honest bundle agrees`() throws {
    let workspace = try Workspace(Sample.reality() + ["\(Self.bundle)/junit.xml": "<a/>"])
    try workspace.put("compose", at: "\(Self.bundle)/compose.yml")
    let (status, lines) = try check(workspace)
    #expect(status == 0)
    #expect(lines.count > 30 && lines.allSatisfy { $0.hasPrefix("agrees   ") }, "\(lines)")
    for step in [
      "junit.xml is well-formed XML", "compose.yml is the file that was judged",
      "the decision of line 3 has the digest of its intent", "the service broker became healthy",
      "the ordering proof is the digest of the audit ids in their order",
      "the export and operator_actions.jsonl have the same actions",
    ] { #expect(lines.contains("agrees   \(step)"), "\(step)") }
  }

  @Test(.enabled(if: hasTools, "needs jq, sqlite3 and xmllint"))
  func `a database is counted by sqlite3, and left as it was`() throws {
    let workspace = try Workspace(Sample.reality(RealityFixture.inDatabase))
    let database = try SQLiteDatabase.open("\(workspace.root)/\(Self.bundle)/audit.db", .readWriteCreate)
    try database.execute("CREATE TABLE audit (audit_id TEXT)")
    for id in RealityFixture.auditIDs { try database.execute("INSERT INTO audit VALUES ('\(id)')") }
    let names = workspace.names(in: Self.bundle)
    let (status, lines) = try check(workspace)
    #expect(status == 0, "\(lines)")
    #expect(lines.contains("agrees   table audit has the rows that it claims"), "\(lines)")
    #expect(lines.contains("agrees   the audit ids stored are those exported"), "\(lines)")
    #expect(workspace.names(in: Self.bundle) == names)
    try database.execute("DELETE FROM audit WHERE rowid = 1")
    let short = try check(workspace)
    #expect(short.status == 1)
    #expect(short.lines.contains("DIFFERS  table audit has the rows that it claims: 9, claimed 10"), "\(short.lines)")
  }

  @Test(
    .enabled(if: hasTools, "needs jq, sqlite3 and xmllint"),
    arguments: [
      (RealityFixture.Change.replace(.configSnapshot, "UTC", with: "CET"), "the configuration has the digest"),
      (.replace(.storageState, "\"messages\": 10", with: "\"messages\": 11"), "the records exported are as many"),
      (.replace(.replayReport, "\"now_calls\": 0", with: "\"now_calls\": 1"), "the replay did not read the clock"),
      (.replace(.serviceLog, "exit=0", with: "exit=3"), "no scenario ended with an error"),
      (.replace(.storageState, "\"pid_after\": 12", with: "\"pid_after\": 11"), "the service came back"),
      (
        .replace(.idempotencyReport, "\"verdict_second\": \"ALLOW\"", with: "\"verdict_second\": \"DENY\""),
        "no double injection changed a verdict"
      ),
    ]) func `a lie is seen by hand`(change: RealityFixture.Change, step: String) throws
  {
    let (status, lines) = try check(Workspace(Sample.reality([change])))
    #expect(status == 1)
    #expect(lines.contains { $0.hasPrefix("DIFFERS  \(step)") }, "\(lines)")
  }

  @Test func `what a bundle says never becomes a command`() throws {
    let hostile = "x'; touch pwned; echo '$(touch pwned)`touch pwned`"
    let workspace = try Workspace(
      Sample.reality([
        .replace(.configSnapshot, "\"broker\", \"core\"", with: "\"\(hostile)\""),
        .replace(.configSnapshot, "compose.yml", with: hostile),
        .replace(.replayReport, "\"source_sha256\": \"", with: "\"source_sha256\": \"\(hostile)"),
      ]) + ["\(Self.bundle)/\(hostile.replacing("/", with: "")).xml": "<a/>"])
    let script = try workspace.run("reality", Self.bundle, "--by-hand")
    try workspace.put(.bytes(script.standardOutput), at: "check.sh")
    _ = try workspace.start(["sh", "check.sh"])
    #expect(!workspace.names(in: ".").contains("pwned") && !workspace.names(in: Self.bundle).contains("pwned"))
  }
}
