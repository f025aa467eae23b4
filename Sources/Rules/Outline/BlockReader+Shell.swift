extension BlockReader {
  /// Blocks of a shell: what stands between its words.
  mutating func readShell() {
    var open: [(block: Int, closer: String)] = []
    var start = 0
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      let parent = open.last?.block ?? 0
      if token.kind == .sign, !token.isInterpolated {
        switch token.text {
        case "\n", ";", ";;", "&":
          addStatement(start..<index, in: parent)
          start = index + 1
        case "(" where index > 0 && index + 1 < tokens.count && tokens[index + 1].isSign(")") && index == start + 1:
          index += 1
        case "(" where index == start:
          let block = self.open(.other, keyword: "(", header: index..<index + 1, at: index + 1, in: parent)
          open.append((block, ")"))
          start = index + 1
        case ")" where open.last?.closer == ")":
          addStatement(start..<index, in: parent)
          if let last = open.popLast() { close(last.block, at: index) }
          start = index + 1
        case "$(" where partners[index] > index:
          index = partners[index]
        default: break
        }
        index += 1
        continue
      }
      if token.kind == .word, !token.isInterpolated, index == start || isAfterHeader(start..<index) {
        readWord(index, &start, &open)
      }
      index += 1
    }
    addStatement(start..<tokens.count, in: open.last?.block ?? 0)
    for last in open.reversed() { close(last.block, at: tokens.count) }
  }

  /// `name() {` and `function name {`.
  private func isAfterHeader(_ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    if tokens[first].isWord("function") { return true }
    return range.count == 3 && tokens[first + 1].isSign("(") && tokens[first + 2].isSign(")")
  }

  private mutating func readWord(_ index: Int, _ start: inout Int, _ open: inout [(block: Int, closer: String)]) {
    let word = tokens[index].text
    let parent = open.last?.block ?? 0
    func pop(_ self: inout BlockReader) {
      if let last = open.popLast() { self.close(last.block, at: index) }
    }
    switch word {
    case "if", "while", "until", "for", "select", "case":
      guard index == start else { return }
      let block = self.open(
        word == "if" || word == "case" ? .branch : .loop, keyword: word, header: index..<index + 1, at: index + 1,
        in: parent)
      open.append((block, word == "if" ? "fi" : word == "case" ? "esac" : "done"))
    case "elif", "else":
      guard index == start, open.last?.closer == "fi" else { return }
      pop(&self)
      let outer = open.last?.block ?? 0
      let block = self.open(.branch, keyword: word, header: index..<index + 1, at: index + 1, in: outer)
      open.append((block, "fi"))
      start = index + 1
    case "then", "do":
      if index == start { start = index + 1 }
    case "fi", "done", "esac":
      guard index == start, open.last?.closer == word else { return }
      pop(&self)
    case "{":
      let isFunction = start < index
      let name = tokens[start].isWord("function") ? tokens[min(start + 1, index)].text : tokens[start].text
      let block = self.open(
        isFunction ? .function : .other, keyword: "{", name: isFunction ? name : "", header: start..<index + 1,
        at: index + 1, in: parent)
      open.append((block, "}"))
      start = index + 1
    case "}":
      guard index == start, open.last?.closer == "}" else { return }
      pop(&self)
    default: return
    }
  }
}
