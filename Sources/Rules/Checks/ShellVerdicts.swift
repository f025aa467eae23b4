/// Verdicts that a shell program prints or writes.
struct ShellVerdicts {
  private let outline: Outline
  private let host: Fragment.Host
  private let errexit: ErrorExit

  init(program: JudgedFile.Program) {
    outline = program.outline
    host = program.host
    errexit = ErrorExit(program)
    commands = program.outline.statements.map { program.outline.commands(of: $0.tokens) }
  }

  /// The commands of each statement.
  private let commands: [[ShellCommand]]

  private static let writers: Set<String> = ["echo", "printf", "print", "cat", "tee", "log", "info", "say", "jq"]

  func spans() -> [Range<Int>] {
    outline.statements.indices.lazy.filter { place in
      commands[place].contains { announces($0) != nil }
    }.prefix(OutlineLimits.candidates).compactMap { index in
      let commands = commands[index]
      guard let place = commands.firstIndex(where: { announces($0) != nil }), let span = announces(commands[place])
      else { return nil }
      return canFail(index, commands, place) ? nil : span
    }
  }

  /// The text of a command that prints a positive verdict.
  private func announces(_ command: ShellCommand) -> Range<Int>? {
    guard let name = command.words.first, ShellVerdicts.writers.contains(name) else { return nil }
    var texts = command.tokens.filter {
      outline.tokens[$0].kind == .string || (outline.tokens[$0].kind == .word && !outline.tokens[$0].isInterpolated)
    }
    if let document = hereDocument(of: command) { texts.append(document) }
    for index in texts {
      let range = outline.tokens[index].range
      guard range.count < 8_000 else { continue }
      let text = outline.bytes[range]
      if let match = VerdictWords.record.first(in: text) ?? VerdictWords.announcement.first(in: text) {
        let line = text[
          (text[..<match.lowerBound].lastIndex(of: 0x0A) ?? text.startIndex)..<(text[match.upperBound...].firstIndex(
            of: 0x0A) ?? text.endIndex)]
        if !VerdictWords.refusal.matches(line) { return trimmed(match) }
      }
    }
    return nil
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, !Tokenizer.isWordByte(outline.bytes[start]) || outline.bytes[start] >= 0x80 { start += 1 }
    while end > start, !Tokenizer.isWordByte(outline.bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// The text after `<<WORD`, unless an interpreter reads it.
  private func hereDocument(of command: ShellCommand) -> Int? {
    guard let sign = command.tokens.first(where: { outline.tokens[$0].isSign("<<") }) else { return nil }
    let line = outline.tokens[sign].line
    return outline.tokens.indices.dropFirst(sign).first {
      outline.tokens[$0].kind == .string && outline.tokens[$0].column == 0 && outline.tokens[$0].line > line
    }
  }

  private func canFail(_ index: Int, _ commands: [ShellCommand], _ place: Int) -> Bool {
    let statement = outline.statements[index]
    // `check && echo PASS`.
    if commands[..<place].contains(where: { CommandKind.isCheck($0.words) }) && commands[place].joint != "|" {
      return true
    }
    let around = outline.blocks(around: statement.tokens.lowerBound)
    if around.contains(where: { outline.blocks[$0].kind == .branch }) { return true }
    let function = outline.function(of: statement.tokens.lowerBound)
    if function != 0,
      CommandKind.hasWord(
        of: ["pass", "passed", "ok", "success", "green", "log", "info", "usage", "help"],
        in: outline.blocks[function].name)
    {
      return true
    }
    if discardsTests(before: index) { return false }
    if knowsRefusal(function, except: index) { return true }
    return stops(before: index)
  }

  /// A test whose failure was thrown away makes the verdict one about nothing.
  private func discardsTests(before index: Int) -> Bool {
    commands[..<index].contains { commands in
      guard let place = commands.firstIndex(where: { CommandKind.isTest($0.words) }), place + 1 < commands.count else {
        return false
      }
      return commands[place + 1].joint == "||" && CommandKind.isInert(commands[place + 1].words)
    }
  }

  private func knowsRefusal(_ function: Int, except index: Int) -> Bool {
    outline.statements.indices.contains { place in
      guard place != index, outline.function(of: outline.statements[place].tokens.lowerBound) == function else {
        return false
      }
      return commands[place].contains { command in
        guard let name = command.words.first, ShellVerdicts.writers.contains(name) else { return false }
        return command.tokens.contains {
          outline.tokens[$0].kind != .sign
            && VerdictWords.refusal.matches(outline.bytes[outline.tokens[$0].range].prefix(4_000))
        }
      }
    }
  }

  /// Something before it could have ended the program.
  private func stops(before index: Int) -> Bool {
    outline.statements[..<index].indices.contains { place in
      let statement = outline.statements[place]
      let commands = commands[place]
      for (offset, command) in commands.enumerated() {
        let name = command.words.first ?? ""
        if ["exit", "return", "die", "fail", "fatal", "abort"].contains(name),
          offset > 0 || statement.block != outline.function(of: statement.tokens.lowerBound) || place + 1 < index
        {
          if offset > 0 || !outline.blocks(around: statement.tokens.lowerBound).isEmpty { return true }
        }
      }
      guard errexit.isOn(at: place) else { return false }
      let last = commands.last
      let isDiscarded = commands.count > 1 && last?.joint == "||" && CommandKind.isInert(last?.words ?? [])
      return !isDiscarded && commands.contains { CommandKind.isCheck($0.words) }
    }
  }
}
