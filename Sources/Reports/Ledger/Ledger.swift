package import Formats

/// A ledger: what was found out about repositories, run by run, in one SQLite database. Rows are only ever added, and each
/// is a link of a chain (`LedgerChain`), so that whoever changes one has to change all that follow.
///
/// One chain runs through all tables: `seq` is a row's number in it. Several processes may write to one file; each waits
/// for the others. A run is in the ledger with all of its rows, or not at all.
package struct Ledger: ~Copyable {
  /// Where it is.
  package let path: String
  /// Its name, which does not change: a ULID.
  package let id: String
  let database: SQLiteDatabase

  /// How long a writer waits for another one that records a large run.
  private static let busyMilliseconds: Int32 = 120_000

  /// Opens a ledger, or makes one of the name `id`.
  package static func openOrMake(_ path: String, id: ULID) throws(LedgerError) -> Ledger {
    do throws(LedgerError) {
      return try open(path)
    } catch {
      guard case .absent = error else { throw error }
    }
    do {
      // False where another process was faster: its ledger is as good.
      _ = try SQLiteDatabase.make(path) { database in
        try database.execute("PRAGMA page_size=8192; PRAGMA synchronous=FULL")
        try database.transaction { try lay(in: $0, id: id) }
        // Readers do not wait for writers then. Last, for what stands in a log is not in the file yet, and closing does not
        // say when it cannot be brought there.
        try database.execute("PRAGMA journal_mode=WAL")
      }
    } catch {
      throw told(error, path)
    }
    return try open(path)
  }

  /// Opens a ledger that is there, and brings it to this version. One whose tables or views are not as they were made is
  /// refused: a view in place of a table would answer anything, or for ever.
  package static func open(_ path: String) throws(LedgerError) -> Ledger {
    let ledger = try openUnjudged(path)
    do {
      guard let problem = try ledger.schemaProblem() else { return ledger }
      throw LedgerError.broken(path, problem)
    } catch {
      throw told(error, path)
    }
  }

  /// How many pages stay in memory.
  static let usualCache = "PRAGMA cache_size=-65536"

  /// The same for who judges its tables and views.
  static func openUnjudged(_ path: String) throws(LedgerError) -> Ledger {
    do {
      let database = try connect(path)
      try database.distrustSchema()
      try database.execute("PRAGMA synchronous=FULL; \(usualCache); PRAGMA temp_store=MEMORY")
      guard try database.value(of: "PRAGMA application_id") == .integer(Int64(LedgerSchema.applicationID)) else {
        throw LedgerError.notALedger(path)
      }
      let version = try number(of: "PRAGMA user_version", in: database)
      guard version <= LedgerSchema.version else { throw LedgerError.newer(path, version: version) }
      if version < LedgerSchema.version { try database.transaction { try migrate($0) } }
      guard case .text(let id)? = try database.value(of: "SELECT id FROM ledger") else {
        throw LedgerError.broken(path, LedgerBreak("the row that holds its name is gone"))
      }
      return Ledger(path: path, id: id, database: database)
    } catch {
      throw told(error, path)
    }
  }

  /// A ledger that may only be read can be checked all the same.
  private static func connect(_ path: String) throws(SQLiteError) -> SQLiteDatabase {
    do throws(SQLiteError) {
      return try SQLiteDatabase.open(path, .readWrite, busyMilliseconds: busyMilliseconds)
    } catch {
      guard [.cannotOpen, .readOnly].contains(error.kind) else { throw error }
      return try SQLiteDatabase.openUnchanging(path)
    }
  }

  private init(path: String, id: String, database: consuming SQLiteDatabase) {
    self.path = path
    self.id = id
    self.database = database
  }

  private static func lay(in database: borrowing SQLiteDatabase, id: ULID) throws {
    try database.execute("PRAGMA application_id=\(LedgerSchema.applicationID)")
    try migrate(database)
    var row = try database.prepare("INSERT INTO ledger(only_row, id, row_count, head) VALUES(1, ?, 0, ?)")
    try row.bind("\(id)", at: 1)
    try row.bind(LedgerChain(ledgerID: "\(id)").head.bytes, at: 2)
    try row.run()
  }

  /// Applies what the file lacks. Tables of the chain keep their columns, for those are what was hashed.
  private static func migrate(_ database: borrowing SQLiteDatabase) throws {
    let version = try number(of: "PRAGMA user_version", in: database)
    for step in LedgerSchema.migrations.dropFirst(Int(version)) {
      for statement in step { try database.execute(statement) }
    }
    try database.execute("PRAGMA user_version=\(LedgerSchema.version)")
  }

  /// A number that a statement answers; 0 where it answers none.
  static func number(of sql: String, in database: borrowing SQLiteDatabase) throws(SQLiteError) -> Int64 {
    if case .integer(let number)? = try database.value(of: sql) { number } else { 0 }
  }

  /// An error as one about this file.
  static func told(_ error: any Error, _ path: String) -> LedgerError {
    switch error {
    case let error as LedgerError: error
    case let error as SQLiteError:
      switch error.kind {
      case .cannotOpen: .absent(path, error.message)
      case .notADatabase: .notALedger(path)
      case .corrupt: .broken(path, LedgerBreak("the file is damaged or cut short (\(error.message))"))
      default: .database(path, error)
      }
    default: .report("\(path): \(error)")
    }
  }

  /// Runs a body, and tells its errors as those of this file.
  borrowing func telling<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
    do { return try body() } catch { throw Self.told(error, path) }
  }
}
