extension MarkdownBlockParser {
  /// A delimiter row turns the line above it into a table's header when both have as many cells.
  mutating func startTable() throws(FormatError) -> Bool {
    guard isInParagraph, let header = segments.last,
      let columns = MarkdownTableSyntax.delimiterColumns(in: source.bytes, cursor.nextNonblank..<cursor.end)
    else { return false }
    let line = header.source..<(header.source + contents.count - 1 - header.content)
    guard MarkdownTableSyntax.cells(in: source.bytes, line).count == columns else { return false }
    let node = open[matched - 1].node
    // Definitions are taken from a paragraph early when an underline follows: then no line above is left.
    guard header.content >= nodes[node].content.lowerBound else { return false }
    if nodes[node].content.lowerBound == header.content {
      nodes[node].kind = .table(columns: columns)
      nodes[node].content = contents.count..<contents.count
      nodes[node].end = cursor.end
    } else {
      nodes[node].content = nodes[node].content.lowerBound..<header.content
      nodes[node].end = sourceOffset(of: header.content - 1)
      close()
      try openBlock(.table(columns: columns), at: header.source)
    }
    try addTableRow(to: open[open.count - 1].node, line)
    return true
  }

  /// Adds a row and its cells; cells beyond the header's are dropped.
  mutating func addTableRow(to table: Int, _ line: Range<Int>) throws(FormatError) {
    guard case .table(let columns) = nodes[table].kind else { return }
    let cells = MarkdownTableSyntax.cells(in: source.bytes, line)
    filled += max(0, columns - cells.count)
    guard filled <= Self.filledCells else {
      throw FormatError(
        .markdown, .limitExceeded(name: "filled table cells", limit: Self.filledCells),
        at: source.position(at: line.lowerBound))
    }
    nodes[table].end = cursor.end
    let row = append(.row, to: table, at: line.lowerBound)
    nodes[row].end = line.upperBound
    for cell in cells.prefix(columns) { addCell(cell, to: row) }
  }

  /// Within a table `\|` is a pipe before anything else is read, in code too.
  private mutating func addCell(_ cell: Range<Int>, to row: Int) {
    let node = append(.cell, to: row, at: cell.lowerBound)
    nodes[node].end = cell.upperBound
    let start = contents.count
    addSegment(from: cell.lowerBound)
    for index in cell {
      let byte = source.bytes[index]
      let isEscape = byte == UInt8(ascii: "\\") && index + 1 < cell.upperBound
      if isEscape, source.bytes[index + 1] == UInt8(ascii: "|") {
        addSegment(from: index + 1)
      } else {
        contents.append(byte)
      }
    }
    nodes[node].content = start..<contents.count
  }
}
