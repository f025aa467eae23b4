/// The lines of a GFM table.
enum MarkdownTableSyntax {
  /// How many columns a delimiter row (`| --- | :-: |`) announces, or nil when the line is none.
  static func delimiterColumns(in bytes: [UInt8], _ line: Range<Int>) -> Int? {
    let row = MarkdownText.trimmed(bytes, line)
    var index = row.lowerBound
    var columns = 0
    if index < row.upperBound, bytes[index] == UInt8(ascii: "|") { index += 1 }
    while index < row.upperBound {
      skip(MarkdownCharacters.isBlank, in: bytes, &index, before: row.upperBound)
      if index < row.upperBound, bytes[index] == UInt8(ascii: ":") { index += 1 }
      let dashes = index
      skip({ $0 == UInt8(ascii: "-") }, in: bytes, &index, before: row.upperBound)
      guard index > dashes else { return nil }
      if index < row.upperBound, bytes[index] == UInt8(ascii: ":") { index += 1 }
      skip(MarkdownCharacters.isBlank, in: bytes, &index, before: row.upperBound)
      columns += 1
      guard index < row.upperBound else { break }
      guard bytes[index] == UInt8(ascii: "|") else { return nil }
      index += 1
    }
    return columns > 0 ? columns : nil
  }

  private static func skip(_ isSkipped: (UInt8) -> Bool, in bytes: [UInt8], _ index: inout Int, before end: Int) {
    while index < end, isSkipped(bytes[index]) { index += 1 }
  }

  /// The cells of a row, blanks at their ends cut, escapes unresolved. A pipe behind a backslash splits nothing; a
  /// pipe at either end of the row adds no cell.
  static func cells(in bytes: [UInt8], _ line: Range<Int>) -> [Range<Int>] {
    let row = MarkdownText.trimmed(bytes, line)
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    if start < row.upperBound, bytes[start] == UInt8(ascii: "|") { start += 1 }
    for index in start..<row.upperBound where bytes[index] == UInt8(ascii: "|") {
      guard index == start || bytes[index - 1] != UInt8(ascii: "\\") else { continue }
      cells.append(MarkdownText.trimmed(bytes, start..<index))
      start = index + 1
    }
    if start < row.upperBound { cells.append(MarkdownText.trimmed(bytes, start..<row.upperBound)) }
    return cells
  }
}
