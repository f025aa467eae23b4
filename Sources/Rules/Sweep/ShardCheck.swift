/// What a file that claims to hold a shard was found to hold.
package struct ShardContent: Sendable {
  /// The file, as messages name it.
  package let path: String
  /// The shard that its name claims.
  package let shard: Shard
  /// The last line, where it is one.
  package let trailer: ShardTrailer?
  /// The targets of its rows, in their order.
  package let targets: [String]
  /// SHA-256 of everything above the trailer.
  package let sha256: String

  /// A file that was read to its end.
  package init(path: String, shard: Shard, trailer: ShardTrailer?, targets: [String], sha256: String) {
    self.path = path
    self.shard = shard
    self.trailer = trailer
    self.targets = targets
    self.sha256 = sha256
  }
}

/// Why shards cannot be merged. Each names the file.
package enum ShardDefect: Error, Sendable, Hashable, CustomStringConvertible {
  /// A shard of the plan that no file holds.
  case missing(Shard)
  /// Two files for one shard.
  case duplicate(Shard, first: String, second: String)
  /// A file that belongs to another plan.
  case foreign(String, String)
  /// A file that is cut off, or was changed.
  case damaged(String, String)
  /// A file whose rows are not those of its targets.
  case otherTargets(String, missing: [String], extra: [String])

  /// Which file, what is wrong, what to do.
  package var description: String {
    switch self {
    case .missing(let shard):
      "\(shard.fileName) is missing: shard \(shard) has not been run to its end; run it: auditor sweep run --shard \(shard)"
    case .duplicate(let shard, let first, let second):
      "\(shard.fileName) is there twice: \(first) and \(second); keep one"
    case .foreign(let path, let why): "\(path) is foreign: \(why)"
    case .damaged(let path, let why): "\(path) is damaged: \(why); run the shard again"
    case .otherTargets(let path, let missing, let extra):
      "\(path) does not hold its targets:"
        + (missing.isEmpty ? "" : " no row for \(Self.shown(missing))")
        + (extra.isEmpty ? "" : " rows for \(Self.shown(extra)), which are not its own") + "; run the shard again"
    }
  }

  private static func shown(_ names: [String]) -> String {
    let more = names.count - 3
    return names.prefix(3).map { "'\($0)'" }.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

/// Whether files of shards make up a plan: each of them once, whole, and with exactly its own targets.
package enum ShardCheck {
  /// Everything that is wrong, in the order of the files, then of the shards that are missing.
  package static func defects(of files: [ShardContent], plan: SweepPlan) -> [ShardDefect] {
    var defects: [ShardDefect] = []
    var holders: [Int: String] = [:]
    let digest = plan.digest
    for file in files {
      if let defect = foreign(file, digest, plan.shardCount) {
        defects.append(defect)
        continue
      }
      if let first = holders[file.shard.number] {
        defects.append(.duplicate(file.shard, first: first, second: file.path))
        continue
      }
      holders[file.shard.number] = file.path
      if let defect = damage(of: file) ?? otherTargets(in: file, plan) { defects.append(defect) }
    }
    return defects + plan.allShards.filter { holders[$0.number] == nil }.map { .missing($0) }
  }

  /// Whether a file is a whole shard of a plan.
  package static func isSound(_ file: ShardContent, plan: SweepPlan) -> Bool {
    foreign(file, plan.digest, plan.shardCount) == nil && damage(of: file) == nil && otherTargets(in: file, plan) == nil
  }

  private static func foreign(_ file: ShardContent, _ digest: String, _ count: Int) -> ShardDefect? {
    if file.shard.count != count {
      return .foreign(file.path, "it is one of \(file.shard.count) shards, the plan has \(count)")
    }
    if !(1...count).contains(file.shard.number) { return .foreign(file.path, "the plan has \(count) shards") }
    if let trailer = file.trailer, trailer.plan != digest {
      return .foreign(file.path, "it was made by another plan (\(trailer.plan.prefix(12))…, not \(digest.prefix(12))…)")
    }
    return nil
  }

  private static func damage(of file: ShardContent) -> ShardDefect? {
    guard let trailer = file.trailer else { return .damaged(file.path, "its last line is no trailer") }
    if trailer.shard != file.shard { return .damaged(file.path, "its trailer is that of shard \(trailer.shard)") }
    if trailer.count != file.targets.count {
      return .damaged(file.path, "it holds \(file.targets.count) rows, its trailer says \(trailer.count)")
    }
    if trailer.sha256 != file.sha256 { return .damaged(file.path, "its rows are not those that its trailer names") }
    return nil
  }

  private static func otherTargets(in file: ShardContent, _ plan: SweepPlan) -> ShardDefect? {
    let planned = plan.targets(of: file.shard).map(\.name)
    if planned == file.targets { return nil }
    let held = Set(file.targets)
    let expected = Set(planned)
    return .otherTargets(
      file.path, missing: planned.filter { !held.contains($0) }, extra: file.targets.filter { !expected.contains($0) })
  }
}
