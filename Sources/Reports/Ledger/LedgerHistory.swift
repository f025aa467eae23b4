package import Formats
import Rules

/// What a ledger knows of the past of repositories: runs, findings by family of rules, verdicts, what is accepted for a
/// time only. Everything that tells the past is a rendering of this value.
package struct LedgerHistory: Sendable {
  /// A recorded run.
  package struct Run: Sendable, Hashable {
    /// Its number in the ledger.
    package let number: Int64
    /// Its ULID.
    package let id: String
    /// When it was made.
    package let time: Timestamp
    /// The commit that was audited.
    package let commit: String?
    /// The whole tree was judged, so that it says what is gone.
    package let isComplete: Bool
    /// The exit status.
    package let exitStatus: Int
    /// Findings that counted, by level.
    package let errors: Int
    /// Findings that counted, by level.
    package let warnings: Int
    /// Findings that counted, by level.
    package let notes: Int
    /// Findings that were accepted.
    package let accepted: Int
    /// Findings that were not there before.
    package let appeared: Int
    /// Findings that were gone.
    package let fixed: Int

    /// All findings that counted.
    package var open: Int { errors + warnings + notes }
  }

  /// Findings of one family of rules, run by run.
  package struct Family: Sendable, Hashable {
    /// `hard-path`, `dod`, …
    package let name: String
    /// How many were known and counted after each run.
    package let open: [Int]
    /// How many were new in each run.
    package let appeared: [Int]
    /// How many were gone in each run.
    package let fixed: [Int]
  }

  /// The verdicts on a phase, run by run.
  package struct Phase: Sendable, Hashable {
    /// A verdict that is another one than in the run before.
    package struct Change: Sendable, Hashable {
      /// The place of the run.
      package let run: Int
      /// What it was; nil where the phase was not judged before.
      package let from: String?
      /// What it is since.
      package let to: String

      /// It was PROVEN and is no more.
      package var isFall: Bool { from == Verdict.proven.rawValue }
    }

    /// Its id.
    package let phaseID: String
    /// For each run the verdict; nil where the phase was not judged.
    package let verdicts: [String?]
    /// Every change, the first verdict among them.
    package let changes: [Change]
  }

  /// A finding that is accepted until a day.
  package struct Ending: Sendable, Hashable {
    /// The last day on which it is.
    package let until: String
    /// The rule.
    package let rule: String
    /// Where.
    package let path: String
    /// Who answers for it.
    package let owner: String?
  }

  /// A sign-off.
  package struct Approval: Sendable, Hashable {
    /// The phase.
    package let phaseID: String
    /// Who decided.
    package let actor: String
    /// When it was decided.
    package let time: Timestamp
  }

  /// One repository.
  package struct Target: Sendable {
    /// Its name.
    package let name: String
    /// Its runs, oldest first.
    package internal(set) var runs: [Run] = []
    /// Families that ever had a finding, those with most open ones first.
    package internal(set) var families: [Family] = []
    /// Phases by id.
    package internal(set) var phases: [Phase] = []
    /// What is accepted for a time, the earliest end first.
    package internal(set) var endings: [Ending] = []
    /// Sign-offs, oldest first.
    package internal(set) var approvals: [Approval] = []
  }

  /// Repositories by name.
  package let targets: [Target]
}

