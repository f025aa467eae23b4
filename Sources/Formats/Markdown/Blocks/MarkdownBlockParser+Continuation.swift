extension MarkdownBlockParser {
  private enum Continuation { case matched, unmatched, lineTaken }

  /// Finds how many of the open blocks the line continues and skips their markers.
  ///
  /// - Returns: false when the line was a closing fence and nothing is left to do.
  mutating func matchOpenBlocks() -> Bool {
    matched = 1
    if cursor.isBlank { passListsOnBlankLine() }
    while matched < open.count {
      switch continuation(of: open[matched].node) {
      case .matched: matched += 1
      case .unmatched: return true
      case .lineTaken: return false
      }
    }
    return true
  }

  /// A blank line continues every list and every item that has content, so that however many there are, they are
  /// passed in one step: many blank lines in deep lists cost no more than elsewhere.
  private mutating func passListsOnBlankLine() {
    let stop = firstStopOfBlankLine
    guard stop > 1 else { return }
    let columns = open[stop - 1].columns
    if cursor.indent >= columns {
      cursor.advance(columns: columns)
    } else {
      cursor.advanceToNonblank()
    }
    matched = stop
  }

  private mutating func continuation(of node: Int) -> Continuation {
    switch nodes[node].kind {
    case .document, .list: .matched
    case .quote: skipQuoteMarker() ? .matched : .unmatched
    case .item(let columns): continueItem(columns: columns, hasChildren: nodes[node].hasChildren)
    case .paragraph, .table: cursor.isBlank ? .unmatched : .matched
    case .html(let block): cursor.isBlank && block.endsAtBlankLine ? .unmatched : .matched
    case .indentedCode: continueIndentedCode()
    case .fencedCode(let fence): continueFencedCode(fence, node)
    case .heading, .thematicBreak, .row, .cell, .removed: .unmatched
    }
  }

  /// Skips `>` and the one column of blank that may follow it.
  mutating func skipQuoteMarker() -> Bool {
    guard cursor.indent < 4, cursor.nonblank == UInt8(ascii: ">") else { return false }
    cursor.advanceToNonblank()
    cursor.advance(bytes: 1)
    if cursor.isAtBlank { cursor.advance(columns: 1) }
    return true
  }

  /// An item that began with a blank line ends with a second one.
  private mutating func continueItem(columns: Int, hasChildren: Bool) -> Continuation {
    if cursor.isBlank, !hasChildren { return .unmatched }
    if cursor.indent >= columns {
      cursor.advance(columns: columns)
    } else if cursor.isBlank {
      cursor.advanceToNonblank()
    } else {
      return .unmatched
    }
    return .matched
  }

  private mutating func continueIndentedCode() -> Continuation {
    if cursor.indent >= 4 {
      cursor.advance(columns: 4)
    } else if cursor.isBlank {
      cursor.advanceToNonblank()
    } else {
      return .unmatched
    }
    return .matched
  }

  private mutating func continueFencedCode(_ fence: MarkdownFence, _ node: Int) -> Continuation {
    if isClosing(fence) {
      nodes[node].end = cursor.end
      close()
      return .lineTaken
    }
    cursor.advance(columns: min(fence.indent, cursor.indent))
    return .matched
  }

  private func isClosing(_ fence: MarkdownFence) -> Bool {
    guard cursor.indent < 4, cursor.nonblank == fence.byte else { return false }
    var index = cursor.nextNonblank
    while index < cursor.end, source.bytes[index] == fence.byte { index += 1 }
    guard index - cursor.nextNonblank >= fence.length else { return false }
    return source.bytes[index..<cursor.end].allSatisfy(MarkdownCharacters.isBlank)
  }
}
