import Formats
import Glibc
package import Rules
import Synchronization

/// What came of one target of a sweep.
package enum TargetResult: Sendable {
  /// It was audited; what could not be evaluated is in the run.
  case audited(AuditRun)
  /// It could not be had at all: why.
  case failed(String)

  /// The `status` of rows of targets that could not be had.
  package static let failedStatus = "error"
}

/// How one target is told.
package struct TargetTelling: Sendable {
  /// One line of JSON, without a line end, that begins with the member `target`.
  let row: [UInt8]
  /// Reports of its own, by file name.
  let files: [(name: String, bytes: [UInt8])]

  /// A row, and reports for whoever asked for them.
  package init(row: [UInt8], files: [(name: String, bytes: [UInt8])] = []) {
    self.row = row
    self.files = files
  }
}

/// Runs one shard of a plan: audits its targets, several at once, and leaves a file with a row for each of them.
///
/// A target that fails is a row that says so; the others are looked at all the same. Running a shard again, or two at
/// once, gives the same file.
package struct SweepRun: Sendable {
  /// What is run, and where.
  package struct Request: Sendable {
    /// The plan.
    package let plan: SweepPlan
    /// Which part of it.
    package let shard: Shard
    /// Where files of shards are kept.
    package let folder: String
    /// The rules, the same as when the plan was made.
    package let rules: SharedRules
    /// The policy of the plan.
    package var policy: Policy?
    /// Whether rows that earlier runs left are kept, wherever their target is the same.
    package var resumes = false
    /// Where reports of each target are written, in a folder of its name; nowhere when nil.
    package var reportsFolder: String?
    /// Where repositories are cloned to, and removed again; a folder for temporary files when nil.
    package var workFolder: String?
    /// How much history clones have; all of it when nil.
    package var depth: Int?
    /// Targets at once.
    package var jobs = WorkerThreads.coreCount
    /// The environment, for git and for phases.
    package let environment: [String: String]

    /// A request with what has no default.
    package init(
      plan: SweepPlan, shard: Shard, folder: String, rules: SharedRules, environment: [String: String]
    ) {
      self.plan = plan
      self.shard = shard
      self.folder = folder
      self.rules = rules
      self.environment = environment
    }
  }

  /// How the run of a shard ended.
  package struct Outcome: Sendable {
    /// The file with the rows.
    package let path: String
    /// Targets that were looked at.
    package let lookedAt: Int
    /// Targets whose row an earlier run had left.
    package let reused: Int
    /// Targets that could not be had, with the reason, in the order of their names.
    package let failures: [(target: String, reason: String)]
  }

  /// Makes the row of a target.
  package typealias Telling = @Sendable (SweepTarget, TargetResult) throws -> TargetTelling

  private let request: Request
  private let planDigest: String

  /// A run of one shard.
  package init(_ request: Request) {
    self.request = request
    planDigest = request.plan.digest
  }

  /// Runs the shard to its end.
  ///
  /// - Parameters:
  ///   - tell: makes the row of a target.
  ///   - progress: told how many of how many targets are done.
  /// - Throws: `FileError` when rows cannot be written or read back. What is wrong with a target is in its row.
  package func run(
    tell: @escaping Telling,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> Outcome {
    let targets = request.plan.targets(of: request.shard)
    if request.resumes, let finished = try finished() { return finished }
    let earlier = request.resumes ? try earlierRows() : [:]
    let work = CloneFolder(request.workFolder, environment: request.environment)
    let journal = try SweepJournal(request.shard, in: request.folder)
    // The heaviest first, so that no thread is left alone with it at the end.
    let order = targets.indices.sorted { targets[$0].weight > targets[$1].weight }
    let state = Mutex(Progress(rows: [StoredRow?](repeating: nil, count: targets.count)))
    let threads = max(1, min(request.jobs, targets.count))
    _ = IndexedWork.run(jobs: threads, count: order.count) { indices in
      while let next = indices.next() {
        if Interruption.isAsked || state.withLock({ $0.problem != nil }) { return }
        let index = order[next]
        let outcome = Result { try look(at: targets[index], earlier: earlier, work, journal, tell) }
        let done = state.withLock { $0.take(outcome, of: index, name: targets[index].name) }
        progress(done, targets.count)
      }
    }
    work.remove()
    let final = state.withLock { $0 }
    if let signal = Interruption.name {
      throw Interrupted(
        signal: signal, journal: journal.path, kept: final.rows.count { $0 != nil }, targets: targets.count)
    }
    if let problem = final.problem { throw problem }
    try ShardFile.write(final.rows.compactMap { $0 }, to: path, plan: planDigest, shard: request.shard)
    // With them, a resumed run looks again only at what could not be had.
    if final.failures.isEmpty {
      for old in try SweepJournal.journals(of: request.shard, in: request.folder) { unsafe unlink(old) }
    }
    return Outcome(
      path: path, lookedAt: final.lookedAt, reused: final.reused,
      failures: final.failures.sorted { $0.target.utf8.lexicographicallyPrecedes($1.target.utf8) })
  }

  private var path: String { "\(request.folder)/\(request.shard.fileName)" }

  /// What an earlier run finished; nil where it did not, or where some target could not be had.
  private func finished() throws -> Outcome? {
    guard FileStatus.exists(path) else { return nil }
    let hasFailure = Mutex(false)
    let file = try ShardFile(path, shard: request.shard) { row in
      if row["status"]?.string == TargetResult.failedStatus { hasFailure.withLock { $0 = true } }
    }
    if hasFailure.withLock({ $0 }) || !ShardCheck.isSound(file.content, plan: request.plan) { return nil }
    return Outcome(path: path, lookedAt: 0, reused: file.rows.count, failures: [])
  }

  private struct Looked: Sendable {
    let row: StoredRow
    var isReused = false
    var failure: String?
  }

  private struct Progress: Sendable {
    var rows: [StoredRow?]
    var lookedAt = 0
    var reused = 0
    var failures: [(target: String, reason: String)] = []
    var problem: (any Error)?

    mutating func take(_ outcome: Result<Looked, any Error>, of index: Int, name: String) -> Int {
      switch outcome {
      case .success(let looked):
        rows[index] = looked.row
        if looked.isReused { reused += 1 } else { lookedAt += 1 }
        if let failure = looked.failure { failures.append((name, failure)) }
      case .failure(let error): problem = problem ?? error
      }
      return lookedAt + reused
    }
  }

  /// Rows that can stand, by what they were made from.
  private func earlierRows() throws -> [Digest: StoredRow] {
    var rows: [Digest: StoredRow] = [:]
    for (key, row) in try SweepJournal.rows(of: request.shard, in: request.folder) { rows[key] = row }
    return rows
  }

  /// - Throws: only what keeps rows from being kept.
  private func look(
    at target: SweepTarget, earlier: [Digest: StoredRow], _ work: CloneFolder, _ journal: SweepJournal,
    _ tell: Telling
  ) throws -> Looked {
    switch target.source {
    case .folder(let path):
      let audit = Audit(auditRequest(path))
      let listing: TreeListing
      do {
        listing = try audit.list()
      } catch {
        return try keep(.failed("\(error)"), of: target, key: nil, journal, tell, hiding: path)
      }
      let key = SHA256.digest(Array("\(planDigest)\n\(target.name)\n\(TreeStamp(listing, root: path).text)".utf8))
      if let row = earlier[key] { return Looked(row: row, isReused: true) }
      return try keep(audited(audit, listing), of: target, key: key, journal, tell)
    case .git(let remote, let revision):
      // Within one plan, what was fetched stands.
      let key = SHA256.digest(Array("\(planDigest)\n\(target.name)\ngit".utf8))
      if let row = earlier[key] { return Looked(row: row, isReused: true) }
      let folder = try work.newPath()
      defer { work.discard(folder) }
      let clone = GitClone(depth: request.depth, environment: request.environment)
      do throws(GitError) {
        try clone.make(remote, revision: revision, into: folder)
      } catch {
        return try keep(.failed("\(error)"), of: target, key: nil, journal, tell)
      }
      let audit = Audit(auditRequest(folder))
      return try keep(audited(audit, nil), of: target, key: key, journal, tell, hiding: folder)
    }
  }

  private func audited(_ audit: Audit, _ listing: TreeListing?) -> TargetResult {
    do {
      return .audited(try audit.run(try listing ?? audit.list()) { _, _ in })
    } catch {
      return .failed("\(error)")
    }
  }

  private func auditRequest(_ root: String) -> Audit.Request {
    var audit = Audit.Request(
      root: root, reportsFolder: "\(root)/reports", now: request.plan.asOf, environment: environment,
      toolVersion: request.plan.toolVersion)
    audit.shared = request.rules
    audit.policy = request.policy
    audit.jobs = 1
    return audit
  }

  /// What points at one project's phases would be taken for those of every target.
  private var environment: [String: String] {
    request.environment.filter { name, _ in !name.hasPrefix("DOD_") && name != "LUKA_ACTIVITY_FEED_JSONL" }
  }

  /// Tells a result and writes the row down. A row without a key is not taken for the answer of a later run.
  private func keep(
    _ result: TargetResult, of target: SweepTarget, key: Digest?, _ journal: SweepJournal, _ tell: Telling,
    hiding folder: String? = nil
  ) throws -> Looked {
    // Judged by halves, it would stand in the journal as the answer.
    try Interruption.check(.read, target.name)
    let telling = try tell(target, result)
    if let reports = request.reportsFolder {
      for file in telling.files {
        try AtomicFile.write(hidden(folder, in: file.bytes), to: "\(reports)/\(target.name)/\(file.name)")
      }
    }
    var failure: String?
    if case .failed(let reason) = result { failure = reason }
    let row = try journal.append(hidden(folder, in: telling.row), key: failure == nil ? key ?? .none : .none)
    return Looked(row: row, failure: failure)
  }

  /// Where a clone lay for a moment, or a folder that is not there, is another place on each machine.
  private func hidden(_ folder: String?, in bytes: [UInt8]) -> [UInt8] {
    guard let folder else { return bytes }
    return bytes.replacing(Array(folder.utf8), with: [UInt8(ascii: ".")])
  }
}

/// A run of a shard was stopped by a signal. What is done is in the journal.
private struct Interrupted: Error, CustomStringConvertible {
  let signal: String
  let journal: String
  let kept: Int
  let targets: Int

  var description: String {
    "\(signal) ended the run after \(kept) of \(targets) targets, which \(journal) keeps; "
      + "'auditor sweep run --resume' goes on from there"
  }
}

extension Digest {
  /// What nothing is made from.
  fileprivate static var none: Digest { SHA256.digest([]) }
}
