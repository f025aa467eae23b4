import Formats

/// Finds positive verdicts that nothing on the way could have turned negative or stopped: a constant in a record, in what
/// is printed or returned.
///
/// A verdict is left alone in a branch, after anything that may raise, return or exit, after a call whose name says that it
/// checks something, and where the same function knows a negative word.
struct ConstantVerdict {
  let judged: JudgedFile

  /// A value that is a verdict in itself, a flag that is true, a member of an enumeration of verdicts, and text that says so.
  static let triggers = [
    "PASS|PROVEN|VERIFIED|GREEN|COMPLETE",
    #"["'`](?:pass|passed|Passed|verified|Verified|proven|Proven|green|certified|attested|satisfied)["'`]"#,
    #"(?i)(?:pass|passed|verified|proven|valid)["'`]?\s*[:=]\s*true"#,
    #"[:=]\s*[\w.]*\.(?:pass|passed|Passed|verified|Verified|proven|Proven|green|certified|attested)\b"#,
    #"(?:verdict|status|result|outcome|verification|conclusion)\\?["']?\s*[:=]\s*\\?["']?(?:verified|proven|passed)"#,
    #"exit_code|proof\w*["'`]?\s*[:=]+\s*["'`](?i:ok|success|satisfied|approved|valid|compliant|healthy|completed?|enforced|clean)["'`]"#,
  ]

  func spans() -> [Range<Int>] {
    if judged.role == .test { return [] }
    return judged.programs.flatMap { program -> [Range<Int>] in
      let spans =
        program.outline.language.layout == .shell
        ? ShellVerdicts(program: program).spans() : ProgramVerdicts(outline: program.outline).spans()
      return spans.map(judged.firstLine)
    }
  }
}

/// Verdicts of languages with functions.
struct ProgramVerdicts {
  let outline: Outline
  private let escapes: Escapes
  /// Functions that have a word for the other outcome.
  private let doubting: Set<Int>
  /// Lines beside or below a comment that says that nothing was computed.
  private let admitted: Set<Int>

  init(outline: Outline) {
    self.outline = outline
    escapes = Escapes(outline: outline)
    doubting = ProgramVerdicts.doubting(outline)
    admitted = ProgramVerdicts.admitted(outline)
  }

  func spans() -> [Range<Int>] {
    var functions: Set<Int> = []
    var spans: [Range<Int>] = []
    for index in outline.tokens.indices.lazy.filter({ isVerdict($0) }).prefix(OutlineLimits.candidates)
    where !canFail(index) {
      // The verdicts of one function have one cause; the first is told, and those of other records.
      let function = outline.function(of: index)
      let statement = record(around: index)?.lowerBound ?? -(outline.statement(of: index) ?? 0)
      guard functions.insert(function &* 1_000_003 &+ statement).inserted else { continue }
      spans.append(outline.place(of: index))
    }
    return spans
  }

  // MARK: What is a verdict

  private static let printers: Set<String> = [
    "print", "println", "log", "info", "puts", "write", "write_text", "writeFileSync", "writeFile", "WriteString",
    "Println",
    "Printf", "Fprintln", "echo", "secho", "success", "writelines", "append",
  ]

  private func isVerdict(_ index: Int) -> Bool {
    let token = outline.tokens[index]
    if token.kind == .word { return isFlag(index) || isMember(index) }
    guard token.kind == .string, !isAlone(index) else { return false }
    if let value = outline.string(at: index), let strength = VerdictWords.strength(of: value) {
      return isVerdictValue(index, value, strength)
    }
    return isWritten(index)
  }

  /// A docstring, or text that nothing is done with.
  private func isAlone(_ index: Int) -> Bool {
    outline.statement(of: index).map { outline.statements[$0].tokens.count == 1 } ?? true
  }

