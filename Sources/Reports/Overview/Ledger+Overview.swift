import Formats
import Rules

extension Ledger {
  /// Many repositories at one glance. Trusts the rows: whoever doubts them verifies first.
  ///
  /// Memory grows with the findings of one repository, and with the number of repositories.
  package borrowing func overview(_ question: OrgOverview.Question) throws(LedgerError) -> OrgOverview {
    try telling {
      try database.execute("BEGIN")
      defer { try? database.execute("ROLLBACK") }
      var sums = OrgSums(question)
      var targets: [OrgTarget] = []
      let approvals = try approvals(by: question)
      for name in try targetNames() {
        if let target = try target(name, question, approvals[name] ?? [:], &sums) { targets.append(target) }
      }
      return OrgOverview(question, targets: targets, days: sums.days, families: sums.families)
    }
  }

  private borrowing func targetNames() throws -> [String] {
    var names: [String] = []
    var rows = try database.prepare("SELECT DISTINCT target FROM run ORDER BY target")
    while try rows.step() { names.append(rows.text(at: 0) ?? "") }
    return names
  }

  /// The last sign-off of each phase.
  private borrowing func approvals(
    by question: OrgOverview.Question
  ) throws -> [String: [String: LedgerHistory.Approval]] {
    var approvals: [String: [String: LedgerHistory.Approval]] = [:]
    var rows = try database.prepare("SELECT target, phase, actor, event_time FROM signoff ORDER BY seq")
    while try rows.step() {
      let approval = LedgerHistory.Approval(
        phaseID: rows.text(at: 1) ?? "", actor: rows.text(at: 2) ?? "",
        time: Timestamp(milliseconds: rows.rawInteger(at: 3)))
      if approval.time.date > question.day { continue }
      approvals[rows.text(at: 0) ?? "", default: [:]][approval.phaseID] = approval
    }
    return approvals
  }

  /// One repository; nil where it had no run by the day of the question.
  private borrowing func target(
    _ name: String, _ question: OrgOverview.Question, _ approvals: [String: LedgerHistory.Approval],
    _ sums: inout OrgSums
  ) throws -> OrgTarget? {
    let runs = try runs(of: name, by: question)
    guard let last = runs.last else { return nil }
    let places = Dictionary(runs.enumerated().map { ($1.number, $0) }, uniquingKeysWith: { first, _ in first })
    let window =
      question.since.map { since in runs.firstIndex { $0.time.date >= since } ?? runs.count } ?? runs.count - 1
    let findings = try findings(of: name, places, window: window, &sums)
    var phases = OrgPhases(runs)
    try eachPhase(of: name) { run, phase, verdict in
      if let place = places[run] { phases.take(phase, verdict, at: place) }
    }
    phases.finish()
    sums.take(runs, phases.tallies)
    sums.take(findings)
    let endings = try findings.ends.map { try ending(of: $0.seq, until: $0.until) }
    return OrgTarget(
      name: name, runCount: runs.count, last: last, hasJoined: window == 0,
      series: runs.suffix(question.dayCount).map(\.open), appeared: findings.appeared, fixed: findings.fixed,
      drifting: findings.drifting, newest: try findings.newest.map { try change($0) },
      drifted: try findings.drifted.map { try change($0) }, verdicts: phases.tallies.last ?? [:],
      falls: phases.falls(window: window, approvals),
      endings: endings.sorted { ($0.until, $0.path, $0.rule) < ($1.until, $1.path, $1.rule) },
      worse: findings.worse(by: question.threshold))
  }

  private borrowing func runs(of name: String, by question: OrgOverview.Question) throws -> [LedgerHistory.Run] {
    var runs: [LedgerHistory.Run] = []
    var rows = try database.prepare(
      """
      SELECT number, id, time, commit_name, is_complete, exit_status, errors, warnings, notes, accepted, appeared,
      fixed FROM run WHERE target = ? ORDER BY number
      """)
    try rows.bind(name, at: 1)
    while try rows.step() {
      func count(_ column: Int) -> Int { Int(rows.rawInteger(at: column)) }
      let run = LedgerHistory.Run(
        number: rows.rawInteger(at: 0), id: rows.text(at: 1) ?? "",
        time: Timestamp(milliseconds: rows.rawInteger(at: 2)), commit: rows.text(at: 3), isComplete: count(4) == 1,
        exitStatus: count(5), errors: count(6), warnings: count(7), notes: count(8), accepted: count(9),
        appeared: count(10), fixed: count(11))
      if run.time.date <= question.day { runs.append(run) }
    }
    return runs
  }

  private borrowing func findings(
    of name: String, _ places: [Int64: Int], window: Int, _ sums: inout OrgSums
  ) throws -> OrgFindings {
    var findings = OrgFindings()
    var rows = try database.prepare(
      """
      SELECT f.run, f.change, f.fingerprint, f.rule, f.level, f.accepted, f.until, f.owner, f.seq
      FROM run r JOIN finding f ON f.seq BETWEEN r.first_seq AND r.seq WHERE r.target = ? ORDER BY f.seq
      """)
    try rows.bind(name, at: 1)
    while try rows.step() {
      guard let place = places[rows.rawInteger(at: 0)],
        let key = rows.withBytes(at: 2, { LedgerFinding.Key(bytes: $0) })
      else { continue }
      let isGone = rows.text(at: 1) == "fixed"
      let known = OrgFindings.Known(
        seq: rows.rawInteger(at: 8), family: sums.family(of: rows.text(at: 3) ?? ""),
        state: OrgTarget.State(
          level: rows.text(at: 4).flatMap(Severity.init(rawValue:)) ?? .error, accepted: rows.text(at: 5),
          until: rows.text(at: 6)))
      findings.take(key, isGone ? nil : known, isNew: place >= window)
    }
    return findings
  }

  private borrowing func eachPhase(of name: String, _ body: (Int64, String, String) -> Void) throws {
    var rows = try database.prepare(
      """
      SELECT p.run, p.phase, p.verdict FROM run r JOIN phase p ON p.seq BETWEEN r.first_seq AND r.seq
      WHERE r.target = ? ORDER BY p.seq
      """)
    try rows.bind(name, at: 1)
    while try rows.step() { body(rows.rawInteger(at: 0), rows.text(at: 1) ?? "", rows.text(at: 2) ?? "") }
  }

  private borrowing func change(_ change: OrgFindings.Change) throws -> OrgTarget.Change {
    var row = try database.prepare("SELECT rule, path, line FROM finding WHERE seq = ?")
    try row.bind(change.seq, at: 1)
    _ = try row.step()
    return OrgTarget.Change(
      was: change.was, state: change.state, rule: row.text(at: 0) ?? "", path: row.text(at: 1) ?? "",
      line: row.integer(at: 2).map { Int($0) })
  }

  private borrowing func ending(of seq: Int64, until: String) throws -> LedgerHistory.Ending {
    var row = try database.prepare("SELECT rule, path, owner FROM finding WHERE seq = ?")
    try row.bind(seq, at: 1)
    _ = try row.step()
    return LedgerHistory.Ending(
      until: until, rule: row.text(at: 0) ?? "", path: row.text(at: 1) ?? "", owner: row.text(at: 2))
  }
}
