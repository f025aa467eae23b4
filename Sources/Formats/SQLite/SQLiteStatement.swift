internal import CSQLite

/// A compiled statement: bind values, step through rows, read columns; then `reset` and again.
///
/// Parameters count from 1, columns from 0, as in SQLite.
@safe
public struct SQLiteStatement: ~Copyable {
  /// The statement as it was prepared.
  public let sql: String
  private let statement: OpaquePointer
  private let connection: OpaquePointer
  /// Keeps alive what the connection's progress handler points to.
  private let budget: SQLiteBudget?

  init(_ sql: String, connection: OpaquePointer, budget: SQLiteBudget?) throws(SQLiteError) {
    try Self.refuseNUL(in: sql)
    var statement: OpaquePointer?
    let bytes = Array(sql.utf8)
    var end = bytes.count
    let result = unsafe Self.compile(bytes[...], connection, &statement, end: &end)
    guard result == SQLITE_OK else { throw unsafe SQLiteError(of: connection, result: result, sql: sql) }
    guard let statement = unsafe statement else { throw SQLiteError(SQLITE_MISUSE, "there is no statement", sql: sql) }
    // What compiles to nothing is blanks and comments.
    var next: OpaquePointer?
    var ignored = 0
    let isLast = unsafe Self.compile(bytes[end...], connection, &next, end: &ignored) == SQLITE_OK && next == nil
    unsafe sqlite3_finalize(next)
    guard isLast else {
      unsafe sqlite3_finalize(statement)
      throw SQLiteError(SQLITE_MISUSE, "there is more than one statement", sql: sql)
    }
    self.sql = sql
    unsafe self.statement = unsafe statement
    unsafe self.connection = unsafe connection
    self.budget = budget
  }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Steps to the next row; false when there is none.
  public mutating func step() throws(SQLiteError) -> Bool {
    switch unsafe sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result:
      let error = unsafe SQLiteError(of: connection, result: result, sql: sql)
      unsafe sqlite3_reset(statement)
      throw error
    }
  }

  /// Runs the statement to its end and makes it ready to be run again, with its values kept.
  public mutating func run() throws(SQLiteError) {
    while try step() {}
    unsafe sqlite3_reset(statement)
  }

  /// Makes the statement ready to be run again and unbinds its values.
  public mutating func reset() {
    unsafe sqlite3_reset(statement)
    unsafe sqlite3_clear_bindings(statement)
  }

  /// C would read a text only up to a NUL, and run something else than was asked.
  static func refuseNUL(in sql: String) throws(SQLiteError) {
    if sql.utf8.contains(0) { throw SQLiteError(SQLITE_MISUSE, "there is a NUL in the statement") }
  }

  /// Compiles the first statement of a text, and tells where it ends.
  private static func compile(
    _ sql: ArraySlice<UInt8>, _ connection: OpaquePointer, _ statement: inout OpaquePointer?, end: inout Int
  ) -> Int32 {
    guard !sql.isEmpty else { return SQLITE_OK }
    return unsafe sql.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var tail: UnsafePointer<CChar>?
      let result = unsafe sqlite3_prepare_v2(connection, start, Int32(clamping: buffer.count), &statement, &tail)
      if let start = unsafe start, let tail = unsafe tail { end = unsafe sql.startIndex + (tail - start) }
      return result
    }
  }
}

