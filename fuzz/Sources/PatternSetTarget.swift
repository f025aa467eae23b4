import Formats
@testable import Scanning

extension FuzzTarget {
  /// Input: patterns, one a line, divider, text.
  static let patternSet = FuzzTarget(
    name: "patternset", promise: "a set of patterns finds the lines that each of them finds alone, with every kernel"
  ) { bytes in
    guard let (head, text) = FuzzInput.halves(bytes) else { return }
    var patterns: [Pattern] = []
    for line in head.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(8) {
      guard let source = String(validating: line, as: UTF8.self), let pattern = try? Pattern(source) else { continue }
      patterns.append(pattern)
    }
    let programs = patterns.compactMap { try? LineProgram($0) }
    guard programs.count == patterns.count else { return }
    let expected = lines(of: text, matching: patterns)
    for kernel in LiteralKernel.allCases where kernel.isAvailable {
      let search = PatternSetSearch(PatternSet(programs, kernel: kernel))
      for round in ["first", "second"] {
        let found = search.matches(in: text.span)
        expect(found == expected, "\(kernel), \(round) time: \(found), line by line \(expected)")
      }
    }
  }

  private static func lines(of text: [UInt8], matching patterns: [Pattern]) -> [LineMatch] {
    let lines = LineTable(text.span)
    var found: [LineMatch] = []
    for (index, pattern) in patterns.enumerated() {
      let matcher = Matcher(pattern)
      for number in 1...lines.count {
        guard let start = lines.start(ofLine: number) else { continue }
        var end = lines.start(ofLine: number + 1) ?? text.count
        while end > start, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
        let line = text.span.extracting(start..<end)
        if matcher.isMatch(in: line) { found.append(LineMatch(pattern: index, lineStart: start)) }
      }
    }
    return found
  }
}
