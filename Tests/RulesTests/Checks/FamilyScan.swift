import Formats

@testable import Rules

/// The rules of the built-in packs; reading them takes longer than most tests do.
enum BuiltInRules {
  static let all = Result { try RulePack.builtIn().rules }

  static func of(_ family: String) throws -> [Rule] { try all.get().filter { $0.family == family } }
}

/// What the shipped rules of one family find in a text: `line level`, in report order.
func found(_ family: String, in text: String, at path: String) throws -> [String] {
  let rules = try BuiltInRules.of(family)
  let file = try SourceFile(path: path, content: Array(text.utf8))
  return FileScanner(rules: rules, today: CivilDate(dayNumber: 0)).scan(file).filter { $0.family == family }.map {
    "\($0.location.line ?? 0) \($0.level.rawValue)"
  }
}
