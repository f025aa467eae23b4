internal import CSQLite
import Glibc

extension SQLiteDatabase {
  @unsafe
  static func connect(_ path: String, _ access: Access) throws(SQLiteError) -> OpaquePointer {
    guard !path.utf8.contains(0), !path.isEmpty else {
      throw SQLiteError(SQLITE_CANTOPEN, "the path is empty or has a NUL in it")
    }
    // A connection never leaves the task that uses it, so SQLite need not lock each call.
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let name: String
    switch access {
    case .readWriteCreate:
      flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      // Without a folder in front, names such as ':memory:' and 'file:x' would mean something else.
      name = path.utf8.first == UInt8(ascii: "/") ? path : "./\(path)"
    case .readWrite:
      flags |= SQLITE_OPEN_READWRITE
      name = path.utf8.first == UInt8(ascii: "/") ? path : "./\(path)"
    case .readOnlyImmutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = immutableURI(path)
    }
    var connection: OpaquePointer?
    let result = unsafe sqlite3_open_v2(name, &connection, flags, nil)
    guard result == SQLITE_OK, let connection = unsafe connection else {
      let error = unsafe SQLiteError(of: connection, result: result)
      unsafe sqlite3_close_v2(connection)
      throw SQLiteError(error.extendedCode, "\(path): \(error.message)")
    }
    return unsafe connection
  }

  /// `file:` and the path, with every byte escaped that could mean something in a URI.
  private static func immutableURI(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    // An empty authority, so that a path which begins with two slashes does not become one.
    var bytes = Array((path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:./").utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self) + "?mode=ro&immutable=1"
  }

  /// What https://sqlite.org/security.html advises for files from untrusted sources; nothing can be written.
  borrowing func distrust() throws(SQLiteError) {
    try distrustSchema()
    try forbidAmplifiers()
    // Not mapped: a file that shrinks under a mapping would end the process.
    try execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA query_only=ON")
  }

  /// Functions that make much of little, in one step of the virtual machine that no budget of steps can interrupt: one row
  /// of `CHECK (printf('%.*c', 900000000, 'x') <> '')` takes a second. A schema that uses them is not read.
  private borrowing func forbidAmplifiers() throws(SQLiteError) {
    for name in ["printf", "format", "zeroblob", "randomblob"] {
      let result = unsafe sqlite3_create_function_v2(
        connection, name, -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nil,
        { context, _, _ in unsafe sqlite3_result_error(context, "a function that evidence may not use", -1) }, nil, nil,
        nil)
      guard result == SQLITE_OK else { throw unsafe SQLiteError(of: connection, result: result) }
    }
    unsafe sqlite3_limit(connection, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, SQLiteLimits.patternBytes)
  }

  /// Runs no trigger and trusts no function of the file's own schema, loads no code, attaches no other file: for files
  /// that others may have changed since they were made.
  public borrowing func distrustSchema() throws(SQLiteError) {
    let switches: [(option: Int32, value: Int32)] = [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0),
    ]
    for (option, value) in switches {
      let result = unsafe csqlite_db_config_switch(connection, option, value)
      guard result == SQLITE_OK else { throw unsafe SQLiteError(of: connection, result: result) }
    }
    unsafe sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
    unsafe sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Int32(SQLiteLimits.valueBytes))
    unsafe sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, 100)
    unsafe sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, 10)
  }

  /// Reads the header and the schema, which SQLite puts off until the first statement.
  borrowing func probe() throws(SQLiteError) {
    _ = try value(of: "SELECT count(*) FROM sqlite_schema")
  }
}

/// Opening anything else could block (a FIFO) or have effects (a device).
func isRegularFile(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}
