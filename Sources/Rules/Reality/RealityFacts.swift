package import Formats

/// What the documents of a bundle name and only the file system can tell.
package struct RealityQuestions: Sendable {
  /// The database to open and count.
  package let database: RealityDatabaseQuestion?
  /// The compose file whose digest is claimed, relative to the bundle.
  package let composeFile: String?
}

/// A database in the bundle, and what is to be counted in it.
package struct RealityDatabaseQuestion: Sendable {
  /// As the storage state names it.
  package let path: String
  /// The tables that it lists; each name matches `[A-Za-z_][A-Za-z0-9_]*`.
  package let tables: [String]
  /// The one of them that holds the audit records.
  package let auditTable: String?
  /// How many different audit ids are worth reading: one more than were exported proves the mismatch.
  package internal(set) var mostAuditIDs = 1

  /// Whether the path may be followed at all: relative, and no component is empty, `.` or `..`.
  package var isSafe: Bool { RealityQuestions.isSafe(path) }
}

extension RealityQuestions {
  /// Whether a path that a document names can only lead downwards (REALITY_RULES gate 1).
  package static func isSafe(_ path: String) -> Bool {
    guard !path.utf8.contains(UInt8(ascii: "\\")), !path.utf8.contains(0) else { return false }
    return path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
    }
  }
}

/// What was found when the questions were looked at.
package struct RealityFacts: Sendable {
  /// The database, when there was one to open.
  package let database: RealityDatabase?
  /// The digest of the compose file, when the bundle holds it.
  package let composeDigest: Digest?

  /// Facts.
  package init(database: RealityDatabase?, composeDigest: Digest?) {
    self.database = database
    self.composeDigest = composeDigest
  }
}

/// A database that is evidence, as it was counted.
package enum RealityDatabase: Sendable {
  /// Its path leads out of the bundle; it was not opened.
  case outside
  /// There is no such regular file.
  case absent
  /// It is no database, or it is damaged; the text says how.
  case unreadable(String)
  /// Rows by table (views and absent tables are not in it), and the audit ids when the audit table has that column.
  case counted(rows: [String: Int64], auditIDs: Set<AuditIDCell>?)

  /// A value of the column `audit_id`.
  package enum AuditIDCell: Sendable, Hashable {
    /// A text.
    case text(String)
    /// Anything that is no text: it equals no exported id.
    case other
  }
}
