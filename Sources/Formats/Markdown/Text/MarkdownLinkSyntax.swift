/// The parts of links and of link reference definitions (CommonMark 0.31 sections 4.7 and 6.3).
enum MarkdownLinkSyntax {
  /// A part that was read: its text without delimiters, and the offset behind them.
  struct Part {
    let text: Range<Int>
    let next: Int
  }

  /// The most characters of a label.
  private static let longestLabel = 999
  /// The most open parentheses in a destination without angle brackets: keeps many unfinished links linear.
  private static let deepestParentheses = 32

  /// The label whose opening bracket stands at `start`, without its brackets; its text may be empty.
  static func label(in bytes: [UInt8], at start: Int, before end: Int) -> Range<Int>? {
    guard start < end, bytes[start] == UInt8(ascii: "[") else { return nil }
    // A character has at most four bytes; `key` counts them exactly.
    let limit = min(end, start + 2 + 4 * longestLabel)
    var index = start + 1
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "]"): return (start + 1)..<index
      case UInt8(ascii: "["): return nil
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return nil
  }

  /// What labels are compared by: blanks collapsed, Unicode case folded. Nil for a label that is blank or too long.
  static func key(in bytes: [UInt8], _ label: Range<Int>) -> [UInt8]? {
    guard label.count <= 4 * longestLabel else { return nil }
    var key: [UInt8] = []
    key.reserveCapacity(label.count)
    var characters = 0
    var isASCII = true
    for byte in bytes[label] {
      if byte & 0xC0 != 0x80 { characters += 1 }
      isASCII = isASCII && byte < 0x80
      if !MarkdownCharacters.isSpace(byte) {
        key.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
      } else if let last = key.last, last != UInt8(ascii: " ") {
        key.append(UInt8(ascii: " "))
      }
    }
    if key.last == UInt8(ascii: " ") { key.removeLast() }
    guard !key.isEmpty, characters <= longestLabel else { return nil }
    return isASCII ? key : folded(key)
  }

  /// Full case folding by way of the mappings that the standard library has. Over all of Unicode the two agree on
  /// which characters are equal, but for the dotless i, which folds to itself.
  private static func folded(_ key: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = []
    for scalar in String(decoding: key, as: UTF8.self).unicodeScalars {
      if scalar.isASCII || scalar == "\u{131}" {
        MarkdownText.append(scalar, to: &folded)
        continue
      }
      for lower in scalar.properties.lowercaseMapping.unicodeScalars {
        for upper in lower.properties.uppercaseMapping.unicodeScalars {
          folded.append(contentsOf: upper.properties.lowercaseMapping.utf8)
        }
      }
    }
    return folded
  }

  /// A destination, in angle brackets or bare. A bare one may be empty.
  static func destination(in bytes: [UInt8], at start: Int, before end: Int) -> Part? {
    if start < end, bytes[start] == UInt8(ascii: "<") { return bracketed(in: bytes, at: start, before: end) }
    var depth = 0
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte <= 0x20 || byte == 0x7F { break }
      if byte == UInt8(ascii: "\\"), index + 1 < end, MarkdownCharacters.isPunctuation(bytes[index + 1]) {
        index += 2
        continue
      }
      if byte == UInt8(ascii: "(") {
        depth += 1
        guard depth <= deepestParentheses else { return nil }
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    return depth == 0 ? Part(text: start..<index, next: index) : nil
  }

  private static func bracketed(in bytes: [UInt8], at start: Int, before end: Int) -> Part? {
    var index = start + 1
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: ">"): return Part(text: (start + 1)..<index, next: index + 1)
      case UInt8(ascii: "<"), UInt8(ascii: "\n"): return nil
      case UInt8(ascii: "\\") where index + 1 < end && MarkdownCharacters.isPunctuation(bytes[index + 1]): index += 2
      default: index += 1
      }
    }
    return nil
  }

  /// A title in quotes or parentheses.
  static func title(in bytes: [UInt8], at start: Int, before end: Int) -> Part? {
    guard start < end else { return nil }
    let open = bytes[start]
    let isParenthesis = open == UInt8(ascii: "(")
    guard isParenthesis || open == UInt8(ascii: "\"") || open == UInt8(ascii: "'") else { return nil }
    let close = isParenthesis ? UInt8(ascii: ")") : open
    var index = start + 1
    while index < end {
      let byte = bytes[index]
      if byte == close { return Part(text: (start + 1)..<index, next: index + 1) }
      if isParenthesis, byte == open { return nil }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// The offset behind blanks and line ends; within a paragraph there is at most one line end among them.
  static func skipSpace(in bytes: [UInt8], at start: Int, before end: Int) -> Int {
    var index = start
    while index < end, MarkdownCharacters.isSpace(bytes[index]) { index += 1 }
    return index
  }
}
