/// The line after `|` or `>` (c-b-block-header).
private struct BlockHeader {
  /// What becomes of the line ends after the last content.
  enum Chomping {
    case strip
    case clip
    case keep
  }

  var chomping = Chomping.clip
  /// The indentation indicator.
  var digit: Int?
}

extension YAMLReader {
  /// c-l+literal(n) or c-l+folded(n), n being `parent`. The end of the input ends a line, too.
  mutating func blockScalar(parent: Int, _ properties: YAMLProperties) throws(FormatError) -> UInt32 {
    let start = offset
    let style: YAMLScalar.Style = current == UInt8(ascii: "|") ? .literal : .folded
    let header = try blockHeader()
    contentEnd = offset
    if !isAtEnd { skipLineEnd() }
    let indent =
      if let digit = header.digit { max(parent, 0) + digit } else { try detectIndent(atLeast: parent + 1) }
    let made = builder.scratchCount
    let breaks = appendBlockLines(indent, isFolded: style == .folded)
    let isEmpty = builder.scratchCount == made
    switch header.chomping {
    case .strip: break
    case .clip: appendLineFeeds(isEmpty ? 0 : 1)
    case .keep: appendLineFeeds(breaks)
    }
    if sawTab { throw failure(.unexpected(found: "a tab as indentation", expected: "spaces"), at: offset) }
    let scalar = YAMLScalar(
      range: start..<contentEnd, content: made..<builder.scratchCount, isMade: true, style: style)
    skipToToken()
    return try scalarNode(scalar, properties)
  }

  /// Indentation and chomping in either order, then nothing but a comment.
  private mutating func blockHeader() throws(FormatError) -> BlockHeader {
    var header = BlockHeader()
    var hasChomping = false
    offset += 1
    while true {
      switch current {
      case UInt8(ascii: "-") where !hasChomping, UInt8(ascii: "+") where !hasChomping:
        header.chomping = current == UInt8(ascii: "-") ? .strip : .keep
        hasChomping = true
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.digit == nil:
        header.digit = Int(current - UInt8(ascii: "0"))
      default:
        let end = offset
        skipBlanks()
        if current == UInt8(ascii: "#"), offset > end { offset = lineEnd(from: offset) }
        guard isAtEnd || isLineEnd(current) else {
          throw unexpected("the end of the line after the block scalar's header (one of 1 to 9, '-' or '+')")
        }
        return header
      }
      offset += 1
    }
  }

  /// The indentation of the first line with content; lines of spaces before it may not be longer.
  private func detectIndent(atLeast floor: Int) throws(FormatError) -> Int {
    var index = offset
    var longest = (spaces: 0, at: offset)
    while true {
      let line = index
      while byte(index) == 0x20 { index += 1 }
      let spaces = index - line
      if isLineEnd(byte(index)) {
        if spaces > longest.spaces { longest = (spaces, line) }
        index = after(lineEnd: index)
      } else if index >= bytes.count {
        return max(floor, longest.spaces, spaces)
      } else if spaces < floor || (spaces == 0 && isDocumentMarker(at: line)) {
        return max(floor, longest.spaces)
      } else if spaces < longest.spaces {
        throw failure(
          .unexpected(
            found: "a line of \(longest.spaces) spaces before text indented by \(spaces)",
            expected: "an indentation indicator, such as |\(max(spaces, 1))"), at: longest.at)
      } else {
        return spaces
      }
    }
  }

  /// Appends the content lines; the line ends after the last of them are not appended but counted.
  ///
  /// Sets `sawTab` if the scalar ends at a line that a tab indents.
  private mutating func appendBlockLines(_ indent: Int, isFolded: Bool) -> Int {
    var breaks = 0
    var hasContent = false
    var wasSpaced = false
    sawTab = false
    while !isAtEnd {
      lineStart = offset
      var index = offset
      while index - lineStart < indent, byte(index) == 0x20 { index += 1 }
      if index >= bytes.count || isLineEnd(byte(index)) {
        if index < bytes.count || index > lineStart { breaks += 1 }
        offset = index
        if !isAtEnd { skipLineEnd() }
        continue
      }
      if index - lineStart < indent || (indent == 0 && isDocumentMarker(at: index)) {
        sawTab = byte(index) == 0x09 && index - lineStart < indent
        break
      }
      let end = lineEnd(from: index)
      let isSpaced = isBlank(bytes[index])
      if isFolded, hasContent, !wasSpaced, !isSpaced { appendFolded(breaks) } else { appendLineFeeds(breaks) }
      builder.appendScratch(from: index..<end)
      contentEnd = end
      hasContent = true
      wasSpaced = isSpaced
      breaks = 1
      offset = end
      if !isAtEnd { skipLineEnd() }
    }
    return breaks
  }
}
