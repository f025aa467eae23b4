/// The first phase of CommonMark's algorithm (appendix "A parsing strategy"): lines in, a tree of blocks out, together
/// with the link reference definitions, which inline content needs before any of it can be read.
struct MarkdownBlockParser {
  /// A block to which the next line may belong.
  struct OpenBlock {
    let node: Int
    /// The columns that all items up to this one ask of a line: lets a blank line pass any depth of lists at once.
    let columns: Int
  }

  /// Where a stretch of `contents` comes from.
  struct Segment {
    let content: Int
    let source: Int
  }

  /// The most cells by which the short rows of a document's tables are filled up: a few bytes can ask for a million.
  static let filledCells = 1_000_000

  let source: MarkdownSource
  var cursor: MarkdownLineCursor
  /// All blocks in document order; the first is the document.
  var nodes: [MarkdownNode] = [
    MarkdownNode(kind: .document, parent: 0, start: 0, end: 0, content: 0..<0)
  ]
  /// The text of the leaves, block markers removed, lines ended by `\n`, one leaf after the other.
  var contents: [UInt8] = []
  /// The origin of `contents`, ascending in both members.
  var segments: [Segment] = []
  var references = MarkdownReferences()
  /// The open blocks from the document to the innermost one.
  var open: [OpenBlock] = [OpenBlock(node: 0, columns: 0)]
  /// How many of the open blocks the present line continues.
  var matched = 1
  /// The places of block quotes in `open`.
  private var quotes: [Int] = []
  var filled = 0

  /// Reads the blocks of a document.
  ///
  /// - Throws: `FormatError` when blocks are nested deeper than `SourceLimits.depth` or tables ask for too many cells.
  static func read(_ source: MarkdownSource) throws(FormatError) -> MarkdownBlockParser {
    var parser = MarkdownBlockParser(source)
    var start = source.start
    while start < source.bytes.count {
      let line = source.line(at: start)
      try parser.read(start, end: line.end)
      start = line.next
    }
    while parser.open.count > 1 { parser.close() }
    return parser
  }

  private init(_ source: MarkdownSource) {
    self.source = source
    cursor = MarkdownLineCursor(source.bytes)
    contents.reserveCapacity(source.bytes.count)
  }

  private mutating func read(_ start: Int, end: Int) throws(FormatError) {
    cursor.begin(start, end: end)
    guard matchOpenBlocks() else { return }
    guard try startBlocks() else { return }
    let isLazy = matched < open.count && !cursor.isBlank
    if isLazy, case .paragraph = nodes[open[open.count - 1].node].kind {
      matched = open.count
      cursor.advanceToNonblank()
      addLine()
    } else {
      try addText()
    }
  }

  /// Opens the blocks that begin on this line, one inside the other.
  ///
  /// - Returns: whether text may be left on the line.
  private mutating func startBlocks() throws(FormatError) -> Bool {
    while !nodes[open[matched - 1].node].takesRawLines {
      switch try startBlock() {
      case .container: continue
      case .leaf, .none: return true
      case .wholeLine: return false
      }
    }
    return true
  }

  /// What is left of the line is text: of the innermost block, or of a new paragraph.
  private mutating func addText() throws(FormatError) {
    closeUnmatched()
    let node = open[open.count - 1].node
    switch nodes[node].kind {
    case .paragraph:
      cursor.advanceToNonblank()
      addLine()
    case .indentedCode, .fencedCode:
      addLine()
    case .html(let block):
      let start = cursor.offset
      addLine()
      if block.ends(in: source.bytes, from: start, before: cursor.end) { close() }
    case .table:
      try addTableRow(to: node, cursor.nextNonblank..<cursor.end)
    case .heading, .thematicBreak:
      break
    default:
      guard !cursor.isBlank else { return }
      cursor.advanceToNonblank()
      try openBlock(.paragraph, at: cursor.offset)
      addLine()
    }
  }
}

// MARK: - Opening and closing

extension MarkdownBlockParser {
  /// Closes the open blocks that the present line does not continue.
  mutating func closeUnmatched() {
    while open.count > matched { close() }
  }

