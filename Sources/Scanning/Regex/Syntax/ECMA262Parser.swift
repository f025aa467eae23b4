import Formats

/// ECMA-262's Pattern grammar in Unicode mode, without what linear time rules out (look-around, back-references).
struct ECMA262Parser {
  /// Counts beyond this are cut: the program's size limit is reached long before.
  private static let highestCount = 1_000_000_000

  var reader: PatternReader
  var builder = ExpressionBuilder()
  let options: Pattern.Options
  private var names: Set<String> = []

  private init(_ source: String, _ options: Pattern.Options) {
    reader = PatternReader(source)
    self.options = options
  }

  static func parse(_ source: String, options: Pattern.Options) throws(FormatError) -> ParsedPattern {
    var parser = ECMA262Parser(source, options)
    return try parser.parse()
  }

  private mutating func parse() throws(FormatError) -> ParsedPattern {
    while let scalar = reader.current {
      if try parseElement(scalar) { try parseQuantifier() }
    }
    if builder.openGroups > 0 { throw reader.error(.endOfInput(expected: "')'")) }
    guard let parsed = builder.finish() else { throw tooDeep() }
    return parsed
  }

  /// Reads one element; true when a quantifier may follow.
  private mutating func parseElement(_ scalar: Unicode.Scalar) throws(FormatError) -> Bool {
    switch scalar {
    case "(":
      try parseOpening()
      return false
    case ")":
      guard builder.openGroups > 0 else {
        throw reader.error(.unexpected(found: "')'", expected: "a '(' before it"))
      }
      reader.advance()
      if !builder.close() { throw tooDeep() }
      return true
    case "|":
      reader.advance()
      builder.alternate()
      return false
    case "^":
      reader.advance()
      builder.append(options.contains(.multiline) ? .startOfLine : .startOfText)
      return false
    case "$":
      reader.advance()
      builder.append(options.contains(.multiline) ? .endOfLine : .endOfText)
      return false
    case "\\": return try parseEscapedElement()
    case "*", "+", "?", "{", "}", "]":
      throw reader.error(.unexpected(found: "'\(scalar)'", expected: "'\\\(scalar)', or something to repeat before it"))
    default:
      try parseAtom(scalar)
      return true
    }
  }

  private mutating func parseAtom(_ scalar: Unicode.Scalar) throws(FormatError) {
    if scalar == "[" {
      builder.append(try parseClass())
      return
    }
    reader.advance()
    if scalar == "." {
      builder.append(options.contains(.dotMatchesNewline) ? .all : ScalarSet.ecmaLineTerminators.inverted)
    } else {
      builder.append(folded(ScalarSet(scalar)))
    }
  }

  private mutating func parseEscapedElement() throws(FormatError) -> Bool {
    switch reader.peek(1) {
    case "b", "B":
      builder.append(reader.peek(1) == "b" ? .wordBoundary : .notWordBoundary)
      reader.advance(by: 2)
      return false
    default:
      if let set = try parseEscapedSet() {
        builder.append(set)
      } else {
        builder.append(folded(ScalarSet([try parseEscapedCharacter(inClass: false)])))
      }
      return true
    }
  }

  func folded(_ set: ScalarSet) -> ScalarSet {
    options.contains(.caseInsensitive) ? CaseFolding.closure(of: set) : set
  }

  private func tooDeep() -> FormatError {
    reader.error(.limitExceeded(name: "pattern depth", limit: SourceLimits.depth))
  }
}

// Groups and quantifiers.
extension ECMA262Parser {
  private mutating func parseOpening() throws(FormatError) {
    let start = reader.index
    reader.advance()
    guard reader.take("?") else {
      builder.open(isCapturing: true)
      return
    }
    if reader.take(":") {
      builder.open(isCapturing: false)
    } else if reader.startsWith("=") || reader.startsWith("!") || reader.startsWith("<=") || reader.startsWith("<!") {
      throw reader.error(
        .unsupported(what: "look-around", hint: "matching in linear time rules it out"), at: start)
    } else if reader.take("<") {
      guard let name = reader.text(upTo: ">") else {
        throw reader.error(.endOfInput(expected: "'>' after the group's name"))
      }
      guard ECMA262Parser.isIdentifier(name), names.insert(name).inserted else {
        throw reader.error(
          .invalid(what: "group name '\(name)'", expected: "an identifier that is not used yet"), at: start)
      }
      builder.open(isCapturing: true, name: name)
    } else {
      throw reader.error(.invalid(what: "group", expected: "'(?:' or '(?<name>'"), at: start)
    }
  }

  private static let identifierStart = UnicodeProperty.ecma262("ID_Start") ?? .empty
  private static let identifierContinue = UnicodeProperty.ecma262("ID_Continue") ?? .empty

  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, identifierStart.contains(first.value) || first == "$" || first == "_"
    else { return false }
    return name.unicodeScalars.dropFirst().allSatisfy {
      identifierContinue.contains($0.value) || $0 == "$" || $0 == "\u{200C}" || $0 == "\u{200D}"
    }
  }

  private mutating func parseQuantifier() throws(FormatError) {
    let start = reader.index
    let counts: (Int, Int?)
    switch reader.current {
    case "*": counts = (0, nil)
    case "+": counts = (1, nil)
    case "?": counts = (0, 1)
    case "{": counts = try parseCounts()
    default: return
    }
    if reader.index == start { reader.advance() }
    if let maximum = counts.1, maximum < counts.0 {
      throw reader.error(.invalid(what: "quantifier", expected: "the smaller count first"), at: start)
    }
    let isLazy = reader.take("?")
    let isGreedy = isLazy == options.contains(.swapsGreed)
    _ = builder.repeatLast(Repetition(minimum: counts.0, maximum: counts.1, isGreedy: isGreedy))
  }

  private mutating func parseCounts() throws(FormatError) -> (Int, Int?) {
    let start = reader.index
    reader.advance()
    if let minimum = parseCount() {
      if reader.take("}") { return (minimum, minimum) }
      if reader.take(",") {
        if reader.take("}") { return (minimum, nil) }
        if let maximum = parseCount(), reader.take("}") { return (minimum, maximum) }
      }
    }
    throw reader.error(.invalid(what: "quantifier", expected: "'{n}', '{n,}' or '{n,m}', or '\\{'"), at: start)
  }

  private mutating func parseCount() -> Int? {
    guard reader.current?.isASCIIDigit == true else { return nil }
    var count = 0
    while let digit = reader.current, digit.isASCIIDigit {
      count = min(count * 10 + Int(digit.value - 0x30), ECMA262Parser.highestCount)
      reader.advance()
    }
    return count
  }
}
