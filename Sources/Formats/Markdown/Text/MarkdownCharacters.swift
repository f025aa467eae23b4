/// The classes of characters that CommonMark 0.31 section 2.1 names.
enum MarkdownCharacters {
  /// A space or a tab.
  static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// A space, a tab or a line end.
  static func isSpace(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// The characters that a backslash escapes.
  static func isPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isAlphanumeric(byte) }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// What stands beside a run of `*` or `_`, which decides whether the run can open or close emphasis.
  enum Neighbour { case whitespace, punctuation, other }

  /// The character that begins at `index`; the end of the text counts as whitespace.
  static func neighbour(after index: Int, in bytes: [UInt8], before end: Int) -> Neighbour {
    guard index < end else { return .whitespace }
    return classify(bytes, from: index)
  }

  /// The character that ends at `index`; the beginning of the text counts as whitespace.
  static func neighbour(before index: Int, in bytes: [UInt8], from start: Int) -> Neighbour {
    guard index > start else { return .whitespace }
    var first = index - 1
    while first > start, bytes[first] & 0xC0 == 0x80 { first -= 1 }
    return classify(bytes, from: first)
  }

  private static func classify(_ bytes: [UInt8], from index: Int) -> Neighbour {
    let byte = bytes[index]
    if byte < 0x80 {
      if isPunctuation(byte) { return .punctuation }
      return isSpace(byte) || byte == 0x0C ? .whitespace : .other
    }
    return classify(scalar(in: bytes, at: index).properties.generalCategory)
  }

  private static func classify(_ category: Unicode.GeneralCategory) -> Neighbour {
    switch category {
    case .spaceSeparator: .whitespace
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      .punctuation
    default: .other
    }
  }

  /// The scalar that begins at `index` of valid UTF-8.
  private static func scalar(in bytes: [UInt8], at index: Int) -> Unicode.Scalar {
    let lead = bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for byte in bytes[(index + 1)..<min(index + length, bytes.count)] { value = value << 6 | UInt32(byte & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}