  /// Opens a block inside the innermost block that can hold it.
  mutating func openBlock(_ kind: MarkdownNode.Kind, at start: Int) throws(FormatError) {
    closeUnmatched()
    while !nodes[open[open.count - 1].node].canHold(kind) { close() }
    guard open.count <= SourceLimits.depth else {
      throw FormatError(
        .markdown, .limitExceeded(name: "depth", limit: SourceLimits.depth), at: source.position(at: start))
    }
    let parent = open[open.count - 1]
    var columns = parent.columns
    if case .item(let width) = kind { columns += width }
    if case .quote = kind { quotes.append(open.count) }
    open.append(OpenBlock(node: append(kind, to: parent.node, at: start), columns: columns))
    matched = open.count
  }

  /// Adds a block that no further line can continue.
  @discardableResult
  mutating func append(_ kind: MarkdownNode.Kind, to parent: Int, at start: Int) -> Int {
    nodes[parent].hasChildren = true
    nodes.append(
      MarkdownNode(
        kind: kind, parent: parent, start: start, end: cursor.end, content: contents.count..<contents.count))
    return nodes.count - 1
  }

  /// Closes the innermost open block.
  mutating func close() {
    let node = open.removeLast().node
    matched = min(matched, open.count)
    if quotes.last == open.count { quotes.removeLast() }
    switch nodes[node].kind {
    case .paragraph: takeDefinitions(from: node)
    case .indentedCode: cutBlankLines(of: node)
    default: break
    }
  }

  /// The place in `open` of the first block that a blank line might not continue: a block quote or the innermost.
  var firstStopOfBlankLine: Int { min(quotes.first ?? open.count, open.count - 1) }

  /// Adds the rest of the line to the innermost block.
  mutating func addLine() {
    let node = open[open.count - 1].node
    addSegment(from: cursor.offset)
    var offset = cursor.offset
    if cursor.isInsideTab {
      contents.append(contentsOf: repeatElement(UInt8(ascii: " "), count: cursor.restOfTab))
      offset += 1
      addSegment(from: offset)
    }
    contents.append(contentsOf: source.bytes[offset..<cursor.end])
    contents.append(UInt8(ascii: "\n"))
    nodes[node].content = nodes[node].content.lowerBound..<contents.count
    nodes[node].end = cursor.end
  }

  /// Notes that what is appended to `contents` next stands at this offset of the source.
  mutating func addSegment(from offset: Int) {
    segments.append(Segment(content: contents.count, source: offset))
  }

  /// The source offset of an offset in `contents`.
  func sourceOffset(of content: Int) -> Int { Self.sourceOffset(of: content, segments) }

  /// The source offset of an offset in the `contents` that these segments describe.
  static func sourceOffset(of content: Int, _ segments: [Segment]) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].content <= content { low = middle } else { high = middle }
    }
    guard low < segments.count else { return content }
    return segments[low].source + max(0, content - segments[low].content)
  }

  /// Link reference definitions stand at the beginning of a paragraph and are no part of its text.
  ///
  /// - Returns: whether text is left.
  @discardableResult
  mutating func takeDefinitions(from node: Int) -> Bool {
    var content = nodes[node].content
    while content.lowerBound < content.upperBound, contents[content.lowerBound] == UInt8(ascii: "["),
      let next = references.define(in: contents, content)
    {
      content = next..<content.upperBound
    }
    nodes[node].content = content
    guard !MarkdownText.trimmed(contents, content).isEmpty else {
      nodes[node].kind = .removed
      return false
    }
    nodes[node].start = sourceOffset(of: content.lowerBound)
    return true
  }

  private mutating func cutBlankLines(of node: Int) {
    let content = nodes[node].content
    var end = content.upperBound
    var index = end
    while index > content.lowerBound, MarkdownCharacters.isSpace(contents[index - 1]) {
      index -= 1
      if contents[index] == UInt8(ascii: "\n") { end = index + 1 }
    }
    nodes[node].content = content.lowerBound..<end
    nodes[node].end = sourceOffset(of: end - 1)
  }
}