  private func isVerdictValue(_ index: Int, _ value: String, _ strength: VerdictWords.Strength) -> Bool {
    if isChoice(index) { return false }
    for use in outline.uses(of: index..<index + 1) {
      switch use {
      case .labelled(let name): return isVerdict(strength, of: name, at: index)
      case .assigned(let target):
        let name = outline.tokens[target].text
        return name.lowercased() != value.lowercased() && !isConstantName(name)
          && isVerdict(strength, of: name, at: index)
      case .stored:
        guard let statement = outline.statement(of: index),
          let assignment = outline.assignment(in: outline.statements[statement].tokens)
        else { return false }
        let name =
          outline.name(at: assignment.target) ?? (assignment.target > 0 ? outline.name(at: assignment.target - 1) : nil)
          ?? ""
        return isVerdict(strength, of: name, at: index)
      case .returned:
        return strength == .strong
      case .argument(let callee):
        return strength == .strong && ProgramVerdicts.printers.contains(callee)
      case .compared, .hashed, .element, .other: return false
      }
    }
    return false
  }

  private func isVerdict(_ strength: VerdictWords.Strength, of name: String, at index: Int) -> Bool {
    switch strength {
    case .strong: !VerdictWords.isOtherName(name)
    case .plain: VerdictWords.isVerdictName(name)
    case .soft: VerdictWords.isVerdictName(name) && (isAdmitted(index) || isClaimOfSuccess(index))
    }
  }

  private static let admissions = LineMatching(
    #"(?i)\bTODO\b|\bFIXME\b|\bfor now\b|\bplaceholder\b|\bhard-?coded\b|\bassum(?:e|ed|ing)\b|\bnot (?:yet )?(?:computed|implemented|checked|verified)\b|\bstub(?:bed)?\b|\bmock(?:ed)?\b|\bdefault to\b"#
  )

  private static func admitted(_ outline: Outline) -> Set<Int> {
    let occupied = Set(outline.tokens.map(\.line))
    var lines: Set<Int> = []
    for comment in outline.comments where admissions.matches(outline.bytes[comment.range].prefix(1_000)) {
      lines.insert(comment.line)
      if !occupied.contains(comment.line) { lines.insert(comment.line + 1) }
    }
    return lines
  }

  /// A comment on the line, or alone above it, says that nothing was computed.
  private func isAdmitted(_ index: Int) -> Bool {
    let line = outline.tokens[index].line
    return admitted.contains(line)
  }

  /// A record that says `ok` and gives an exit status of 0 that no process returned.
  private func isClaimOfSuccess(_ index: Int) -> Bool {
    guard let record = record(around: index) else { return false }
    return record.contains { place in
      guard let name = outline.name(at: place), ["exit_code", "returncode", "exitCode", "exit_status"].contains(name),
        place + 2 < record.upperBound
      else {
        return false
      }
      return outline.tokens[place + 1].isSign(":") && outline.tokens[place + 2].text == "0"
    }
  }

  private func record(around index: Int) -> Range<Int>? {
    var open = outline.bracket(around: index)
    while let place = open, !outline.tokens[place].isSign("{") { open = outline.bracket(around: place) }
    return open.map { $0..<outline.partners[$0] }
  }

  /// `overall_pass: true`.
  private func isFlag(_ index: Int) -> Bool {
    guard ["True", "true"].contains(outline.tokens[index].text), index >= 2 else { return false }
    let sign = outline.tokens[index - 1]
    guard sign.isSign(":") || sign.isSign("="), let name = outline.name(at: index - 2), VerdictWords.isVerdictFlag(name)
    else {
      return false
    }
    // In a record: arguments and variables say it for others.
    return outline.tokens[index - 2].kind == .string || record(around: index) != nil && outline.languageName != "python"
  }

  /// `Verdict.PASS`, `.verified`, as the value of something that holds verdicts.
  private func isMember(_ index: Int) -> Bool {
    let text = outline.tokens[index].text
    guard index > 0, outline.tokens[index - 1].isSign("."),
      VerdictWords.strength(of: text).map({ $0 != .soft }) ?? false,
      !outline.isCall(index),
      index + 1 >= outline.tokens.count || !outline.tokens[index + 1].isSign(".")
        || outline.tokens[min(index + 2, outline.tokens.count - 1)].text == "value"
    else { return false }
    if isChoice(index) { return false }
    let path = outline.path(endingAt: index)
    let isBare = path == text
    if !isBare, !VerdictWords.isVerdictName(path.split(separator: ".").dropLast().last.map(String.init) ?? "") {
      return false
    }
    let start = isBare ? index - 1 : index - 2 * path.utf8.filter { $0 == UInt8(ascii: ".") }.count
    for use in outline.uses(of: start..<index + 1) {
      switch use {
      case .labelled(let name): return VerdictWords.isVerdictName(name)
      case .assigned(let target): return VerdictWords.isVerdictName(outline.tokens[target].text)
      default: return false
      }
    }
    return false
  }

