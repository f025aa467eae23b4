extension BlockReader {
  /// An opening bracket that waits for its end.
  private enum Opener {
    case bracket
    case value
    case block(Int, statementStart: Int, isWithin: Bool)
  }

  /// Blocks of a language with braces.
  mutating func readBraces() {
    var openers: [Opener] = []
    var parents = [0]
    var start = 0
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if shouldEnd(before: index, start: start, openers: openers) {
        addStatement(start..<index, in: parents[parents.count - 1])
        start = index
      }
      if token.kind == .sign, !token.isInterpolated {
        switch token.text {
        case "(", "[": openers.append(.bracket)
        case ")", "]": if case .bracket? = openers.last { openers.removeLast() }
        case "{":
          if isValue(index, start: start) {
            openers.append(.value)
          } else {
            let isWithin = openers.last.map { if case .block = $0 { false } else { true } } ?? false
            let block = openBlock(start..<index, at: index + 1, in: parents[parents.count - 1], isWithin: isWithin)
            openers.append(.block(block, statementStart: start, isWithin: isWithin))
            parents.append(block)
            start = index + 1
          }
        case "}":
          while case .bracket? = openers.last { openers.removeLast() }
          switch openers.popLast() {
          case .block(let block, let statementStart, let isWithin)?:
            addStatement(start..<index, in: block)
            close(block, at: index)
            parents.removeLast()
            if isWithin {
              start = statementStart
            } else {
              addStatement(
                statementStart..<blocks[block].header.upperBound, in: parents[parents.count - 1], opens: block)
              start = index + 1
            }
          case .value?, .bracket?, nil: break
          }
        case ";" where openers.last.map(isBlock) ?? true:
          if !(tokens[start].text == "for" || tokens[start].text == "if" || tokens[start].text == "switch")
            || language.endsAtLineEnd == false || token.line != tokens[start].line
          {
            addStatement(start..<index, in: parents[parents.count - 1])
            start = index + 1
          }
        default: break
        }
      }
      index += 1
    }
    addStatement(start..<tokens.count, in: parents[parents.count - 1])
    for case .block(let block, _, _) in openers.reversed() { close(block, at: tokens.count) }
  }

  private func isBlock(_ opener: Opener) -> Bool {
    if case .block = opener { return true }
    return false
  }

  private func shouldEnd(before index: Int, start: Int, openers: [Opener]) -> Bool {
    guard language.endsAtLineEnd, index > start, !tokens[index].isInterpolated || tokens[index].kind == .string,
      tokens[index].line > tokens[index - 1].line, openers.last.map(isBlock) ?? true
    else { return false }
    let next = tokens[index]
    let last = tokens[index - 1]
    if next.kind == .sign, !["(", "[", "@", "#", "!", "}", "~", "-", "&", "*", "..."].contains(next.text) {
      return false
    }
    if last.kind == .sign,
      ["=", ",", "+", "-", "*", "/", "&&", "||", "?", "??", "=>", "->", ".", ":", "==", "|", "+="].contains(last.text)
    {
      return false
    }
    return !["else", "catch", "where", "finally"].contains(next.text)
  }

  /// Whether a brace opens an object or an initialiser.
  private func isValue(_ index: Int, start: Int) -> Bool {
    guard index > 0 else { return false }
    let last = tokens[index - 1]
    switch language.literals {
    case .never: return false
    case .afterSign:
      if last.isWord("return") { return true }
      if last.isSign("(") { return index < 2 || !tokens[index - 2].isSign("=>") || true }
      return last.kind == .sign && ["=", ":", "[", ",", "?", "||", "&&", "...", "??", "]"].contains(last.text)
    case .afterAdjacentWord:
      if index > start, ["func", "if", "for", "switch", "select", "else", "type"].contains(tokens[start].text),
        last.range.upperBound < tokens[index].range.lowerBound
      {
        return false
      }
      return last.range.upperBound == tokens[index].range.lowerBound
        && (last.kind == .word || last.isSign("]") || last.isSign("{") || last.isSign(","))
        || (last.kind == .sign && ["{", ",", ":"].contains(last.text) && index > start)
    case .afterCapital:
      guard last.kind == .word, let first = last.text.unicodeScalars.first, first.properties.isUppercase else {
        return false
      }
      return !(start..<index).contains { kind(of: tokens[$0].text) != nil && tokens[$0].kind == .word }
        || (start..<index).contains { tokens[$0].isSign("=") || tokens[$0].isWord("return") }
    }
  }

  private mutating func openBlock(_ header: Range<Int>, at body: Int, in parent: Int, isWithin: Bool) -> Int {
    // Of a call's callback, what introduces it is its own argument.
    var own = header
    if isWithin, let bracket = header.last(where: { partners[$0] > header.upperBound || tokens[$0].isSign(",") }) {
      own = bracket + 1..<header.upperBound
    }
    var index = own.lowerBound
    while index < own.upperBound {
      if tokens[index].kind == .word, let kind = kind(of: tokens[index].text), !isMember(index) {
        return open(
          kind, keyword: tokens[index].text, name: name(after: index, in: own, kind), header: own, at: body,
          in: parent)
      }
      if partners[index] > index, partners[index] < own.upperBound { index = partners[index] }
      index += 1
    }
    if own.last.map({ tokens[$0].isSign("=>") }) ?? false {
      let name = own.first { tokens[$0 + 1 < own.upperBound ? $0 + 1 : $0].isSign("=") }.map { tokens[$0].text } ?? ""
      return open(.function, keyword: "=>", name: name, header: header, at: body, in: parent)
    }
    if language.hasBareFunctions, let bracket = own.first(where: { tokens[$0].isSign("(") }), bracket > own.lowerBound,
      tokens[bracket - 1].kind == .word, partners[bracket] < own.upperBound,
      !own.contains(where: { tokens[$0].isSign("=") })
    {
      return open(.function, keyword: "", name: tokens[bracket - 1].text, header: header, at: body, in: parent)
    }
    return open(.other, keyword: "", header: header, at: body, in: parent)
  }

  private func isMember(_ index: Int) -> Bool {
    index > 0 && (tokens[index - 1].isSign(".") || tokens[index - 1].isSign("?."))
      || index + 1 < tokens.count && tokens[index + 1].isSign(":") && tokens[index].text != "default"
  }

  private func name(after keyword: Int, in header: Range<Int>, _ kind: Block.Kind) -> String {
    guard kind == .function || kind == .type else { return "" }
    if ["init", "deinit", "subscript"].contains(tokens[keyword].text) { return tokens[keyword].text }
    var index = keyword + 1
    // The receiver of a method of Go.
    if index < header.upperBound, tokens[index].isSign("("), partners[index] + 1 < header.upperBound {
      index = partners[index] + 1
    }
    return index < header.upperBound && tokens[index].kind == .word ? tokens[index].text : ""
  }
}
