/// Turning bytes of Markdown into the text that they mean.
enum MarkdownText {
  /// Resolves backslash escapes and character references: what stands in destinations, titles and info strings.
  static func resolved(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), index + 1 < range.upperBound, MarkdownCharacters.isPunctuation(bytes[index + 1]) {
        text.append(bytes[index + 1])
        index += 2
      } else if byte == UInt8(ascii: "&"),
        let reference = HTMLEntities.reference(in: bytes, at: index, before: range.upperBound)
      {
        append(reference.first, to: &text)
        if let second = reference.second { append(second, to: &text) }
        index = reference.end
      } else {
        text.append(byte)
        index += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends a scalar in UTF-8.
  static func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Makes runs of blanks and line ends one blank and cuts them at both ends.
  static func collapsed(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      if !MarkdownCharacters.isSpace(byte) {
        text.append(byte)
      } else if let last = text.last, last != UInt8(ascii: " ") {
        text.append(UInt8(ascii: " "))
      }
    }
    if text.last == UInt8(ascii: " ") { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// The range without blanks and line ends at its two ends.
  static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, MarkdownCharacters.isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, MarkdownCharacters.isSpace(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }
}
