/// Assertions that hold whatever the program does: constants, comparisons of a thing with itself, sizes that are not
/// negative, and those whose failure is caught and dropped.
struct AssertionChecks {
  let judged: JudgedFile

  // MARK: Constant assertions

  private static let assertion = #"(?:assert|Assert|ASSERT|expect|precondition|require|\bt\.True|\bok\()[\w.]*!?"#

  /// An assertion that compares; see `SameSides`.
  static let comparing = assertion + #".*(?:==|\bis\b)"#

  /// An assertion of a constant, of a tuple, of a size that is not negative, or one that compares.
  static let constantTriggers: [String] = {
    return [
      assertion + #"[\s(,t]*(?:[Tt]rue\b|1\b|["'(]|not\s+False|!\s*false)"#,
      assertion + #".*>=\s*0\b"#,
      assertion + #".*(?:\bor|\|\|)\s*[Tt]rue"#,
      comparing,
    ]
  }()

  func constants() -> [Range<Int>] {
    judged.programs.flatMap { program -> [Range<Int>] in
      let outline = program.outline
      if outline.language.layout == .shell { return [] }
      return outline.tokens.indices.compactMap { index in
        guard let claim = claim(at: index, outline), isTautology(claim, outline), !isExpectedPath(index, outline) else {
          return nil
        }
        let close = claim.upperBound < outline.tokens.count && outline.tokens[claim.upperBound].isSign(")") ? 1 : 0
        return outline.tokens[index].range.lowerBound..<outline.tokens[claim.upperBound - 1 + close].range.upperBound
      }
    }.map(judged.firstLine)
  }

  private static let truthCalls: Set<String> = [
    "assertTrue", "assert_true", "XCTAssertTrue", "XCTAssert", "ok", "True", "isTrue", "assert", "precondition",
    "IsTrue",
  ]

  /// What an assertion that begins at a token says: one operand, or two that are set equal (joined by their comma).
  private func claim(at index: Int, _ outline: Outline) -> Range<Int>? {
    let tokens = outline.tokens
    guard tokens[index].kind == .word else { return nil }
    if outline.languageName == "python", tokens[index].text == "assert" {
      guard let statement = outline.statement(of: index), outline.statements[statement].tokens.lowerBound == index
      else {
        return nil
      }
      let bounds = index + 1..<outline.statements[statement].tokens.upperBound
      return bounds.isEmpty ? nil : bounds.lowerBound..<topLevelComma(in: bounds, outline)
    }
    var open = index + 1
    if open < tokens.count, tokens[open].isSign("!") { open += 1 }
    guard open < tokens.count, tokens[open].isSign("("), outline.partners[open] > open else { return nil }
    var inside = open + 1..<outline.partners[open]
    let name = tokens[index].text
    // Go's assertions are given the test first.
    if let first = inside.first, tokens[first].isWord("t"), inside.count > 2, tokens[first + 1].isSign(",") {
      inside = first + 2..<inside.upperBound
    }
    let isAssertion =
      AssertionChecks.truthCalls.contains(name)
      && (name != "ok" && name != "True" || isMember(of: ["assert", "require", "Assert", "t"], index, outline))
    let isHashExpect = (name == "expect" || name == "require") && index > 0 && tokens[index - 1].isSign("#")
    if isAssertion || isHashExpect { return inside.lowerBound..<topLevelComma(in: inside, outline) }
    if name == "expect", inside.count <= 2 {
      return constantExpectation(inside, after: outline.partners[open], outline)
    }
    return nil
  }

  private func isMember(of names: Set<String>, _ index: Int, _ outline: Outline) -> Bool {
    index >= 2 && outline.tokens[index - 1].isSign(".") && names.contains(outline.tokens[index - 2].text)
  }

