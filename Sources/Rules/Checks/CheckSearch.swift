import Formats
import Scanning

/// One thread's working memory for a rule with an analysis of its own.
struct CheckSearch {
  private let rule: Rule
  private let check: SemanticCheck
  private let trigger: Matcher?

  init(_ rule: Rule, _ check: SemanticCheck) {
    self.rule = rule
    self.check = check
    trigger = check.triggerPattern.map(Matcher.init)
  }

  func findings(in judged: JudgedFile) -> [Finding] {
    guard let trigger else { return [] }
    let bytes = judged.file.bytes
    guard trigger.isMatch(in: bytes.span) else { return [] }
    let spans = Set(check.spans(in: judged)).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    return spans.map { rule.finding(in: judged.file, from: $0.lowerBound, to: $0.upperBound) }
  }
}

extension SemanticCheck {
  /// The triggers, compiled once. A test holds all of them to RE2 syntax and to their literals.
  var triggerPattern: Pattern? { SemanticCheck.triggerPatterns[self] }

  private static let triggerPatterns: [SemanticCheck: Pattern] = {
    var patterns: [SemanticCheck: Pattern] = [:]
    for check in SemanticCheck.allCases { patterns[check] = try? Pattern(check.trigger) }
    return patterns
  }()
}
