/// Breaks a text into lines of at most so many columns, at blanks; a word that is longer stays whole, so that it can be
/// copied. Lines after the first begin with `indent` blanks; blanks within a line are kept.
package func wrapped(_ text: String, width: Int, indent: Int = 0) -> String {
  let start = String(repeating: " ", count: indent)
  var lines: [String] = []
  for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    var blanks = ""
    var hasWord = false
    for (place, word) in part.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { blanks += " " }
      if word.isEmpty { continue }
      if hasWord, line.unicodeScalars.count + blanks.count + word.unicodeScalars.count > width {
        lines.append(line)
        (line, blanks) = (start, "")
      }
      line += blanks + word
      (blanks, hasWord) = ("", true)
    }
    lines.append(line)
  }
  return lines.joined(separator: "\n")
}
