import Formats
import Scanning

/// A pattern that is matched against single lines, without their line ends: `^` and `$` are the line's.
package struct LinePattern: Sendable {
  /// For one line at a time.
  let pattern: Pattern
  /// For a whole file at once: matches wherever `pattern` matches some line, and perhaps elsewhere. Nil where that does
  /// not hold, because the pattern speaks of the beginning or the end of its text.
  let screen: Pattern?

  /// Compiles RE2 syntax.
  ///
  /// - Throws: `FormatError` with the place in the pattern.
  init(_ source: String) throws(FormatError) {
    pattern = try Pattern(source)
    screen = LinePattern.speaksOfTextEnds(source) ? nil : try Pattern(source, options: .multiline)
  }

  /// `\A`, `\z`, or flags that are switched off: for a line these mean the line, for a file the file.
  private static func speaksOfTextEnds(_ source: String) -> Bool {
    let bytes = Array(source.utf8)
    for index in bytes.indices.dropLast() {
      let next = bytes[index + 1]
      if bytes[index] == UInt8(ascii: "\\"), next == UInt8(ascii: "A") || next == UInt8(ascii: "z") { return true }
      if bytes[index] == UInt8(ascii: "("), next == UInt8(ascii: "?"),
        bytes[(index + 2)...].prefix(while: { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ")") })
          .contains(UInt8(ascii: "-"))
      {
        return true
      }
    }
    return false
  }
}

/// One thread's working memory for a pattern.
struct LineSearch {
  private let matcher: Matcher
  private let screen: Matcher?

  init(_ pattern: LinePattern) {
    matcher = Matcher(pattern.pattern)
    screen = pattern.screen.map(Matcher.init)
  }

  /// False only when no line of the file can match: one pass over the file saves looking at each line.
  func mayMatch(_ file: SourceFile) -> Bool {
    // Before "\r\n" a line ends one byte earlier than the screen thinks, and `$` would be missed.
    file.hasCarriageReturns || screen?.isMatch(in: file.bytes.span) ?? true
  }

  func matches(line number: Int, of file: SourceFile) -> Bool { matches(file.range(ofLine: number), of: file) }

  /// Whether some part of these bytes matches; they are taken for a whole line.
  func matches(_ range: Range<Int>, of file: SourceFile) -> Bool {
    matcher.isMatch(in: file.bytes.span.extracting(range))
  }

  /// What each match in a line is about, as ranges of the file's bytes: its first group that took part, or all of it.
  func subjects(in number: Int, of file: SourceFile) -> [Range<Int>] {
    let line = file.range(ofLine: number)
    return matcher.matches(in: file.bytes.span.extracting(line)).map { match in
      (match.groups.dropFirst().compactMap { $0 }.first ?? match.range).moved(by: line.lowerBound)
    }
  }
}

extension Range<Int> {
  fileprivate func moved(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