// Binding.
extension SQLiteStatement {
  /// SQLite copies what it is given before the call returns.
  private static var copied: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  /// Binds a value to a parameter.
  public mutating func bind(_ value: SQLiteValue, at index: Int) throws(SQLiteError) {
    switch value {
    case .null: try bindNull(at: index)
    case .integer(let number): try bind(number, at: index)
    case .real(let number): try bind(number, at: index)
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes): try bind(bytes, at: index)
    }
  }

  /// Binds an INTEGER.
  public mutating func bind(_ value: Int64, at index: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_int64(statement, Int32(clamping: index), value))
  }

  /// Binds a REAL.
  public mutating func bind(_ value: Double, at index: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_double(statement, Int32(clamping: index), value))
  }

  /// Binds a TEXT; NULs in it are kept.
  public mutating func bind(_ value: String, at index: Int) throws(SQLiteError) {
    // An empty buffer may have no address, and no address means NULL.
    let bytes = Array(value.utf8) + [0]
    let result = unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe sqlite3_bind_text64(
        statement, Int32(clamping: index), start, UInt64(buffer.count - 1), Self.copied, UInt8(SQLITE_UTF8))
    }
    try check(result)
  }

  /// Binds a BLOB.
  public mutating func bind(_ value: [UInt8], at index: Int) throws(SQLiteError) {
    // An empty buffer may have no address, and no address means NULL.
    if value.isEmpty { return try check(unsafe sqlite3_bind_zeroblob(statement, Int32(clamping: index), 0)) }
    let result = unsafe value.withUnsafeBytes { buffer in
      unsafe sqlite3_bind_blob64(
        statement, Int32(clamping: index), buffer.baseAddress, UInt64(buffer.count), Self.copied)
    }
    try check(result)
  }

  /// Binds a TEXT that is UTF-8 already.
  public mutating func bind(text: Span<UInt8>, at index: Int) throws(SQLiteError) {
    let result = unsafe text.withUnsafeBytes { buffer in
      // An empty buffer may have no address, and no address means NULL.
      let start = unsafe buffer.isEmpty ? nil : buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      guard let start = unsafe start else {
        return unsafe sqlite3_bind_text64(statement, Int32(clamping: index), "", 0, Self.copied, UInt8(SQLITE_UTF8))
      }
      return unsafe sqlite3_bind_text64(
        statement, Int32(clamping: index), start, UInt64(buffer.count), Self.copied, UInt8(SQLITE_UTF8))
    }
    try check(result)
  }

  /// Binds a BLOB.
  public mutating func bind(blob: Span<UInt8>, at index: Int) throws(SQLiteError) {
    let result = unsafe blob.withUnsafeBytes { buffer in
      if unsafe buffer.isEmpty { return unsafe sqlite3_bind_zeroblob(statement, Int32(clamping: index), 0) }
      return unsafe sqlite3_bind_blob64(
        statement, Int32(clamping: index), buffer.baseAddress, UInt64(buffer.count), Self.copied)
    }
    try check(result)
  }

  /// Binds NULL.
  public mutating func bindNull(at index: Int) throws(SQLiteError) {
    try check(unsafe sqlite3_bind_null(statement, Int32(clamping: index)))
  }

  private func check(_ result: Int32) throws(SQLiteError) {
    guard result == SQLITE_OK else { throw unsafe SQLiteError(of: connection, result: result, sql: sql) }
  }
}

// Columns of the current row.
extension SQLiteStatement {
  /// How many columns each row has.
  public var columnCount: Int { unsafe Int(sqlite3_column_count(statement)) }

  /// The name of a column, or nil when there is no such column.
  public func columnName(at index: Int) -> String? {
    unsafe sqlite3_column_name(statement, Int32(clamping: index)).map { unsafe String(cString: $0) }
  }

  /// The value as it is stored; NULL when there is no row or no such column.
  public func value(at index: Int) -> SQLiteValue {
    let column = Int32(clamping: index)
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let start = unsafe sqlite3_column_text(statement, column)
      let count = unsafe Int(sqlite3_column_bytes(statement, column))
      return unsafe .text(
        String(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self))
    case SQLITE_BLOB:
      let start = unsafe sqlite3_column_blob(statement, column)
      let count = unsafe Int(sqlite3_column_bytes(statement, column))
      return unsafe .blob(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
    default: return .null
    }
  }

  /// What a column of the current row is stored as.
  public func storage(at index: Int) -> SQLiteStorage {
    switch unsafe sqlite3_column_type(statement, Int32(clamping: index)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  /// The INTEGER at a column; 0 for anything that is no number.
  public func rawInteger(at index: Int) -> Int64 {
    unsafe sqlite3_column_int64(statement, Int32(clamping: index))
  }

  /// Hands over the bytes of a TEXT or BLOB as they are stored, which need not be UTF-8, without copying them.
  public func withBytes<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let column = Int32(clamping: index)
    let start = unsafe sqlite3_column_blob(statement, column)
    let count = unsafe start == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return unsafe body(buffer.bindMemory(to: UInt8.self).span)
  }

  /// The number, or nil when the value is no INTEGER.
  public func integer(at index: Int) -> Int64? {
    if case .integer(let number) = value(at: index) { number } else { nil }
  }

  /// The number, or nil when the value is no REAL.
  public func real(at index: Int) -> Double? {
    if case .real(let number) = value(at: index) { number } else { nil }
  }

  /// The text, or nil when the value is no TEXT.
  public func text(at index: Int) -> String? {
    if case .text(let text) = value(at: index) { text } else { nil }
  }

  /// The bytes, or nil when the value is no BLOB.
  public func blob(at index: Int) -> [UInt8]? {
    if case .blob(let bytes) = value(at: index) { bytes } else { nil }
  }
}