  /// `expect(true).toBe(true)`: the constant, when the matcher is given the same one or wants a truth.
  private func constantExpectation(_ inside: Range<Int>, after close: Int, _ outline: Outline) -> Range<Int>? {
    let tokens = outline.tokens
    guard inside.count == 1, close + 2 < tokens.count, tokens[close + 1].isSign("."),
      isConstant(inside.lowerBound, outline)
    else {
      return nil
    }
    let matcher = tokens[close + 2].text
    guard close + 3 < tokens.count, tokens[close + 3].isSign("(") else { return nil }
    let given = close + 4..<max(outline.partners[close + 3], close + 4)
    if given.isEmpty { return ["toBeTruthy", "toBeDefined"].contains(matcher) ? inside : nil }
    guard ["toBe", "toEqual", "toStrictEqual"].contains(matcher), given.count == 1 else { return nil }
    let isSame = outline.bytes[tokens[given.lowerBound].range] == outline.bytes[tokens[inside.lowerBound].range]
    return isSame ? inside : nil
  }

  private func isConstant(_ index: Int, _ outline: Outline) -> Bool {
    let token = outline.tokens[index]
    return token.kind == .number || token.kind == .string && !token.isInterpolated
      || ["true", "True"].contains(token.text)
  }

  private func topLevelComma(in bounds: Range<Int>, _ outline: Outline) -> Int {
    var index = bounds.lowerBound
    while index < bounds.upperBound {
      if outline.tokens[index].isSign(",") { return index }
      if outline.partners[index] > index { index = min(outline.partners[index], bounds.upperBound) }
      index += 1
    }
    return bounds.upperBound
  }

  private func isTautology(_ claim: Range<Int>, _ outline: Outline) -> Bool {
    let tokens = outline.tokens
    guard let first = claim.first, let last = claim.last else { return false }
    if claim.count == 1 {
      return ["True", "true", "1"].contains(tokens[first].text)
        || (tokens[first].kind == .string && !tokens[first].isInterpolated && tokens[first].range.count > 2)
    }
    // A tuple is true, whatever is in it.
    if outline.languageName == "python", tokens[first].isSign("("), outline.partners[first] == last {
      if topLevelComma(in: first + 1..<last, outline) < last { return true }
      return isTautology(first + 1..<last, outline)
    }
    if claim.count == 2, ["not", "!"].contains(tokens[first].text), ["False", "false"].contains(tokens[last].text) {
      return true
    }
    let top = topLevel(of: claim, outline)
    if top.contains(where: {
      ["or", "||"].contains(tokens[$0].text) && $0 < last && ["True", "true"].contains(tokens[$0 + 1].text)
        && ($0 + 1 == last)
    }) {
      return true
    }
    guard let sign = top.first(where: { ["==", ">=", "is", "==="].contains(tokens[$0].text) }),
      top.allSatisfy({ !["and", "or", "&&", "||", "if", "!="].contains(tokens[$0].text) })
    else { return false }
    let left = claim.lowerBound..<sign
    let right = sign + 1..<claim.upperBound
    if tokens[sign].text == ">=" {
      return right.count == 1 && tokens[right.lowerBound].text == "0" && isSize(left, outline)
    }
    let isLiteral = left.count == 1 && isConstant(left.lowerBound, outline)
    let isStatement = claim.lowerBound > 0 && tokens[claim.lowerBound - 1].isWord("assert")
    // `assertTrue(a == a)` may be about the equality itself.
    return (isLiteral || isStatement) && left.count == right.count && !left.isEmpty
      && zip(left, right).allSatisfy { outline.bytes[tokens[$0].range] == outline.bytes[tokens[$1].range] }
      && !left.contains { tokens[$0].isSign("(") }
  }

  private func isSize(_ range: Range<Int>, _ outline: Outline) -> Bool {
    guard let first = range.first, let last = range.last else { return false }
    if ["length", "count", "size"].contains(outline.tokens[last].text) { return true }
    return outline.tokens[first].isWord("len") && outline.partners[min(first + 1, last)] == last
  }

