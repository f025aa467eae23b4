import Formats

extension ECMA262Parser {
  /// `[…]`; `[]` matches nothing, `[^]` everything.
  mutating func parseClass() throws(FormatError) -> ScalarSet {
    reader.advance()
    let isNegated = reader.take("^")
    var runs: [ScalarSet.Run] = []
    while let scalar = reader.current, scalar != "]" {
      runs += try parseClassMember().runs
    }
    guard reader.take("]") else { throw reader.error(.endOfInput(expected: "']'")) }
    let set = folded(ScalarSet(runs))
    return isNegated ? set.inverted : set
  }

  private mutating func parseClassMember() throws(FormatError) -> ScalarSet {
    let start = reader.index
    let first = try parseClassAtom()
    guard reader.current == "-", let after = reader.peek(1), after != "]" else { return first }
    reader.advance()
    let last = try parseClassAtom()
    guard let low = first.single, let high = last.single, low <= high else {
      throw reader.error(
        .invalid(what: "range '\(reader.text(since: start))'", expected: "two characters, the lower one first"),
        at: start)
    }
    return ScalarSet([ScalarSet.Run(low, high)])
  }

  private mutating func parseClassAtom() throws(FormatError) -> ScalarSet {
    guard let scalar = reader.current else { throw reader.error(.endOfInput(expected: "']'")) }
    if scalar == "\\" {
      if let set = try parseEscapedSet() { return set }
      return ScalarSet([try parseEscapedCharacter(inClass: true)])
    }
    reader.advance()
    return ScalarSet(scalar)
  }

  /// `\d`, `\p{Letter}` and their opposites. Nil (and nothing read) when the escape is a character.
  mutating func parseEscapedSet() throws(FormatError) -> ScalarSet? {
    let set: ScalarSet
    switch reader.peek(1) {
    case "d", "D": set = .digits
    case "w", "W": set = .wordCharacters
    case "s", "S": set = .ecmaSpace
    case "p", "P": return try parseProperty()
    default: return nil
    }
    let isNegated = reader.peek(1).map { ("A"..."Z").contains($0) } ?? false
    reader.advance(by: 2)
    return isNegated ? folded(set).inverted : folded(set)
  }

  private mutating func parseProperty() throws(FormatError) -> ScalarSet {
    let start = reader.index
    let isNegated = reader.peek(1) == "P"
    reader.advance(by: 2)
    guard reader.take("{"), let name = reader.text(upTo: "}") else {
      throw reader.error(.invalid(what: "property escape", expected: "'\\p{…}'"), at: start)
    }
    guard let set = UnicodeProperty.ecma262(name) else {
      throw reader.error(.undefined(what: "Unicode property", name: name), at: start)
    }
    return isNegated ? folded(set).inverted : folded(set)
  }

  /// CharacterEscape of Unicode mode, and in a class also `\b` and `\-`.
  mutating func parseEscapedCharacter(inClass: Bool) throws(FormatError) -> ScalarSet.Run {
    let start = reader.index
    reader.advance()
    guard let scalar = reader.next() else { throw reader.error(.endOfInput(expected: "a character after '\\'")) }
    if let value = try characterEscape(scalar, inClass: inClass) { return ScalarSet.Run(value, value) }
    if scalar.isASCIIDigit || scalar == "k" {
      throw reader.error(
        .unsupported(what: "a back-reference", hint: "matching in linear time rules it out"), at: start)
    }
    throw reader.error(
      .invalid(what: "escape '\(reader.text(since: start))'", expected: "one of ECMA-262's Unicode mode"), at: start)
  }

  private mutating func characterEscape(_ scalar: Unicode.Scalar, inClass: Bool) throws(FormatError) -> UInt32? {
    switch scalar {
    case "t": return 0x09
    case "n": return 0x0A
    case "v": return 0x0B
    case "f": return 0x0C
    case "r": return 0x0D
    case "0" where reader.current?.isASCIIDigit != true: return 0
    case "b" where inClass: return 0x08
    case "-" where inClass: return 0x2D
    case "c":
      guard let letter = reader.current, letter.isASCIILetter else { return nil }
      reader.advance()
      return letter.value & 31
    case "x": return hexadecimal(digits: 2)
    case "u": return unicodeEscape()
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return scalar.value
    default: return nil
    }
  }

  /// `\u{H…}`, `\uHHHH`, or two of these that are a surrogate pair.
  private mutating func unicodeEscape() -> UInt32? {
    if reader.take("{") {
      var value: UInt32 = 0
      var count = 0
      while let digit = reader.current?.hexadecimalValue, value <= ScalarSet.highest {
        value = value * 16 + digit
        count += 1
        reader.advance()
      }
      return count > 0 && value <= ScalarSet.highest && reader.take("}") ? value : nil
    }
    guard let lead = hexadecimal(digits: 4) else { return nil }
    guard (0xD800...0xDBFF).contains(lead), reader.startsWith("\\u") else { return lead }
    let start = reader.index
    reader.advance(by: 2)
    if let trail = hexadecimal(digits: 4), (0xDC00...0xDFFF).contains(trail) {
      return 0x10000 + (lead - 0xD800) << 10 + (trail - 0xDC00)
    }
    reader.index = start
    return lead
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = reader.current?.hexadecimalValue else { return nil }
      value = value * 16 + digit
      reader.advance()
    }
    return value
  }
}
