import Formats
import Scanning

/// Tests that assert nothing, and tests that are skipped without a word about why.
struct TestChecks {
  let judged: JudgedFile

  // MARK: No assertion

  func withoutAssertion() -> [Range<Int>] {
    judged.programs.flatMap { program -> [Range<Int>] in
      let outline = program.outline
      switch outline.languageName {
      case "javascript", "typescript": return judged.role == .test || hasSuites(outline) ? callbacks(in: outline) : []
      case "python", "go": return judged.role == .test ? functions(in: outline) : []
      case "shell": return []
      default: return functions(in: outline)
      }
    }
  }

  private func hasSuites(_ outline: Outline) -> Bool {
    outline.tokens.indices.contains { outline.tokens[$0].isWord("describe") && outline.isCall($0) }
  }

  private func functions(in outline: Outline) -> [Range<Int>] {
    let evidence = TestEvidence(outline: outline)
    return outline.blocks.indices.compactMap { block in
      let function = outline.blocks[block]
      guard function.kind == .function, isTest(block, outline) else { return nil }
      if evidence.canFail(function.body) || isAboutSurvival(block, outline) {
        return nil
      }
      let returnsSomething = outline.statements(in: block).contains { index in
        let tokens = outline.statements[index].tokens
        return outline.tokens[tokens.lowerBound].isWord("return") && tokens.count > 1
      }
      if returnsSomething { return nil }
      let name = function.header.first { outline.tokens[$0].text == function.name } ?? function.header.lowerBound
      return outline.tokens[name].range
    }
  }

  private static let survival = LineMatching(
    #"(?i)>>>|surviv|crash|n(?:o|ot|'t|ever)[ _](?:raise|throw|panic|hang|fail|error)|without[ _](?:error|exception|raising|crash)|smoke"#
  )

  /// A test that says that getting to its end is the point.
  private func isAboutSurvival(_ block: Int, _ outline: Outline) -> Bool {
    let function = outline.blocks[block]
    if function.body.isEmpty { return false }
    if TestChecks.survival.matches(function.name) { return true }
    let texts =
      function.header.filter { outline.tokens[$0].kind == .string } + attributes(before: block, outline)
      + function.body.prefix(1)
    return texts.contains {
      outline.tokens[$0].kind == .string
        && TestChecks.survival.matches(outline.bytes[outline.tokens[$0].range].prefix(400))
    }
  }

  /// The tokens of attributes and decorators that stand on statements directly before a function.
  private func attributes(before block: Int, _ outline: Outline) -> [Int] {
    guard let own = outline.statement(opening: block) else { return [] }
    var found: [Int] = []
    var index = own - 1
    while index >= 0, outline.statements[index].block == outline.statements[own].block {
      let tokens = outline.statements[index].tokens
      let first = outline.tokens[tokens.lowerBound].text
      guard first.hasPrefix("@") || first == "#" else { break }
      found += tokens
      index -= 1
    }
    return found
  }

  private func isTest(_ block: Int, _ outline: Outline) -> Bool {
    let function = outline.blocks[block]
    let marks = marks(before: block, outline)
    switch outline.languageName {
    case "python":
      let parent = outline.blocks[function.parent].kind
      return function.name.hasPrefix("test") && (parent == .file || parent == .type)
        && !marks.contains { ["fixture", "property", "abstractmethod", "staticmethod", "skip"].contains($0) }
    case "go":
      return function.name.hasPrefix("Test") && function.name != "TestMain"
        && function.header.contains { outline.tokens[$0].isWord("testing") }
    case "swift":
      return marks.contains("Test") && !marks.contains("disabled")
        || function.name.hasPrefix("test") && judged.role == .test && outline.parameters(of: block).isEmpty
          && outline.blocks[function.parent].kind == .type
    case "rust": return marks.contains("test") && !marks.contains("ignore") && !marks.contains("should_panic")
    case "java", "kotlin": return marks.contains("Test") && !marks.contains("Disabled") && !marks.contains("expected")
    case "csharp": return !marks.isDisjoint(with: ["Fact", "Test", "TestMethod"])
    default: return false
    }
  }

  /// Words of the attributes and decorators of a function: those in its own header, and those on statements directly before.
  private func marks(before block: Int, _ outline: Outline) -> Set<String> {
    var words: Set<String> = []
    for index in outline.blocks[block].header where outline.tokens[index].kind == .word {
      words.insert(String(outline.tokens[index].text.drop { $0 == "@" }))
    }
    for token in attributes(before: block, outline) {
      words.insert(String(outline.tokens[token].text.drop { $0 == "@" }))
    }
    return words
  }

