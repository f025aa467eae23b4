import Formats

/// Gate 1, durable persistence: the store holds, on disk, just what was exported (REALITY_RULES section 7).
enum RealityGate1 {
  static func reasons(_ export: AuditExport, _ storage: StorageState, _ database: RealityDatabase?) -> [RealityReason] {
    var reasons = RealityReasons("GATE1")
    judgeStores(export, storage, &reasons)
    judgeSequence(export, storage, &reasons)
    judgeCounts(export, storage, &reasons)
    judgeShutdown(export, storage, &reasons)
    judgeDatabase(export, storage, database, &reasons)
    return reasons.all
  }

  private static func judgeStores(_ export: AuditExport, _ storage: StorageState, _ reasons: inout RealityReasons) {
    if storage.isInMemory {
      reasons.refuted("STORAGE_IN_MEMORY", "the storage keeps what it holds in memory", in: .storageState)
    }
    for stream in storage.streams where !stream.isInMemory && !stream.isFileBacked {
      reasons.missing(
        "STORAGE_NOT_FILE_BACKED", "stream '\(stream.name)' has storage '\(stream.storage)', expected 'file'",
        in: .storageState)
    }
  }

  private static func judgeSequence(_ export: AuditExport, _ storage: StorageState, _ reasons: inout RealityReasons) {
    for (before, record) in zip(export.records, export.records.dropFirst()) {
      let (next, overflowed) = before.sequence.addingReportingOverflow(1)
      if overflowed || record.sequence != next {
        reasons.refuted(
          "SEQUENCE_BROKEN", "sequence \(record.sequence) follows \(before.sequence)", in: .auditExport,
          line: record.line)
      }
    }
    guard let stream = storage.auditStream, let first = export.records.first, let last = export.records.last else {
      return
    }
    if (stream.firstSequence, stream.lastSequence) != (first.sequence, last.sequence) {
      reasons.refuted(
        "SEQUENCE_BROKEN",
        "stream '\(stream.name)' says \(stream.firstSequence) to \(stream.lastSequence), the export has "
          + "\(first.sequence) to \(last.sequence)", in: .storageState)
    }
  }

  private static func judgeCounts(_ export: AuditExport, _ storage: StorageState, _ reasons: inout RealityReasons) {
    if let claimed = storage.claimedCounts[storage.auditStore] {
      if claimed != Int128(export.records.count) {
        reasons.refuted(
          "COUNT_MISMATCH", "'\(storage.auditStore)' claims \(claimed) records, the export has \(export.records.count)",
          in: .storageState)
      }
    } else {
      reasons.missing(
        "AUDIT_STORE_UNKNOWN", "audit_store '\(storage.auditStore)' is no listed stream or table", in: .storageState)
    }
    if export.knowsProcessTimes, let late = export.records.first(where: { isAfter($0, storage.capturedAt) }) {
      reasons.refuted(
        "STALE_STORAGE_STATE", "captured before the record of line \(late.line) was processed", in: .storageState)
    }
  }

  private static func isAfter(_ record: AuditRecord, _ moment: Instant) -> Bool {
    record.processInstant.map { $0 > moment } ?? false
  }

  private static func judgeShutdown(_ export: AuditExport, _ storage: StorageState, _ reasons: inout RealityReasons) {
    let shutdown = storage.document["shutdown"]
    guard let stopped = shutdown?["service_stopped_at"]?.instant,
      let count = StoreCounts(shutdown?["counts"])?[storage.auditStore]
    else {
      reasons.missing(
        "SHUTDOWN_COUNT_MISSING", "no shutdown with service_stopped_at and a count of '\(storage.auditStore)'",
        in: .storageState)
      return
    }
    let recomputed = export.count(processedBy: stopped)
    if export.knowsProcessTimes, count != recomputed {
      reasons.refuted(
        "SHUTDOWN_COUNT_MISMATCH", "\(count) records at the stop are claimed, the export has \(recomputed) by then",
        in: .storageState, line: shutdown?.position.line)
    }
  }

  private static func judgeDatabase(
    _ export: AuditExport, _ storage: StorageState, _ database: RealityDatabase?, _ reasons: inout RealityReasons
  ) {
    guard storage.database != nil, let database else { return }
    let place = Location(path: storage.path ?? "")
    switch database {
    case .outside, .absent:
      reasons.missing(
        "SQLITE_FILE_MISSING", "the bundle holds no database '\(storage.path ?? "")'", in: .storageState,
        line: storage.document["path"]?.position.line)
    case .unreadable(let why):
      reasons.refuted("SQLITE_UNREADABLE", "the database cannot be read: \(why)", at: place)
    case .counted(let rows, let auditIDs):
      for table in storage.tables {
        guard let real = rows[table.name] else {
          reasons.refuted("SQLITE_TABLE_MISSING", "the database has no table '\(table.name)'", at: place)
          continue
        }
        if Int128(real) != table.rows {
          reasons.refuted(
            "SQLITE_ROW_COUNT_MISMATCH", "table '\(table.name)' has \(real) rows, \(table.rows) are claimed",
            at: place)
        }
      }
      guard rows[storage.auditStore] != nil, storage.database?.auditTable != nil else { return }
      let exported = Set(export.records.map { $0.auditID?.string.map(RealityDatabase.AuditIDCell.text) ?? .other })
      if auditIDs != exported {
        let what = auditIDs == nil ? "keeps no column audit_id" : "holds other audit ids than the export"
        reasons.refuted("SQLITE_AUDIT_ID_MISMATCH", "table '\(storage.auditStore)' \(what)", at: place)
      }
    }
  }
}
