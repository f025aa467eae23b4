import Formats
import Glibc

/// What earlier scans of one root found out, on disk: a row a folder, in a database of its own in the user's cache.
///
/// The database belongs to one root and one way of judging (`key`); another way begins anew. One that is damaged is made
/// anew, and one that cannot be used at all is done without: a cache never decides whether a scan can be made.
struct CacheStore: ~Copyable {
  /// Where it is and what it is for.
  struct Place: Sendable {
    /// The database.
    let path: String
    /// Everything besides contents that decides what is found.
    let key: String
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS folder(path BLOB PRIMARY KEY, entries BLOB NOT NULL) WITHOUT ROWID;
    """

  private let database: SQLiteDatabase
  private let place: Place
  /// What has to be said about it; nil when all is well.
  private(set) var complaint: String?

  /// Opens the database, or makes it.
  ///
  /// - Throws: `SQLiteError` when there can be none.
  init(_ place: Place) throws(SQLiteError) {
    self.place = place
    do throws(SQLiteError) {
      database = try CacheStore.open(place)
    } catch {
      guard [.corrupt, .notADatabase].contains(error.kind) else { throw error }
      complaint = "the cache was damaged and is made anew"
      for ending in ["", "-journal", "-wal", "-shm"] { unsafe unlink(place.path + ending) }
      database = try CacheStore.open(place)
    }
  }

  private static func open(_ place: Place) throws(SQLiteError) -> SQLiteDatabase {
    let database = try SQLiteDatabase.open(place.path, .readWriteCreate)
    unsafe chmod(place.path, 0o600)
    try database.execute("PRAGMA synchronous=NORMAL")
    try database.execute(schema)
    return database
  }

  /// The rows of all folders; empty when they were made in another way.
  borrowing func folders() throws(SQLiteError) -> [[UInt8]: [UInt8]] {
    guard try isCurrent() else { return [:] }
    var folders: [[UInt8]: [UInt8]] = [:]
    var statement = try database.prepare("SELECT path, entries FROM folder")
    while try statement.step() {
      if let path = statement.blob(at: 0), let entries = statement.blob(at: 1) { folders[path] = entries }
    }
    return folders
  }

  /// Replaces the rows of some folders and takes out those of others, all or nothing.
  borrowing func save(_ changed: [[UInt8]: [UInt8]], removed: [[UInt8]]) throws {
    if changed.isEmpty, removed.isEmpty, try isCurrent() { return }
    try database.transaction { database in
      if try !isCurrent() {
        try database.execute("DELETE FROM folder; DELETE FROM meta")
        var meta = try database.prepare("INSERT INTO meta(name, value) VALUES('key', ?)")
        try meta.bind(place.key, at: 1)
        try meta.run()
      }
      var insert = try database.prepare("INSERT OR REPLACE INTO folder(path, entries) VALUES(?, ?)")
      for (path, entries) in changed {
        try insert.bind(path, at: 1)
        try insert.bind(entries, at: 2)
        try insert.run()
      }
      var delete = try database.prepare("DELETE FROM folder WHERE path = ?")
      for path in removed {
        try delete.bind(path, at: 1)
        try delete.run()
      }
    }
  }

  private borrowing func isCurrent() throws(SQLiteError) -> Bool {
    try database.value(of: "SELECT value FROM meta WHERE name = 'key'") == .text(place.key)
  }
}
