/// What may stand in an XML 1.0 document (production 2, `Char`), over UTF-8.
enum XMLCharacters {
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Appends the text less what XML 1.0 cannot carry even escaped (controls, U+FFFE, U+FFFF).
  ///
  /// Bytes that are not UTF-8 become U+FFFD, one for each maximal subpart, as Unicode recommends. Linear.
  static func appendAllowed(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + text.count + 1)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        if byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { output.append(byte) }
        index += 1
        continue
      }
      let (length, isWhole) = sequence(at: index, in: text)
      if !isWhole {
        output.append(contentsOf: replacement)
      } else if !isNoncharacter(at: index, length: length, in: text) {
        for offset in 0..<length { output.append(text[index + offset]) }
      }
      index += length
    }
  }

  /// The bytes that belong together at `start`, and whether they make a character. At least one.
  private static func sequence(at start: Int, in text: Span<UInt8>) -> (length: Int, isWhole: Bool) {
    let lead = text[start]
    let wanted: Int
    switch lead {
    case 0xC2...0xDF: wanted = 2
    case 0xE0...0xEF: wanted = 3
    case 0xF0...0xF4: wanted = 4
    default: return (1, false)
    }
    var length = 1
    while length < wanted, start + length < text.count {
      let allowed = length == 1 ? second(after: lead) : 0x80...0xBF
      guard allowed.contains(text[start + length]) else { break }
      length += 1
    }
    return (length, length == wanted)
  }

  /// The second bytes that exclude overlong forms, surrogates and what lies beyond U+10FFFF.
  private static func second(after lead: UInt8) -> ClosedRange<UInt8> {
    switch lead {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }

  private static func isNoncharacter(at start: Int, length: Int, in text: Span<UInt8>) -> Bool {
    length == 3 && text[start] == 0xEF && text[start + 1] == 0xBF && text[start + 2] >= 0xBE
  }
}
