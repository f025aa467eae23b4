import Formats

/// Finds decisions that the current time takes part in and whose outcome does not hold the reading: nobody can replay
/// them, and nobody can tell afterwards why they came out so.
///
/// A reading is followed through its function: compared, and neither written down nor handed on with the outcome. Both
/// sides being readings of this process is a duration; a loop's own condition is a bounded wait; a parameter with the
/// clock for its default is an injected clock.
struct WallclockDecision {
  let judged: JudgedFile

  /// Readings that decide and are not kept.
  func decisions() -> [Range<Int>] {
    spans { outline, traces in
      // Another reading of the same function that is kept says when it was decided.
      let writing = Set(traces.filter(\.isWritten).map(\.function))
      return traces.filter { $0.decides && !$0.isKept && !writing.contains($0.function) }
    }
  }

  /// Readings that become an identity, a digest or the time of an event that took place elsewhere.
  func identities() -> [Range<Int>] { spans { _, traces in traces.filter(\.identifies) } }

  private func spans(_ choose: (Outline, [ReadingTrace]) -> [ReadingTrace]) -> [Range<Int>] {
    if judged.role == .test { return [] }
    return zip(judged.programs, judged.clockTraces).flatMap { program, traces -> [Range<Int>] in
      let outline = program.outline
      return choose(outline, traces).map { trace in
        let first = outline.tokens[trace.reading.lowerBound].range.lowerBound
        return judged.firstLine(of: first..<outline.tokens[trace.reading.upperBound - 1].range.upperBound)
      }
    }
  }
}

extension ReadingTrace {
  /// The readings of a program, followed.
  static func all(in outline: Outline) -> [ReadingTrace] {
    let reads = ClockReads(outline)
    return reads.readings().prefix(OutlineLimits.candidates).map {
      ReadingTrace(outline: outline, reads: reads, reading: $0)
    }
  }
}

/// One reading of the clock on its way through its function.
struct ReadingTrace {
  let outline: Outline
  let reads: ClockReads
  let reading: Range<Int>
  private(set) var decides = false
  private(set) var isKept = false
  /// Stored under a name, or in something that outlives the function.
  private(set) var isWritten = false
  /// Becomes a digest or a logical time.
  private(set) var isHidden = false
  /// Becomes part of an id.
  private(set) var names = false
  let function: Int
  private var followed: Set<String> = []

  init(outline: Outline, reads: ClockReads, reading: Range<Int>) {
    self.outline = outline
    self.reads = reads
    self.reading = reading
    function = outline.function(of: reading.lowerBound)
    if isExempt(reading) { return }
    isHidden = isInvented(reading)
    follow(reading, depth: 0)
  }

  /// Helpers that only read, clocks that are handed in, and defaults of parameters.
  private func isExempt(_ reading: Range<Int>) -> Bool {
    let block = outline.blocks[function]
    if reads.readers.contains(block.name) { return true }
    if block.header.contains(reading.lowerBound) { return true }
    var around = function
    while around != 0 {
      if outline.blocks[around].name.lowercased().contains("clock") { return true }
      around = outline.blocks[around].parent
    }
    return isDefault(reading)
  }

  /// `now = now or clock()`, `if now is None: now = clock()`.
  private func isDefault(_ reading: Range<Int>) -> Bool {
    let parameters = outline.parameters(of: function)
    guard let statement = outline.statement(of: reading.lowerBound) else { return false }
    let bounds = outline.statements[statement].tokens
    if reading.lowerBound - 2 >= bounds.lowerBound,
      ["or", "??", "||"].contains(outline.tokens[reading.lowerBound - 1].text),
      parameters.contains(outline.tokens[reading.lowerBound - 2].text)
    {
      return true
    }
    let names = bounds.prefix { $0 < reading.lowerBound }.map { outline.tokens[$0].text }
    if names.contains("if") || names.contains("?") || bounds.contains(where: { outline.tokens[$0].isWord("else") }),
      bounds.contains(where: {
        parameters.contains(outline.tokens[$0].text)
          && ["is", "if", "==", "!=", "!==", "==="].contains(outline.tokens[min($0 + 1, outline.tokens.count - 1)].text)
      })
    {
      return true
    }
    guard let assignment = outline.assignment(in: bounds) else { return false }
    let target = outline.tokens[assignment.target].text
    return outline.blocks(around: reading.lowerBound).contains { block in
      let header = outline.blocks[block].header
      return header.contains { outline.tokens[$0].isWord(target) }
        && header.contains {
          ["None", "nil", "null", "undefined", "not", "IsZero"].contains(outline.tokens[$0].text)
            || outline.tokens[$0].isSign("!")
        }
    }
  }

