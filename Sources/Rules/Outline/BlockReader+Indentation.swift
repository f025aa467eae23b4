extension BlockReader {
  /// Blocks of a language whose statements are lines and whose blocks are indented.
  mutating func readIndentation() {
    var open: [(block: Int, indent: Int)] = []
    var index = 0
    while index < tokens.count {
      let end = endOfLogicalLine(from: index)
      let indent = tokens[index].column
      while let last = open.last, indent <= last.indent {
        close(last.block, at: index)
        open.removeLast()
      }
      readLine(index..<end, indent: indent, &open)
      index = end
    }
    for last in open.reversed() { close(last.block, at: tokens.count) }
  }

  /// A line, or as many as brackets hold together.
  private func endOfLogicalLine(from start: Int) -> Int {
    var index = start
    while index < tokens.count {
      if partners[index] > index, tokens[index].kind == .sign { index = partners[index] }
      let next = index + 1
      // Tokens within a string stand on the string's lines.
      if next >= tokens.count || (tokens[next].line > tokens[index].line && !isContinued(index, next)) { return next }
      index = next
    }
    return tokens.count
  }

  private func isContinued(_ index: Int, _ next: Int) -> Bool {
    tokens[next].isInterpolated && tokens[next].kind != .string
  }

  private mutating func readLine(_ line: Range<Int>, indent: Int, _ open: inout [(block: Int, indent: Int)]) {
    var first = line.lowerBound
    if tokens[first].isWord("async"), first + 1 < line.upperBound { first += 1 }
    let parent = open.last?.block ?? 0
    guard tokens[first].kind == .word, let kind = kind(of: tokens[first].text), !isName(first, in: line),
      let colon = line.first(where: { isBlockColon($0, in: line) })
    else {
      addSimple(line, in: parent)
      return
    }
    let name = (kind == .function || kind == .type) && first + 1 < line.upperBound ? tokens[first + 1].text : ""
    let block = self.open(
      kind, keyword: tokens[first].text, name: name, header: line.lowerBound..<colon + 1, at: colon + 1, in: parent)
    addStatement(line.lowerBound..<colon + 1, in: parent, opens: block)
    if colon + 1 < line.upperBound {
      addSimple(colon + 1..<line.upperBound, in: block)
      close(block, at: line.upperBound)
    } else if open.count < OutlineLimits.depth {
      open.append((block, indent))
    }
  }

  /// `match` and `case` are names too.
  private func isName(_ token: Int, in line: Range<Int>) -> Bool {
    guard token + 1 < line.upperBound else { return true }
    return tokens[token + 1].isSign("=") || tokens[token + 1].isSign(".")
      || (["match", "case"].contains(tokens[token].text) && tokens[token + 1].isSign(")"))
  }

  private func isBlockColon(_ index: Int, in line: Range<Int>) -> Bool {
    guard tokens[index].isSign(":"), !tokens[index].isInterpolated else { return false }
    var outer = line.lowerBound
    while outer < index {
      if tokens[outer].isWord("lambda") { return false }
      if partners[outer] > outer {
        if partners[outer] > index { return false }
        outer = partners[outer]
      }
      outer += 1
    }
    return true
  }

  private mutating func addSimple(_ line: Range<Int>, in block: Int) {
    var start = line.lowerBound
    for index in line where tokens[index].isSign(";") && !tokens[index].isInterpolated {
      addStatement(start..<index, in: block)
      start = index + 1
    }
    addStatement(start..<line.upperBound, in: block)
  }
}
