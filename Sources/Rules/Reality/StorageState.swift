import Formats

/// `storage_state.json`: what the storage said of itself.
struct StorageState {
  /// A stream of a message store.
  struct Stream {
    let name: String
    let storage: String
    let messages: Int128
    let firstSequence: Int128
    let lastSequence: Int128

    var isInMemory: Bool { storage.lowercased() == "memory" }
    var isFileBacked: Bool { storage.lowercased() == "file" }
  }

  /// A table of a database.
  struct Table {
    let name: String
    let rows: Int128
  }

  let document: Value
  let capturedAt: Instant
  let auditStore: String
  let streams: [Stream]
  let engine: String?
  let tables: [Table]
  /// Where the database of engine `sqlite` lies in the bundle.
  let path: String?
  /// What each store claims to hold.
  let claimedCounts: [String: Int128]

  /// Reads the shape of section 3, or answers nil.
  init?(_ document: Value) {
    guard document.kind == .object, let capturedAt = document["captured_at"]?.instant,
      let auditStore = document.nonEmptyText("audit_store"),
      let streams = Self.streams(document["streams"]), let tables = Self.tables(document["tables"])
    else { return nil }
    let hasEngine = document["engine"] != nil
    guard hasEngine == (document["tables"] != nil), hasEngine || document["streams"] != nil else { return nil }
    if hasEngine {
      guard let engine = document.nonEmptyText("engine") else { return nil }
      if engine == "sqlite", document["path"]?.kind != .string { return nil }
    }
    var claimed: [String: Int128] = [:]
    for (name, count) in streams.map({ ($0.name, $0.messages) }) + tables.map({ ($0.name, $0.rows) }) {
      guard claimed.updateValue(count, forKey: name) == nil else { return nil }
    }
    self.document = document
    self.capturedAt = capturedAt
    self.auditStore = auditStore
    self.streams = streams
    self.engine = document["engine"]?.string
    self.tables = tables
    self.path = document["path"]?.string
    self.claimedCounts = claimed
  }

  private static func streams(_ value: Value?) -> [Stream]? {
    guard let value else { return [] }
    guard value.kind == .array else { return nil }
    var streams: [Stream] = []
    for item in value.elements {
      guard let name = item.nonEmptyText("name"), let storage = item.nonEmptyText("storage"),
        let messages = item["messages"]?.wholeCount, let first = item["first_seq"]?.wholeNumber,
        let last = item["last_seq"]?.wholeNumber
      else { return nil }
      if let consumers = item["consumers"] {
        guard consumers.kind == .array, consumers.elements.allSatisfy({ $0.kind == .object }) else { return nil }
      }
      streams.append(
        Stream(name: name, storage: storage, messages: messages, firstSequence: first, lastSequence: last))
    }
    return streams
  }

  private static func tables(_ value: Value?) -> [Table]? {
    guard let value else { return [] }
    guard value.kind == .array else { return nil }
    var tables: [Table] = []
    for item in value.elements {
      guard let name = item["name"]?.string, isTableName(name), let rows = item["rows"]?.wholeCount else { return nil }
      tables.append(Table(name: name, rows: rows))
    }
    return tables
  }

  /// `[A-Za-z_][A-Za-z0-9_]*` as a whole.
  private static func isTableName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !ASCII.isDigit(first) else { return false }
    return name.utf8.allSatisfy(ASCII.isWord)
  }

  /// Whether anything is kept where it does not outlive the process (`AUTO.IN_MEMORY_PERSISTENCE`).
  var isInMemory: Bool {
    if streams.contains(where: \.isInMemory) || isDatabaseInMemory { return true }
    guard let engine else { return false }
    return ["memory", "in-memory", "inmemory"].contains(engine.lowercased())
  }

  private var isDatabaseInMemory: Bool {
    guard engine == "sqlite", let path else { return false }
    return path.isEmpty || path.contains(":memory:") || path.contains("mode=memory")
  }

  /// The database that can be opened and counted.
  var database: RealityDatabaseQuestion? {
    guard engine == "sqlite", let path, !isDatabaseInMemory else { return nil }
    return RealityDatabaseQuestion(
      path: path, tables: tables.map(\.name),
      auditTable: tables.contains { $0.name == auditStore } ? auditStore : nil)
  }

  var auditStream: Stream? { streams.first { $0.name == auditStore } }
}
