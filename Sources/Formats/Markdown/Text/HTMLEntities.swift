/// Character references of HTML5: `&name;`, `&#decimal;` and `&#xhex;`, as CommonMark 0.31 section 2.5 reads them.
enum HTMLEntities {
  /// A reference that was read: one or two scalars, and the offset behind its semicolon.
  struct Reference {
    let first: Unicode.Scalar
    let second: Unicode.Scalar?
    let end: Int
  }

  /// The longest name is 31 bytes (`CounterClockwiseContourIntegral`).
  private static let longestName = 31

  /// Reads the reference whose ampersand stands at `start`, or nil when none does and the ampersand is text.
  static func reference(in bytes: [UInt8], at start: Int, before end: Int) -> Reference? {
    let index = start + 1
    guard index < end else { return nil }
    if bytes[index] == UInt8(ascii: "#") { return numeric(in: bytes, at: index + 1, before: end) }
    var stop = index
    while stop < end, stop - index <= longestName, MarkdownCharacters.isAlphanumeric(bytes[stop]) { stop += 1 }
    guard stop > index, stop < end, bytes[stop] == UInt8(ascii: ";") else { return nil }
    return named(bytes[index...stop])
  }

  private static func numeric(in bytes: [UInt8], at start: Int, before end: Int) -> Reference? {
    var index = start
    let isHex = index < end && bytes[index] | 0x20 == UInt8(ascii: "x")
    if isHex { index += 1 }
    let digits = index
    var value: UInt32 = 0
    while index < end, index - digits <= 7, let digit = MarkdownCharacters.hexDigit(bytes[index]), isHex || digit < 10 {
      value = value * (isHex ? 16 : 10) + digit
      index += 1
    }
    guard index > digits, index - digits <= (isHex ? 6 : 7), index < end, bytes[index] == UInt8(ascii: ";") else {
      return nil
    }
    let scalar = value == 0 ? nil : Unicode.Scalar(value)
    return Reference(first: scalar ?? "\u{FFFD}", second: nil, end: index + 1)
  }

  /// `name` ends in its semicolon, as the table's entries do, so that one order of bytes serves both.
  private static func named(_ name: ArraySlice<UInt8>) -> Reference? {
    let table = names.utf8.span
    var low = 0
    var high = table.count
    while low < high {
      var entry = low + (high - low) / 2
      while entry > low, !isGap(table[entry - 1]) { entry -= 1 }
      switch order(of: name, comparedTo: entry, in: table) {
      case .same:
        let (first, second) = expansion(at: entry + name.count, in: table)
        return Reference(first: first, second: second, end: name.endIndex)
      case .before:
        high = entry > low ? entry - 1 : low
      case .after:
        low = entry
        while low < high, !isGap(table[low]) { low += 1 }
        if low < high { low += 1 }
      }
    }
    return nil
  }

  private enum Order { case before, same, after }

  private static func order(of name: ArraySlice<UInt8>, comparedTo entry: Int, in table: Span<UInt8>) -> Order {
    for (step, byte) in name.enumerated() {
      guard entry + step < table.count else { return .after }
      let other = table[entry + step]
      if byte != other { return byte < other ? .before : .after }
    }
    return .same
  }

  private static func expansion(at start: Int, in table: Span<UInt8>) -> (Unicode.Scalar, Unicode.Scalar?) {
    var values: [UInt32] = [0]
    var index = start
    while index < table.count, !isGap(table[index]) {
      if let digit = MarkdownCharacters.hexDigit(table[index]) {
        values[values.count - 1] = values[values.count - 1] * 16 + digit
      } else {
        values.append(0)
      }
      index += 1
    }
    let second = values.count > 1 ? Unicode.Scalar(values[1]) : nil
    return (Unicode.Scalar(values[0]) ?? "\u{FFFD}", second)
  }

  private static func isGap(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
}
