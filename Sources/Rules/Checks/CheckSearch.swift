import Formats
import Scanning

/// A rule with an analysis of its own, which looks at files in which its trigger has been found.
final class CheckSearch {
  private let rule: Rule
  private let check: SemanticCheck

  init(_ rule: Rule, _ check: SemanticCheck) {
    self.rule = rule
    self.check = check
  }

  func findings(in judged: JudgedFile) -> [Finding] {
    let spans = Set(check.spans(in: judged)).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    return spans.map { rule.finding(in: judged.file, from: $0.lowerBound, to: $0.upperBound) }
  }
}

extension SemanticCheck {
  /// The triggers, compiled once. A test holds all of them to RE2 syntax and to their literals.
  static func program(of trigger: String) -> LineProgram? { programs[trigger] }

  private static let programs: [String: LineProgram] = {
    var programs: [String: LineProgram] = [:]
    for trigger in Set(SemanticCheck.allCases.flatMap { $0.triggers.joined() }) {
      programs[trigger] = try? LineProgram(trigger)
    }
    return programs
  }()
}
