/// Finds checks that confirm themselves: a sorted list that is compared with its sort, a verifier that looks at none of
/// what it is given, evidence that is written because it was missing.
struct SelfConfirming {
  let judged: JudgedFile

  /// A comparison with a sort, a function that is named for verifying, and evidence that is written.
  static let triggers = [
    #"== sorted\("#,
    #"(?:def|func|fn|function|fun)\s+(?:\([^)]*\)\s*)?\w*(?:verif|Verif)"#,
    #"\w*(?:verif|Verif)(?:y|ied)\w*\s*\([^)]*\)[^;=]*\{"#,
    #"\w*(?:verif|Verif)(?:y|ied)\w*\s*[:=]\s*(?:async\s*)?(?:function|\()"#,
    #"(?:write_text|writeFileSync)\s*\("#,
  ]
  /// The comparison, what such a function would answer, and the writing.
  static let outcome = #"== sorted\(|return\s+[Tt]rue\b|(?:write_text|writeFileSync)\s*\("#

  func spans() -> [Range<Int>] {
    if judged.role == .test { return [] }
    return judged.programs.flatMap { program -> [Range<Int>] in
      let outline = program.outline
      if outline.language.layout == .shell { return [] }
      return sortedAgain(outline) + verifiersWithoutEyes(outline) + hydrated(outline)
    }.map(judged.firstLine)
  }

  /// `xs == sorted(xs)` where `xs` comes from something sorted.
  private func sortedAgain(_ outline: Outline) -> [Range<Int>] {
    outline.tokens.indices.compactMap { index in
      guard outline.tokens[index].isWord("sorted"), outline.isCall(index), index >= 2,
        outline.tokens[index - 1].isSign("=="),
        outline.partners[index + 1] == index + 3, outline.tokens[index + 2].text == outline.tokens[index - 2].text,
        outline.tokens[index + 2].kind == .word,
        comesSorted(outline.tokens[index + 2].text, before: index - 2, outline, depth: 0)
      else { return nil }
      return outline.tokens[index - 2].range.lowerBound..<outline.tokens[index + 3].range.upperBound
    }
  }

  private func comesSorted(_ name: String, before place: Int, _ outline: Outline, depth: Int) -> Bool {
    guard depth < 4 else { return false }
    let function = outline.function(of: place)
    return outline.statements(in: function).contains { index in
      let statement = outline.statements[index].tokens
      guard statement.upperBound <= place, let assignment = outline.assignment(in: statement),
        outline.tokens[assignment.target].text == name
      else {
        return statement.upperBound <= place && sortsInPlace(name, statement, outline)
      }
      let value = assignment.sign + 1..<statement.upperBound
      if value.contains(where: { outline.tokens[$0].isWord("sorted") && outline.isCall($0) }) { return true }
      return value.contains { token in
        outline.tokens[token].kind == .word && outline.tokens[token].text != name
          && comesSorted(outline.tokens[token].text, before: statement.lowerBound, outline, depth: depth + 1)
      }
    }
  }

  private func sortsInPlace(_ name: String, _ statement: Range<Int>, _ outline: Outline) -> Bool {
    statement.count >= 4 && outline.tokens[statement.lowerBound].isWord(name)
      && outline.tokens[statement.lowerBound + 2].isWord("sort")
  }

  /// `def verify(report): return True`.
  private func verifiersWithoutEyes(_ outline: Outline) -> [Range<Int>] {
    outline.blocks.indices.compactMap { block in
      let function = outline.blocks[block]
      guard function.kind == .function,
        TestEvidence.words(of: function.name).contains("verify")
          || TestEvidence.words(of: function.name).contains("verified"),
        !outline.parameters(of: block).subtracting(["self", "cls", "this"]).isEmpty
      else { return nil }
      if isHook(function, outline) { return nil }
      let statements = outline.statements(in: block).map { outline.statements[$0].tokens }.filter {
        !isTalk($0, outline)
      }
      guard statements.count == 1, let only = statements.first, only.count == 2,
        outline.tokens[only.lowerBound].isWord("return"),
        ["True", "true"].contains(outline.tokens[only.lowerBound + 1].text)
      else { return nil }
      return outline.tokens[only.lowerBound].range.lowerBound..<outline.tokens[only.upperBound - 1].range.upperBound
    }
  }

  private static let hook = LineMatching("(?i)overrid|subclass|hook|by default|no-?op")

  /// What others may put their own in the place of.
  private func isHook(_ function: Block, _ outline: Outline) -> Bool {
    guard let first = function.body.first, let last = function.body.last else { return false }
    let range = outline.tokens[first].range.lowerBound..<outline.tokens[last].range.upperBound
    return SelfConfirming.hook.matches(outline.bytes[range].prefix(2_000))
  }

  private func isTalk(_ statement: Range<Int>, _ outline: Outline) -> Bool {
    let first = outline.tokens[statement.lowerBound]
    return first.kind == .string || ["print", "logger", "log", "logging", "console"].contains(first.text)
  }

  /// Evidence that was looked for, was not there, and is written as a constant.
  private func hydrated(_ outline: Outline) -> [Range<Int>] {
    outline.tokens.indices.compactMap { index in
      guard ["write_text", "writeFileSync"].contains(outline.tokens[index].text), outline.isCall(index) else {
        return nil
      }
      let inside = index + 2..<max(outline.partners[index + 1], index + 2)
      guard
        inside.contains(where: {
          outline.tokens[$0].kind == .string && !outline.tokens[$0].isInterpolated
            && outline.bytes[outline.tokens[$0].range].dropFirst().first == UInt8(ascii: "{")
        }),
        let statement = outline.statement(of: index)
      else { return nil }
      let function = outline.function(of: index)
      let body = outline.blocks[function].body
      let isGuarded = outline.statements(in: function).contains { place in
        let tokens = outline.statements[place].tokens
        return tokens.upperBound <= outline.statements[statement].tokens.lowerBound + 1
          && tokens.contains { ["exists", "existsSync", "is_file"].contains(outline.tokens[$0].text) }
      }
      let isAboutEvidence = body.contains { place in
        guard place < index else { return false }
        let text =
          outline.tokens[place].kind == .word
          ? outline.tokens[place].text
          : String(decoding: outline.bytes[outline.tokens[place].range].prefix(200), as: UTF8.self)
        return text.contains("evidence") || text.contains("PROVEN") || text.contains("proof")
      }
      let start = outline.path(endingAt: index).utf8.count
      return isGuarded && isAboutEvidence
        ? outline.tokens[index].range.upperBound - start..<outline.tokens[index].range.upperBound : nil
    }
  }
}