  /// `record.get("admitted_at") or now()`: the time of something that took place earlier, made up when it is not known.
  private func isInvented(_ reading: Range<Int>) -> Bool {
    guard let statement = outline.statement(of: reading.lowerBound) else { return false }
    let bounds = outline.statements[statement].tokens
    let before = reading.lowerBound - 1
    guard before - 1 >= bounds.lowerBound else { return false }
    var source: Int?
    if ["or", "??", "||"].contains(outline.tokens[before].text) { source = before - 1 }
    // `record.get("admitted_at", now())`
    if outline.tokens[before].isSign(","), outline.tokens[before - 1].kind == .string, before >= 3,
      outline.tokens[before - 2].isSign("("),
      outline.tokens[before - 3].isWord("get")
    {
      source = before - 1
    }
    guard let source else { return false }
    let operand = (max(bounds.lowerBound, source - 6)...source).reversed().prefix {
      !["=", ":", ":=", ","].contains(outline.tokens[$0].text) || outline.tokens[$0].kind != .sign
    }
    let names = operand.compactMap { outline.name(at: $0) }
    let isMember = operand.contains { outline.tokens[$0].isSign(".") || outline.tokens[$0].isSign("[") }
    let isOurs = names.contains {
      [
        "self", "args", "options", "config", "settings", "environ", "env", "getenv", "request", "params", "kwargs",
        "cls", "this",
      ].contains($0)
    }
    return isMember && !isOurs
      && names.contains { name in
        name.hasSuffix("_at") || name.hasSuffix("_utc") || name.hasSuffix("_ts") || name.hasSuffix("_time")
          || name.contains("timestamp") || name.hasSuffix("At") || name == "ts"
      }
  }

  private mutating func follow(_ value: Range<Int>, depth: Int) {
    for use in outline.uses(of: value) {
      switch use {
      case .compared(let other):
        if !isMeasured(value, against: other) { decides = true }
      case .stored:
        isKept = true
        isWritten = true
      case .labelled(let name): keep(as: name)
      case .hashed: isHidden = true
      case .argument(let callee): if keeps(callee) { isKept = true }
      case .element: isKept = true
      case .returned: isKept = isKept || depth > 0 || !decides
      case .assigned(let target): followName(target, depth: depth)
      case .other: break
      }
    }
  }

  private mutating func followName(_ target: Int, depth: Int) {
    let name = outline.tokens[target].text
    keep(as: name, isVariable: true)
    guard depth < 4, followed.insert(name).inserted else { return }
    for mention in outline.mentions(of: name, in: function, after: target) {
      follow(mention..<mention + 1, depth: depth + 1)
    }
  }

  private mutating func keep(as name: String, isVariable: Bool = false) {
    if ReadingTrace.isLogical(name) {
      isHidden = true
    } else if ReadingTrace.isIdentity(name) {
      names = true
    } else if !isVariable {
      isKept = true
      isWritten = true
    }
  }

  /// Calls that write down what they are given.
  private func keeps(_ callee: String) -> Bool {
    guard let first = callee.unicodeScalars.first else { return false }
    if first.properties.isUppercase { return true }
    let lower = callee.lowercased()
    return ReadingTrace.writers.contains { lower.contains($0) }
  }

  private static let writers = [
    "append", "write", "save", "record", "insert", "execute", "store", "update", "emit", "publish", "dump", "persist",
    "put", "push", "send", "set", "add", "echo", "printf", "print",
  ]

