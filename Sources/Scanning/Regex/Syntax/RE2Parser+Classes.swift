import Formats

extension RE2Parser {
  /// `[…]`.
  mutating func parseClass() throws(FormatError) -> ScalarSet {
    let start = reader.index
    reader.advance()
    let isNegated = reader.take("^")
    var runs: [ScalarSet.Run] = []
    var isFirst = true
    while let scalar = reader.current, scalar != "]" || isFirst {
      isFirst = false
      if let set = try parseClassSet(scalar) {
        runs += set.runs
      } else {
        runs += folded(ScalarSet([try parseClassRange()])).runs
      }
    }
    guard reader.take("]") else {
      throw reader.error(.endOfInput(expected: "']' for the '[' at code point \(start + 1)"))
    }
    let set = ScalarSet(runs)
    return isNegated ? set.inverted : set
  }

  /// A class within a class: `[:alpha:]`, `\pL`, `\d`. Nil when a character or range stands here.
  private mutating func parseClassSet(_ scalar: Unicode.Scalar) throws(FormatError) -> ScalarSet? {
    if scalar == "[", reader.peek(1) == ":" { return try parsePOSIXClass() }
    guard scalar == "\\" else { return nil }
    return try parseEscapedSet()
  }

  private mutating func parsePOSIXClass() throws(FormatError) -> ScalarSet? {
    let start = reader.index
    reader.advance(by: 2)
    let nameStart = reader.index
    while !reader.isAtEnd, !reader.startsWith(":]") { reader.advance() }
    guard !reader.isAtEnd else {
      reader.index = start
      return nil
    }
    var name = reader.text(since: nameStart)
    reader.advance(by: 2)
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard let set = ScalarSet.posix(name) else {
      throw reader.error(
        .undefined(what: "character class", name: reader.text(since: start)), at: start)
    }
    return isNegated ? folded(set).inverted : folded(set)
  }

  private mutating func parseClassRange() throws(FormatError) -> ScalarSet.Run {
    let start = reader.index
    let first = try parseClassCharacter()
    var last = first
    if reader.current == "-", let after = reader.peek(1), after != "]" {
      reader.advance()
      last = try parseClassCharacter()
    }
    guard first <= last else {
      throw reader.error(
        .invalid(what: "range '\(reader.text(since: start))'", expected: "the lower end first"), at: start)
    }
    return ScalarSet.Run(first, last)
  }

  private mutating func parseClassCharacter() throws(FormatError) -> UInt32 {
    guard let scalar = reader.current else { throw reader.error(.endOfInput(expected: "']'")) }
    if scalar == "\\" { return try parseEscapedCharacter() }
    reader.advance()
    return scalar.value
  }
}
