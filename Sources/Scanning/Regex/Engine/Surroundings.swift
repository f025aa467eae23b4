/// What is true of a place in a text: a mask of `Assertion`s, and how to find it out.
struct Surroundings: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let startOfText = Surroundings(rawValue: Assertion.startOfText.rawValue)
  static let startOfLine = Surroundings(rawValue: Assertion.startOfLine.rawValue)
  static let endOfText = Surroundings(rawValue: Assertion.endOfText.rawValue)
  static let endOfLine = Surroundings(rawValue: Assertion.endOfLine.rawValue)
  static let wordBoundary = Surroundings(rawValue: Assertion.wordBoundary.rawValue)
  static let notWordBoundary = Surroundings(rawValue: Assertion.notWordBoundary.rawValue)

  /// Those that are known only once the next byte is.
  static let ahead: Surroundings = [.endOfText, .endOfLine, .wordBoundary, .notWordBoundary]

  func holds(_ assertion: Assertion) -> Bool { rawValue & assertion.rawValue != 0 }

  /// What the byte before a place says, nil being the beginning of the text.
  static func behind(_ byte: UInt8?) -> Surroundings {
    guard let byte else { return [.startOfText, .startOfLine] }
    return byte == UInt8(ascii: "\n") ? .startOfLine : []
  }

  /// What the byte after a place says, nil being the end of the text.
  static func ahead(_ byte: UInt8?, isAfterWord: Bool) -> Surroundings {
    let boundary: Surroundings = isWord(byte) == isAfterWord ? .notWordBoundary : .wordBoundary
    guard let byte else { return boundary.union([.endOfText, .endOfLine]) }
    return byte == UInt8(ascii: "\n") ? boundary.union(.endOfLine) : boundary
  }

  /// `\w` in ASCII, as RE2 has it.
  static func isWord(_ byte: UInt8?) -> Bool {
    switch byte {
    case .some(UInt8(ascii: "a")...UInt8(ascii: "z")), .some(UInt8(ascii: "A")...UInt8(ascii: "Z")),
      .some(UInt8(ascii: "0")...UInt8(ascii: "9")), .some(UInt8(ascii: "_")):
      true
    default: false
    }
  }
}
