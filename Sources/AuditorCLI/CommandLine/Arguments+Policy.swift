import Auditor

extension Arguments {
  /// The policy that `--policy` names, or nil. It stands alone: what else would decide the same is a contradiction.
  func policy(besides others: [Flag]) throws -> Policy? {
    guard let path = value(.policy) else { return nil }
    if let other = others.first(where: has) {
      throw UsageError.contradiction("--policy and --\(other.name) both say how to judge; say it in the policy")
    }
    return try Policy(path)
  }
}
