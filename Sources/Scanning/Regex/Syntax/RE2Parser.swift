import Formats

/// RE2's syntax, as its C++ library reads it with its default options.
struct RE2Parser {
  /// The largest count of `{n,m}`, and the largest product of nested ones.
  static let maximumRepeat = 1_000

  var reader: PatternReader
  var builder = ExpressionBuilder()
  var flags: Pattern.Options
  private var outerFlags: [Pattern.Options] = []
  private var names: Set<String> = []

  private init(_ source: String, _ options: Pattern.Options) {
    reader = PatternReader(source)
    flags = options
  }

  static func parse(_ source: String, options: Pattern.Options) throws(FormatError) -> ParsedPattern {
    var parser = RE2Parser(source, options)
    return try parser.parse()
  }

  private mutating func parse() throws(FormatError) -> ParsedPattern {
    var isAfterRepetition = false
    while let scalar = reader.current {
      let start = reader.index
      let isRepetition = try parseOne(scalar)
      if isRepetition, isAfterRepetition {
        throw reader.error(
          .unexpected(
            found: "the repetition '\(reader.text(since: start))' of a repetition",
            expected: "a group around the inner one"),
          at: start)
      }
      isAfterRepetition = isRepetition
    }
    if builder.openGroups > 0 { throw reader.error(.endOfInput(expected: "')'")) }
    guard let parsed = builder.finish() else { throw tooDeep() }
    return parsed
  }

  /// Reads one element; true when it was a repetition.
  private mutating func parseOne(_ scalar: Unicode.Scalar) throws(FormatError) -> Bool {
    switch scalar {
    case "(": try parseOpening()
    case ")": try parseClosing()
    case "|":
      reader.advance()
      builder.alternate()
    case "[": builder.append(try parseClass())
    case ".":
      reader.advance()
      builder.append(flags.contains(.dotMatchesNewline) ? .all : ScalarSet.newline.inverted)
    case "^":
      reader.advance()
      builder.append(flags.contains(.multiline) ? .startOfLine : .startOfText)
    case "$":
      reader.advance()
      builder.append(flags.contains(.multiline) ? .endOfLine : .endOfText)
    case "\\": try parseEscapedElement()
    case "*", "+", "?":
      try parseRepetition()
      return true
    case "{":
      let start = reader.index
      if let counts = parseCounts() {
        try repeatLast(counts, from: start)
        return true
      }
      reader.advance()
      appendLiteral("{")
    default:
      reader.advance()
      appendLiteral(scalar)
    }
    return false
  }

  mutating func appendLiteral(_ scalar: Unicode.Scalar) { builder.append(folded(ScalarSet(scalar))) }

  func folded(_ set: ScalarSet) -> ScalarSet {
    flags.contains(.caseInsensitive) ? CaseFolding.closure(of: set) : set
  }

  private func tooDeep() -> FormatError {
    reader.error(.limitExceeded(name: "pattern depth", limit: SourceLimits.depth))
  }
}

// Groups and flags.
extension RE2Parser {
  private mutating func parseOpening() throws(FormatError) {
    reader.advance()
    guard reader.current == "?" else {
      open(isCapturing: true)
      return
    }
    if reader.startsWith("?P<") || reader.startsWith("?<") && reader.peek(2) != "=" && reader.peek(2) != "!" {
      try parseNamedGroup()
    } else {
      try parseFlags()
    }
  }

  private mutating func open(isCapturing: Bool, name: String? = nil) {
    outerFlags.append(flags)
    builder.open(isCapturing: isCapturing, name: name)
  }

  private mutating func parseClosing() throws(FormatError) {
    guard let outer = outerFlags.popLast() else {
      throw reader.error(.unexpected(found: "')'", expected: "a '(' before it"))
    }
    reader.advance()
    flags = outer
    if !builder.close() { throw tooDeep() }
  }

  private mutating func parseNamedGroup() throws(FormatError) {
    reader.advance(by: reader.peek(1) == "P" ? 3 : 2)
    let start = reader.index
    guard let name = reader.text(upTo: ">") else {
      throw reader.error(.endOfInput(expected: "'>' after the group's name"))
    }
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(RE2Parser.isNameCharacter) else {
      throw reader.error(.invalid(what: "group name '\(name)'", expected: "letters, digits and '_'"), at: start)
    }
    guard names.insert(name).inserted else {
      throw reader.error(.unexpected(found: "the group name '\(name)' again", expected: "another name"), at: start)
    }
    open(isCapturing: true, name: name)
  }

