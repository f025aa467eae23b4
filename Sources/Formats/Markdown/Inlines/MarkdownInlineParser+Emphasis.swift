extension MarkdownInlineParser {
  /// Reads a run of `*` or `_` and decides by its neighbours what it can be (CommonMark 0.31 section 6.2).
  mutating func delimiterRun() {
    let byte = contents[position]
    var next = position
    while next < end, contents[next] == byte { next += 1 }
    let before = MarkdownCharacters.neighbour(before: position, in: contents, from: start)
    let after = MarkdownCharacters.neighbour(after: next, in: contents, before: end)
    let isLeft = after != .whitespace && (after != .punctuation || before != .other)
    let isRight = before != .whitespace && (before != .punctuation || after != .other)
    let isStar = byte == UInt8(ascii: "*")
    let canOpen = isLeft && (isStar || !isRight || before == .punctuation)
    let canClose = isRight && (isStar || !isLeft || after == .punctuation)
    guard canOpen || canClose else { return take(.text, upTo: next) }
    delimiters.append(
      Delimiter(
        byte: byte, length: next - position, canOpen: canOpen, canClose: canClose, token: tokens.count,
        left: next - position, previous: lastDelimiter, next: -1))
    let index = delimiters.count - 1
    if lastDelimiter >= 0 { delimiters[lastDelimiter].next = index }
    lastDelimiter = index
    take(.run(index), upTo: next)
  }

  /// The procedure "process emphasis" of the specification's appendix: pairs the runs above `bottom` and takes them
  /// all off the stack.
  mutating func matchEmphasis(above bottom: Int) {
    guard lastDelimiter > bottom else { return }
    var closer = firstDelimiter(above: bottom)
    // For each kind of closer the run up to which no opener was found, so that none is searched twice.
    var searched = [Int](repeating: bottom, count: 12)
    while closer >= 0 {
      guard delimiters[closer].canClose else {
        closer = delimiters[closer].next
        continue
      }
      let kind = closerKind(delimiters[closer])
      if let opener = opener(for: closer, above: max(bottom, searched[kind])) {
        closer = pair(opener, closer)
      } else {
        searched[kind] = delimiters[closer].previous
        let next = delimiters[closer].next
        if !delimiters[closer].canOpen { unlink(closer) }
        closer = next
      }
    }
    lastDelimiter = bottom
    if bottom >= 0 { delimiters[bottom].next = -1 }
  }

  private func firstDelimiter(above bottom: Int) -> Int {
    var index = lastDelimiter
    while delimiters[index].previous > bottom { index = delimiters[index].previous }
    return index
  }

  private func closerKind(_ closer: Delimiter) -> Int {
    (closer.byte == UInt8(ascii: "*") ? 6 : 0) + (closer.canOpen ? 3 : 0) + closer.length % 3
  }

  private func opener(for closer: Int, above bottom: Int) -> Int? {
    let run = delimiters[closer]
    var index = run.previous
    while index > bottom {
      let other = delimiters[index]
      let isOdd =
        (run.canOpen || other.canClose) && run.length % 3 != 0 && (run.length + other.length) % 3 == 0
      if other.byte == run.byte, other.canOpen, !isOdd { return index }
      index = other.previous
    }
    return nil
  }

  /// Makes emphasis of two runs.
  ///
  /// - Returns: the next run that may close something.
  private mutating func pair(_ opener: Int, _ closer: Int) -> Int {
    let isStrong = delimiters[opener].left >= 2 && delimiters[closer].left >= 2
    delimiters[opener].left -= isStrong ? 2 : 1
    delimiters[closer].left -= isStrong ? 2 : 1
    delimiters[opener].opens.append(isStrong)
    delimiters[closer].closes.append(isStrong)
    delimiters[opener].next = closer
    delimiters[closer].previous = opener
    if delimiters[opener].left == 0 { unlink(opener) }
    guard delimiters[closer].left == 0 else { return closer }
    let next = delimiters[closer].next
    unlink(closer)
    return next
  }

  private mutating func unlink(_ index: Int) {
    let previous = delimiters[index].previous
    let next = delimiters[index].next
    if previous >= 0 { delimiters[previous].next = next }
    if next >= 0 {
      delimiters[next].previous = previous
    } else {
      lastDelimiter = previous
    }
  }
}