  private func topLevel(of range: Range<Int>, _ outline: Outline) -> [Int] {
    var found: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      found.append(index)
      if outline.partners[index] > index { index = outline.partners[index] }
      index += 1
    }
    return found
  }

  /// `assert True` in the handler of the error that the test is after; the body fails when it is not raised.
  private func isExpectedPath(_ index: Int, _ outline: Outline) -> Bool {
    guard let handler = outline.blocks(around: index).first(where: { outline.blocks[$0].kind == .handler }) else {
      return false
    }
    guard
      let attempt = outline.blocks.indices.last(where: {
        $0 < handler && outline.blocks[$0].kind == .attempt
          && outline.blocks[$0].parent == outline.blocks[handler].parent
      })
    else { return false }
    return outline.blocks[attempt].body.contains {
      outline.tokens[$0].isWord("fail") || outline.tokens[$0].isWord("False") || outline.tokens[$0].isWord("raise")
    }
  }

  // MARK: Swallowed assertions

  func swallowed() -> [Range<Int>] {
    judged.programs.flatMap { program -> [Range<Int>] in
      let outline = program.outline
      return outline.blocks.indices.compactMap { block in
        guard outline.blocks[block].kind == .attempt, let assertion = assertion(in: block, outline),
          drops(block, outline)
        else {
          return nil
        }
        let statement =
          outline.statement(of: assertion).map { outline.statements[$0].tokens } ?? assertion..<assertion + 1
        return outline.tokens[assertion].range.lowerBound..<outline.tokens[statement.upperBound - 1].range.upperBound
      }
    }.map(judged.firstLine)
  }

  /// The first assertion of a block that is its own, not one of a block in it that catches too.
  private func assertion(in block: Int, _ outline: Outline) -> Int? {
    outline.blocks[block].body.first { index in
      let token = outline.tokens[index]
      guard token.kind == .word, outline.function(of: index) == outline.function(aroundBlock: block) else {
        return false
      }
      guard
        !outline.blocks(around: index).prefix(while: { $0 != block }).contains(where: {
          [.attempt, .handler].contains(outline.blocks[$0].kind)
        })
      else { return false }
      if token.text == "assert" {
        return outline.statement(of: index).map { outline.statements[$0].tokens.lowerBound == index } ?? false
          || outline.isCall(index)
      }
      guard outline.isCall(index) else { return false }
      if token.text == "AssertionError", index > 0, outline.tokens[index - 1].isWord("raise") { return true }
      if token.text == "fail" { return index > 0 && outline.tokens[index - 1].isSign(".") }
      let words = TestEvidence.words(of: token.text)
      return token.text.hasPrefix("assert") && words.contains("assert")
        || token.text == "expect" && ["javascript", "typescript"].contains(outline.languageName)
    }
  }

  /// Whether a handler takes failed assertions and does nothing about them.
  private func drops(_ attempt: Int, _ outline: Outline) -> Bool {
    let end = outline.blocks[attempt].body.upperBound
    var place = end
    for block in outline.blocks.indices.dropFirst(attempt + 1) {
      if outline.blocks[block].header.lowerBound > place + 1 { return false }
      guard outline.blocks[block].parent == outline.blocks[attempt].parent,
        outline.blocks[block].header.lowerBound >= end
      else { continue }
      guard outline.blocks[block].kind == .handler, outline.blocks[block].header.lowerBound <= place + 1 else {
        return false
      }
      place = outline.blocks[block].body.upperBound
      if outline.blocks[block].keyword == "finally" { continue }
      if takesAssertions(block, outline) { return isInert(block, outline) }
    }
    return false
  }

  private func takesAssertions(_ handler: Int, _ outline: Outline) -> Bool {
    let header = outline.blocks[handler].header
    if outline.languageName != "python" {
      return ["javascript", "typescript"].contains(outline.languageName)
        || header.contains { ["AssertionError", "Throwable", "Exception", "Error"].contains(outline.tokens[$0].text) }
    }
    return header.count == 2
      || header.contains { ["Exception", "BaseException", "AssertionError"].contains(outline.tokens[$0].text) }
  }

  private static let talkers: Set<String> = [
    "print", "log", "debug", "info", "warning", "warn", "error", "exception", "echo",
  ]

  /// Nothing but `pass`, going on, and talking.
  private func isInert(_ handler: Int, _ outline: Outline) -> Bool {
    outline.statements(in: handler).allSatisfy { index in
      let statement = outline.statements[index].tokens
      let first = outline.tokens[statement.lowerBound]
      if first.kind == .string || first.isSign("...") { return true }
      if ["pass", "continue", "break"].contains(first.text) { return true }
      guard let open = statement.first(where: { outline.tokens[$0].isSign("(") }), open > statement.lowerBound else {
        return false
      }
      return AssertionChecks.talkers.contains(outline.tokens[open - 1].text)
    }
  }
}