extension Ledger {
  /// The past of all repositories, or of one. Trusts the rows: whoever doubts them verifies first.
  package borrowing func history(of target: String? = nil) throws(LedgerError) -> LedgerHistory {
    try telling {
      try database.execute("BEGIN")
      defer { try? database.execute("ROLLBACK") }
      var targets: [String: LedgerHistory.Target] = [:]
      var places: [Int64: Int] = [:]
      try readRuns(target, &targets, &places)
      try readFindings(target, &targets, places)
      try readPhases(&targets, places)
      try readApprovals(&targets)
      return LedgerHistory(targets: targets.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }
  }

  private borrowing func readRuns(
    _ target: String?, _ targets: inout [String: LedgerHistory.Target], _ places: inout [Int64: Int]
  ) throws {
    var rows = try database.prepare(
      """
      SELECT target, number, id, time, commit_name, is_complete, exit_status, errors, warnings, notes, accepted, appeared,
      fixed FROM run WHERE ?1 IS NULL OR target = ?1 ORDER BY seq
      """)
    if let target { try rows.bind(target, at: 1) }
    while try rows.step() {
      let name = rows.text(at: 0) ?? ""
      func count(_ column: Int) -> Int { Int(rows.rawInteger(at: column)) }
      let run = LedgerHistory.Run(
        number: rows.rawInteger(at: 1), id: rows.text(at: 2) ?? "",
        time: Timestamp(milliseconds: rows.rawInteger(at: 3)), commit: rows.text(at: 4), isComplete: count(5) == 1,
        exitStatus: count(6), errors: count(7), warnings: count(8), notes: count(9), accepted: count(10),
        appeared: count(11), fixed: count(12))
      places[run.number] = targets[name]?.runs.count ?? 0
      targets[name, default: LedgerHistory.Target(name: name)].runs.append(run)
    }
  }

  private borrowing func readFindings(
    _ target: String?, _ targets: inout [String: LedgerHistory.Target], _ places: [Int64: Int]
  ) throws {
    var tallies = targets.mapValues { FindingTally(runCount: $0.runs.count) }
    var rows = try database.prepare(
      """
      SELECT r.target, f.run, f.change, f.fingerprint, f.rule, f.path, f.accepted, f.until, f.owner
      FROM run r JOIN finding f ON f.seq BETWEEN r.first_seq AND r.seq
      WHERE ?1 IS NULL OR r.target = ?1 ORDER BY f.seq
      """)
    if let target { try rows.bind(target, at: 1) }
    while try rows.step() {
      guard let place = places[rows.rawInteger(at: 1)],
        let key = rows.withBytes(at: 3, { LedgerFinding.Key(bytes: $0) })
      else { continue }
      let ending = rows.text(at: 7).map {
        LedgerHistory.Ending(
          until: $0, rule: rows.text(at: 4) ?? "", path: rows.text(at: 5) ?? "", owner: rows.text(at: 8))
      }
      tallies[rows.text(at: 0) ?? ""]?.take(
        key, change: rows.text(at: 2) ?? "", rule: rows.text(at: 4) ?? "",
        isCounted: rows.storage(at: 6) == .null, ending, at: place)
    }
    for (name, tally) in tallies {
      targets[name]?.families = tally.families
      targets[name]?.endings = tally.endings
    }
  }

  private borrowing func readPhases(
    _ targets: inout [String: LedgerHistory.Target], _ places: [Int64: Int]
  ) throws {
    var verdicts: [String: [String: [String?]]] = [:]
    var rows = try database.prepare(
      "SELECT r.target, p.run, p.phase, p.verdict FROM phase p JOIN run r ON r.number = p.run ORDER BY p.seq")
    while try rows.step() {
      guard let name = rows.text(at: 0), let count = targets[name]?.runs.count,
        let place = places[rows.rawInteger(at: 1)]
      else { continue }
      let phase = rows.text(at: 2) ?? ""
      verdicts[name, default: [:]][phase, default: Array(repeating: nil, count: count)][place] = rows.text(at: 3)
    }
    for (name, phases) in verdicts {
      targets[name]?.phases = phases.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { phase in
        var last: String?
        var changes: [LedgerHistory.Phase.Change] = []
        for (place, verdict) in phase.value.enumerated() {
          guard let verdict, verdict != last else { continue }
          changes.append(LedgerHistory.Phase.Change(run: place, from: last, to: verdict))
          last = verdict
        }
        return LedgerHistory.Phase(phaseID: phase.key, verdicts: phase.value, changes: changes)
      }
    }
  }

  private borrowing func readApprovals(_ targets: inout [String: LedgerHistory.Target]) throws {
    var rows = try database.prepare("SELECT target, phase, actor, event_time FROM signoff ORDER BY seq")
    while try rows.step() {
      targets[rows.text(at: 0) ?? ""]?.approvals.append(
        LedgerHistory.Approval(
          phaseID: rows.text(at: 1) ?? "", actor: rows.text(at: 2) ?? "",
          time: Timestamp(milliseconds: rows.rawInteger(at: 3))))
    }
  }
}

/// Counts the findings of one repository, change by change.
private struct FindingTally {
  private struct Counts {
    var delta: [Int]
    var appeared: [Int]
    var fixed: [Int]
  }

  private let runCount: Int
  private var counts: [String: Counts] = [:]
  /// Whether each finding that is there counts.
  private var isCounted: [LedgerFinding.Key: Bool] = [:]
  private var ends: [LedgerFinding.Key: LedgerHistory.Ending] = [:]

  init(runCount: Int) { self.runCount = runCount }

  mutating func take(
    _ key: LedgerFinding.Key, change: String, rule: String, isCounted counts: Bool, _ ending: LedgerHistory.Ending?,
    at run: Int
  ) {
    let family = String(rule.prefix { $0 != "." })
    let none = Array(repeating: 0, count: runCount)
    var tally = self.counts[family] ?? Counts(delta: none, appeared: none, fixed: none)
    self.counts[family] = nil
    let before = isCounted[key] == true ? 1 : 0
    ends[key] = change == "fixed" ? nil : ending
    isCounted[key] = change == "fixed" ? nil : counts
    let after = isCounted[key] == true ? 1 : 0
    tally.delta[run] += after - before
    if change == "found", counts { tally.appeared[run] += 1 }
    if change == "fixed", before == 1 { tally.fixed[run] += 1 }
    self.counts[family] = tally
  }

  var families: [LedgerHistory.Family] {
    let families = counts.map { name, counts in
      var sum = 0
      return LedgerHistory.Family(
        name: name,
        open: counts.delta.map { delta in
          sum += delta
          return sum
        }, appeared: counts.appeared, fixed: counts.fixed)
    }
    return families.filter { family in family.open.contains { $0 > 0 } }.sorted {
      ($1.open.last ?? 0, $0.name) < ($0.open.last ?? 0, $1.name)
    }
  }

  var endings: [LedgerHistory.Ending] {
    ends.values.sorted { ($0.until, $0.path, $0.rule) < ($1.until, $1.path, $1.rule) }
  }
}
