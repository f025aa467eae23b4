import Formats
import Glibc
import RealitySamples
import Testing

/// Databases that are evidence and mean harm: each is a finding with its file, quickly, and nothing is written.
@Suite struct RealityDatabaseTests {
  private static let bundle = "artifacts/\(RealityFixture.run)"
  private static let path = "\(bundle)/audit.db"

  /// A bundle whose audit store is a database made by these statements.
  private func workspace(_ statements: [String]) throws -> Workspace {
    let workspace = try Workspace(Sample.reality(RealityFixture.inDatabase))
    let database = try SQLiteDatabase.open("\(workspace.root)/\(Self.path)", .readWriteCreate)
    for statement in statements { try database.execute(statement) }
    return workspace
  }

  private static let honest =
    ["CREATE TABLE audit (audit_id TEXT)"] + RealityFixture.auditIDs.map { "INSERT INTO audit VALUES ('\($0)')" }

  private struct Seen: Equatable {
    let digest: Digest
    let name: String
  }

  private func entries(_ workspace: Workspace) -> [Seen] {
    workspace.names(in: Self.bundle).map { name in
      let bytes = try? workspace.bytes(of: "\(Self.bundle)/\(name)")
      return Seen(digest: SHA256.digest(bytes ?? []), name: name)
    }
  }

  /// The reasons about the database as `CODE PATH`; checks that nothing was touched.
  private func judge(_ workspace: Workspace, isHuge: Bool = false) throws -> [String] {
    let before = isHuge ? [] : entries(workspace)
    let outcome = try workspace.run(["reality", Self.bundle, "--json"])
    if !isHuge { #expect(entries(workspace) == before, "the bundle was changed") }
    #expect(outcome.status == 1 || outcome.status == 2 || outcome.status == 0, "\(outcome)")
    let details = try outcome.json()["details"].map { Array($0.elements) } ?? []
    return details.filter { ($0["code"]?.text ?? "").contains("SQLITE") }
      .map { "\($0["code"]?.text ?? "") \($0["path"]?.text ?? "nowhere")" }
  }

  @Test func `an honest database has nothing against it`() throws {
    #expect(try judge(workspace(Self.honest)) == [])
  }

  private static let otherTypes: [(name: String, bytes: [UInt8])] = {
    let header = Array("SQLite format 3".utf8) + [0]
    let noise = (0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 167) }
    return [
      ("an ELF program", [0x7F] + Array("ELF".utf8) + [2, 1, 1]), ("a ZIP archive", Array("PK".utf8) + [3, 4]),
      ("a picture", [0x89] + Array("PNG".utf8) + [0x0D, 0x0A, 0x1A, 0x0A]), ("gzip", [0x1F, 0x8B, 8, 0]),
      ("a header and nothing else", header), ("a header and noise", header + noise),
    ]
  }()

  @Test(arguments: otherTypes.map(\.name))
  func `another type of file is no database`(name: String) throws {
    let bytes = try #require(Self.otherTypes.first { $0.name == name }).bytes
    let workspace = try Workspace(Sample.reality(RealityFixture.inDatabase))
    try workspace.put(.bytes(bytes + [UInt8](repeating: 0x41, count: 4096)), at: Self.path)
    #expect(try judge(workspace) == ["GATE1.SQLITE_UNREADABLE audit.db"], "\(name)")
  }

  @Test(arguments: [Entry.folder, .fifo, .socket, .link(to: "/dev/zero"), .link(to: "audit.db")])
  func `what is no regular file is not opened`(entry: Entry) throws {
    let workspace = try Workspace(Sample.reality(RealityFixture.inDatabase))
    try workspace.put(entry, at: Self.path)
    let outcome = try workspace.run("reality", Self.bundle, "--json")
    #expect(outcome.output.contains("GATE1.SQLITE_FILE_MISSING"), "\(outcome)")
  }

  @Test func `a database that is huge by its last page is read only as far as it says`() throws {
    let workspace = try workspace(Self.honest)
    _ = try workspace.start(["truncate", "-s", "6G", Self.path])
    let found = try judge(workspace, isHuge: true)
    #expect(found == [] || found == ["GATE1.SQLITE_UNREADABLE audit.db"], "\(found)")
  }

  @Test func `a header that lies about its size is damage`() throws {
    let workspace = try workspace(Self.honest)
    var bytes = try workspace.bytes(of: Self.path)
    // The number of pages, as the header says it.
    bytes.replaceSubrange(28..<32, with: [0x7F, 0xFF, 0xFF, 0xFF])
    try workspace.put(.bytes(bytes), at: Self.path)
    #expect(try judge(workspace) == ["GATE1.SQLITE_UNREADABLE audit.db"])
  }

