import Formats

@testable import Rules

/// What the built-in rules of one family find in a text.
enum Scanned {
  private static let rules = Result { () throws(RulePackError) in try RulePack.builtIn().rules }

  static func findings(_ family: String, _ path: String, _ text: String) throws -> [Finding] {
    let rules = try rules.get().filter { $0.family == family }
    let file = try SourceFile(path: path, content: Array(text.utf8))
    return FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file)
  }

  /// The lines of findings that count, notes left out.
  static func lines(_ family: String, _ path: String, _ text: String) throws -> [Int] {
    try findings(family, path, text).filter { $0.level > .note }.compactMap(\.location.line)
  }
}
