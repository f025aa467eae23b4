/// The marker of a list item (CommonMark 0.31 section 5.2).
struct MarkdownListMarker {
  /// What must agree for two items to be of one list; `start` does not count.
  struct Style {
    /// The bullet itself, or the `.` or `)` behind a number.
    let delimiter: UInt8
    /// The number, or nil for a bullet.
    let start: Int?

    func continues(_ other: Style) -> Bool {
      delimiter == other.delimiter && (start == nil) == (other.start == nil)
    }
  }

  let style: Style
  let length: Int

  /// Reads a marker that is followed by a blank or the line's end.
  init?(in bytes: [UInt8], at start: Int, before end: Int) {
    guard start < end else { return nil }
    let first = bytes[start]
    var index = start + 1
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: "*") {
      style = Style(delimiter: first, start: nil)
    } else {
      guard MarkdownCharacters.isDigit(first) else { return nil }
      var number = Int(first - UInt8(ascii: "0"))
      while index < end, index - start < 9, MarkdownCharacters.isDigit(bytes[index]) {
        number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        index += 1
      }
      guard index < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")") else { return nil }
      style = Style(delimiter: bytes[index], start: number)
      index += 1
    }
    guard index == end || MarkdownCharacters.isBlank(bytes[index]) else { return nil }
    length = index - start
  }
}
