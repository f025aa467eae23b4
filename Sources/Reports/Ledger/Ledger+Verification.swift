package import Formats

/// What a check of a whole ledger came to.
package struct LedgerVerdict: Sendable, Hashable {
  /// The ledger's name.
  package let id: String
  /// The rows whose links hold, from the first on.
  package internal(set) var rowCount: Int64
  /// The link of the last of them.
  package internal(set) var head: Digest
  /// The runs among them.
  package internal(set) var runCount: Int64
  /// The sign-offs among them.
  package internal(set) var signOffCount: Int64
  /// The first thing that does not hold; nil when everything does.
  package internal(set) var firstBreak: LedgerBreak?
  /// The links that were asked for, by the number of their rows.
  package internal(set) var links: [Int64: Digest] = [:]
}

extension Ledger {
  /// Recomputes every link of the chain, and compares each with the stored one and the last with the ledger's own end.
  ///
  /// - Parameters:
  ///   - rows: the rows whose links are wanted; 0 is the ledger before its first row.
  ///   - progress: told how many of how many rows were checked.
  package borrowing func verify(
    linksOf rows: Set<Int64> = [], progress: ((Int, Int) -> Void)? = nil
  ) throws(LedgerError) -> LedgerVerdict {
    var none: RowOutput?
    return try verify(linksOf: rows, writing: &none, progress)
  }

  /// The same of a file, which may be damaged so much that it cannot be opened as a ledger.
  ///
  /// SQLite calls a file damaged that the disk did not give: one that cannot be read to its end is no broken ledger, and
  /// damage has to show twice.
  package static func verify(
    _ path: String, linksOf rows: Set<Int64> = [], progress: ((Int, Int) -> Void)? = nil
  ) throws(LedgerError) -> LedgerVerdict {
    let verdict = try verifyOnce(path, linksOf: rows, progress: progress)
    guard let found = verdict.firstBreak, found.row == nil else { return verdict }
    do throws(SQLiteError) {
      try SQLiteDatabase.checkReadable(path)
    } catch {
      throw LedgerError.database(path, error)
    }
    return try verifyOnce(path, linksOf: rows, progress: progress)
  }

  private static func verifyOnce(
    _ path: String, linksOf rows: Set<Int64>, progress: ((Int, Int) -> Void)?
  ) throws(LedgerError) -> LedgerVerdict {
    do throws(LedgerError) {
      return try openUnjudged(path).verify(linksOf: rows, progress: progress)
    } catch {
      guard case .broken(_, let found) = error else { throw error }
      var verdict = LedgerVerdict(id: "", rowCount: 0, head: SHA256.digest([]), runCount: 0, signOffCount: 0)
      verdict.firstBreak = found
      return verdict
    }
  }

  /// Hands over every row as a line of JSON, in the order of the chain, after a line about the ledger; each row is checked
  /// before it is handed over, and the first that does not hold ends it.
  package borrowing func export(
    to sink: @escaping ([UInt8]) throws -> Void
  ) throws(LedgerError) -> LedgerVerdict {
    var output: RowOutput? = RowOutput(sink: sink)
    let verdict = try verify(linksOf: [], writing: &output)
    try telling { try output?.flush() }
    return verdict
  }

  private borrowing func verify(
    linksOf rows: Set<Int64>, writing output: inout RowOutput?, _ progress: ((Int, Int) -> Void)? = nil
  ) throws(LedgerError) -> LedgerVerdict {
    let start = LedgerChain(ledgerID: id)
    var verdict = LedgerVerdict(id: id, rowCount: 0, head: start.head, runCount: 0, signOffCount: 0)
    if rows.contains(0) { verdict.links[0] = start.head }
    do throws(LedgerError) {
      // One read transaction: what others record meanwhile is not seen by half.
      try telling { try database.execute("BEGIN") }
      verdict.firstBreak = try telling { try schemaProblem() ?? fileProblem() }
      if verdict.firstBreak == nil {
        try telling {
          try output?.begin(id)
          verdict.firstBreak = try walk(start, wanted: rows, &verdict, &output, progress) ?? endProblem(verdict)
        }
      }
      try telling { try database.execute("COMMIT") }
    } catch {
      // What SQLite finds damaged on the way is what was looked for.
      guard case .broken(_, let found) = error else { throw error }
      verdict.firstBreak = found
      try? database.execute("ROLLBACK")
    }
    return verdict
  }

  /// Tables, indices and views have to be as they were made: a changed view would tell lies about rows that are sound.
  borrowing func schemaProblem() throws(SQLiteError) -> LedgerBreak? {
    var found: Set<String> = []
    var rows = try database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
    while try rows.step() { found.insert(rows.text(at: 0) ?? "") }
    let made = Set(LedgerSchema.migrations.joined())
    func name(_ statement: String) -> String {
      statement.split(whereSeparator: { $0 == " " || $0 == "(" || $0 == "\n" }).dropFirst().prefix(2)
        .joined(separator: " ")
    }
    if let extra = found.subtracting(made).min() {
      return LedgerBreak("\(name(extra).lowercased()) was changed or added")
    }
    return made.subtracting(found).min().map { LedgerBreak("\(name($0).lowercased()) is gone") }
  }

  /// Whether the file holds together as a database: an index that hides rows, pages that are not there.
  private borrowing func fileProblem() throws(SQLiteError) -> LedgerBreak? {
    guard case .text(let answer)? = try database.value(of: "PRAGMA integrity_check(1)"), answer != "ok" else {
      return nil
    }
    return LedgerBreak("the file is damaged: \(answer)")
  }