  /// A loop's own condition, a duration between two readings of this process, and intervals of logs and flushes.
  private func isMeasured(_ value: Range<Int>, against other: Range<Int>) -> Bool {
    if let statement = outline.statement(of: value.lowerBound) {
      let opens = outline.statements[statement].opens
      let first = outline.tokens[outline.statements[statement].tokens.lowerBound].text
      if opens.map({ outline.blocks[$0].kind == .loop }) ?? false || outline.language.words.loop.contains(first) {
        return true
      }
    }
    return involvesReading(other, besides: value) || involvesReading(difference(around: value), besides: value)
  }

  /// What a reading is taken from or set against before it is compared: `start` in `now - start > limit`.
  private func difference(around value: Range<Int>) -> Range<Int> {
    guard let statement = outline.statement(of: value.lowerBound) else { return 0..<0 }
    let bounds = outline.statements[statement].tokens
    var start = value.lowerBound
    var end = value.upperBound
    while end < bounds.upperBound, !isBoundary(outline.tokens[end]) { end += 1 }
    while start > bounds.lowerBound, !isBoundary(outline.tokens[start - 1]) { start -= 1 }
    return start..<end
  }

  private func isBoundary(_ token: Token) -> Bool {
    if token.kind == .word { return ["and", "or", "not", "if", "return", "while", "elif"].contains(token.text) }
    return token.kind == .sign
      && ["<", ">", "<=", ">=", "==", "!=", "&&", "||", "=", ":=", ",", ":", "{"].contains(token.text)
  }

  /// Whether some tokens speak of an earlier reading of this process.
  private func involvesReading(_ range: Range<Int>, besides value: Range<Int>) -> Bool {
    range.contains { index in
      guard outline.tokens.indices.contains(index), !value.contains(index), outline.tokens[index].kind == .word else {
        return false
      }
      if reads.reading(at: index) != nil || reads.isMonotonic(index) { return true }
      let word = Outline.variable(outline.tokens[index].text) ?? outline.tokens[index].text
      if followed.contains(word) { return false }
      if ReadingTrace.isMark(word) { return true }
      return isAssignedReading(word, member: index > 0 && outline.tokens[index - 1].isSign("."))
    }
  }

  /// Whether a name is given a reading somewhere: a local one in this function, a member anywhere in the file.
  private func isAssignedReading(_ name: String, member: Bool) -> Bool {
    reads.isGivenReading(name, in: member ? nil : function)
  }

  private static func isMark(_ name: String) -> Bool {
    let name = name.lowercased()
    if ["start", "began", "begin", "t0", "deadline_at_start"].contains(where: {
      name.hasPrefix($0) || name.hasSuffix("_\($0)")
    }) {
      return true
    }
    if name.contains("started") { return true }
    guard name.contains("last") else { return false }
    return [
      "flush", "log", "report", "emit", "poll", "tick", "refill", "check", "export", "print", "save", "sync", "beat",
    ]
    .contains { name.contains($0) }
  }

  /// A digest or a logical time of the clock, or an id of it beside which the reading itself is not kept.
  var identifies: Bool { isHidden || (names && !isKept) }

  /// Times that are the order of events and not the hour.
  static func isLogical(_ name: String) -> Bool {
    let name = name.lowercased()
    if ["logical", "deterministic", "event_time", "eventtime"].contains(where: name.contains) { return true }
    return name == "seed" || name.hasSuffix("_seed")
  }

  /// Names of what must be the same in every replay. Names of runs, sessions and files are not: they may carry a date.
  static func isIdentity(_ name: String) -> Bool {
    let name = name.lowercased()
    let words = name.split(separator: "_")
    guard let last = words.last, ["id", "key", "ulid"].contains(last) || name.hasSuffix("id") && !name.contains("_")
    else {
      return false
    }
    return [
      "execution", "event", "decision", "intent", "audit", "correlation", "idempotency", "belief", "causation", "proof",
      "evidence",
    ]
    .contains { name.contains($0) }
  }
}
