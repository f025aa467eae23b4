extension MarkdownAssembly {
  /// A span that is open while tokens become inlines.
  private enum OpenSpan {
    case emphasis
    case link(Int, firstInline: Int)
    case image(Int, firstInline: Int)
    /// A span within an image's description, of which only the text is kept.
    case dropped
  }

  /// The spans around the present token.
  private struct OpenSpans {
    var spans: [OpenSpan] = []
    var isInImage = false
  }

  /// Reads the text of a leaf and adds its inlines, links and code spans to the document.
  mutating func readInlines(_ range: Range<Int>) throws(FormatError) -> Range<Int> {
    inline.parse(range)
    let first = document.inlines.count
    var open = OpenSpans()
    for token in inline.tokens {
      switch token.kind {
      case .text: appendText(token.range, after: first)
      case .scalars(let scalar, let second): appendScalars(scalar, second, at: token.range.lowerBound, after: first)
      case .code: appendCode(token.range, in: open)
      case .html: if !open.isInImage { appendVerbatim(.html, token.range) }
      case .softBreak: append(.softBreak, at: token.range.lowerBound)
      case .hardBreak: append(.hardBreak, at: token.range.lowerBound)
      case .run(let delimiter): appendRun(inline.delimiters[delimiter], token.range, &open, after: first)
      case .linkStart(let target): try startLink(inline.targets[target], at: token.range.lowerBound, &open)
      case .imageStart(let target): try startImage(inline.targets[target], at: token.range.lowerBound, &open)
      case .linkEnd: endSpan(at: token.range.lowerBound, &open)
      }
    }
    return first..<document.inlines.count
  }

  private mutating func append(_ kind: MarkdownInline.Kind, at offset: Int) {
    let end = document.text.count
    document.inlines.append(MarkdownInline(kind: kind, text: end..<end, contentOffset: offset))
  }

  private mutating func appendVerbatim(_ kind: MarkdownInline.Kind, _ range: Range<Int>) {
    let start = document.text.count
    document.text.append(contentsOf: parser.contents[range])
    document.inlines.append(
      MarkdownInline(kind: kind, text: start..<document.text.count, contentOffset: range.lowerBound))
  }

  /// Joins pieces of text that stand side by side.
  private mutating func appendText(_ range: Range<Int>, after first: Int) {
    guard !range.isEmpty else { return }
    let last = document.inlines.count - 1
    if last >= first, document.inlines[last].kind == .text {
      document.text.append(contentsOf: parser.contents[range])
      document.inlines[last].text = document.inlines[last].text.lowerBound..<document.text.count
    } else {
      appendVerbatim(.text, range)
    }
  }

  private mutating func appendScalars(
    _ scalar: Unicode.Scalar, _ second: Unicode.Scalar?, at offset: Int, after first: Int
  ) {
    let last = document.inlines.count - 1
    if last < first || document.inlines[last].kind != .text { append(.text, at: offset) }
    MarkdownText.append(scalar, to: &document.text)
    if let second { MarkdownText.append(second, to: &document.text) }
    let text = document.inlines.count - 1
    document.inlines[text].text = document.inlines[text].text.lowerBound..<document.text.count
  }

  /// Line ends in code are blanks; one blank at each end is dropped when both stand there and there is more.
  private mutating func appendCode(_ range: Range<Int>, in open: OpenSpans) {
    var code = parser.contents[range].map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 }
    let blank = UInt8(ascii: " ")
    if code.count > 1, code.first == blank, code.last == blank, code.contains(where: { $0 != blank }) {
      code = Array(code[1..<(code.count - 1)])
    }
    let start = document.text.count
    document.text.append(contentsOf: code)
    document.inlines.append(
      MarkdownInline(kind: .code, text: start..<document.text.count, contentOffset: range.lowerBound))
    guard !open.isInImage else { return }
    document.codeSpans.append(
      MarkdownDocument.CodeSpan(
        content: String(decoding: code, as: UTF8.self), position: position(of: range.lowerBound), block: block))
  }

  /// What the run closes, what is left of it as text, and what it opens.
  private mutating func appendRun(
    _ run: MarkdownInlineParser.Delimiter, _ range: Range<Int>, _ open: inout OpenSpans, after first: Int
  ) {
    var offset = range.lowerBound
    for isStrong in run.closes {
      endSpan(at: offset, &open)
      offset += isStrong ? 2 : 1
    }
    appendText(offset..<(offset + run.left), after: first)
    offset += run.left
    for isStrong in run.opens.reversed() {
      open.spans.append(open.isInImage ? .dropped : .emphasis)
      if !open.isInImage { append(isStrong ? .strongStart : .emphasisStart, at: offset) }
      offset += isStrong ? 2 : 1
    }
  }

  private mutating func startLink(
    _ target: MarkdownReferences.Target, at offset: Int, _ open: inout OpenSpans
  ) throws(FormatError) {
    guard !open.isInImage else { return open.spans.append(.dropped) }
    let link = try link(to: target, at: offset)
    open.spans.append(.link(document.links.count, firstInline: document.inlines.count))
    append(.linkStart(document.links.count), at: offset)
    document.links.append(link)
  }

  private mutating func startImage(
    _ target: MarkdownReferences.Target, at offset: Int, _ open: inout OpenSpans
  ) throws(FormatError) {
    guard !open.isInImage else { return open.spans.append(.dropped) }
    let link = try link(to: target, at: offset)
    open.spans.append(.image(document.images.count, firstInline: document.inlines.count))
    append(.imageStart(document.images.count), at: offset)
    document.images.append(link)
    open.isInImage = true
  }

  private mutating func link(
    to target: MarkdownReferences.Target, at offset: Int
  ) throws(FormatError) -> MarkdownDocument.Link {
    repeated += target.destination.utf8.count + target.title.utf8.count
    guard repeated <= max(Self.repeatedDestinations, parser.source.bytes.count) else {
      throw FormatError(
        .markdown, .limitExceeded(name: "repeated destinations", limit: Self.repeatedDestinations),
        at: position(of: offset))
    }
    return MarkdownDocument.Link(
      destination: target.destination, title: target.title, text: "", position: position(of: offset), block: block)
  }

  private mutating func endSpan(at offset: Int, _ open: inout OpenSpans) {
    switch open.spans.popLast() {
    case .link(let link, let first):
      document.links[link].text = document.plainText(of: first..<document.inlines.count)
    case .image(let image, let first):
      document.images[image].text = document.plainText(of: first..<document.inlines.count)
      open.isInImage = false
    case .dropped, nil: return
    case .emphasis: break
    }
    append(.end, at: offset)
  }

  private func position(of offset: Int) -> SourcePosition {
    parser.source.position(at: MarkdownBlockParser.sourceOffset(of: offset, parser.segments))
  }
}
