extension YAMLReader {
  /// ns-plain(n, c). Ends before `: `, ` #`, and in flow context before `,[]{}`.
  mutating func plain(_ indent: Int, _ inFlow: Bool) throws(FormatError) -> YAMLScalar {
    try checkPlainStart(inFlow)
    let start = offset
    var end = plainLineEnd(from: start, inFlow)
    var made: Int?
    while let next = plainContinuation(after: end, indent, inFlow) {
      if made == nil {
        made = builder.scratchCount
        builder.appendScratch(from: start..<end)
      }
      appendFolded(next.breaks)
      lineStart = next.line
      end = plainLineEnd(from: next.content, inFlow)
      builder.appendScratch(from: next.content..<end)
    }
    offset = end
    guard let made else {
      return YAMLScalar(range: start..<end, content: start..<end, isMade: false, style: .plain)
    }
    return YAMLScalar(range: start..<end, content: made..<builder.scratchCount, isMade: true, style: .plain)
  }

  /// ns-plain-first: no indicator, unless `-`, `?` or `:` with more text behind it.
  private func checkPlainStart(_ inFlow: Bool) throws(FormatError) {
    let next = byte(offset + 1)
    switch current {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      if !isBlankOrEnd(next), !inFlow || !isFlowIndicator(next) { return }
      throw failure(
        .unexpected(found: describe(current), expected: inFlow ? "a node of the collection" : "a value"), at: offset)
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"):
      throw failure(
        .unexpected(found: describe(current), expected: "a value; one that begins with this must be in quotes"),
        at: offset)
    case UInt8(ascii: "#"):
      throw failure(
        .unexpected(found: "'#' without a blank before it", expected: "a blank before the comment"), at: offset)
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: ">"), 0:
      throw unexpected("a value")
    default: return
    }
  }

  /// The end of the plain text on this line, trailing blanks cut.
  private func plainLineEnd(from start: Int, _ inFlow: Bool) -> Int {
    let span = bytes.span
    let stops = inFlow ? ByteSet.flowPlainStops : ByteSet.plainStops
    var index = start
    scan: while index < span.count {
      let byte = span[index]
      guard stops.contains(byte) else {
        index += 1
        continue
      }
      switch byte {
      case UInt8(ascii: ":"):
        let next = index + 1 < span.count ? span[index + 1] : 0
        if isBlankOrEnd(next) || (inFlow && isFlowIndicator(next)) { break scan }
      case UInt8(ascii: "#"):
        if index > start, isBlank(span[index - 1]) { break scan }
      default: break scan
      }
      index += 1
    }
    while index > start, isBlank(span[index - 1]) { index -= 1 }
    return index
  }

  /// The line on which a plain scalar goes on, if it does.
  private func plainContinuation(after end: Int, _ indent: Int, _ inFlow: Bool) -> YAMLContinuation? {
    let span = bytes.span
    var index = end
    while index < span.count, isBlank(span[index]) { index += 1 }
    var breaks = 0
    while index < span.count, isLineEnd(span[index]) {
      index = after(lineEnd: index)
      breaks += 1
      let line = index
      while index < span.count, span[index] == 0x20 { index += 1 }
      let spaces = index - line
      while index < span.count, isBlank(span[index]) { index += 1 }
      if index < span.count, isLineEnd(span[index]) { continue }
      guard index < span.count, spaces >= indent, continuesPlain(at: index, line: line, inFlow) else { return nil }
      return YAMLContinuation(content: index, line: line, breaks: breaks)
    }
    return nil
  }

  private func continuesPlain(at index: Int, line: Int, _ inFlow: Bool) -> Bool {
    let first = bytes[index]
    switch first {
    case UInt8(ascii: "#"): return false
    case UInt8(ascii: ":"):
      let next = byte(index + 1)
      return !isBlankOrEnd(next) && !(inFlow && isFlowIndicator(next))
    default:
      return !(inFlow && isFlowIndicator(first)) && !(index == line && isDocumentMarker(at: index))
    }
  }
}
