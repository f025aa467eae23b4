/// The shard that a process is to work on, and how that was found out.
///
/// What is missing, contradicts itself or could mean two things is an error: a process that took it for 'everything' or
/// for the first shard would prove nothing about the others.
package struct ShardChoice: Sendable, Hashable {
  /// Which of how many.
  package let shard: Shard
  /// What said so: `SLURM_ARRAY_TASK_ID=12 (a Slurm array, from 10, step 1)`.
  package let origin: String

  /// Reads `I/N` as it was written on a command line, or asks the environment about `auto`.
  ///
  /// - Parameters:
  ///   - base: what the first shard's index is; nil where nobody said: 1 for `I/N`, the scheduler's own for `auto`.
  ///   - count: how many shards the plan has.
  package static func read(
    _ text: String, base: Int?, count: Int, environment: [String: String]
  ) throws(ShardProblem) -> ShardChoice {
    if text == "auto" { return try automatic(base: base, count: count, environment) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let total = Int(parts[1]) else { throw .malformed(text) }
    let first = base ?? 1
    if total != count { throw .otherCount("--shard \(text)", said: total, planned: count) }
    return try choice(index - first, "--shard \(text), counted from \(first)", count)
  }

  private static func choice(_ index: Int, _ origin: String, _ count: Int) throws(ShardProblem) -> ShardChoice {
    guard (0..<count).contains(index) else { throw .outOfRange(origin, count: count) }
    return ShardChoice(shard: Shard(number: index + 1, count: count), origin: origin)
  }

  private static func automatic(
    base: Int?, count: Int, _ environment: [String: String]
  ) throws(ShardProblem) -> ShardChoice {
    var speaking: [ShardScheduler] = []
    for scheduler in ShardScheduler.all where try scheduler.speaks(in: environment) { speaking.append(scheduler) }
    guard let scheduler = speaking.first else { throw .missing }
    if speaking.count > 1 { throw .ambiguous(speaking.map(\.index)) }
    return try scheduler.choice(base: base, count: count, environment)
  }

  fileprivate static func made(_ index: Int, _ origin: String, _ count: Int) throws(ShardProblem) -> ShardChoice {
    try choice(index, origin, count)
  }
}

extension ShardScheduler {
  /// Whether the environment holds an index of this scheduler.
  fileprivate func speaks(in environment: [String: String]) throws(ShardProblem) -> Bool {
    if let text = environment[index], !text.isEmpty { return !indexOfNone.contains(text) }
    guard let total, let text = environment[total], !text.isEmpty else { return false }
    // A job of several parts that does not say which of them it is.
    if hasTotalAlone, text == "1" { return false }
    throw .incomplete(set: total, unset: index)
  }

  fileprivate func choice(
    base chosen: Int?, count: Int, _ environment: [String: String]
  ) throws(ShardProblem) -> ShardChoice {
    let value = try number(index, environment)
    let said = "\(index)=\(value)"
    switch base {
    case .fixed(let first):
      if let chosen, chosen != first { throw .otherBase(index, name: name, first: first) }
      try check(total, count, environment)
      return try .made(value - first, "\(said) (\(name), counted from \(first))", count)
    case .chosen:
      guard let chosen else { throw .unknownBase(index, name: name) }
      return try .made(value - chosen, "\(said) (\(name), --shard-base \(chosen))", count)
    case .range(let first, let step, let last):
      // With a base, a part of the array can be submitted again: the index alone tells.
      if let chosen { return try .made(value - chosen, "\(said) (\(name), --shard-base \(chosen))", count) }
      if environment[first, default: ""].isEmpty { throw .unknownBase(index, name: name) }
      let start = try number(first, environment)
      let stride = environment[step, default: ""].isEmpty ? 1 : try number(step, environment)
      guard stride > 0, value >= start, (value - start).isMultiple(of: stride) else {
        throw .outOfRange("\(said) (\(name), from \(start), step \(stride))", count: count)
      }
      if let last {
        let end = try number(last, environment)
        let tasks = (end - start) / stride + 1
        if tasks != count { throw .otherCount("\(last)=\(end) (\(name))", said: tasks, planned: count) }
      }
      try check(total, count, environment)
      return try .made((value - start) / stride, "\(said) (\(name), from \(start), step \(stride))", count)
    }
  }

  private func check(_ total: String?, _ count: Int, _ environment: [String: String]) throws(ShardProblem) {
    guard let total else { return }
    if environment[total, default: ""].isEmpty { throw .incomplete(set: index, unset: total) }
    let said = try number(total, environment)
    if said != count { throw .otherCount("\(total)=\(said) (\(name))", said: said, planned: count) }
  }

  private func number(_ variable: String, _ environment: [String: String]) throws(ShardProblem) -> Int {
    let text = environment[variable] ?? ""
    // Bounded, so that no difference of two of them overflows.
    guard let number = Int(text), (0...Int(Int32.max)).contains(number) else { throw .noNumber(variable, text) }
    return number
  }
}

/// Nobody can tell which shard is meant. Each says what to do.
package enum ShardProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Neither `auto` nor `I/N`.
  case malformed(String)
  /// No scheduler says anything.
  case missing
  /// Several do.
  case ambiguous([String])
  /// One of two variables that belong together.
  case incomplete(set: String, unset: String)
  /// A variable that holds no number.
  case noNumber(String, String)
  /// The scheduler works on another number of shards than was planned.
  case otherCount(String, said: Int, planned: Int)
  /// The index is none of the plan's.
  case outOfRange(String, count: Int)
  /// The scheduler does not tell where it begins to count.
  case unknownBase(String, name: String)
  /// Somebody says otherwise than the scheduler.
  case otherBase(String, name: String, first: Int)

  /// What is wrong, and what to give instead.
  package var description: String {
    switch self {
    case .malformed(let text): "--shard '\(text)': expected 'auto' or I/N, such as 3/64"
    case .missing:
      "--shard auto: no scheduler says which shard this is; none of "
        + ShardScheduler.all.map(\.index).joined(separator: ", ") + " is set; give --shard I/N"
    case .ambiguous(let variables):
      "--shard auto: \(variables.joined(separator: " and ")) are both set, and could mean two shards; give --shard I/N"
    case .incomplete(let set, let unset):
      "--shard auto: \(set) is set and \(unset) is not, so the shard cannot be told; set both, or give --shard I/N"
    case .noNumber(let variable, let text): "--shard auto: \(variable) is '\(text)', not a whole number"
    case .otherCount(let origin, let said, let planned):
      "\(origin): that is one of \(said) shards, but the plan has \(planned); start \(planned) tasks, or plan again with "
        + "--shards \(said)"
    case .outOfRange(let origin, let count):
      "\(origin) is none of the plan's \(count) shard\(count == 1 ? "" : "s"); check the range, or --shard-base"
    case .unknownBase(let index, let name):
      "--shard auto: \(index) is set, but \(name) does not say what its first index is; give --shard-base 0 or 1"
    case .otherBase(let index, let name, let first):
      "--shard-base: \(index) (\(name)) counts from \(first); leave out --shard-base"
    }
  }
}
