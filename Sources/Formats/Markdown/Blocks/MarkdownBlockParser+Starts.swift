extension MarkdownBlockParser {
  /// What began at the cursor.
  enum Start {
    case none
    /// A block in which others may begin on the same line.
    case container
    /// A block that takes the rest of the line as it stands.
    case leaf
    /// A block that has taken the rest of the line.
    case wholeLine
  }

  /// Opens the block that begins at the cursor, if one does. The order of the tests is CommonMark's precedence.
  mutating func startBlock() throws(FormatError) -> Start {
    guard let byte = cursor.nonblank else { return .none }
    guard cursor.indent < 4 else { return try startIndentedCode() }
    switch byte {
    case UInt8(ascii: ">"): return try startQuote()
    case UInt8(ascii: "#"): return try startHeading()
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return try startFencedCode(byte)
    case UInt8(ascii: "<"): return try startHTML()
    case UInt8(ascii: "="): return startSetextHeading(byte) ? .wholeLine : .none
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: ":"),
      UInt8(ascii: "|"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try startFromMarker(byte)
    default: return .none
    }
  }

  private mutating func startFromMarker(_ byte: UInt8) throws(FormatError) -> Start {
    if startSetextHeading(byte) { return .wholeLine }
    if isThematicBreak(byte) {
      try openBlock(.thematicBreak, at: cursor.nextNonblank)
      return .wholeLine
    }
    if try startItem() { return .container }
    return try startTable() ? .wholeLine : .none
  }

  /// The block in which the rest of the line stands.
  private var container: MarkdownNode { nodes[open[matched - 1].node] }

  var isInParagraph: Bool {
    if case .paragraph = container.kind { true } else { false }
  }

  /// Whether the line would continue a paragraph if nothing began here, be it by laziness.
  private var mayContinueParagraph: Bool {
    if case .paragraph = nodes[open[open.count - 1].node].kind { true } else { false }
  }

  private mutating func startIndentedCode() throws(FormatError) -> Start {
    guard !mayContinueParagraph else { return .none }
    cursor.advance(columns: 4)
    try openBlock(.indentedCode, at: cursor.offset)
    return .leaf
  }

  private mutating func startQuote() throws(FormatError) -> Start {
    let start = cursor.nextNonblank
    _ = skipQuoteMarker()
    try openBlock(.quote, at: start)
    return .container
  }

  private mutating func startHeading() throws(FormatError) -> Start {
    let bytes = source.bytes
    let start = cursor.nextNonblank
    var text = start
    while text < cursor.end, bytes[text] == UInt8(ascii: "#") { text += 1 }
    let level = text - start
    guard level <= 6, text == cursor.end || MarkdownCharacters.isBlank(bytes[text]) else { return .none }
    var range = MarkdownText.trimmed(bytes, text..<cursor.end)
    var closing = range.upperBound
    while closing > range.lowerBound, bytes[closing - 1] == UInt8(ascii: "#") { closing -= 1 }
    if closing == range.lowerBound || MarkdownCharacters.isBlank(bytes[closing - 1]) {
      range = MarkdownText.trimmed(bytes, range.lowerBound..<closing)
    }
    try openBlock(.heading(level: level), at: start)
    addSegment(from: range.lowerBound)
    contents.append(contentsOf: bytes[range])
    nodes[nodes.count - 1].content = (contents.count - range.count)..<contents.count
    return .wholeLine
  }

  private mutating func startFencedCode(_ byte: UInt8) throws(FormatError) -> Start {
    let bytes = source.bytes
    let start = cursor.nextNonblank
    var index = start
    while index < cursor.end, bytes[index] == byte { index += 1 }
    guard index - start >= 3 else { return .none }
    if byte == UInt8(ascii: "`"), bytes[index..<cursor.end].contains(byte) { return .none }
    let info = MarkdownText.trimmed(bytes, index..<cursor.end)
    let fence = MarkdownFence(byte: byte, length: index - start, indent: cursor.indent, info: info)
    try openBlock(.fencedCode(fence), at: start)
    return .wholeLine
  }

  private mutating func startHTML() throws(FormatError) -> Start {
    guard let block = MarkdownHTMLBlock(in: source.bytes, at: cursor.nextNonblank, before: cursor.end),
      block.canInterruptParagraph || !mayContinueParagraph
    else { return .none }
    try openBlock(.html(block), at: cursor.nextNonblank)
    return .leaf
  }

  /// An underline turns the paragraph above it into a heading, unless that holds definitions only.
  private mutating func startSetextHeading(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-"), isInParagraph else { return false }
    let line = MarkdownText.trimmed(source.bytes, cursor.nextNonblank..<cursor.end)
    guard source.bytes[line].allSatisfy({ $0 == byte }) else { return false }
    let node = open[matched - 1].node
    guard takeDefinitions(from: node) else {
      nodes[node].kind = .paragraph
      return false
    }
    nodes[node].kind = .heading(level: byte == UInt8(ascii: "=") ? 1 : 2)
    nodes[node].end = cursor.end
    return true
  }

  private func isThematicBreak(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "*") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else { return false }
    var count = 0
    for other in source.bytes[cursor.nextNonblank..<cursor.end] {
      if other == byte {
        count += 1
      } else if !MarkdownCharacters.isBlank(other) {
        return false
      }
    }
    return count >= 3
  }

  private mutating func startItem() throws(FormatError) -> Bool {
    let start = cursor.nextNonblank
    guard let marker = MarkdownListMarker(in: source.bytes, at: start, before: cursor.end) else { return false }
    if isInParagraph {
      let isEmpty = source.bytes[(start + marker.length)..<cursor.end].allSatisfy(MarkdownCharacters.isBlank)
      guard !isEmpty, (marker.style.start ?? 1) == 1 else { return false }
    }
    let indent = cursor.indent
    cursor.advanceToNonblank()
    cursor.advance(bytes: marker.length)
    let padding = cursor.isBlank || cursor.indent > 4 ? 1 : cursor.indent
    cursor.advance(columns: padding)
    closeUnmatched()
    if !continuesList(marker.style) { try openBlock(.list(marker.style), at: start) }
    try openBlock(.item(columns: indent + marker.length + padding), at: start)
    return true
  }

  private func continuesList(_ style: MarkdownListMarker.Style) -> Bool {
    if case .list(let other) = container.kind { style.continues(other) } else { false }
  }
}
