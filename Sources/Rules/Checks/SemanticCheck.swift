/// Analyses with code of their own, named in packs by `check:`.
package enum SemanticCheck: String, Sendable, CaseIterable {
  /// A positive verdict that no branch can turn negative.
  case syntheticVerdict = "synthetic-verdict"

  func findings(of rule: Rule, in file: SourceFile) -> [Finding] {
    switch self {
    case .syntheticVerdict: SyntheticVerdict(rule: rule, file: file).findings()
    }
  }
}
