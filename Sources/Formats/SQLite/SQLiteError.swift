internal import CSQLite

/// SQLite refused an operation: its codes, its message, and the statement. Bound values are never in it.
public struct SQLiteError: Error, Sendable, Hashable {
  /// The primary result codes that callers tell apart.
  public enum Kind: Sendable, Hashable {
    /// The file is damaged.
    case corrupt
    /// The file is no database.
    case notADatabase
    /// The file cannot be opened.
    case cannotOpen
    /// Another connection holds a lock.
    case busy
    /// The database may not be written.
    case readOnly
    /// A row contradicts a constraint.
    case constraint
    /// The disk, or the database, is full.
    case full
    /// The budget of an evidence database is spent.
    case interrupted
    /// A value, a result or a statement is larger than a limit.
    case tooLarge
    /// Anything else: see `code`.
    case other
  }

  /// The primary result code (https://sqlite.org/rescode.html).
  public let code: Int32
  /// The extended result code; its low byte is `code`.
  public let extendedCode: Int32
  /// SQLite's message.
  public let message: String
  /// The statement, as it was prepared, or nil where there was none.
  public let sql: String?

  /// What kind of failure it is.
  public var kind: Kind {
    switch code {
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_NOTADB: .notADatabase
    case SQLITE_CANTOPEN: .cannotOpen
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_READONLY: .readOnly
    case SQLITE_CONSTRAINT: .constraint
    case SQLITE_FULL: .full
    case SQLITE_INTERRUPT: .interrupted
    case SQLITE_TOOBIG: .tooLarge
    default: .other
    }
  }

  init(_ extendedCode: Int32, _ message: String, sql: String? = nil) {
    code = extendedCode & 0xFF
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }
}

extension SQLiteError: CustomStringConvertible {
  /// `SQLite error CODE: MESSAGE, in: SQL`.
  public var description: String {
    "SQLite error \(extendedCode): \(message)" + (sql.map { ", in: \($0)" } ?? "")
  }
}

extension SQLiteError {
  /// What a connection says about the call that just failed.
  @unsafe
  init(of connection: OpaquePointer?, result: Int32, sql: String? = nil) {
    // The connection's message belongs to its last call; misuse and a missing connection have only the code.
    let isCurrent = unsafe connection != nil && sqlite3_errcode(connection) & 0xFF == result & 0xFF
    let text = isCurrent ? unsafe sqlite3_errmsg(connection) : unsafe sqlite3_errstr(result)
    let code = isCurrent ? unsafe sqlite3_extended_errcode(connection) : result
    self.init(code, unsafe text.map { unsafe String(cString: $0) } ?? "unknown error", sql: sql)
  }
}
