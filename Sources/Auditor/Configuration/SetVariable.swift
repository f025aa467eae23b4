/// Environment variables as the checkers read them: one that is set to blanks is not set.
enum SetVariable {
  /// The value without the blanks around it, or nil.
  static func value(_ name: String, _ environment: [String: String]) -> String? {
    guard let value = environment[name] else { return nil }
    let trimmed = value.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    let end = trimmed.lastIndex { $0 != " " && $0 != "\t" && $0 != "\n" }
    return end.map { String(trimmed[...$0]) }
  }
}
