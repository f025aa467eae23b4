import Formats
import Rules

/// Adds rows to one table and to the chain: what is hashed is what is stored, column by column.
///
/// Between `begin` and `end` every column is given once, in the table's order.
struct ChainedInsert: ~Copyable {
  private var statement: SQLiteStatement
  private let name: [UInt8]
  private let columnCount: Int
  private var place = 0

  init(_ table: LedgerTable, in database: borrowing SQLiteDatabase) throws(SQLiteError) {
    statement = try database.prepare(table.adding)
    name = Array(table.rawValue.utf8)
    columnCount = table.columns.count + 1
  }

  /// Begins a row, which gets the next number of the chain.
  mutating func begin(_ chain: inout LedgerChain) throws(SQLiteError) {
    place = 0
    chain.begin(name, columnCount: columnCount)
    try integer(chain.count + 1, &chain)
  }

  mutating func integer(_ value: Int64?, _ chain: inout LedgerChain) throws(SQLiteError) {
    guard let value else { return try null(&chain) }
    place += 1
    chain.integer(value)
    try statement.bind(value, at: place)
  }

  /// A text as it is.
  mutating func text(_ value: ArraySlice<UInt8>?, _ chain: inout LedgerChain) throws(SQLiteError) {
    guard let value else { return try null(&chain) }
    place += 1
    chain.text(value.span)
    try statement.bind(text: value.span, at: place)
  }

  /// A text that anybody may have written; a secret in it is masked.
  mutating func text(_ value: String?, _ chain: inout LedgerChain) throws(SQLiteError) {
    try text(value.map { Array(SecretMask.masked($0).utf8)[...] }, &chain)
  }

  mutating func blob(_ value: Span<UInt8>, _ chain: inout LedgerChain) throws(SQLiteError) {
    place += 1
    chain.blob(value)
    try statement.bind(blob: value, at: place)
  }

  /// Ends the row and stores it with its link.
  mutating func end(_ chain: inout LedgerChain) throws(SQLiteError) {
    _ = chain.end()
    try statement.bind(blob: chain.link.span, at: columnCount + 1)
    try statement.run()
  }

  private mutating func null(_ chain: inout LedgerChain) throws(SQLiteError) {
    place += 1
    chain.null()
    try statement.bindNull(at: place)
  }
}
