internal import CSQLite
import Glibc

/// A connection to a SQLite database; closed when it goes out of scope.
///
/// For one task at a time: it is not `Sendable`, and neither are its statements. A statement may outlive it; the file is
/// closed when the last of them is gone.
@safe
public struct SQLiteDatabase: ~Copyable {
  /// What may be done to the file.
  public enum Access: Sendable {
    /// Reads and writes; the file is made when it does not exist.
    case readWriteCreate
    /// Reads and writes a file that has to be there.
    case readWrite
    /// Reads a file that nobody changes: no locks, no `-wal` or `-shm` beside it. Content that is still in a
    /// write-ahead log is not seen.
    case readOnlyImmutable
  }

  let connection: OpaquePointer
  private let budget: SQLiteBudget?

  /// Opens a database file and reads its header.
  ///
  /// `busyMilliseconds`: how long a call waits for the locks of other connections. Errors: `cannotOpen`, `notADatabase`,
  /// `corrupt`. An empty file is an empty database.
  public static func open(
    _ path: String, _ access: Access, busyMilliseconds: Int32 = 5_000
  ) throws(SQLiteError) -> SQLiteDatabase {
    let database = unsafe SQLiteDatabase(try connect(path, access), budget: nil)
    unsafe sqlite3_busy_timeout(database.connection, busyMilliseconds)
    try database.probe()
    return database
  }

  /// Opens a database that is evidence: a file made by others, perhaps to do harm.
  ///
  /// It is opened immutable and nothing is ever written, beside it neither. Its schema is not trusted, it can load no
  /// code and attach no other file, and its use is bounded by `SQLiteLimits`; when the `steps` are spent, every call
  /// throws `interrupted`. Errors also: a path that is no regular file (`cannotOpen`).
  public static func openEvidence(
    _ path: String, steps: Int = SQLiteLimits.evidenceSteps
  ) throws(SQLiteError) -> SQLiteDatabase {
    guard isRegularFile(path) else { throw SQLiteError(SQLITE_CANTOPEN, "'\(path)' is no regular file") }
    let budget = SQLiteBudget(steps: steps)
    let database = unsafe SQLiteDatabase(try connect(path, .readOnlyImmutable), budget: budget)
    unsafe sqlite3_progress_handler(
      database.connection, Int32(SQLiteBudget.period),
      { context in
        guard let context = unsafe context else { return 1 }
        return unsafe Unmanaged<SQLiteBudget>.fromOpaque(context).takeUnretainedValue().spend() ? 0 : 1
      }, Unmanaged.passUnretained(budget).toOpaque())
    try database.distrust()
    try database.probe()
    return database
  }

  /// Opens a database where nothing may be written, beside it neither: on a medium of another's, in a folder of another's.
  ///
  /// Errors also: content that is still in a write-ahead log (`cannotOpen`), for that would not be seen.
  public static func openUnchanging(_ path: String) throws(SQLiteError) -> SQLiteDatabase {
    var log = stat()
    if unsafe stat("\(path)-wal", &log) == 0, log.st_size > 0 {
      throw SQLiteError(SQLITE_CANTOPEN, "\(path): it has a write-ahead log, and may not be written")
    }
    return try open(path, .readOnlyImmutable)
  }

  private init(_ connection: OpaquePointer, budget: SQLiteBudget?) {
    unsafe self.connection = unsafe connection
    self.budget = budget
  }

  deinit { unsafe sqlite3_close_v2(connection) }

  /// Runs statements that return nothing, separated by semicolons: `PRAGMA`s, `CREATE`s.
  public borrowing func execute(_ sql: String) throws(SQLiteError) {
    try SQLiteStatement.refuseNUL(in: sql)
    let result = unsafe sqlite3_exec(connection, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw unsafe SQLiteError(of: connection, result: result, sql: sql) }
  }

  /// Compiles one statement. Text after it other than blanks and comments is an error.
  public borrowing func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
    unsafe try SQLiteStatement(sql, connection: connection, budget: budget)
  }

  /// The first column of the first row, or nil when there is no row.
  public borrowing func value(of sql: String) throws(SQLiteError) -> SQLiteValue? {
    var statement = try prepare(sql)
    return try statement.step() ? statement.value(at: 0) : nil
  }

  /// Runs a body in a transaction that is committed when the body returns, and undone when it throws.
  ///
  /// The write lock is taken at the start, so a body never fails half way for want of it.
  public borrowing func transaction<Result>(
    _ body: (borrowing SQLiteDatabase) throws -> Result
  ) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body(self)
      try execute("COMMIT")
      return result
    } catch {
      // SQLite may have rolled back already; the body's error is the one that matters.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// The number of rows that the last `INSERT`, `UPDATE` or `DELETE` changed.
  public var changedRows: Int64 { unsafe sqlite3_changes64(connection) }

  /// The row id of the last successful `INSERT`.
  public var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(connection) }
}
