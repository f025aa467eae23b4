import Formats
import RealitySamples
import Rules
import Testing

/// `auditor reality` over bundles on disk: honest, damaged, and made to do harm.
@Suite struct RealityCommandTests {
  private static let bundle = "artifacts/\(RealityFixture.run)"

  private func workspace(_ changes: [RealityFixture.Change] = []) throws -> Workspace {
    let fixture = RealityFixture.honest.changed(changes)
    #expect(fixture.mistakes == [])
    let workspace = try Workspace()
    for (artifact, text) in fixture.texts { try workspace.put(.file(text), at: "\(Self.bundle)/\(artifact.fileName)") }
    return workspace
  }

  /// A bundle whose audit store is a database that holds what was exported.
  private func databaseWorkspace(_ also: String = "") throws -> Workspace {
    let workspace = try workspace(RealityFixture.inDatabase)
    let database = try SQLiteDatabase.open("\(workspace.root)/\(Self.bundle)/audit.db", .readWriteCreate)
    try database.execute("CREATE TABLE audit (audit_id TEXT)")
    for id in RealityFixture.auditIDs { try database.execute("INSERT INTO audit VALUES ('\(id)')") }
    try database.execute(also)
    return workspace
  }

  private func judge(_ workspace: Workspace, _ more: String...) throws -> (status: Int32, codes: [String]) {
    let before = try digests(workspace)
    let outcome = try workspace.run(["reality", Self.bundle, "--json"] + more)
    #expect(try digests(workspace) == before, "the bundle was changed")
    let answer = try outcome.json()
    return (outcome.status, answer["details"]?.elements.compactMap { $0["code"]?.string } ?? [])
  }

  private func digests(_ workspace: Workspace) throws -> [String: Digest] {
    var digests: [String: Digest] = [:]
    for name in workspace.names(in: Self.bundle) {
      digests[name] = SHA256.digest((try? workspace.bytes(of: "\(Self.bundle)/\(name)")) ?? [])
    }
    return digests
  }

