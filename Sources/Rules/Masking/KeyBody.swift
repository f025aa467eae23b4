/// What follows the first line of a private key: its lines, written as they are or with the escapes of a document.
enum KeyBody {
  /// A run of letters that is shorter is a word.
  private static let shortestLine = 16

  /// From the first to the last letter of the body; nil where nothing follows that looks like one.
  static func range(after start: Int, in text: Span<UInt8>) -> Range<Int>? {
    var place = start
    var body: Range<Int>?
    while place < text.count {
      let begin = afterBlanks(place, in: text)
      var end = begin
      while end < text.count, isLetter(text[end]) { end += 1 }
      let isLast =
        body != nil && end > begin && text.count - afterBlanks(end, in: text) >= 5
        && text[afterBlanks(end, in: text)] == UInt8(ascii: "-")
      guard end - begin >= shortestLine || isLast else { break }
      body = (body?.lowerBound ?? begin)..<end
      place = end
    }
    return body
  }

  /// Line ends and tabs as JSON, XML, workflow commands and terminals get them.
  private static let escapes = [
    "\\n", "\\r", "\\t", "&#10;", "&#13;", "&#xA;", "&#xD;", "%0A", "%0D", "\\u{a}", "\\u{d}", "\\u{0a}", "\\u{0d}",
  ].map { Array($0.utf8) }

  /// 0 where none stands.
  private static func escapeLength(at place: Int, in text: Span<UInt8>) -> Int {
    for escape in escapes where place + escape.count <= text.count {
      var length = 0
      while length < escape.count, text[place + length] == escape[length] { length += 1 }
      if length == escape.count { return length }
    }
    return 0
  }

  /// Line ends, blanks, and how documents write them.
  private static func afterBlanks(_ start: Int, in text: Span<UInt8>) -> Int {
    var place = start
    while place < text.count {
      let escape = escapeLength(at: place, in: text)
      if escape > 0 {
        place += escape
      } else if text[place] == 0x20 || text[place] == 0x09 || text[place] == 0x0A || text[place] == 0x0D {
        place += 1
      } else {
        break
      }
    }
    return place
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    isWordByte(byte) && byte != UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "=")
  }
}
