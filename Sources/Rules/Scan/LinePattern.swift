import Formats
import Scanning

/// A pattern that is matched against single lines, without their line ends: `^` and `$` are the line's.
package struct LinePattern: Sendable {
  /// As it was written.
  let source: String
  /// For one line at a time.
  let pattern: Pattern
  /// For finding the lines of a file on which the pattern matches.
  let program: LineProgram

  /// Compiles RE2 syntax.
  ///
  /// - Throws: `FormatError` with the place in the pattern.
  init(_ source: String) throws(FormatError) {
    self.source = source
    pattern = try Pattern(source)
    program = try LineProgram(pattern)
  }
}

/// One thread's working memory for a pattern, made when it is first needed: most patterns never are.
final class LineSearch {
  private let pattern: Pattern
  private lazy var matcher = Matcher(pattern)

  init(_ pattern: LinePattern) {
    self.pattern = pattern.pattern
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
