import Formats
import Rules

/// Counts a database that is evidence: opened immutable, its schema not trusted, its use bounded (`SQLiteLimits`).
enum RealityDatabaseReader {
  static func count(_ path: String, _ question: RealityDatabaseQuestion) -> RealityDatabase {
    do {
      let database = try SQLiteDatabase.openEvidence(path)
      guard case .text("ok") = try database.value(of: "PRAGMA integrity_check(1)") else {
        return .unreadable("PRAGMA integrity_check is not ok")
      }
      let present = try tables(of: database)
      var rows: [String: Int64] = [:]
      for table in question.tables where present.contains(table) {
        // The name has only letters, digits and underscores.
        guard case .integer(let count) = try database.value(of: "SELECT count(*) FROM main.\"\(table)\"") else {
          return .unreadable("table \(table) cannot be counted")
        }
        rows[table] = count
      }
      guard let audit = question.auditTable, present.contains(audit) else {
        return .counted(rows: rows, auditIDs: nil)
      }
      return .counted(rows: rows, auditIDs: try auditIDs(of: audit, in: database, most: question.mostAuditIDs))
    } catch {
      return .unreadable(error.message)
    }
  }

  private static func tables(of database: borrowing SQLiteDatabase) throws(SQLiteError) -> Set<String> {
    var names: Set<String> = []
    var statement = try database.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    while try statement.step() {
      if let name = statement.text(at: 0) { names.insert(name) }
    }
    return names
  }

  /// The different values of the column `audit_id`, or nil when there is none; stops at `most` and one.
  private static func auditIDs(
    of table: String, in database: borrowing SQLiteDatabase, most: Int
  ) throws(SQLiteError) -> Set<RealityDatabase.AuditIDCell>? {
    guard try storesAuditID(table, in: database) else { return nil }
    var cells: Set<RealityDatabase.AuditIDCell> = []
    var statement = try database.prepare("SELECT audit_id FROM main.\"\(table)\"")
    while cells.count <= most, try statement.step() {
      cells.insert(statement.text(at: 0).map(RealityDatabase.AuditIDCell.text) ?? .other)
    }
    return cells
  }

  /// Whether the table keeps such a column; one that is computed when it is read proves nothing and may be a program.
  private static func storesAuditID(
    _ table: String, in database: borrowing SQLiteDatabase
  ) throws(SQLiteError) -> Bool {
    var columns = try database.prepare("PRAGMA main.table_xinfo(\"\(table)\")")
    while try columns.step() {
      if columns.text(at: 1)?.lowercased() == "audit_id" { return columns.integer(at: 6) == 0 }
    }
    return false
  }
}
