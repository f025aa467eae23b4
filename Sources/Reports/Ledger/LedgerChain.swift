import Formats

/// The chain of a ledger's rows: each link is SHA-256 over the link before it and the row.
///
/// A row is its table's name, the number of its columns, and each column as a type and a value: `00` for NULL; `01` and
/// eight bytes, the highest first, for an INTEGER; `02` and eight bytes for a REAL; `03` or `04`, four bytes of length and
/// the bytes for a TEXT or a BLOB. The name is written as a TEXT, the number as an INTEGER. Lengths come first, so no two
/// rows are written alike. The first link is SHA-256 over the text `auditor ledger 1` and the ledger's id, both as TEXT.
struct LedgerChain {
  /// The number of rows so far, which is the number of the last.
  private(set) var count: Int64
  /// The last link.
  private(set) var head: Digest
  /// The bytes of the last link.
  private(set) var link: [UInt8] = []
  /// The row that is being written, behind the link before it.
  private var bytes: [UInt8] = []

  /// The chain of a ledger without rows.
  init(ledgerID: String) {
    count = 0
    head = SHA256.digest([])
    text(Array("auditor ledger 1".utf8).span)
    text(Array(ledgerID.utf8).span)
    head = SHA256.digest(bytes)
    link = head.bytes
  }

  /// A chain that goes on where it was left.
  init(count: Int64, head: Digest) {
    self.count = count
    self.head = head
    link = head.bytes
  }

  /// Begins the next row.
  mutating func begin(_ table: [UInt8], columnCount: Int) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: link)
    text(table.span)
    integer(Int64(columnCount))
  }

  mutating func null() { bytes.append(0) }

  mutating func integer(_ value: Int64) {
    bytes.append(1)
    big(UInt64(bitPattern: value))
  }

  mutating func real(bits: UInt64) {
    bytes.append(2)
    big(bits)
  }

  mutating func text(_ value: Span<UInt8>) { sized(3, value) }

  mutating func blob(_ value: Span<UInt8>) { sized(4, value) }

  /// Ends the row: its link is the new head.
  mutating func end() -> Digest {
    head = SHA256.digest(bytes.span)
    link.removeAll(keepingCapacity: true)
    head.append(to: &link)
    count += 1
    return head
  }

  private mutating func sized(_ type: UInt8, _ value: Span<UInt8>) {
    bytes.append(type)
    big(UInt32(truncatingIfNeeded: value.count))
    unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// The highest byte first.
  private mutating func big(_ value: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
  }
}
