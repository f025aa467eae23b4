import Formats
import Scanning

/// A pattern that is matched against single lines, without their line ends: `^` and `$` are the line's.
package struct LinePattern: Sendable {
  /// For one line at a time.
  let pattern: Pattern
  /// For a whole file at once: matches wherever `pattern` matches some line, and perhaps elsewhere.
  let screen: Pattern

  /// Compiles RE2 syntax.
  ///
  /// - Throws: `FormatError` with the place in the pattern.
  init(_ source: String) throws(FormatError) {
    pattern = try Pattern(source)
    screen = try Pattern(source, options: .multiline)
  }
}

/// One thread's working memory for a pattern.
struct LineSearch {
  private let matcher: Matcher
  private let screen: Matcher

  init(_ pattern: LinePattern) {
    matcher = Matcher(pattern.pattern)
    screen = Matcher(pattern.screen)
  }

  /// False only when no line of the file can match: one pass over the file saves looking at each line.
  func mayMatch(_ file: SourceFile) -> Bool {
    // Before "\r\n" a line ends one byte earlier than the screen thinks, and `$` would be missed.
    file.hasCarriageReturns || screen.isMatch(in: file.bytes.span)
  }

  func matches(line number: Int, of file: SourceFile) -> Bool {
    let range = file.range(ofLine: number)
    return matcher.isMatch(in: file.bytes.span.extracting(range))
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