  @Test func `an honest bundle is REAL and says so`() throws {
    let workspace = try workspace()
    let outcome = try workspace.run("reality", Self.bundle)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("GREEN  REAL: \(RealityFixture.run)"), "\(outcome)")
    #expect(try judge(workspace) == (0, []))
  }

  @Test func `a failure is told with its file and line`() throws {
    let workspace = try workspace([.replace(.serviceLog, "a line of another form", with: "TODO check this")])
    let outcome = try workspace.run("reality", Self.bundle)
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("service.log says TODO (service.log:5)"), "\(outcome)")
  }

  @Test func `a database is counted`() throws {
    #expect(try judge(databaseWorkspace()) == (0, []))
    let short = try judge(databaseWorkspace("DELETE FROM audit WHERE rowid = 3"))
    #expect(short.codes.contains("GATE1.SQLITE_ROW_COUNT_MISMATCH"))
    #expect(short.codes.contains("GATE1.SQLITE_AUDIT_ID_MISMATCH"))
  }

  @Test func `a view is no table, whatever it would do when read`() throws {
    let workspace = try databaseWorkspace(
      """
      ALTER TABLE audit RENAME TO hidden;
      CREATE VIEW audit AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS audit_id FROM n;
      CREATE TRIGGER t AFTER INSERT ON hidden BEGIN DELETE FROM hidden; END
      """)
    let answer = try judge(workspace)
    #expect(answer.codes.contains("GATE1.SQLITE_TABLE_MISSING"))
    #expect(answer.status == 1)
  }

  @Test func `a database in write-ahead mode is read without a file beside it`() throws {
    let workspace = try databaseWorkspace("PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE)")
    _ = try judge(workspace)
    #expect(!workspace.names(in: Self.bundle).contains { $0.hasSuffix("-shm") })
  }

  @Test(arguments: ["", "not a database at all, but long enough to be taken for one", "SQLite format 3\0"])
  func `what is no database is unreadable`(_ content: String) throws {
    let workspace = try workspace(RealityFixture.inDatabase)
    try workspace.put(.file(content), at: "\(Self.bundle)/audit.db")
    #expect(try judge(workspace).codes.contains("GATE1.SQLITE_UNREADABLE"))
  }

  @Test func `a damaged page is found`() throws {
    let workspace = try databaseWorkspace()
    let path = "\(Self.bundle)/audit.db"
    var bytes = try workspace.bytes(of: path)
    for offset in 4096..<(4096 + 64) where offset < bytes.count { bytes[offset] = 0xFF }
    try workspace.put(.bytes(bytes), at: path)
    #expect(try judge(workspace).codes.contains("GATE1.SQLITE_UNREADABLE"))
  }

  @Test func `a huge file of zeros is no database`() throws {
    let workspace = try workspace(RealityFixture.inDatabase)
    try workspace.put(.sparse(6 << 30), at: "\(Self.bundle)/audit.db")
    let outcome = try workspace.run("reality", Self.bundle)
    #expect(outcome.output.contains("GATE1.SQLITE_UNREADABLE"), "\(outcome)")
  }

  @Test func `nothing outside the bundle is opened`() throws {
    let linked = try databaseWorkspace()
    let bytes = try linked.bytes(of: "\(Self.bundle)/audit.db")
    try linked.put(.bytes(bytes), at: "../outside.db")
    try linked.put(.link(to: "../../../outside.db"), at: "\(Self.bundle)/link.db")
    let state = try String(decoding: linked.bytes(of: "\(Self.bundle)/storage_state.json"), as: UTF8.self)
    for path in ["link.db", "../../../outside.db", "/etc/passwd", "./audit.db", "a//b"] {
      let named = state.split(separator: "audit.db").joined(separator: path)
      try linked.put(.file(named), at: "\(Self.bundle)/storage_state.json")
      let answer = try judge(linked)
      #expect(answer.codes.contains("BUNDLE.PATH_ESCAPE"), "\(path)")
      #expect(answer.codes.contains("GATE1.SQLITE_FILE_MISSING"), "\(path)")
    }
  }

  @Test func `a link out of the bundle is a lie, a link to nothing no file`() throws {
    let workspace = try workspace()
    try workspace.put(.file("x"), at: "outside.json")
    _ = try workspace.start(["rm", "\(Self.bundle)/time_model.json", "\(Self.bundle)/service.log"])
    try workspace.put(.link(to: "../../outside.json"), at: "\(Self.bundle)/time_model.json")
    try workspace.put(.link(to: "gone"), at: "\(Self.bundle)/service.log")
    let answer = try judge(workspace)
    #expect(answer.codes.contains("BUNDLE.PATH_ESCAPE"))
    #expect(answer.codes.contains("BUNDLE.INVALID_SHAPE_SERVICE_LOG"))
  }

  @Test func `the compose file of the bundle is hashed`() throws {
    let workspace = try workspace()
    try workspace.put(.file("compose"), at: "\(Self.bundle)/compose.yml")
    #expect(try judge(workspace).status == 0)
    try workspace.put(.file("composed"), at: "\(Self.bundle)/compose.yml")
    #expect(try judge(workspace).codes.contains("GATE4.COMPOSE_HASH_MISMATCH"))
  }

  @Test func `a green bundle proves that it can fail, and is left as it was`() throws {
    let workspace = try databaseWorkspace()
    let before = try digests(workspace)
    let outcome = try workspace.run("prove-gate", "reality", Self.bundle)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("CAN FAIL  \(RealityFixture.run)"), "\(outcome)")
    #expect(try digests(workspace) == before)
    _ = try workspace.start(["rm", "\(Self.bundle)/service.log"])
    #expect(try workspace.run("prove-gate", "reality", Self.bundle).status == 4)
  }

  @Test func `a gate that does not exist is a usage error`() throws {
    let workspace = try workspace()
    #expect(try workspace.run("reality", Self.bundle, "--gate", "8").status == 64)
    #expect(try workspace.run("reality", "artifacts/gone", "--json").status == 1)
  }
}
