/// The bytes of one document as the parser sees them: valid UTF-8, without a byte order mark, NUL replaced by U+FFFD
/// (CommonMark 0.31 section 2.3), and the way back from them to places in the file.
struct MarkdownSource {
  let bytes: [UInt8]
  /// The first byte behind a byte order mark.
  let start: Int
  private let lines: LineTable
  /// Where replaced NULs stand in `bytes`, in order; each made what follows two bytes later than in the file.
  private let replaced: [Int]

  /// - Throws: `FormatError` for what is too large or not UTF-8.
  init(_ input: [UInt8]) throws(FormatError) {
    try checkEncoding(input, as: .markdown)
    lines = LineTable(input.span)
    start = input.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard input.contains(0) else {
      bytes = input
      replaced = []
      return
    }
    var bytes: [UInt8] = []
    var replaced: [Int] = []
    bytes.reserveCapacity(input.count + 64)
    for byte in input {
      if byte == 0 {
        replaced.append(bytes.count)
        bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
      } else {
        bytes.append(byte)
      }
    }
    self.bytes = bytes
    self.replaced = replaced
  }

  /// The place in the file of an offset in `bytes`.
  func position(at offset: Int) -> SourcePosition {
    var low = 0
    var high = replaced.count
    while low < high {
      let middle = (low + high) / 2
      if replaced[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return lines.position(at: offset - 2 * low)
  }

  /// The line that begins at `start`: its end without the line end, and where the next one begins.
  func line(at start: Int) -> (end: Int, next: Int) {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
    guard end < bytes.count else { return (end, end) }
    let isPair = bytes[end] == UInt8(ascii: "\r") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\n")
    return (end, end + (isPair ? 2 : 1))
  }
}
