import Formats
import Glibc
import Testing

/// Values come back as they were stored, failures are typed, and evidence is never touched.
@Suite struct SQLiteDatabaseTests {
  private let folder = TemporaryFolder()

  private func failure(_ body: () throws(SQLiteError) -> Void) -> SQLiteError? {
    do throws(SQLiteError) {
      try body()
      return nil
    } catch {
      return error
    }
  }

  private func makeDatabase(_ name: String, rows: Int = 3) throws -> String {
    let path = folder.path(name)
    let database = try SQLiteDatabase.open(path, .readWriteCreate)
    try database.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)")
    try database.transaction { database in
      var insert = try database.prepare("INSERT INTO t (s) VALUES (?)")
      for number in 0..<rows {
        try insert.bind(String(repeating: "row \(number) ", count: 20), at: 1)
        try insert.run()
      }
    }
    return path
  }

  @Test(
    arguments: [
      .null, .integer(.min), .integer(.max), .real(-0.1), .real(1e308), .text(""), .text("é\0日本😀"), .blob([]),
      .blob([0, 255]),
    ] as [SQLiteValue])
  func valuesRoundTrip(value: SQLiteValue) throws {
    let database = try SQLiteDatabase.open(folder.path("values"), .readWriteCreate)
    var statement = try database.prepare("SELECT ?1, typeof(?1) AS kind")
    try statement.bind(value, at: 1)
    #expect(try statement.step())
    #expect(statement.value(at: 0) == value)
    #expect(statement.columnCount == 2 && statement.columnName(at: 1) == "kind")
    #expect(statement.value(at: 9) == .null && statement.columnName(at: 9) == nil)
    #expect(try !statement.step())
  }

  @Test func typedReadsConvertNothing() throws {
    let database = try SQLiteDatabase.open(folder.path("typed"), .readWriteCreate)
    var statement = try database.prepare("SELECT 1, 1.5, '2', x'33'")
    #expect(try statement.step())
    #expect(statement.integer(at: 0) == 1 && statement.integer(at: 2) == nil)
    #expect(statement.real(at: 1) == 1.5 && statement.real(at: 0) == nil)
    #expect(statement.text(at: 2) == "2" && statement.text(at: 3) == nil)
    #expect(statement.blob(at: 3) == [0x33] && statement.blob(at: 2) == nil)
  }

  @Test func aTransactionIsWholeOrNothing() throws {
    let database = try SQLiteDatabase.open(folder.path("whole"), .readWriteCreate)
    try database.execute("CREATE TABLE t (n UNIQUE)")
    try database.transaction { try $0.execute("INSERT INTO t VALUES (1)") }
    #expect(throws: SQLiteError.self) {
      try database.transaction { database in
        try database.execute("INSERT INTO t VALUES (2)")
        try database.execute("INSERT INTO t VALUES (1)")
      }
    }
    #expect(try database.value(of: "SELECT count(*) FROM t") == .integer(1))
    #expect(try database.value(of: "SELECT n FROM t WHERE n > 5") == nil)
  }

  @Test func errorsTellTheStatementAndNotItsValues() throws {
    let database = try SQLiteDatabase.open(folder.path("errors"), .readWriteCreate)
    try database.execute("CREATE TABLE t (n UNIQUE)")
    var insert = try database.prepare("INSERT INTO t VALUES (?)")
    try insert.bind("hunter2", at: 1)
    try insert.run()
    do {
      try insert.run()
      Issue.record("a duplicate was stored")
    } catch {
      #expect(error.kind == .constraint && error.code == 19 && error.extendedCode == 2067)
      #expect(error.description.contains("INSERT INTO t VALUES (?)") && error.description.contains("UNIQUE"))
      #expect(!error.description.contains("hunter2"))
    }
  }

  @Test(arguments: [
    "", " -- nothing", "SELECT", "SELECT 1; SELECT 2", "SELECT 1; nonsense", "SELECT 1\0; DROP TABLE t",
  ])
  func refusesWhatIsNotOneStatement(sql: String) throws {
    let database = try SQLiteDatabase.open(folder.path("one"), .readWriteCreate)
    #expect(failure { () throws(SQLiteError) in _ = try database.prepare(sql) } != nil)
    #expect(failure { () throws(SQLiteError) in _ = try database.prepare("SELECT 1; -- done\n") } == nil)
  }

  @Test func aParameterThatDoesNotExistIsAnError() throws {
    let database = try SQLiteDatabase.open(folder.path("parameter"), .readWriteCreate)
    var statement = try database.prepare("SELECT ?")
    for index in [0, 2, -1, Int.max] {
      #expect(throws: SQLiteError.self) { try statement.bind("x", at: index) }
    }
  }

  @Test func aStatementMayOutliveItsConnection() throws {
    func statement() throws(SQLiteError) -> SQLiteStatement {
      try SQLiteDatabase.openEvidence(folder.path("outlived")).prepare("SELECT count(*) FROM t")
    }
    _ = try makeDatabase("outlived")
    var outliving = try statement()
    #expect(try outliving.step())
    #expect(outliving.integer(at: 0) == 3)
  }

  @Test func aFileThatIsNoDatabaseIsSaidSo() throws {
    let path = folder.path("text")
    try folder.write(Array(String(repeating: "this is no database ", count: 100).utf8), to: "text")
    #expect(
      failure { () throws(SQLiteError) in _ = try SQLiteDatabase.open(path, .readWriteCreate) }?.kind == .notADatabase)
    #expect(failure { () throws(SQLiteError) in _ = try SQLiteDatabase.openEvidence(path) }?.kind == .notADatabase)
  }

  @Test(arguments: ["absent", "", "a\0b", "folder"]) func aPathThatIsNoFileCannotBeOpened(name: String) throws {
    mkdir(folder.path("folder"), 0o700)
    let path = name.isEmpty ? "" : folder.path(name)
    #expect(failure { () throws(SQLiteError) in _ = try SQLiteDatabase.openEvidence(path) }?.kind == .cannotOpen)
    #expect(failure { () throws(SQLiteError) in _ = try SQLiteDatabase.open(path, .readOnlyImmutable) } != nil)
    #expect(folder.names == ["folder"])
  }

  @Test func aFIFODoesNotBlock() throws {
    mkfifo(folder.path("fifo"), 0o600)
    #expect(
      failure { () throws(SQLiteError) in _ = try SQLiteDatabase.openEvidence(folder.path("fifo")) }?.kind
        == .cannotOpen)
  }

  @Test func damageIsATypedErrorAndNeverACrash() throws {
    let intact = try folder.read(String(makeDatabase("intact", rows: 200).split(separator: "/").last ?? ""))
    var kinds: Set<SQLiteError.Kind> = []
    for (number, offset) in stride(from: 0, to: intact.count, by: 611).enumerated() {
      var damaged = intact
      for index in offset..<min(offset + 40, damaged.count) { damaged[index] ^= 0xA5 }
      let name = "damaged\(number)"
      try folder.write(damaged, to: name)
      let error = failure { () throws(SQLiteError) in
        let database = try SQLiteDatabase.openEvidence(folder.path(name))
        var statement = try database.prepare("SELECT n, s FROM t ORDER BY s")
        while try statement.step() {}
      }
      if let error { kinds.insert(error.kind) }
    }
    #expect(kinds.contains(.corrupt) && kinds.contains(.notADatabase))
    #expect(kinds.isSubset(of: [.corrupt, .notADatabase, .other, .cannotOpen]))
    try folder.write(Array(intact.prefix(intact.count / 2)), to: "half")
    let half = failure { () throws(SQLiteError) in
      let database = try SQLiteDatabase.openEvidence(folder.path("half"))
      _ = try database.value(of: "SELECT max(s) FROM t")
    }
    #expect(half?.kind == .corrupt)
  }

  @Test func readingEvidenceWritesNothing() throws {
    let path = folder.path("evidence é?#%.db")
    do {
      let database = try SQLiteDatabase.open(path, .readWriteCreate)
      try database.execute("PRAGMA journal_mode=WAL; CREATE TABLE t (n); INSERT INTO t VALUES (7)")
    }
    #expect(folder.names == ["evidence é?#%.db"])
    let before = try folder.read("evidence é?#%.db")
    do {
      let database = try SQLiteDatabase.openEvidence(path)
      #expect(try database.value(of: "SELECT n FROM t") == .integer(7))
      #expect(folder.names == ["evidence é?#%.db"])
      for sql in [
        "INSERT INTO t VALUES (1)", "CREATE TABLE u (n)", "CREATE TEMP TABLE u (n)",
        "ATTACH '\(folder.path("other"))' AS o",
        "VACUUM INTO '\(folder.path("copy"))'", "PRAGMA journal_mode=DELETE; DELETE FROM t",
        "SELECT load_extension('x')",
      ] {
        #expect(failure { () throws(SQLiteError) in try database.execute(sql) } != nil, "\(sql)")
      }
    }
    #expect(folder.names == ["evidence é?#%.db"])
    #expect(try folder.read("evidence é?#%.db") == before)
  }

  @Test func evidenceCannotUseUpTheMachine() throws {
    let database = try SQLiteDatabase.openEvidence(try makeDatabase("endless"), steps: 100_000)
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    #expect(failure { () throws(SQLiteError) in _ = try database.value(of: endless) }?.kind == .interrupted)
    let other = try SQLiteDatabase.openEvidence(folder.path("endless"))
    let growing = "WITH RECURSIVE c(x) AS (SELECT 'abcdefgh' UNION ALL SELECT x || x FROM c) SELECT count(x) FROM c"
    #expect(failure { () throws(SQLiteError) in _ = try other.value(of: growing) }?.kind == .tooLarge)
    // In one step, so that no budget of steps would end it.
    let amplified = "SELECT printf('%.*c', 900000000, 'x')"
    #expect(failure { () throws(SQLiteError) in _ = try other.value(of: amplified) }?.kind == .other)
  }
}
