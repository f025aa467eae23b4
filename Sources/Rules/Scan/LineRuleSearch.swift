import Formats
import Glibc
import Scanning

/// One thread's working memory for a rule over lines.
final class LineRuleSearch {
  private let rule: Rule
  private let matcher: LineMatcher
  private let any: [LineSearch]
  private let unless: [LineSearch]
  private let near: [(search: LineSearch, lines: Int)]

  init(_ rule: Rule, _ matcher: LineMatcher) {
    self.rule = rule
    self.matcher = matcher
    any = matcher.any.map { LineSearch($0) }
    unless = matcher.unless.map { LineSearch($0) }
    near = matcher.near.map { (LineSearch($0.pattern), $0.lines) }
  }

  /// The findings in one file, one for each match; where two patterns find the same text, the first counts.
  ///
  /// - Parameter lines: for each of the rule's patterns, the lines on which it matches.
  func findings(in reading: FileReading, on lines: (Int) -> [Int]) -> [Finding] {
    let file = reading.file
    var findings: [Finding] = []
    var covered = CoveredSpans()
    var nearby = near.map { _ in [Int: Bool]() }
    for (index, search) in any.enumerated() {
      for number in lines(index) {
        let spans = search.subjects(in: number, of: file).filter { accepts($0, of: file) }
        guard !spans.isEmpty, accepts(line: number, of: file, &nearby) else { continue }
        for span in spans where judges(span, number, reading) && covered.insert(span) {
          findings.append(rule.finding(in: file, from: span.lowerBound, to: span.upperBound))
        }
      }
      covered.beginAnew()
    }
    return findings
  }

  /// Whether the rule's judge, if it has one, calls this what the rule is about.
  private func judges(_ span: Range<Int>, _ number: Int, _ reading: FileReading) -> Bool {
    matcher.judging?.accepts(Candidate(reading: reading, line: number, span: span)) ?? true
  }

  /// Whether the rule is about this span of a line.
  private func accepts(_ span: Range<Int>, of file: SourceFile) -> Bool {
    if let classes = matcher.classes, !classes.contains(file.classes.at(span.lowerBound)) { return false }
    if let least = matcher.entropy, shannonEntropy(file.bytes[span]) < least { return false }
    return true
  }

  /// Whether what else stands in the line and near it leaves the rule its findings there.
  ///
  /// - Parameter nearby: what is known already, by pattern and line: no line is looked at twice for one pattern.
  private func accepts(line number: Int, of file: SourceFile, _ nearby: inout [[Int: Bool]]) -> Bool {
    if isExcused(number, of: file) { return false }
    for (index, near) in near.enumerated() {
      let lines = max(1, number - near.lines)...min(file.lines.count, number + near.lines)
      let isNear = lines.contains { line in
        if let known = nearby[index][line] { return known }
        let matches = near.search.matches(line: line, of: file)
        nearby[index][line] = matches
        return matches
      }
      if !isNear { return false }
    }
    return true
  }

  /// Whether the line itself says that this is no finding. The words of a suppression comment do not: a suppression
  /// without a reason must not hide what it fails to suppress.
  private func isExcused(_ number: Int, of file: SourceFile) -> Bool {
    if unless.isEmpty { return false }
    let line = file.range(ofLine: number)
    let end = SuppressionReader.mark(in: file.bytes[line]) ?? line.upperBound
    return unless.contains { $0.matches(line.lowerBound..<end, of: file) }
  }

  /// Bits a byte: 0 for one repeated byte, about 4 for random hexadecimal, about 6 for random base64.
  private func shannonEntropy(_ bytes: ArraySlice<UInt8>) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    var entropy = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / Double(bytes.count)
      entropy -= share * log2(share)
    }
    return entropy
  }
}
