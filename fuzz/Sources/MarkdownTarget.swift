import Formats

extension FuzzTarget {
  static let markdown = FuzzTarget(
    name: "markdown", promise: "blocks form a tree; every list points at blocks of its kind; positions lie within"
  ) { bytes in
    let positions = PositionCheck(bytes)
    do throws(FormatError) {
      MarkdownCheck(document: try MarkdownDocument.read(bytes), positions: positions, bytes: bytes).run()
    } catch {
      positions.check(error)
    }
  }
}

private struct MarkdownCheck {
  let document: MarkdownDocument
  let positions: PositionCheck
  let bytes: [UInt8]

  func run() {
    checkTree()
    checkInlines()
    checkLists()
    checkItems()
    checkSections()
    var json = JSONWriter(.compact)
    json.beginObject()
    document.writeFields(to: &json)
    json.endObject()
    do throws(FormatError) {
      _ = try JSON.read(json.takeBytes())
    } catch {
      expect(false, "the document is written as bad JSON: \(error)")
    }
  }

  private func checkTree() {
    let blocks = document.blocks
    expect(blocks.first?.kind == .document && blocks.first?.parent == 0, "the first block is the document")
    expect(blocks.first?.end == blocks.count, "the document holds all blocks")
    for (index, block) in blocks.enumerated().dropFirst() {
      expect(block.parent < index, "block \(index) stands before its parent")
      expect(index < block.end && block.end <= blocks[block.parent].end, "block \(index) reaches out of its parent")
      expect(block.kind != .document, "a document in a document")
      positions.check(block.position, "block \(index)")
      positions.check(block.endPosition, "the end of block \(index)")
      expect(block.position <= block.endPosition, "block \(index) ends before it begins")
      expect(blocks[block.parent].position <= block.position, "block \(index) begins before its parent")
    }
  }

  private func checkInlines() {
    var next = 0
    for block in document.blocks where !block.inlines.isEmpty {
      expect(block.inlines.lowerBound == next, "the text of blocks lies one behind the other")
      next = block.inlines.upperBound
      expect(next <= document.inlines.count, "the text of a block exists")
      var depth = 0
      for inline in document.inlines[block.inlines] {
        positions.check(document.position(of: inline), "an inline")
        switch inline.kind {
        case .emphasisStart, .strongStart: depth += 1
        case .linkStart(let link):
          depth += 1
          expect(document.links.indices.contains(link), "link \(link) exists")
        case .imageStart(let image):
          depth += 1
          expect(document.images.indices.contains(image), "image \(image) exists")
        case .end: depth -= 1
        case .text, .code, .html, .softBreak, .hardBreak: break
        }
        expect(depth >= 0, "a span ends that did not begin")
      }
      expect(depth == 0, "a span goes on behind its block")
      _ = document.plainText(of: block.inlines)
    }
    expect(next == document.inlines.count, "text that belongs to no block")
  }

  private func kind(of block: Int) -> MarkdownBlock.Kind? {
    document.blocks.indices.contains(block) ? document.blocks[block].kind : nil
  }

  private func checkLists() {
    for (index, heading) in document.headings.enumerated() {
      expect(kind(of: heading.block) == .heading(index), "heading \(index) has its block")
      expect((1...6).contains(heading.level), "a heading of level \(heading.level)")
      positions.check(heading.position, "a heading")
    }
    for (index, code) in document.codeBlocks.enumerated() {
      expect(kind(of: code.block) == .codeBlock(index), "code block \(index) has its block")
      positions.check(code.position, "a code block")
    }
    for (index, table) in document.tables.enumerated() {
      expect(kind(of: table.block) == .table(index), "table \(index) has its block")
      positions.check(table.position, "a table")
      for row in table.rows {
        expect(row.cells.count == table.header.count, "a row has as many cells as the header")
        positions.check(row.position, "a row")
      }
    }
    for span in document.codeSpans {
      expect(kind(of: span.block) != nil, "a code span has its block")
      positions.check(span.position, "a code span")
    }
    for link in document.links + document.images {
      expect(kind(of: link.block) != nil, "a link has its block")
      positions.check(link.position, "a link")
    }
  }

  private func checkItems() {
    for task in document.tasks {
      expect(kind(of: task.block) == .item, "a task is an item")
      positions.check(task.position, "a task")
      positions.check(task.boxPosition, "a box")
      expect(task.boxPosition.offset + 2 < bytes.count, "a box has three bytes")
      expect(bytes[task.boxPosition.offset] == UInt8(ascii: "["), "a box begins with a bracket")
      expect((bytes[task.boxPosition.offset + 1] != 0x20) == task.isChecked, "a ticked box has a tick")
      expectBefore(task.heading, task.block)
    }
    for item in document.metadata {
      expect(kind(of: item.block) == .item, "metadata is an item")
      positions.check(item.position, "metadata")
      expectBefore(item.heading, item.block)
    }
  }

  private func expectBefore(_ heading: Int?, _ block: Int) {
    guard let heading else { return }
    expect(document.headings.indices.contains(heading), "heading \(heading) exists")
    expect(document.headings[heading].block < block, "an item stands below its heading")
  }

  private func checkSections() {
    let sections = document.sections
    for (index, section) in sections.enumerated() {
      expect(document.headings.indices.contains(section.heading), "a section has its heading")
      expect(section.blocks.upperBound <= document.blocks.count, "a section has its blocks")
      expect(section.ownBlocks.lowerBound == section.blocks.lowerBound, "a section begins with its own blocks")
      expect(section.ownBlocks.upperBound <= section.blocks.upperBound, "a section holds its own blocks")
      if let parent = section.parent {
        expect(parent < index && section.blocks.upperBound <= sections[parent].blocks.upperBound, "sections nest")
      }
    }
  }
}