  private borrowing func endProblem(_ verdict: LedgerVerdict) throws -> LedgerBreak? {
    var own = try database.prepare("SELECT row_count, head FROM ledger")
    guard try own.step(), let count = own.integer(at: 0), let head = own.withBytes(at: 1, { Digest(bytes: $0) }) else {
      return LedgerBreak("the row that holds its end is damaged")
    }
    if count > verdict.rowCount {
      return LedgerBreak(
        row: verdict.rowCount + 1, "it is gone, and every row behind it: the ledger had \(count) rows")
    }
    if count < verdict.rowCount { return LedgerBreak(row: count + 1, "the ledger says that it ends before this row") }
    return head == verdict.head ? nil : LedgerBreak(row: count, "the ledger says that it ends with another link")
  }

  private static let rowsBetweenWords: Int64 = 4_096

  /// Walks through all tables at once, in the order of the chain.
  private borrowing func walk(
    _ start: LedgerChain, wanted: Set<Int64>, _ verdict: inout LedgerVerdict, _ output: inout RowOutput?,
    _ progress: ((Int, Int) -> Void)?
  ) throws -> LedgerBreak? {
    let total = progress == nil ? 0 : Int(try Self.number(of: "SELECT row_count FROM ledger", in: database))
    var finding = try TableWalk(.finding, in: database)
    var phase = try TableWalk(.phase, in: database)
    var gate = try TableWalk(.gate, in: database)
    var run = try TableWalk(.run, in: database)
    var signoff = try TableWalk(.signoff, in: database)
    var chain = start
    while true {
      let next = chain.count + 1
      let least = min(finding.seq, phase.seq, gate.seq, run.seq, signoff.seq)
      guard least != .max else { return nil }
      if least < next { return LedgerBreak(row: least, "there are two rows of this number, or it is none") }
      if least > next { return LedgerBreak(row: next, "it is gone; the next row is \(least)") }
      let problem: LedgerBreak?
      if finding.seq == next {
        problem = try finding.follow(&chain, &output)
      } else if phase.seq == next {
        problem = try phase.follow(&chain, &output)
      } else if gate.seq == next {
        problem = try gate.follow(&chain, &output)
      } else if run.seq == next {
        problem = try run.follow(&chain, &output)
        verdict.runCount += 1
      } else {
        problem = try signoff.follow(&chain, &output)
        verdict.signOffCount += 1
      }
      if let problem { return problem }
      (verdict.rowCount, verdict.head) = (chain.count, chain.head)
      if chain.count.isMultiple(of: Self.rowsBetweenWords) { progress?(Int(chain.count), total) }
      if wanted.contains(chain.count) { verdict.links[chain.count] = chain.head }
    }
  }
}

/// The rows of one table in the order of the chain.
struct TableWalk: ~Copyable {
  /// The number of the current row; the greatest there is when there is no more.
  private(set) var seq: Int64
  private let table: LedgerTable
  private let name: [UInt8]
  private let hashColumn: Int
  private var rows: SQLiteStatement

  init(_ table: LedgerTable, in database: borrowing SQLiteDatabase) throws(SQLiteError) {
    self.table = table
    name = Array(table.rawValue.utf8)
    hashColumn = table.columns.count + 1
    var rows = try database.prepare(table.reading)
    seq = try rows.step() ? rows.rawInteger(at: 0) : .max
    self.rows = rows
  }

  /// Adds the current row to the chain, compares the links, and goes on to the next row.
  mutating func follow(_ chain: inout LedgerChain, _ output: inout RowOutput?) throws -> LedgerBreak? {
    chain.begin(name, columnCount: hashColumn)
    for column in 0..<hashColumn {
      switch rows.storage(at: column) {
      case .null: chain.null()
      case .integer: chain.integer(rows.rawInteger(at: column))
      case .real: chain.real(bits: (rows.real(at: column) ?? 0).bitPattern)
      case .text: rows.withBytes(at: column) { chain.text($0) }
      case .blob: rows.withBytes(at: column) { chain.blob($0) }
      }
    }
    let number = seq
    let link = chain.end()
    guard rows.withBytes(at: hashColumn, { Digest(bytes: $0) }) == link else {
      return LedgerBreak(
        row: number, table: table.rawValue,
        "its link does not fit: the row, or the one before it, is not as it was written")
    }
    if output != nil { try output?.write(table, rows, link) }
    try advance()
    return nil
  }

  private mutating func advance() throws(SQLiteError) {
    seq = try rows.step() ? rows.rawInteger(at: 0) : .max
  }
}

/// Writes rows as JSON Lines, a block at a time.
struct RowOutput {
  private static let blockSize = 1 << 16

  let sink: ([UInt8]) throws -> Void
  private var json = JSONWriter(.compact)

  init(sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

  mutating func begin(_ id: String) throws {
    json.beginObject()
    json.member("ledger", id)
    json.member("format", 1)
    json.endObject()
    json.newline()
  }

  mutating func write(_ table: LedgerTable, _ row: borrowing SQLiteStatement, _ link: Digest) throws {
    json.beginObject()
    json.key("seq")
    json.integer(row.rawInteger(at: 0))
    json.member("table", table.rawValue)
    for (place, name) in table.columns.enumerated() {
      json.key(name)
      switch row.storage(at: place + 1) {
      case .null: json.null()
      case .integer: json.integer(row.rawInteger(at: place + 1))
      case .real: json.real(row.real(at: place + 1) ?? .nan)
      case .text: json.string(row.text(at: place + 1) ?? "")
      case .blob: json.string(row.withBytes(at: place + 1) { Hex.text(of: $0) })
      }
    }
    json.member("hash", link.hex)
    json.endObject()
    json.newline()
    if json.bytes.count >= Self.blockSize { try flush() }
  }

  mutating func flush() throws {
    let bytes = json.takeBytes()
    if !bytes.isEmpty { try sink(bytes) }
  }
}
