/// Finds activity chains that a script writes without doing the work: `started`, `completed` and `verified` from one
/// list, one loop, or one call after the other.
struct ForgedChain {
  let judged: JudgedFile

  private static let steps: Set<String> = ["started", "completed", "verified"]
  private static let keys: Set<String> = [
    "action", "event", "event_type", "status", "stage", "step", "transition", "type", "activity", "kind", "state",
  ]
  private static let modes: Set<String> = ["emit_mode", "verifier_mode", "proof_mode"]

  func spans() -> [Range<Int>] {
    if judged.role == .test { return [] }
    return judged.programs.flatMap { program in
      (program.outline.language.layout == .shell ? inShell(program.outline) : inProgram(program.outline)).map(
        judged.firstLine)
    }
  }

  // MARK: Programs

  private func inProgram(_ outline: Outline) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for index in outline.tokens.indices
    where outline.tokens[index].kind == .string && outline.string(at: index) == "verified" {
      let function = outline.function(of: index)
      guard isInList(index, outline, function) || isInLoop(index, outline) || isCalledAtOnce(index, outline) else {
        continue
      }
      spans.append(outline.place(of: index))
      if spans.count == 1, let stamp = stamp(outline, function, after: index) { spans.append(stamp) }
    }
    return spans.isEmpty ? [] : Array(spans.prefix(1)) + spans.dropFirst().filter { $0 != spans[0] }.prefix(1)
  }

  /// `[{"action": "completed"}, {"action": "verified"}]` in a function that writes.
  private func isInList(_ index: Int, _ outline: Outline, _ function: Int) -> Bool {
    guard index >= 2, outline.tokens[index - 1].isSign(":"), let key = outline.name(at: index - 2),
      ForgedChain.keys.contains(key),
      let statement = outline.statement(of: index)
    else { return false }
    let bounds = outline.statements[statement].tokens
    let others = bounds.filter { place in
      place != index && place >= 2 && outline.tokens[place].kind == .string && outline.tokens[place - 1].isSign(":")
        && outline.name(at: place - 2) == key && ["completed", "started"].contains(outline.string(at: place) ?? "")
    }
    return others.contains { outline.string(at: $0) == "completed" } && writes(outline.blocks[function].body, outline)
  }

  /// `for action in ("started", "completed", "verified"): emit(action)`.
  private func isInLoop(_ index: Int, _ outline: Outline) -> Bool {
    guard let statement = outline.statement(of: index), let loop = outline.statements[statement].opens,
      outline.blocks[loop].kind == .loop
    else {
      return false
    }
    let names = outline.statements[statement].tokens.compactMap {
      outline.tokens[$0].kind == .string ? outline.string(at: $0) : nil
    }
    return names.contains("completed") && writes(outline.blocks[loop].body, outline)
      && !outline.blocks[loop].body.contains { ["if", "raise", "assert", "throw"].contains(outline.tokens[$0].text) }
  }

  /// `emit("completed"); emit("verified")` with nothing in between that could have verified anything.
  private func isCalledAtOnce(_ index: Int, _ outline: Outline) -> Bool {
    guard let place = outline.statement(of: index), isEmission(place, outline) else { return false }
    let block = outline.statements[place].block
    var before = place - 1
    while before >= 0 {
      let statement = outline.statements[before]
      if statement.block != block { return false }
      if statement.tokens.contains(where: {
        outline.tokens[$0].kind == .string && outline.string(at: $0) == "completed"
      }) {
        return isEmission(before, outline)
      }
      if statement.opens != nil { return false }
      let hasCall = statement.tokens.contains {
        outline.isCall($0)
          && !["timedelta", "now", "isoformat", "str", "int", "print", "sleep"].contains(outline.tokens[$0].text)
      }
      if hasCall { return false }
      before -= 1
    }
    return false
  }

  private func isEmission(_ place: Int, _ outline: Outline) -> Bool {
    let statement = outline.statements[place]
    guard statement.opens == nil else { return false }
    return statement.tokens.contains { index in
      guard outline.isCall(index) else { return false }
      return !TestEvidence.words(of: outline.tokens[index].text).isDisjoint(with: [
        "emit", "append", "write", "record", "publish", "log", "event", "send", "activity",
      ])
    }
  }

  private func writes(_ range: Range<Int>, _ outline: Outline) -> Bool {
    range.contains { index in
      guard outline.isCall(index) else { return false }
      return !TestEvidence.words(of: outline.tokens[index].text).isDisjoint(with: [
        "emit", "append", "write", "dump", "publish", "record", "send", "appendfilesync",
      ])
    }
  }

  /// The constant that passes the events off as ones of a real run, where they are written.
  private func stamp(_ outline: Outline, _ function: Int, after index: Int) -> Range<Int>? {
    let place = outline.blocks[function].body.first { place in
      place > index && place + 2 < outline.tokens.count && ForgedChain.modes.contains(outline.name(at: place) ?? "")
        && outline.tokens[place + 1].isSign(":") && outline.tokens[place + 2].kind == .string
    }
    return place.map { outline.tokens[$0].range.lowerBound..<outline.tokens[$0 + 2].range.upperBound }
  }

  // MARK: Shell

  private static let verified = LineMatching(
    #"\\?["']?(?:action|event|status|stage|step)\\?["']?\s*[:=]\s*\\?["']?verified\b"#)
  private static let completed = LineMatching(
    #"\\?["']?(?:action|event|status|stage|step)\\?["']?\s*[:=]\s*\\?["']?completed\b"#)

  private func inShell(_ outline: Outline) -> [Range<Int>] {
    outline.statements.indices.compactMap { index in
      let statement = outline.statements[index].tokens
      let first = outline.tokens[statement.lowerBound]
      if first.isWord("for") {
        let words = Set(statement.map { outline.tokens[$0].text })
        guard words.isSuperset(of: ["completed", "verified"]) else { return nil }
        let loop = outline.block(of: statement.lowerBound)
        let isWritten = outline.blocks[loop].body.contains {
          outline.tokens[$0].isSign(">>") || outline.tokens[$0].isWord("tee")
            || outline.tokens[$0].text.contains("emit")
        }
        return isWritten ? first.range.lowerBound..<outline.tokens[statement.upperBound - 1].range.upperBound : nil
      }
      guard index > 0, mentions(ForgedChain.verified, statement, outline),
        mentions(ForgedChain.completed, outline.statements[index - 1].tokens, outline)
      else { return nil }
      return first.range.lowerBound..<outline.tokens[statement.upperBound - 1].range.upperBound
    }
  }

  private func mentions(_ pattern: LineMatching, _ statement: Range<Int>, _ outline: Outline) -> Bool {
    statement.contains {
      outline.tokens[$0].kind == .string && pattern.matches(outline.bytes[outline.tokens[$0].range].prefix(2_000))
    }
  }
}