  private static let nameCharacters = ScalarSet(
    ["Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Nd", "Pc"].flatMap { UnicodeProperty.re2($0)?.runs ?? [] })

  private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
    ScalarSet.wordCharacters.contains(scalar.value)
      || scalar.value > 0x7F && nameCharacters.contains(scalar.value)
  }

  /// `(?flags)`, `(?flags:…)`, `(?on-off)`.
  private mutating func parseFlags() throws(FormatError) {
    let start = reader.index - 1
    reader.advance()
    var wanted = flags
    var isNegated = false
    var hasFlag = false
    while let scalar = reader.next() {
      if let flag = RE2Parser.flag(scalar) {
        if isNegated { wanted.remove(flag) } else { wanted.insert(flag) }
        hasFlag = true
      } else if scalar == "-", !isNegated {
        isNegated = true
        hasFlag = false
      } else if scalar == ":" || scalar == ")", hasFlag || !isNegated {
        if scalar == ":" { open(isCapturing: false) }
        flags = wanted
        return
      } else {
        throw groupError(from: start)
      }
    }
    throw reader.error(.endOfInput(expected: "')'"))
  }

  private static func flag(_ scalar: Unicode.Scalar) -> Pattern.Options? {
    switch scalar {
    case "i": .caseInsensitive
    case "m": .multiline
    case "s": .dotMatchesNewline
    case "U": .swapsGreed
    default: nil
    }
  }

  private func groupError(from start: Int) -> FormatError {
    let text = reader.text(since: start)
    switch text {
    case "(?=", "(?!", "(?<":
      return reader.error(
        .unsupported(what: "look-around", hint: "matching in linear time rules it out; match more and check it apart"),
        at: start)
    default:
      return reader.error(
        .invalid(what: "group '\(text)'", expected: "'(?:', '(?P<name>' or flags of 'imsU'"), at: start)
    }
  }
}

// Repetitions.
extension RE2Parser {
  private mutating func parseRepetition() throws(FormatError) {
    let start = reader.index
    switch reader.next() {
    case "*": try repeatLast((0, nil), from: start)
    case "+": try repeatLast((1, nil), from: start)
    default: try repeatLast((0, 1), from: start)
    }
  }

  private mutating func repeatLast(_ counts: (Int, Int?), from start: Int) throws(FormatError) {
    let isLazy = reader.take("?")
    guard builder.hasOperand else {
      throw reader.error(
        .unexpected(found: "the repetition '\(reader.text(since: start))'", expected: "something to repeat before it"),
        at: start)
    }
    let (minimum, maximum) = counts
    if let maximum, maximum < minimum {
      throw reader.error(
        .invalid(what: "repetition '\(reader.text(since: start))'", expected: "the smaller count first"), at: start)
    }
    let limit = FormatError.Problem.limitExceeded(name: "pattern repeat count", limit: RE2Parser.maximumRepeat)
    guard max(minimum, maximum ?? 0) <= RE2Parser.maximumRepeat else { throw reader.error(limit, at: start) }
    let weight = builder.repeatLast(
      Repetition(minimum: minimum, maximum: maximum, isGreedy: isLazy == flags.contains(.swapsGreed)))
    if minimum >= 2 || (maximum ?? 0) >= 2, weight > RE2Parser.maximumRepeat { throw reader.error(limit, at: start) }
  }

  /// `{n}`, `{n,}` or `{n,m}`; nil (and nothing read) for anything else, whose brace then stands for itself.
  private mutating func parseCounts() -> (Int, Int?)? {
    let start = reader.index
    reader.advance()
    if let minimum = parseCount() {
      if reader.take("}") { return (minimum, minimum) }
      if reader.take(",") {
        if reader.take("}") { return (minimum, nil) }
        if let maximum = parseCount(), reader.take("}") { return (minimum, maximum) }
      }
    }
    reader.index = start
    return nil
  }

  private mutating func parseCount() -> Int? {
    guard let first = reader.current, first.isASCIIDigit else { return nil }
    if first == "0", reader.peek(1)?.isASCIIDigit == true { return nil }
    var count = 0
    while let digit = reader.current, digit.isASCIIDigit {
      guard count < 100_000_000 else { return nil }
      count = count * 10 + Int(digit.value - 0x30)
      reader.advance()
    }
    return count
  }
}