  /// `"PASS" if ok else "FAIL"`, and lists of what may be said.
  private func isChoice(_ index: Int) -> Bool {
    var place = index + 1
    while place < outline.tokens.count, place < index + 4 {
      let token = outline.tokens[place]
      if ["if", "else", "or", "and"].contains(token.text) && token.line <= outline.tokens[index].line + 1
        && token.kind == .word && outline.languageName == "python"
      {
        return true
      }
      if ["?", "|", "||", "??", "=>"].contains(token.text) && token.kind == .sign { return true }
      if token.isSign(",") || token.isSign("}") { break }
      place += 1
    }
    place = index - 1
    while place >= 0, place > index - 4, outline.tokens[place].line == outline.tokens[index].line {
      if ["else", "or", "?", "|", "||", "??", "case", "in", "when", "is", "not"].contains(outline.tokens[place].text) {
        return true
      }
      if outline.tokens[place].isSign(","), outline.tokens[place].kind == .sign { break }
      place -= 1
    }
    if index > 0, outline.tokens[index - 1].isSign(":"), index > 1, isTernary(index) { return true }
    return false
  }

  private func isTernary(_ index: Int) -> Bool {
    var place = index - 2
    while place >= 0, outline.tokens[place].line == outline.tokens[index].line, place > index - 8 {
      if outline.tokens[place].isSign("?") { return true }
      if outline.tokens[place].isSign(",") || outline.tokens[place].isSign("{") { return false }
      place -= 1
    }
    return false
  }

  private func isConstantName(_ name: String) -> Bool { name.allSatisfy { !$0.isLowercase } }

  /// Text with a verdict in it that is printed or written.
  private func isWritten(_ index: Int) -> Bool {
    let token = outline.tokens[index]
    guard token.range.count < 4_000 else { return false }
    let text = outline.bytes[token.range]
    let isRecord = VerdictWords.record.matches(text)
    guard isRecord || VerdictWords.announcement.matches(text), !VerdictWords.refusal.matches(text) else { return false }
    return outline.uses(of: index..<index + 1).contains { use in
      if case .argument(let callee) = use { return ProgramVerdicts.printers.contains(callee) }
      return false
    }
  }

  // MARK: Whether it can fail

  private func canFail(_ index: Int) -> Bool {
    let function = outline.function(of: index)
    if isAdmitted(index) || isVacuous(index) { return false }
    if isClaimOfSuccess(index) { return knowsProcess(function, except: index) }
    let around = outline.blocks(around: index)
    if around.contains(where: { outline.blocks[$0].kind == .type }),
      outline.statement(of: index).map({ outline.blocks[outline.statements[$0].block].kind == .type }) ?? false
    {
      return true
    }
    if function != 0, isSuccessHelper(outline.blocks[function].name) { return true }
    for block in around where isConditional(block) { return true }
    if doubting.contains(function) { return true }
    if isChangedLater(index, function) { return true }
    let isPrinted = outline.uses(of: index..<index + 1).contains { if case .argument = $0 { true } else { false } }
    return escapes.exist(before: index, in: function, countingUnknownCalls: isPrinted)
  }

  /// Whether an exit status of 0 may come from something that was run.
  private func knowsProcess(_ function: Int, except index: Int) -> Bool {
    let record = record(around: index) ?? index..<index + 1
    return outline.blocks[function].body.contains { place in
      guard !record.contains(place) else { return false }
      let text = outline.tokens[place].kind == .sign ? "" : outline.name(at: place) ?? ""
      return [
        "returncode", "exit_code", "exitCode", "subprocess", "run", "Popen", "check_call", "wait", "spawn",
        "status_code",
      ].contains(text)
    }
  }

