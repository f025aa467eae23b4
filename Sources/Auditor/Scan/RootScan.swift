import Formats
import Rules

/// One scan of one root: its files, and its tree.
struct RootScan {
  let root: String
  let plan: ScanPlan
  let jobs: Int
  let today: CivilDate
  /// With a salt, findings are made known to baselines.
  let salt: [UInt8]?
  /// The baseline, relative to the root, where it lies in it: what this tool wrote says nothing about the tree.
  let baseline: String?
  /// Whether the outcome holds the digests of the files that findings are about.
  var recordsInputs = true
  /// How earlier scans are made use of.
  var cache = CacheRequest()
  /// Where the cache is.
  var environment: [String: String] = [:]
  /// Takes the findings; without it the outcome holds them.
  var taker: (any FindingTaker)?

  /// What the rules find; `say` is told what is worth a word about the cache.
  func run(
    _ subject: ScanSubject, progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void = { _ in }
  ) -> ScanOutcome {
    var scan = TreeScan(
      root: root, plan: plan, jobs: jobs, today: today, salt: salt, baseline: baseline, recordsInputs: recordsInputs)
    scan.taker = taker
    var outcome = CachedScan(
      root: root, plan: plan, scan: scan, request: cache, today: today, salt: salt, jobs: jobs, environment: environment
    ).run(subject, progress: progress, say: say)
    var found = TreeFacts(root: root, rules: plan.rules, filter: plan.filter).findings(in: subject)
    if found.isEmpty { return outcome }
    if let salt {
      for index in found.indices { found[index].identity = ContentIdentity(wholeFile: found[index], salt: salt) }
    }
    if let taker {
      found.sort(by: Finding.precedes)
      Fingerprint.assign(to: &found)
      taker.take(found)
      return outcome
    }
    outcome.findings = (outcome.findings + found).sorted(by: Finding.precedes)
    Fingerprint.assign(to: &outcome.findings)
    return outcome
  }
}