  @Test(arguments: [
    // A value that would need more memory than there is, made anew for every row.
    "hex(zeroblob(900000000))",
    // The same letter by letter.
    "printf('%.*c', 900000000, 'x')",
  ]) func `a column that is a program does not use up the machine`(program: String) throws {
    let found = try judge(
      workspace(
        ["CREATE TABLE audit (n INTEGER)"]
          + RealityFixture.auditIDs.indices.map { "INSERT INTO audit(n) VALUES (\($0))" }
          + ["ALTER TABLE audit ADD COLUMN audit_id TEXT GENERATED ALWAYS AS (\(program)) VIRTUAL"]))
    #expect(!found.isEmpty && found.allSatisfy { $0.hasSuffix(" audit.db") }, "\(found)")
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "CHECK (printf('%.*c', 900000000, 'x') <> '')", "CHECK (length(zeroblob(900000000)) > 0)",
      "CHECK (format('%.*c', 900000000, audit_id) <> '')",
    ]) func `a check that is a program is not run`(check: String) throws
  {
    // SQLite would run the check for each row that is put in; with an empty table it has nothing to do.
    let workspace = try workspace(
      Self.honest + [
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE audit (audit_id TEXT, \(check.replacing("'", with: "''")))' WHERE name = 'audit'",
      ])
    #expect(try judge(workspace).allSatisfy { $0 == "GATE1.SQLITE_UNREADABLE audit.db" })
  }

  @Test func `an index over a program is not read`() throws {
    let found = try judge(workspace(Self.honest + ["CREATE INDEX i ON audit(length(zeroblob(9) || audit_id))"]))
    #expect(found == ["GATE1.SQLITE_UNREADABLE audit.db"])
  }

  @Test func `a check that is none of these holds evidence to itself`() throws {
    let strict = [
      "CREATE TABLE audit (audit_id TEXT NOT NULL UNIQUE CHECK (length(audit_id) = 26 AND audit_id GLOB '0*'))"
    ]
    #expect(try judge(workspace(strict + Self.honest.dropFirst())) == [])
  }

  @Test func `triggers and views of the schema are never run`() throws {
    let found = try judge(
      workspace([
        "CREATE TABLE hidden (audit_id TEXT)",
        "CREATE VIEW audit AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS audit_id FROM n",
        "CREATE TRIGGER t INSTEAD OF INSERT ON audit BEGIN DELETE FROM hidden; END",
        "CREATE TRIGGER u AFTER INSERT ON hidden BEGIN DELETE FROM hidden; END",
      ]))
    #expect(found == ["GATE1.SQLITE_TABLE_MISSING audit.db"])
  }

  @Test func `a schema that was edited to name what does not exist is damage`() throws {
    let workspace = try workspace(
      Self.honest + [
        "PRAGMA writable_schema=ON",
        "INSERT INTO sqlite_schema VALUES('trigger', 'evil', 'audit', 0, 'CREATE TRIGGER evil AFTER INSERT ON audit BEGIN SELECT load_extension(''/tmp/x.so''); END')",
        "INSERT INTO sqlite_schema VALUES('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING nosuchmodule(x)')",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE audit (' WHERE name = 'audit'",
      ])
    let found = try judge(workspace)
    #expect(!found.isEmpty && found.allSatisfy { $0.hasSuffix(" audit.db") }, "\(found)")
  }

  @Test func `a journal or a log beside it is left alone, and not played back`() throws {
    let workspace = try workspace(Self.honest)
    for name in ["audit.db-journal", "audit.db-wal", "audit.db-shm"] {
      try workspace.put(
        .bytes([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7] + [UInt8](repeating: 0xFF, count: 1024)),
        at: "\(Self.bundle)/\(name)")
    }
    #expect(try judge(workspace) == [])
    #expect(workspace.names(in: Self.bundle).filter { $0.hasPrefix("audit.db") }.count == 4)
  }

  @Test(.enabled(if: Unprivileged.isPossible)) func `a folder that may not be written to is no hindrance`() throws {
    let workspace = try workspace(Self.honest)
    try workspace.giveAway()
    workspace.setMode(0o555, of: Self.bundle)
    let outcome = try workspace.run(["reality", Self.bundle], through: Unprivileged.wrapper)
    workspace.setMode(0o755, of: Self.bundle)
    #expect(outcome.status == 0, "\(outcome)")
  }
}
