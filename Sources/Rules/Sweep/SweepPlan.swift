package import Formats

/// What a sweep looks at, made once and the same for every shard: targets, who looks at which, by what rules, as of when.
package struct SweepPlan: Sendable, Hashable {
  /// Names the shape of the file.
  package static let schemaVersion = "auditor.sweep_plan/1"

  /// A file of policy that every target is judged by.
  package struct PolicyRecord: Sendable, Hashable {
    /// Where it is, as the process that planned saw it.
    package let path: String
    /// SHA-256 of its bytes and of those that it names.
    package let sha256: String

    /// A policy.
    package init(path: String, sha256: String) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The moment as of which everything is judged, on whatever day a shard runs.
  package let asOf: Timestamp
  /// The version of the tool that planned.
  package let toolVersion: String
  /// Names the rules, where no target brings its own.
  package let rulePackDigest: String
  /// The rule packs that were named, as the process that planned saw them; none means the built-in ones.
  package let rulePacks: [String]
  /// The policy, or nil.
  package let policy: PolicyRecord?
  /// In the order of their names.
  package let targets: [SweepTarget]
  /// The shard (from 0) of each target.
  package let shards: [Int]
  /// How many shards there are, with or without work.
  package let shardCount: Int

  /// Plans: sorts the targets and gives each to a shard.
  ///
  /// - Throws: `SweepPlanError` for no target at all, and for names that mean two targets or none.
  package init(
    targets: [SweepTarget], shardCount: Int, asOf: Timestamp, toolVersion: String, rulePackDigest: String,
    rulePacks: [String], policy: PolicyRecord?
  ) throws(SweepPlanError) {
    let sorted = targets.sorted(by: SweepTarget.precedes)
    self.init(
      targets: sorted, shards: ShardAssignment.shards(of: sorted, count: shardCount), shardCount: shardCount,
      asOf: asOf, toolVersion: toolVersion, rulePackDigest: rulePackDigest, rulePacks: rulePacks, policy: policy)
    try check()
  }

  init(
    targets: [SweepTarget], shards: [Int], shardCount: Int, asOf: Timestamp, toolVersion: String,
    rulePackDigest: String, rulePacks: [String], policy: PolicyRecord?
  ) {
    // Seconds are what plans tell.
    self.asOf = Timestamp(milliseconds: asOf.milliseconds - asOf.milliseconds % 1_000)
    self.toolVersion = toolVersion
    self.rulePackDigest = rulePackDigest
    self.rulePacks = rulePacks
    self.policy = policy
    self.targets = targets
    self.shards = shards
    self.shardCount = shardCount
  }

  /// Every shard of the plan.
  package var allShards: [Shard] { (1...max(1, shardCount)).map { Shard(number: $0, count: shardCount) } }

  /// The targets of a shard, in the order of their names.
  package func targets(of shard: Shard) -> [SweepTarget] {
    zip(targets, shards).filter { $0.1 == shard.number - 1 }.map(\.0)
  }

  func check() throws(SweepPlanError) {
    if targets.isEmpty { throw .noTargets }
    for target in targets where !SweepTarget.isName(target.name) { throw .unusableName(target.name) }
    for (left, right) in zip(targets, targets.dropFirst()) where left.name == right.name {
      throw .sameName(left.name, left.source.shown, right.source.shown)
    }
  }
}

extension SweepTarget.Source {
  /// The folder or the remote, for messages.
  package var shown: String {
    switch self {
    case .folder(let path): path
    case .git(let remote, let revision): revision.map { "\(remote) at \($0)" } ?? remote
    }
  }
}

/// Targets that cannot be planned, or a plan that cannot be used. Each says what to do.
package enum SweepPlanError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nothing to look at is no sweep.
  case noTargets
  /// A name that could lead out of a folder of reports, or that nobody could read.
  case unusableName(String)
  /// Two targets of one name.
  case sameName(String, String, String)
  /// The file is no plan; every problem.
  case malformed(path: String, [ShapeProblem])
  /// The file was changed after it was made.
  case changed(path: String)

  /// What is wrong and what to do.
  package var description: String {
    switch self {
    case .noTargets: "no target: name repositories, a folder that holds checkouts (--below), or a list (--targets)"
    case .unusableName(let name):
      "'\(name)' cannot name a target: use words that are parted by slashes, without '.' and '..' and control characters"
    case .sameName(let name, let first, let second):
      "two targets are called '\(name)' (\(first) and \(second)); give one of them a name of its own in a --targets list: "
        + "{\"target\": …, \"name\": …}"
    case .malformed(let path, let problems): problems.map { "\(path):\($0)" }.joined(separator: "\n")
    case .changed(let path):
      "\(path): the plan is not what its digest says; it was changed after it was made: plan again"
    }
  }
}
