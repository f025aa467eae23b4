import Formats
import Scanning

/// Tests whose exit status goes nowhere, in scripts, images, recipes and the steps of workflows.
struct ExitStatusChecks {
  let judged: JudgedFile

  /// How programs start others; a script does it on every line.
  static let starting = #"subprocess|os\.system|Popen"#
  /// How a shell drops a status: `|| true`, `set +e`, `exit 0` or `true` behind the command, `-` before it in a recipe.
  static let dropping = #"\|\||\bset\s.*\+|\bexit\s+0|\btrue\b|;:|; :|;  :|& :|RUN -|\t-|\t[@ \t][@ \t]*-"#
  private static let start = LineMatching(starting)
  private static let drop = LineMatching(dropping)
  private static let hosts: Set<String> = ["shell", "yaml", "dockerfile", "make"]

  func ignored() -> [Range<Int>] {
    let language = judged.file.language?.name ?? ""
    // Each language has its own way; the others' bring nothing.
    let way = ExitStatusChecks.hosts.contains(language) ? ExitStatusChecks.drop : ExitStatusChecks.start
    // A script may hand a program of another language to its interpreter.
    let isWorthwhile =
      way.matches(judged.file.bytes[...])
      || language == "shell" && ExitStatusChecks.start.matches(judged.file.bytes[...])
    if !isWorthwhile { return [] }
    return judged.programs.flatMap { program -> [Range<Int>] in
      program.outline.language.layout == .shell
        ? inShell(program) : program.outline.languageName == "python" ? inPython(program.outline) : []
    }.map(judged.firstLine)
  }

  // MARK: Shell

  private func inShell(_ program: JudgedFile.Program) -> [Range<Int>] {
    let outline = program.outline
    let errexit = ErrorExit(program)
    return outline.statements.indices.compactMap { index in
      let commands = outline.commands(of: outline.statements[index].tokens)
      guard let place = commands.firstIndex(where: { CommandKind.isTest($0.words) }) else { return nil }
      let span = span(of: commands, from: place, outline)
      if commands[place].words[0].hasPrefix("-"), program.host == .command { return span }
      if place + 1 < commands.count {
        let next = commands[place + 1]
        guard next.joint == "||" else { return nil }
        let isLast = commands[(place + 2)...].allSatisfy { $0.joint == "|" || CommandKind.isInert($0.words) }
        if next.words.first == "{" || next.words.first == "(" { return groupIsInert(after: next, outline) ? span : nil }
        return CommandKind.isInert(next.words) && isLast ? span : nil
      }
      guard commands.count == 1, !errexit.isOn(at: index), !isCondition(index, outline) else { return nil }
      return isDroppedByNext(index, outline, errexit) ? span : nil
    }
  }

  private func span(of commands: [ShellCommand], from place: Int, _ outline: Outline) -> Range<Int> {
    let start = outline.tokens[commands[place].tokens.lowerBound].range.lowerBound
    let last = commands[min(place + 1, commands.count - 1)].tokens.upperBound - 1
    return start..<outline.tokens[last].range.upperBound
  }

  /// `{ echo "tests failed"; }`: a group that only talks.
  private func groupIsInert(after command: ShellCommand, _ outline: Outline) -> Bool {
    guard let open = command.tokens.first(where: { outline.tokens[$0].text == "{" || outline.tokens[$0].isSign("(") })
    else {
      return false
    }
    let closer = outline.tokens[open].text == "{" ? "}" : ")"
    guard let close = outline.tokens.indices.dropFirst(open + 1).first(where: { outline.tokens[$0].text == closer })
    else {
      return false
    }
    var start = open + 1
    for index in open + 1...close
    where index == close || outline.tokens[index].isSign(";") || outline.tokens[index].isSign("\n") {
      let commands = outline.commands(of: start..<index)
      if !commands.allSatisfy({ CommandKind.isInert($0.words) }) { return false }
      start = index + 1
    }
    return true
  }

  private func isCondition(_ index: Int, _ outline: Outline) -> Bool {
    ["if", "while", "until", "elif", "!"].contains(outline.tokens[outline.statements[index].tokens.lowerBound].text)
  }

