/// Analyses of what a rule's patterns have found, named in packs by `judge:`. A pattern sees one line; a judge knows the
/// file it stands in, the function around it, and what the value is.
package enum CandidateJudge: String, Sendable, CaseIterable {
  /// Whether a path names one machine or one user, and is needed.
  case machinePath = "machine-path"
  /// Whether a marker of open work stands in code where open work is dangerous.
  case openWork = "open-work"
  /// Whether "not implemented" stands where something is expected to happen.
  case unimplemented
  /// Whether a value beside the name of a secret is the secret.
  case secretValue = "secret-value"
  /// Whether a value is an identity that is the same in every run.
  case runIdentity = "run-identity"
  /// Whether a hopeful phrase stands in for a check.
  case optimism

  func judge(_ candidate: Candidate) -> Judgement {
    switch self {
    case .machinePath: MachinePath(candidate).judgement
    case .openWork: OpenWork(candidate).judgement
    case .unimplemented: Unimplemented(candidate).judgement
    case .secretValue: SecretValue(candidate).judgement
    case .runIdentity: RunIdentity(candidate).judgement
    case .optimism: Optimism(candidate).judgement
    }
  }
}

/// A judge as a rule names it: which one, and what of it the rule is about.
package struct Judging: Sendable {
  let judge: CandidateJudge
  /// Whether the rule tells what the judge calls harmless, rather than the violations.
  let isAboutRemarks: Bool

  func accepts(_ candidate: Candidate) -> Bool {
    switch judge.judge(candidate) {
    case .violation: !isAboutRemarks
    case .remark: isAboutRemarks
    case .none: false
    }
  }
}
