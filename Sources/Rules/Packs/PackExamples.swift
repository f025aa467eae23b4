package import Formats

/// Runs the examples of rules: each `match` must be found by its own rule and each `ok` must not.
package enum PackExamples {
  /// One example that did not do what its rule promises.
  package struct Failure: Sendable, Hashable {
    /// The rule.
    package let ruleID: String
    /// Where the example stands.
    package let location: Location
    /// What was expected.
    package let message: String
  }

  /// Every example that fails, in the order of the rules.
  package static func failures(in rules: [Rule], today: CivilDate) -> [Failure] {
    rules.flatMap { rule in
      rule.matches.compactMap { failure(rule, $0, mustFire: true, today) }
        + rule.silent.compactMap { failure(rule, $0, mustFire: false, today) }
    }
  }

  private static func failure(
    _ rule: Rule, _ example: Rule.Example, mustFire: Bool, _ today: CivilDate
  ) -> Failure? {
    let location = Location(path: rule.origin.path, line: example.line)
    if case .repository(let matcher) = rule.matcher {
      guard let files = example.files else {
        return Failure(ruleID: rule.id, location: location, message: "the example of a repository rule needs 'files'")
      }
      let fires = !matcher.findings(of: rule, in: files, isComplete: true).isEmpty
      return fires == mustFire ? nil : failure(rule, location, mustFire)
    }
    if example.files != nil {
      return Failure(ruleID: rule.id, location: location, message: "only repository rules have examples with 'files'")
    }
    guard let file = try? SourceFile(path: example.path, content: Array(example.text.utf8)) else {
      return Failure(ruleID: rule.id, location: location, message: "the example is no text")
    }
    let scanner = FileScanner(rules: [rule], today: today)
    let fires = scanner.scan(file).contains { $0.ruleID == rule.id && $0.suppression == nil }
    return fires == mustFire ? nil : failure(rule, location, mustFire)
  }

  private static func failure(_ rule: Rule, _ location: Location, _ mustFire: Bool) -> Failure {
    Failure(
      ruleID: rule.id, location: location,
      message: mustFire ? "'match' example is not found" : "'ok' example is reported")
  }
}
