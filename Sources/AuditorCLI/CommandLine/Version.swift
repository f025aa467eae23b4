/// What this build calls itself.
enum Version {
  /// Semantic version; CHANGELOG.md has an entry for each.
  static let number = "0.1.0"
  static let line = "auditor \(number)"
}