  /// A verdict beside a constant that says that nothing was looked at: `"probe_count": 0`, `"checks": []`.
  private func isVacuous(_ index: Int) -> Bool {
    guard let record = record(around: index) else { return false }
    return record.contains { place in
      guard place + 2 < record.upperBound, outline.tokens[place + 1].isSign(":"), let name = outline.name(at: place)
      else { return false }
      let words = TestEvidence.words(of: name)
      guard
        !words.isDisjoint(with: [
          "probe", "probes", "check", "checks", "checked", "sample", "samples", "tested", "tests", "observations",
          "inspected", "scanned",
        ]),
        words.isDisjoint(with: ["failed", "failures", "failing", "missing", "skipped", "failure", "errors", "error"])
      else { return false }
      let value = outline.tokens[place + 2]
      let isEnd = place + 3 >= record.upperBound || outline.tokens[place + 3].isSign(",")
      return value.text == "0" && isEnd || value.isSign("[") && outline.partners[place + 2] == place + 3
    }
  }

  private func isSuccessHelper(_ name: String) -> Bool {
    !TestEvidence.words(of: name).isDisjoint(with: [
      "pass", "passed", "ok", "success", "succeed", "succeeded", "mark", "green",
    ])
  }

  private func isConditional(_ block: Int) -> Bool {
    switch outline.blocks[block].kind {
    case .branch:
      let header = outline.blocks[block].header
      return !header.contains { outline.tokens[$0].text == "__name__" }
        && !(header.count <= 3 && header.contains { ["True", "true"].contains(outline.tokens[$0].text) })
    case .handler: return true
    default: return false
    }
  }

  private static func doubting(_ outline: Outline) -> Set<Int> {
    var functions: Set<Int> = []
    for index in outline.tokens.indices {
      let token = outline.tokens[index]
      let isNegative =
        switch token.kind {
        case .word:
          VerdictWords.negative.contains(token.text) && index > 0 && outline.tokens[index - 1].isSign(".")
            && !outline.isCall(index)
        case .string: VerdictWords.negative.contains(outline.string(at: index, limit: 24) ?? "")
        case .number, .sign: false
        }
      if isNegative { functions.insert(outline.function(of: index)) }
    }
    return functions
  }

  /// Whether what was given the verdict is given something else later.
  private func isChangedLater(_ index: Int, _ function: Int) -> Bool {
    var keys: Set<String> = []
    var variables: Set<String> = []
    for use in outline.uses(of: index..<index + 1) {
      if case .labelled(let name) = use { keys.insert(name) }
      if case .assigned(let target) = use { variables.insert(outline.tokens[target].text) }
    }
    if keys.isEmpty, variables.isEmpty { return false }
    return outline.statements(in: function).contains { place in
      let statement = outline.statements[place].tokens
      guard statement.lowerBound > index, let assignment = outline.assignment(in: statement) else { return false }
      return (statement.lowerBound..<assignment.sign).contains { token in
        let name = outline.name(at: token) ?? ""
        if variables.contains(name) { return true }
        // A variable that is called like a key of the record is not that key.
        let isMember = outline.tokens[token].kind == .string || (token > 0 && outline.tokens[token - 1].isSign("."))
        return isMember && keys.contains(name)
      }
    }
  }
}

/// Ways out of a function before a place: what makes reaching the place mean something.
final class Escapes {
  private let outline: Outline
  /// The end of the first statement of a function that may end it, with unknown calls counted and without.
  private var first: [Question: Int] = [:]
  private var callees: [String: Bool] = [:]

  private struct Question: Hashable {
    let function: Int
    let countsUnknownCalls: Bool
  }

  init(outline: Outline) {
    self.outline = outline
  }

  private static let words: Set<String> = [
    "raise", "throw", "return", "exit", "panic", "abort", "die", "fatalError", "Fatal", "Fatalf", "bail",
    "preconditionFailure",
    "continue", "break",
  ]
  private static let checkers: Set<String> = [
    "verify", "verifies", "verified", "validate", "validates", "validation", "check", "checks", "assert", "require",
    "requires", "ensure",
    "ensures", "enforce", "expect", "must", "test", "tests", "prove", "audit", "compare", "lint", "judge", "raise",
    "gate",
  ]
  private static let harmless: Set<String> = [
    "print", "open", "len", "str", "int", "float", "dump", "dumps", "write", "write_text", "mkdir", "Path", "now",
    "utcnow",
    "format", "append", "get", "items", "join", "range", "sorted", "isoformat", "parse_args", "add_argument",
    "ArgumentParser",
    "strftime", "exists", "sleep", "log", "info", "debug", "warning", "resolve", "list", "dict", "set", "keys",
    "values", "stringify",
    "writeFileSync", "writeFile", "toISOString", "Date", "uuid4", "hexdigest", "encode", "sha256", "replace", "strip",
    "split",
    "upper", "lower", "time", "today", "close", "flush", "update", "extend", "isinstance", "main", "run", "basename",
    "dirname", "getenv",
  ]

