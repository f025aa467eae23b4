import Rules

/// The findings of one repository, followed row by row of the ledger: what there is, and what of it is new.
struct OrgFindings {
  /// A finding that is there.
  struct Known {
    /// The row that says so.
    let seq: Int64
    /// Its family, as a place in the sums.
    let family: Int
    let state: OrgTarget.State
  }

  /// A finding that is new, or that stayed and changed.
  struct Change {
    let seq: Int64
    let was: OrgTarget.State?
    let state: OrgTarget.State
  }

  /// What one family of rules came to.
  struct Counts {
    var open = 0
    var appeared = 0
    var fixed = 0
    var drifting = 0
  }

  /// New or drifting findings that are told one by one.
  private static let most = 20

  private var there: [LedgerFinding.Key: Known] = [:]
  /// What each finding was before what is called new, of those that a row of it is about; nil: not there.
  private var before: [LedgerFinding.Key: Known?] = [:]

  /// Takes a row: what the finding is since, or nil where it is gone.
  mutating func take(_ key: LedgerFinding.Key, _ known: Known?, isNew: Bool) {
    if isNew, before[key] == nil { before[key] = .some(there[key]) }
    there[key] = known
  }

  /// What is accepted until a day, with the row that says so.
  var ends: [(seq: Int64, until: String)] {
    there.values.compactMap { known in known.state.until.map { (known.seq, $0) } }
  }

  /// New findings that count, by level.
  var appeared: [Severity: Int] {
    var counts: [Severity: Int] = [:]
    for change in news { counts[change.state.level, default: 0] += 1 }
    return counts
  }

  /// Findings that counted and are gone.
  var fixed: Int { before.count { $0.value?.state.isCounted == true && there[$0.key] == nil } }

  /// Findings that stayed, otherwise than they were.
  var drifting: Int { drifts.count }

  /// Those of them that got worse, and fail a run.
  func worse(by threshold: FailureThreshold) -> Int {
    drifts.count { OrgTarget.isWorse($0.state, than: $0.was) && threshold.isReached(by: $0.state.level) }
  }

  /// The gravest new findings.
  var newest: [Change] {
    Array(news.sorted { ($1.state.level, $0.seq) < ($0.state.level, $1.seq) }.prefix(Self.most))
  }

  /// Drifting findings, those that got worse first.
  var drifted: [Change] {
    func rank(_ change: Change) -> Int { OrgTarget.isWorse(change.state, than: change.was) ? 0 : 1 }
    return Array(
      drifts.sorted { (rank($0), $1.state.level, $0.seq) < (rank($1), $0.state.level, $1.seq) }.prefix(Self.most))
  }

  /// The counts of each family.
  var counts: [Int: Counts] {
    var counts: [Int: Counts] = [:]
    for known in there.values where known.state.isCounted { counts[known.family, default: Counts()].open += 1 }
    for (key, was) in before {
      switch (was, there[key]) {
      case (nil, let known?) where known.state.isCounted: counts[known.family, default: Counts()].appeared += 1
      case (let was?, nil) where was.state.isCounted: counts[was.family, default: Counts()].fixed += 1
      case (let was?, let known?) where was.state != known.state:
        counts[known.family, default: Counts()].drifting += 1
      default: break
      }
    }
    return counts
  }

  private var news: [Change] {
    before.compactMap { key, was in
      guard was == nil, let known = there[key], known.state.isCounted else { return nil }
      return Change(seq: known.seq, was: nil, state: known.state)
    }
  }

  private var drifts: [Change] {
    before.compactMap { key, was in
      guard let was, let known = there[key], was.state != known.state else { return nil }
      return Change(seq: known.seq, was: was.state, state: known.state)
    }
  }
}
