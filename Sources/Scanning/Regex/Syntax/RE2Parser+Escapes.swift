import Formats

extension RE2Parser {
  /// A backslash outside of a class.
  mutating func parseEscapedElement() throws(FormatError) {
    switch reader.peek(1) {
    case "b": appendEscaped(.wordBoundary)
    case "B": appendEscaped(.notWordBoundary)
    case "A": appendEscaped(.startOfText)
    case "z": appendEscaped(.endOfText)
    case "C":
      reader.advance(by: 2)
      builder.appendAnyByte()
    case "Q": parseQuotation()
    default:
      if let set = try parseEscapedSet() {
        builder.append(set)
      } else {
        let value = try parseEscapedCharacter()
        builder.append(folded(ScalarSet([ScalarSet.Run(value, value)])))
      }
    }
  }

  private mutating func appendEscaped(_ assertion: Assertion) {
    reader.advance(by: 2)
    builder.append(assertion)
  }

  /// `\Q…\E`: everything stands for itself; without `\E`, up to the end.
  private mutating func parseQuotation() {
    reader.advance(by: 2)
    while !reader.startsWith("\\E"), let scalar = reader.next() { appendLiteral(scalar) }
    if !reader.isAtEnd { reader.advance(by: 2) }
  }

  /// `\d`, `\pL`, `\p{Greek}` and their opposites. Nil (and nothing read) when the escape is a character.
  mutating func parseEscapedSet() throws(FormatError) -> ScalarSet? {
    let set: ScalarSet
    switch reader.peek(1) {
    case "d", "D": set = .digits
    case "w", "W": set = .wordCharacters
    case "s", "S": set = .re2Space
    case "p", "P": return try parseProperty()
    default: return nil
    }
    let isNegated = reader.peek(1).map { ("A"..."Z").contains($0) } ?? false
    reader.advance(by: 2)
    return isNegated ? folded(set).inverted : folded(set)
  }

  private mutating func parseProperty() throws(FormatError) -> ScalarSet {
    let start = reader.index
    var isNegated = reader.peek(1) == "P"
    reader.advance(by: 2)
    guard let scalar = reader.next() else { throw reader.error(.endOfInput(expected: "the name of a property")) }
    var name = String(Character(scalar))
    if scalar == "{" {
      guard let text = reader.text(upTo: "}") else { throw reader.error(.endOfInput(expected: "'}'")) }
      name = text
    }
    if name.hasPrefix("^") {
      isNegated.toggle()
      name.removeFirst()
    }
    guard let set = UnicodeProperty.re2(name) else {
      throw reader.error(.undefined(what: "Unicode property", name: name), at: start)
    }
    return isNegated ? folded(set).inverted : folded(set)
  }

  /// An escape that stands for one code point, inside or outside of a class.
  mutating func parseEscapedCharacter() throws(FormatError) -> UInt32 {
    let start = reader.index
    reader.advance()
    guard let scalar = reader.next() else { throw reader.error(.endOfInput(expected: "a character after '\\'")) }
    switch scalar {
    case "a": return 0x07
    case "f": return 0x0C
    case "n": return 0x0A
    case "r": return 0x0D
    case "t": return 0x09
    case "v": return 0x0B
    case "x": return try parseHexadecimal(from: start)
    case "0": return parseOctal(0)
    case "1"..."7":
      if let digit = reader.current, ("0"..."7").contains(digit) { return parseOctal(scalar.value - 0x30) }
      throw reader.error(
        .unsupported(what: "a back-reference", hint: "matching in linear time rules it out"), at: start)
    default:
      if scalar.value < 0x80, !scalar.isASCIILetter, !scalar.isASCIIDigit { return scalar.value }
      throw reader.error(
        .invalid(what: "escape '\(reader.text(since: start))'", expected: "one that RE2's syntax knows"), at: start)
    }
  }

  /// Up to two more octal digits.
  private mutating func parseOctal(_ first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard let digit = reader.current, ("0"..."7").contains(digit) else { break }
      value = value * 8 + (digit.value - 0x30)
      reader.advance()
    }
    return value
  }

  /// `\xHH` or `\x{H…}`.
  private mutating func parseHexadecimal(from start: Int) throws(FormatError) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    let isBraced = reader.take("{")
    while let digit = reader.current?.hexadecimalValue, isBraced || count < 2 {
      value = value * 16 + digit
      count += 1
      reader.advance()
      if value > ScalarSet.highest { break }
    }
    guard isBraced ? count > 0 && reader.take("}") : count == 2, value <= ScalarSet.highest else {
      throw reader.error(
        .invalid(what: "escape '\(reader.text(since: start))'", expected: "'\\xHH' or '\\x{…}' up to 10FFFF"), at: start
      )
    }
    return value
  }
}
