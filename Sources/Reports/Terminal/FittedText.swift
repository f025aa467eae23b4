/// A text for a person, made to fit a terminal of so many columns: longer lines go on below, broken at blanks (or behind
/// commas, where a list without blanks is longer than a line) and indented to the last column that began within the first
/// third. What shows a line of source (`│`) is cut instead. A longer word stays whole, so that it can be copied. Colours
/// take no room.
package func fitted(_ text: String, width: Int) -> String {
  // In less room nothing is legible, and every attempt makes it worse.
  guard width >= 20 else { return text }
  return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    line.utf8.count <= width ? String(line) : FittedLine(line, width: width).text
  }.joined(separator: "\n")
}

/// One line of a text, taken apart into words and the blanks before each.
private struct FittedLine {
  private struct Word {
    let blanks: Int
    let text: Substring.UnicodeScalarView
    /// The columns it takes: escape sequences take none.
    let columns: Int
  }

  private let line: Substring
  private let width: Int
  private var words: [Word] = []

  init(_ line: Substring, width: Int) {
    self.line = line
    self.width = width
    var rest = line.unicodeScalars[...]
    while !rest.isEmpty {
      let word = rest.drop { $0 == " " }
      let text = word.prefix { $0 != " " }
      words.append(
        Word(
          blanks: rest.count - word.count, text: text, columns: FittedLine.columns(of: text)))
      rest = word.dropFirst(text.count)
    }
  }

  var text: String {
    if words.reduce(0, { $0 + $1.blanks + $1.columns }) <= width { return String(line) }
    if words.first(where: { $0.columns > 0 })?.text.contains("│") == true { return cut }
    return broken
  }

  /// Where lines after the first begin: at the last column behind a gap, or two behind the line's own beginning.
  private var indent: Int {
    var (column, gap, indent) = (0, 0, 0)
    for (place, word) in words.enumerated() {
      gap += word.blanks
      column += word.blanks
      if word.columns == 0 { continue }
      if place == 0 { indent = min(column + 2, width / 3) }
      if column > width / 3 { break }
      if place > 0, gap >= 2 { indent = column }
      gap = 0
      column += word.columns
    }
    return indent
  }

  private var broken: String {
    let indent = indent
    var shown = String.UnicodeScalarView()
    var column = 0
    var hasWord = false
    for word in words {
      let room = width - indent
      for (place, part) in FittedLine.parts(of: word.text, within: room).enumerated() {
        let columns = FittedLine.columns(of: part)
        let blanks = place == 0 ? word.blanks : 0
        if hasWord, columns > 0, column + blanks + columns > width {
          shown.append("\n")
          shown.append(contentsOf: repeatElement(" ", count: indent))
          column = indent
        } else {
          shown.append(contentsOf: repeatElement(" ", count: blanks))
          column += blanks
        }
        shown.append(contentsOf: part)
        column += columns
        hasWord = hasWord || columns > 0
      }
    }
    return String(shown)
  }

  private var cut: String {
    var shown = String.UnicodeScalarView()
    var column = 0
    var isEscape = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape {
        column += 1
        if column == width { shown.append("…") }
      }
      if isEscape || column < width { shown.append(scalar) }
      if scalar == "m" { isEscape = false }
    }
    return String(shown)
  }

  /// A word, behind its commas where it is longer than the room.
  private static func parts(
    of word: Substring.UnicodeScalarView, within room: Int
  ) -> [Substring.UnicodeScalarView] {
    if columns(of: word) <= room { return [word] }
    var parts: [Substring.UnicodeScalarView] = []
    var rest = word
    while let comma = rest.firstIndex(of: ",") {
      let next = rest.index(after: comma)
      parts.append(rest[..<next])
      rest = rest[next...]
    }
    return rest.isEmpty ? parts : parts + [rest]
  }

  private static func columns(of word: Substring.UnicodeScalarView) -> Int {
    var columns = 0
    var isEscape = false
    for scalar in word {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { columns += 1 }
      if scalar == "m" { isEscape = false }
    }
    return columns
  }
}