  /// `it("does", () => { … })`.
  private func callbacks(in outline: Outline) -> [Range<Int>] {
    let evidence = TestEvidence(outline: outline)
    return outline.tokens.indices.compactMap { index in
      guard ["it", "test", "specify"].contains(outline.tokens[index].text), outline.isCall(index),
        !(index > 0 && outline.tokens[index - 1].isSign("."))
      else { return nil }
      let inside = index + 2..<max(outline.partners[index + 1], index + 2)
      guard let first = inside.first, outline.tokens[first].kind == .string,
        inside.contains(where: { outline.tokens[$0].isSign("=>") || outline.tokens[$0].isWord("function") }),
        !evidence.canFail(inside), !inside.contains(where: { isExpectation($0, outline) })
      else { return nil }
      return outline.tokens[index].range
    }
  }

  private func isExpectation(_ index: Int, _ outline: Outline) -> Bool {
    let text = outline.tokens[index].text
    return outline.tokens[index].kind == .word && ["getBy", "findBy", "waitFor"].contains { text.hasPrefix($0) }
  }

  // MARK: Skips

  func unexplainedSkips() -> [Range<Int>] {
    let commented = Set(judged.programs.flatMap { $0.outline.comments.map(\.line) })
    return judged.programs.flatMap { program -> [Range<Int>] in
      let outline = program.outline
      return outline.tokens.indices.compactMap { index in
        guard outline.tokens[index].kind == .word, let skip = skip(at: index, outline) else { return nil }
        let line = outline.tokens[index].line
        return commented.contains(line) || commented.contains(line - 1) && isComment(onlyOn: line - 1) ? nil : skip
      }
    }
  }

  /// A line with nothing but a comment.
  private func isComment(onlyOn line: Int) -> Bool {
    let range = judged.file.range(ofLine: line)
    guard let first = range.first(where: { judged.file.bytes[$0] > 0x20 }) else { return false }
    return judged.file.classes.at(first) == .comment
  }

  private func skip(at index: Int, _ outline: Outline) -> Range<Int>? {
    let tokens = outline.tokens
    let text = tokens[index].text
    let path = outline.path(endingAt: index)
    let arguments = outline.isCall(index) ? index + 2..<max(outline.partners[index + 1], index + 2) : nil
    let isExplained =
      arguments?.contains {
        tokens[$0].kind == .string && tokens[$0].range.count > 2 || tokens[$0].isWord("reason")
          || tokens[$0].isWord("reason_for")
      } ?? false
    let start = index - 2 * path.utf8.filter { $0 == UInt8(ascii: ".") }.count
    let span = tokens[start].range.lowerBound..<tokens[index].range.upperBound
    switch outline.languageName {
    case "python":
      let isMark = [
        "@pytest.mark.skip", "@pytest.mark.xfail", "pytest.mark.skip", "pytest.mark.xfail", "@unittest.skip", "@skip",
      ].contains(path)
      if isMark {
        let isStrict = arguments?.contains { tokens[$0].isWord("strict") } ?? false
        let hasVariable = arguments.map { !$0.isEmpty && !$0.contains { tokens[$0].isSign("=") } } ?? false
        return isExplained || isStrict || hasVariable ? nil : span
      }
      let isCall = ["pytest.skip", "self.skipTest", "unittest.SkipTest", "SkipTest", "pytest.xfail"].contains(path)
      return isCall && (arguments?.isEmpty ?? false) ? span : nil
    case "javascript", "typescript":
      let isSkip = [
        "it.skip", "test.skip", "describe.skip", "suite.skip", "context.skip", "xit", "xdescribe", "xtest", "xcontext",
      ].contains(path)
      guard isSkip, let arguments else { return nil }
      // A condition with its reason.
      let isConditional = arguments.first.map { tokens[$0].kind != .string } ?? false
      return isConditional && isExplained ? nil : span
    case "go":
      if path == "t.SkipNow" { return span }
      return ["t.Skip", "b.Skip", "t.Skipf"].contains(path) && (arguments?.isEmpty ?? false) ? span : nil
    case "rust":
      let isAttribute = text == "ignore" && index >= 2 && tokens[index - 1].isSign("[") && tokens[index - 2].isSign("#")
      return isAttribute && index + 1 < tokens.count && tokens[index + 1].isSign("]") ? span : nil
    case "swift":
      if text == "disabled", index > 0, tokens[index - 1].isSign("."), let arguments {
        return isExplained || !isTrait(index, outline) || !arguments.isEmpty ? nil : span
      }
      return text == "XCTSkip" && (arguments?.isEmpty ?? false) ? span : nil
    case "java", "kotlin":
      return ["@Disabled", "@Ignore"].contains(text) && !isExplained ? span : nil
    default: return nil
    }
  }

  /// `.disabled()` of a test, not of a view.
  private func isTrait(_ index: Int, _ outline: Outline) -> Bool {
    guard let statement = outline.statement(of: index) else { return false }
    return outline.statements[statement].tokens.contains {
      ["@Test", "@Suite", "Test", "Suite"].contains(outline.tokens[$0].text)
    }
  }
}