  /// The next statement ends in success, or `set +e` lets the failure pass and nobody asks for the status.
  private func isDroppedByNext(_ index: Int, _ outline: Outline, _ errexit: ErrorExit) -> Bool {
    guard index + 1 < outline.statements.count, outline.statements[index + 1].block == outline.statements[index].block
    else {
      return false
    }
    let next = outline.statements[index + 1].tokens
    let words = outline.commands(of: next).first?.words ?? []
    if words.first == "true" || words.first == ":" {
      return outline.tokens[next.lowerBound].line == outline.tokens[outline.statements[index].tokens.lowerBound].line
    }
    if words.first == "exit", words.count > 1, words[1] == "0" { return true }
    guard errexit.isSwitchedOff(at: index) else { return false }
    return !next.contains {
      ["$?", "PIPESTATUS", "${PIPESTATUS[0]}"].contains(outline.tokens[$0].text)
        || outline.tokens[$0].text.contains("=$?") || outline.tokens[$0].text.contains("PIPESTATUS")
        || outline.tokens[$0].text.contains("pipestatus")
    }
  }

  // MARK: Python

  private static let starters: Set<String> = ["subprocess.run", "subprocess.call", "os.system", "run"]

  /// `subprocess.run(["pytest"])` whose result nobody looks at.
  private func inPython(_ outline: Outline) -> [Range<Int>] {
    outline.statements.compactMap { statement in
      guard let open = statement.tokens.first(where: { outline.tokens[$0].isSign("(") }),
        open > statement.tokens.lowerBound,
        ExitStatusChecks.starters.contains(outline.path(endingAt: open - 1)),
        outline.path(endingAt: open - 1).utf8.count == byteCount(statement.tokens.lowerBound..<open, outline)
      else { return nil }
      let inside = open + 1..<max(outline.partners[open], open + 1)
      if inside.contains(where: { outline.tokens[$0].isWord("check") }) { return nil }
      let words = inside.filter { outline.tokens[$0].kind == .string }.compactMap { outline.string(at: $0) }
        .flatMap { $0.split(separator: " ").map(String.init) }
      guard CommandKind.isTest(words) else { return nil }
      return outline.tokens[statement.tokens.lowerBound].range.lowerBound..<outline.tokens[open].range.upperBound
    }
  }

  private func byteCount(_ range: Range<Int>, _ outline: Outline) -> Int {
    range.reduce(0) { $0 + outline.tokens[$1].range.count }
  }
}

/// Where a shell program stops at the first command that fails.
struct ErrorExit {
  private let states: [(statement: Int, isOn: Bool)]
  private let initially: Bool

  init(_ program: JudgedFile.Program) {
    let outline = program.outline
    initially = program.host == .step || ErrorExit.interpreterStops(outline)
    states = outline.statements.indices.compactMap { index in
      let words = outline.commands(of: outline.statements[index].tokens).first?.words ?? []
      guard let first = words.first, first == "set" || first == "setopt" || first == "trap" else { return nil }
      if first == "trap" {
        return words.contains("ERR") && words.contains { $0.contains("exit") } ? (index, true) : nil
      }
      if first == "setopt" {
        return words.contains { ["errexit", "err_exit", "ERR_EXIT"].contains($0) } ? (index, true) : nil
      }
      for (place, word) in words.enumerated().dropFirst() {
        if word == "errexit", words[place - 1].hasPrefix("-") { return (index, true) }
        if word == "errexit", words[place - 1].hasPrefix("+") { return (index, false) }
        let isFlag = word.utf8.dropFirst().allSatisfy { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) }
        if isFlag, word.contains("e"), word.hasPrefix("-") { return (index, true) }
        if isFlag, word.contains("e"), word.hasPrefix("+") { return (index, false) }
      }
      return nil
    }
  }

  private static func interpreterStops(_ outline: Outline) -> Bool {
    guard let first = outline.comments.first, first.line == 1 else { return false }
    let text = String(decoding: outline.bytes[first.range], as: UTF8.self)
    return text.hasPrefix("#!") && text.contains(" -e")
  }

  func isOn(at statement: Int) -> Bool { states.last { $0.statement < statement }?.isOn ?? initially }

  func isSwitchedOff(at statement: Int) -> Bool { states.last { $0.statement < statement }.map { !$0.isOn } ?? false }
}
