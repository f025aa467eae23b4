/// The shapes of raw HTML that CommonMark 0.31 section 6.6 knows. It is recognised, never interpreted.
///
/// Each function is given the offset of a `<` and answers the offset behind the construct, or nil when there is none.
enum MarkdownHTMLSyntax {
  /// An open tag: a name, attributes, an optional slash.
  static func openTag(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard var index = tagName(in: bytes, at: start + 1, before: end) else { return nil }
    while true {
      let gap = skipSpace(in: bytes, at: index, before: end)
      guard gap < end else { return nil }
      if bytes[gap] == UInt8(ascii: ">") { return gap + 1 }
      if bytes[gap] == UInt8(ascii: "/") {
        return gap + 1 < end && bytes[gap + 1] == UInt8(ascii: ">") ? gap + 2 : nil
      }
      guard gap > index, let next = attribute(in: bytes, at: gap, before: end) else { return nil }
      index = next
    }
  }

  /// A closing tag: a slash, a name, blanks.
  static func closingTag(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard start + 1 < end, bytes[start + 1] == UInt8(ascii: "/"),
      let name = tagName(in: bytes, at: start + 2, before: end)
    else { return nil }
    let index = skipSpace(in: bytes, at: name, before: end)
    return index < end && bytes[index] == UInt8(ascii: ">") ? index + 1 : nil
  }

  private static func tagName(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard start < end, MarkdownCharacters.isLetter(bytes[start]) else { return nil }
    var index = start + 1
    while index < end, MarkdownCharacters.isAlphanumeric(bytes[index]) || bytes[index] == UInt8(ascii: "-") {
      index += 1
    }
    return index
  }

  private static func attribute(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard isAttributeStart(bytes[start]) else { return nil }
    var index = start + 1
    while index < end, isAttributePart(bytes[index]) { index += 1 }
    let sign = skipSpace(in: bytes, at: index, before: end)
    guard sign < end, bytes[sign] == UInt8(ascii: "=") else { return index }
    return attributeValue(in: bytes, at: skipSpace(in: bytes, at: sign + 1, before: end), before: end)
  }

  private static func attributeValue(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard start < end else { return nil }
    let quote = bytes[start]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return find([quote], in: bytes, at: start + 1, before: end)
    }
    var index = start
    while index < end, isUnquoted(bytes[index]) { index += 1 }
    return index > start ? index : nil
  }

  private static func isAttributeStart(_ byte: UInt8) -> Bool {
    MarkdownCharacters.isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
  }

  private static func isAttributePart(_ byte: UInt8) -> Bool {
    MarkdownCharacters.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  private static func isUnquoted(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "`"):
      false
    default: true
    }
  }

  /// The offset behind the next occurrence of a terminator.
  static func find(_ terminator: [UInt8], in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    var index = start
    while index + terminator.count <= end {
      if bytes[index] == terminator[0], hasPrefix(terminator, in: bytes, at: index, before: end) {
        return index + terminator.count
      }
      index += 1
    }
    return nil
  }

  /// Whether the bytes at `start` are those of `prefix`.
  static func hasPrefix(_ prefix: [UInt8], in bytes: [UInt8], at start: Int, before end: Int) -> Bool {
    guard start + prefix.count <= end else { return false }
    for (step, byte) in prefix.enumerated() where bytes[start + step] != byte { return false }
    return true
  }

  private static func skipSpace(in bytes: [UInt8], at start: Int, before end: Int) -> Int {
    var index = start
    while index < end, MarkdownCharacters.isSpace(bytes[index]) { index += 1 }
    return index
  }
}
