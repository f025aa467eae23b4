/// Makes a document of a tree of blocks: reads the text of each leaf and gathers what the document lists.
struct MarkdownAssembly {
  /// The most bytes of destinations that reference links may repeat: one long definition can be used many times.
  static let repeatedDestinations = 1 << 26

  let parser: MarkdownBlockParser
  var inline: MarkdownInlineParser
  var document: MarkdownDocument
  /// The block whose text is being read.
  var block = 0
  var repeated = 0

  static func assemble(_ parser: MarkdownBlockParser) throws(FormatError) -> MarkdownDocument {
    var assembly = MarkdownAssembly(parser)
    try assembly.addBlocks()
    assembly.closeBlocks()
    assembly.fillRows()
    return assembly.document
  }

  private init(_ parser: MarkdownBlockParser) {
    self.parser = parser
    inline = MarkdownInlineParser(contents: parser.contents, references: parser.references)
    document = MarkdownDocument(source: parser.source, segments: parser.segments)
  }

  private mutating func addBlocks() throws(FormatError) {
    var places = [Int](repeating: 0, count: parser.nodes.count)
    document.blocks.reserveCapacity(parser.nodes.count)
    for (index, node) in parser.nodes.enumerated() {
      if case .removed = node.kind { continue }
      places[index] = document.blocks.count
      block = document.blocks.count
      try add(node, to: places[node.parent])
    }
  }

  private mutating func add(_ node: MarkdownNode, to parent: Int) throws(FormatError) {
    let start = parser.source.position(at: node.start)
    switch node.kind {
    case .document: append(.document, node, parent, start)
    case .quote: append(.quote, node, parent, start)
    case .list(let style): append(.list(start: style.start), node, parent, start)
    case .item: append(.item, node, parent, start)
    case .paragraph: try addParagraph(node, parent, start)
    case .heading(let level): try addHeading(level, node, parent, start)
    case .indentedCode: addCode(.indented, info: 0..<0, node, parent, start)
    case .fencedCode(let fence): addCode(.fenced, info: fence.info, node, parent, start)
    case .html: append(.html, node, parent, start)
    case .thematicBreak: append(.thematicBreak, node, parent, start)
    case .table:
      append(.table(document.tables.count), node, parent, start)
      document.tables.append(MarkdownDocument.Table(header: [], rows: [], position: start, block: block))
    case .row:
      append(.row, node, parent, start)
      if block > parent + 1 {
        document.tables[document.tables.count - 1].rows.append(.init(cells: [], position: start))
      }
    case .cell: try addCell(node, parent, start)
    case .removed: break
    }
  }

  private mutating func append(
    _ kind: MarkdownBlock.Kind, _ node: MarkdownNode, _ parent: Int, _ start: SourcePosition,
    _ inlines: Range<Int> = 0..<0
  ) {
    let end = parser.source.position(at: node.end)
    document.blocks.append(
      MarkdownBlock(
        kind: kind, parent: parent, end: block + 1, position: start, endPosition: end, inlines: inlines))
  }

  private mutating func addHeading(
    _ level: Int, _ node: MarkdownNode, _ parent: Int, _ start: SourcePosition
  ) throws(FormatError) {
    let inlines = try readInlines(node.content)
    append(.heading(document.headings.count), node, parent, start, inlines)
    document.headings.append(
      MarkdownDocument.Heading(
        level: level, text: document.plainText(of: inlines), position: start, block: block))
  }

  private mutating func addCode(
    _ kind: MarkdownDocument.CodeBlock.Kind, info: Range<Int>, _ node: MarkdownNode, _ parent: Int,
    _ start: SourcePosition
  ) {
    append(.codeBlock(document.codeBlocks.count), node, parent, start)
    let bytes = parser.source.bytes
    document.codeBlocks.append(
      MarkdownDocument.CodeBlock(
        kind: kind, info: MarkdownText.resolved(bytes, info), rawInfo: String(decoding: bytes[info], as: UTF8.self),
        content: String(decoding: parser.contents[node.content], as: UTF8.self), position: start, block: block))
  }

