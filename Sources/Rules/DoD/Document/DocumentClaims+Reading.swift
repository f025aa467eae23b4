package import Formats

extension DocumentClaims {
  /// Reads the claims of a document.
  package init(_ document: MarkdownDocument) {
    let texts = BlockTexts(document)
    sections = document.headings.map { Self.section($0) }
    metadata = document.metadata.map { Metadata(key: $0.key, value: $0.value, line: $0.position.line) }
    boxes = document.tasks.map { task in
      Box(
        text: task.text, isTicked: task.isChecked, section: Self.number(of: task.heading, sections),
        line: task.position.line)
    }
    takePointers(document, texts)
    verdictLine = Self.verdictLine(document, texts)
    targetStatus = metadata.first { $0.key.lowercased() == "target status" }.flatMap { item in
      ClaimWords.claimed(in: item.value).last.map { ClaimedVerdict(verdict: $0, line: item.line) }
    }
    exitCodes = texts.lines.flatMap { text in
      ExitCodeText.codes(in: text.text).map { ExitCode(status: $0.status, verdict: $0.verdict, line: text.line) }
    }
  }

  private static func section(_ heading: MarkdownDocument.Heading) -> Section {
    let number = heading.text.utf8.prefix { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
    let rest = heading.text.dropFirst(number.count)
    let isNumber = number.first.map(ASCII.isDigit) ?? false
    guard isNumber, rest.isEmpty || rest.first == " " || rest.first == ")" else {
      return Section(number: nil, title: heading.text, line: heading.position.line)
    }
    let digits = String(decoding: number.last == UInt8(ascii: ".") ? number.dropLast() : number, as: UTF8.self)
    return Section(
      number: digits, title: String(rest.drop { $0 == " " || $0 == ")" }), line: heading.position.line)
  }

  private static func number(of heading: Int?, _ sections: [Section]) -> String? {
    guard let heading else { return nil }
    // A heading without a number belongs to the numbered one before it.
    return sections[...heading].last { $0.number != nil }?.number
  }

  /// The first line of a section called Verdict that names one verdict, else an item `**Verdict**: …`.
  private static func verdictLine(_ document: MarkdownDocument, _ texts: BlockTexts) -> ClaimedVerdict? {
    for section in document.sections {
      let title = Self.section(document.headings[section.heading]).title.lowercased()
      guard title.hasPrefix("verdict") else { continue }
      for text in texts.all where section.ownBlocks.contains(text.block) {
        let words = ClaimWords.all(in: text.text)
        if words.isEmpty { continue }
        guard let verdict = ClaimWords.claimed(in: text.text).first, Set(words).count == 1 else { return nil }
        return ClaimedVerdict(verdict: verdict, line: text.line)
      }
    }
    let item = document.metadata.first { $0.key.lowercased() == "verdict" }
    guard let item, Set(ClaimWords.all(in: item.value)).count == 1 else { return nil }
    return ClaimWords.claimed(in: item.value).first.map { ClaimedVerdict(verdict: $0, line: item.position.line) }
  }

  /// Code under a labelled item is a pointer or, where the label says so, a command; in a ticked box it is a pointer.
  private mutating func takePointers(_ document: MarkdownDocument, _ texts: BlockTexts) {
    let labels = Dictionary(document.metadata.map { ($0.block, $0) }, uniquingKeysWith: { first, _ in first })
    let tasks = Dictionary(document.tasks.map { ($0.block, $0) }, uniquingKeysWith: { first, _ in first })
    for span in document.codeSpans {
      let line = span.position.line
      var block = span.block
      while block != 0 {
        if let task = tasks[block] {
          if task.isChecked { cite(span.content, isTest: false, line) }
          break
        }
        if let label = labels[block] {
          take(span.content, under: label.key.lowercased(), line)
          break
        }
        block = document.blocks[block].parent
      }
    }
    for item in document.metadata {
      cite(item.value, isTest: item.key.holds(Self.test), item.position.line)
    }
  }

  private static let command = Array("command".utf8)
  private static let test = Array("test".utf8)

  private mutating func take(_ code: String, under label: String, _ line: Int) {
    guard label.holds(Self.command) else { return cite(code, isTest: label.holds(Self.test), line) }
    commands.append(Command(text: code, line: line))
    for word in code.split(separator: " ") { cite(String(word), isTest: false, line) }
  }

  private mutating func cite(_ text: String, isTest: Bool, _ line: Int) {
    guard CitedPath.isPath(text), !citations.contains(where: { $0.path == text }) else { return }
    citations.append(Citation(path: text, isTest: isTest || CitedPath.isTest(text), line: line))
  }
}

/// The plain text of every block that holds text.
private struct BlockTexts {
  struct Text {
    let block: Int
    let text: String
    let line: Int
  }

  /// A block a text.
  let all: [Text]
  /// A line a text.
  let lines: [Text]

  init(_ document: MarkdownDocument) {
    let all: [Text] = document.blocks.enumerated().compactMap { index, block in
      if block.inlines.isEmpty { return nil }
      if case .heading = block.kind { return nil }
      return Text(block: index, text: document.plainText(of: block.inlines), line: block.position.line)
    }
    self.all = all
    lines = all.flatMap { Self.lines(of: $0.block, document) }
  }

  private static func lines(of block: Int, _ document: MarkdownDocument) -> [Text] {
    let inlines = document.blocks[block].inlines
    let breaks = inlines.filter { index in
      switch document.inlines[index].kind {
      case .softBreak, .hardBreak: true
      default: false
      }
    }
    let starts = [inlines.lowerBound] + breaks.map { $0 + 1 }
    return zip(starts, breaks + [inlines.upperBound]).compactMap { start, end in
      if start >= end { return nil }
      return Text(
        block: block, text: document.plainText(of: start..<end),
        line: document.position(of: document.inlines[start]).line)
    }
  }
}
