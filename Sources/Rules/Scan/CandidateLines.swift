import Formats
import Scanning

/// The lines of a file on which members of a set of patterns match: all that most rules look at.
struct CandidateLines {
  /// Ordered by pattern and place.
  private let matches: [LineMatch]

  init(_ matches: [LineMatch]) { self.matches = matches }

  var isEmpty: Bool { matches.isEmpty }

  /// Whether a pattern matches on some line.
  func contains(_ pattern: Int) -> Bool {
    let index = index(ofFirst: pattern)
    return index < matches.count && matches[index].pattern == pattern
  }

  /// The numbers of the lines on which a pattern matches, in order.
  func lines(of pattern: Int, in file: SourceFile) -> [Int] {
    matches[index(ofFirst: pattern)...].prefix { $0.pattern == pattern }
      .map { file.lines.position(at: $0.lineStart).line }
  }

  private func index(ofFirst pattern: Int) -> Int {
    var low = 0
    var high = matches.count
    while low < high {
      let middle = (low + high) / 2
      if matches[middle].pattern < pattern { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