  private mutating func addCell(
    _ node: MarkdownNode, _ row: Int, _ start: SourcePosition
  ) throws(FormatError) {
    let inlines = try readInlines(node.content)
    append(.cell, node, row, start, inlines)
    let text = document.plainText(of: inlines)
    let table = document.tables.count - 1
    let last = document.tables[table].rows.count - 1
    if last < 0 {
      document.tables[table].header.append(text)
    } else {
      document.tables[table].rows[last].cells.append(text)
    }
  }

  /// Tells each block where its last descendant ends.
  private mutating func closeBlocks() {
    for index in document.blocks.indices.reversed() where index > 0 {
      let parent = document.blocks[index].parent
      document.blocks[parent].end = max(document.blocks[parent].end, document.blocks[index].end)
      document.blocks[parent].endPosition = max(
        document.blocks[parent].endPosition, document.blocks[index].endPosition)
    }
  }

  private mutating func fillRows() {
    for table in document.tables.indices {
      let columns = document.tables[table].header.count
      for row in document.tables[table].rows.indices {
        let missing = columns - document.tables[table].rows[row].cells.count
        document.tables[table].rows[row].cells.append(contentsOf: repeatElement("", count: max(0, missing)))
      }
    }
  }
}

// MARK: - Paragraphs

extension MarkdownAssembly {
  private mutating func addParagraph(
    _ node: MarkdownNode, _ parent: Int, _ start: SourcePosition
  ) throws(FormatError) {
    let beginsItem = block == parent + 1 && document.blocks[parent].kind == .item
    let text = MarkdownText.trimmed(parser.contents, node.content)
    guard beginsItem, let isChecked = box(in: text) else {
      let inlines = try readInlines(text)
      append(.paragraph, node, parent, start, inlines)
      if beginsItem { addMetadata(inlines, of: parent) }
      return
    }
    let inlines = try readInlines((text.lowerBound + 3)..<text.upperBound)
    append(.paragraph, node, parent, start, inlines)
    document.tasks.append(
      MarkdownDocument.Task(
        isChecked: isChecked, text: document.plainText(of: inlines), position: document.blocks[parent].position,
        boxPosition: start, heading: document.headings.indices.last, block: parent))
  }

  /// Whether the box is ticked with which the text begins, or nil when it begins with none or holds nothing else.
  private func box(in text: Range<Int>) -> Bool? {
    let bytes = parser.contents
    let start = text.lowerBound
    guard text.count > 4, bytes[start] == UInt8(ascii: "["), bytes[start + 2] == UInt8(ascii: "]"),
      MarkdownCharacters.isSpace(bytes[start + 3])
    else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: " "): return false
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return true
    default: return nil
    }
  }

  private mutating func addMetadata(_ inlines: Range<Int>, of item: Int) {
    guard let strongEnd = endOfLeadingStrong(inlines) else { return }
    var key = document.plainText(of: inlines.lowerBound..<strongEnd)
    var value = document.plainText(of: strongEnd..<inlines.upperBound)
    if key.utf8.last == UInt8(ascii: ":") {
      key = MarkdownText.collapsed(Array(key.utf8.dropLast()))
    } else if value.utf8.first == UInt8(ascii: ":") {
      value = MarkdownText.collapsed(Array(value.utf8.dropFirst()))
    } else {
      return
    }
    guard !key.isEmpty else { return }
    document.metadata.append(
      MarkdownDocument.Metadata(
        key: key, value: value, position: document.blocks[item].position, heading: document.headings.indices.last,
        block: item))
  }

  /// The index behind the strong text with which a paragraph begins.
  private func endOfLeadingStrong(_ inlines: Range<Int>) -> Int? {
    guard let first = inlines.first, document.inlines[first].kind == .strongStart else { return nil }
    var depth = 0
    for index in inlines {
      switch document.inlines[index].kind {
      case .emphasisStart, .strongStart, .linkStart, .imageStart: depth += 1
      case .end: depth -= 1
      default: break
      }
      if depth == 0 { return index + 1 }
    }
    return nil
  }
}
