package import Formats
import Glibc
package import Rules

/// Makes the plan of a sweep: finds the targets, weighs them, and gives each to a shard.
package struct SweepPlanning: Sendable {
  /// What the work that a target makes is guessed from.
  package enum Weighing: String, Sendable, CaseIterable {
    /// The bytes of its files.
    case bytes
    /// The number of its files.
    case files
    /// Nothing: every target counts the same.
    case equal
  }

  /// Paths and remotes from a command line.
  package var targets: [String] = []
  /// Files with lists of targets.
  package var lists: [String] = []
  /// Folders that hold checkouts.
  package var folders: [String] = []
  /// How targets are weighed for which nobody gave a weight.
  package var weighing = Weighing.bytes
  /// How many shards there are to be.
  package var shardCount = 1
  /// Threads for weighing.
  package var jobs = WorkerThreads.coreCount

  /// Nothing named yet.
  package init() {}

  /// The plan.
  ///
  /// - Throws: `SweepPlanError`, and `FileError` for paths that are not there or cannot be listed.
  ///
  /// - Parameter progress: told how many of how many targets were weighed.
  package func plan(
    asOf: Timestamp, toolVersion: String, rules: SharedRules, policy: SweepPlan.PolicyRecord?,
    progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws -> SweepPlan {
    let here = try WorkingDirectory.path()
    return try SweepPlan(
      targets: weighed(try found(from: here), progress), shardCount: shardCount, asOf: asOf, toolVersion: toolVersion,
      rulePackDigest: rules.pack.digest,
      rulePacks: rules.paths.map { ResolvedPath.resolve($0, from: here, environment: [:]) }, policy: policy)
  }

  private struct Found: Sendable {
    let name: String
    let source: SweepTarget.Source
    let weight: Int?
  }

  private func found(from here: String) throws -> [Found] {
    var written = targets.map { WrittenTarget(text: $0) }
    for list in lists {
      let bytes = list == "-" ? try StandardInput.bytes() : try FileReader.read(list)
      written += try TargetList.read(bytes, path: list == "-" ? "standard input" : list)
    }
    var all: [Found] = []
    for target in written { all += try resolved(target, from: here) }
    for folder in folders { all += try checkouts(below: folder, from: here) }
    return all
  }

  private func resolved(_ target: WrittenTarget, from here: String) throws -> [Found] {
    if SweepTarget.isRemote(target.text) {
      guard let name = target.name ?? SweepTarget.name(ofRemote: target.text) else {
        throw SweepPlanError.unusableName(target.text)
      }
      return [Found(name: name, source: .git(target.text, revision: target.revision), weight: target.weight)]
    }
    let path = ResolvedPath.resolve(target.text, from: here, environment: [:])
    guard try FileStatus.of(path).isFolder else {
      throw FileError(.list, path: target.place + target.text, code: ENOTDIR)
    }
    let name = target.name ?? PathParts(path).name
    let kind = CheckoutSearch.kind(of: path)
    // A revision can be asked of git only.
    if kind == .bare || target.revision != nil {
      let plain = target.name == nil && name.hasSuffix(".git") ? String(name.dropLast(4)) : name
      return [Found(name: plain, source: .git(path, revision: target.revision), weight: target.weight)]
    }
    // What stands in a list is a target, whatever it holds.
    if kind == .checkout || !target.place.isEmpty || target.name != nil {
      return [Found(name: name, source: .folder(path), weight: target.weight)]
    }
    return try checkouts(below: target.text, from: here)
  }

  private func checkouts(below folder: String, from here: String) throws -> [Found] {
    let root = ResolvedPath.resolve(folder, from: here, environment: [:])
    let found = try CheckoutSearch.below(root)
    if found.isEmpty { throw NoCheckout(folder: folder) }
    return found.map { path, kind in
      if kind == .bare {
        let name = path.hasSuffix(".git") ? String(path.dropLast(4)) : path
        return Found(name: name, source: .git("\(root)/\(path)", revision: nil), weight: nil)
      }
      return Found(name: path, source: .folder("\(root)/\(path)"), weight: nil)
    }
  }

  /// A folder in which there is nothing to sweep.
  package struct NoCheckout: Error, CustomStringConvertible {
    let folder: String

    /// What was looked for.
    package var description: String {
      "\(folder): holds no checkout (a folder with .git or \(Configuration.fileName)); name the repositories, or put them "
        + "into a --targets list"
    }
  }

  /// Weighs on all cores. What cannot be weighed yet, because it has to be fetched, gets the mean of the others.
  private func weighed(_ found: [Found], _ progress: (@Sendable (Int, Int) -> Void)?) -> [SweepTarget] {
    let tally = ProgressTally(total: found.count, tell: progress)
    let known = IndexedWork.run(jobs: jobs, count: found.count) { indices in
      var weights: [(index: Int, weight: Int)] = []
      while let index = indices.next() {
        if let weight = found[index].weight ?? measured(found[index].source) { weights.append((index, weight)) }
        tally.add(1)
      }
      return weights
    }
    var weights = [Int?](repeating: nil, count: found.count)
    for (index, weight) in known.joined() { weights[index] = weight }
    let numbers = weights.compactMap { $0 }
    let total = numbers.reduce(0.0) { $0 + Double($1) }
    let mean = numbers.isEmpty ? 1 : Int(total / Double(numbers.count))
    return found.indices.map {
      SweepTarget(name: found[$0].name, source: found[$0].source, weight: weights[$0] ?? mean)
    }
  }

  /// A folder that cannot be read weighs nothing here; its shard will say what is wrong with it.
  private func measured(_ source: SweepTarget.Source) -> Int? {
    guard case .folder(let path) = source else { return nil }
    if weighing == .equal { return 1 }
    guard let listing = try? TreeWalk().list(path) else { return 0 }
    if weighing == .files { return listing.files.count }
    var total = 0
    for file in listing.files {
      let name = (Array(path.utf8) + [UInt8(ascii: "/")] + file.rawPath + [0]).map { CChar(bitPattern: $0) }
      var status = stat()
      if unsafe lstat(name, &status) == 0 { total += Int(status.st_size) }
    }
    return total
  }
}
