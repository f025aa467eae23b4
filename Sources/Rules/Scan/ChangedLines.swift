import Formats

/// Which lines of a file a change added or altered, counted as git counts them: by line feeds alone.
package enum ChangedLines: Sendable, Hashable {
  /// Every line: a file that git takes for binary, or one that it does not know.
  case all
  /// These lines, from 1; none when only the file's name or mode changed.
  case some([ClosedRange<Int>])

  /// Whether a finding is about what changed. One about the whole file is, for the file changed.
  package func touches(_ finding: Finding, in file: SourceFile) -> Bool {
    guard case .some(let ranges) = self, let first = finding.location.line else { return true }
    let last = max(first, finding.location.endLine ?? first)
    let lines = gitLine(of: first, in: file)...gitLine(of: last, in: file)
    return ranges.contains { $0.overlaps(lines) }
  }

  /// A lone carriage return ends a line of ours and none of git's.
  private func gitLine(of line: Int, in file: SourceFile) -> Int {
    guard file.hasCarriageReturns, let start = file.lines.start(ofLine: line) else { return line }
    return 1 + file.bytes[..<start].count { $0 == 0x0A }
  }
}
