import Formats
import Rules

extension Ledger {
  /// Runs of a target that looked at the whole tree, oldest first; of many the latest. Others cannot be compared.
  package borrowing func pastRuns(of target: String, most: Int) throws(LedgerError) -> [PastRun] {
    try telling {
      var runs: [(number: Int64, run: PastRun)] = []
      var rows = try database.prepare(
        """
        SELECT number, time, commit_name, exit_status, errors, warnings, notes FROM run
        WHERE target = ? AND scope = '\(Scope.Kind.tree.rawValue)' ORDER BY seq DESC LIMIT ?
        """)
      try rows.bind(target, at: 1)
      try rows.bind(Int64(most), at: 2)
      while try rows.step() {
        guard let number = rows.integer(at: 0), let time = rows.integer(at: 1), let status = rows.integer(at: 3) else {
          throw LedgerError.broken(path, LedgerBreak("a run has no number, no time or no exit status"))
        }
        let open = [Severity.error, .warning, .note].enumerated().map { ($1, Int(rows.integer(at: 4 + $0) ?? 0)) }
        runs.append(
          (
            number,
            PastRun(
              time: Timestamp(milliseconds: time), gitHead: rows.text(at: 2),
              exitStatus: Int32(exactly: status).flatMap(ExitStatus.init(rawValue:)) ?? .noVerdict,
              verdicts: try verdicts(of: number), openFindings: Dictionary(uniqueKeysWithValues: open))
          ))
      }
      return runs.reversed().map(\.run)
    }
  }

  private borrowing func verdicts(of run: Int64) throws -> [Verdict: Int] {
    var counts: [Verdict: Int] = [:]
    var rows = try database.prepare("SELECT verdict, count(*) FROM phase WHERE run = ? GROUP BY verdict")
    try rows.bind(run, at: 1)
    while try rows.step() {
      if let verdict = rows.text(at: 0).flatMap(Verdict.init(rawValue:)) {
        counts[verdict] = Int(rows.integer(at: 1) ?? 0)
      }
    }
    return counts
  }
}