  /// Whether something before a token of a function may end it, or checks something.
  func exist(before index: Int, in function: Int, countingUnknownCalls: Bool, depth: Int = 0) -> Bool {
    let question = Question(function: function, countsUnknownCalls: countingUnknownCalls)
    if first[question] == nil {
      let ends = outline.statements(in: function).filter {
        mayEnd($0, in: function, countingUnknownCalls: countingUnknownCalls, depth: depth)
      }
      first[question] = ends.map { outline.statements[$0].tokens.upperBound }.min() ?? .max
    }
    // What builds the verdict comes before it too: `{"hash": digest(x), "verdict": …}` does not check.
    return first[question].map { $0 <= index } ?? false
  }

  private func mayEnd(_ place: Int, in function: Int, countingUnknownCalls: Bool, depth: Int) -> Bool {
    let statement = outline.statements[place]
    let first = outline.tokens[statement.tokens.lowerBound].text
    if first == "assert" || first == "guard" { return true }
    if outline.languageName == "swift", statement.tokens.contains(where: { outline.tokens[$0].isWord("try") }) {
      return true
    }
    let isNested = statement.block != function
    let words = statement.tokens.filter { outline.tokens[$0].kind == .word }
    if isNested, words.contains(where: { Escapes.words.contains(outline.tokens[$0].text) }),
      !isOnlyContinuing(statement)
    {
      return true
    }
    return words.contains { word in
      let text = outline.tokens[word].text
      if text == "check", word + 2 < outline.tokens.count, outline.tokens[word + 1].isSign("="),
        outline.tokens[word + 2].isWord("True")
      {
        return true
      }
      guard outline.isCall(word) || outline.tokens[min(word + 1, outline.tokens.count - 1)].isSign("!") else {
        return false
      }
      if !TestEvidence.words(of: text).isDisjoint(with: Escapes.checkers) {
        return outline.functions(named: text).isEmpty || callee(text, mayFail: depth) || isUsed(word, statement)
      }
      if text == "raise_for_status" || text == "check_call" || text == "check_output" { return true }
      if outline.functions(named: text).contains(where: { outline.blocks[$0].body.isEmpty == false }) {
        return callee(text, mayFail: depth)
      }
      return countingUnknownCalls && !Escapes.harmless.contains(text) && !outline.path(endingAt: word).hasPrefix("logg")
    }
  }

  /// `continue` in a loop skips one of many.
  private func isOnlyContinuing(_ statement: Statement) -> Bool {
    statement.tokens.count == 1 && ["continue", "break"].contains(outline.tokens[statement.tokens.lowerBound].text)
  }

  private func isUsed(_ call: Int, _ statement: Statement) -> Bool {
    statement.tokens.lowerBound < call - 1 && outline.assignment(in: statement.tokens) != nil
  }

  /// Whether a function of the file raises, exits or asserts.
  private func callee(_ name: String, mayFail depth: Int) -> Bool {
    guard depth < 3 else { return false }
    if let known = callees[name] { return known }
    callees[name] = false
    let answer = anyFails(name, depth: depth)
    callees[name] = answer
    return answer
  }

  private func anyFails(_ name: String, depth: Int) -> Bool {
    outline.functions(named: name).contains { function in
      let body = outline.blocks[function].body
      return body.contains { index in
        let text = outline.tokens[index].text
        guard outline.tokens[index].kind == .word else { return false }
        return ["raise", "throw", "assert", "panic", "fatalError"].contains(text)
          || text == "exit" && outline.isCall(index)
          || text == "check" && index + 2 < outline.tokens.count && outline.tokens[index + 1].isSign("=")
      }
        || exist(before: body.upperBound, in: function, countingUnknownCalls: false, depth: depth + 1)
          && outline.blocks[function].body.contains { outline.tokens[$0].isWord("raise") }
    }
  }
}
