/// A value as SQLite stores it; nothing is converted.
public enum SQLiteValue: Sendable, Hashable {
  /// NULL.
  case null
  /// INTEGER.
  case integer(Int64)
  /// REAL; SQLite keeps no NaN, it is NULL.
  case real(Double)
  /// TEXT. Bytes of a database that are not UTF-8 are repaired with U+FFFD when they are read.
  case text(String)
  /// BLOB.
  case blob([UInt8])
}

/// How SQLite stores a value.
public enum SQLiteStorage: Sendable, Hashable {
  /// NULL.
  case null
  /// INTEGER.
  case integer
  /// REAL.
  case real
  /// TEXT.
  case text
  /// BLOB.
  case blob
}
