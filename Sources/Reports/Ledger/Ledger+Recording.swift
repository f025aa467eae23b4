package import Formats
package import Rules

/// What recording a run came to.
package struct LedgerEntry: Sendable, Hashable {
  /// The run's number in the ledger, from 1.
  package let number: Int64
  /// Findings that were not there, or did not count, when the target was last looked at.
  package let appeared: Int64
  /// Findings that are gone.
  package let fixed: Int64
  /// Findings that are there and count.
  package let open: Int64
  /// Rows of the ledger, this run's among them.
  package let rowCount: Int64
  /// The last link of the chain.
  package let head: Digest
}

extension Ledger {
  /// Above this many expected findings, the index of findings is made anew instead of row by row.
  private static let manyFindings = 50_000

  /// Records a run: rows for findings that appeared, changed or are gone, for its phases and gates, and for itself. All or
  /// nothing, even when the process is killed.
  ///
  /// Findings are gone only where the run was complete: whole tree, nothing that could not be judged.
  /// - Parameters:
  ///   - count: about how many findings will come.
  ///   - findings: hands over the findings, each once; memory does not grow with their texts.
  package borrowing func record(
    _ run: LedgerRun, expecting count: Int = 0, findings: (inout FindingIntake) throws -> Void
  ) throws -> LedgerEntry {
    try telling {
      try database.transaction { database in
        var chain = try lastLink(of: database)
        let first = chain.count + 1
        let number = try Self.number(of: "SELECT coalesce(max(number), 0) FROM run", in: database) + 1
        let known = try Self.number(
          of: "SELECT count(*) FROM (SELECT 1 FROM finding LIMIT \(count / 2 + 1))", in: database)
        let isIndexMadeAnew = count > Self.manyFindings && known < count / 2
        if isIndexMadeAnew { try database.execute("DROP INDEX \(LedgerSchema.fingerprintIndex)") }
        var intake = try FindingIntake(
          run: number, target: run.target, chain: chain, expecting: count, in: database)
        try findings(&intake)
        if run.isComplete { try intake.close(in: database) }
        chain = intake.chain
        var run = run
        run.reportSHA256 = intake.reportSHA256 ?? run.reportSHA256
        let counts = intake.counts
        if isIndexMadeAnew { try Self.makeIndex(in: database) }
        try add(run.phases, run.gates, of: number, &chain, in: database)
        try add(run, number: number, first: first, counts, &chain, in: database)
        try store(chain, in: database)
        return LedgerEntry(
          number: number, appeared: counts.appeared, fixed: counts.fixed,
          open: counts.errors + counts.warnings + counts.notes, rowCount: chain.count, head: chain.head)
      }
    }
  }

  /// Sorts in parts of 2 MB, which stay in the processor's cache, and merges them from a temporary file: one list of all
  /// fingerprints in memory takes twice the time.
  private static func makeIndex(in database: borrowing SQLiteDatabase) throws(SQLiteError) {
    try database.execute("PRAGMA temp_store=FILE; PRAGMA cache_size=-2048")
    try database.execute(LedgerSchema.byFingerprint)
    try database.execute("\(usualCache); PRAGMA temp_store=MEMORY")
  }

  /// Where the chain goes on: what the ledger says of its own end, which has to fit its last row.
  borrowing func lastLink(of database: borrowing SQLiteDatabase) throws -> LedgerChain {
    if let problem = try schemaProblem() { throw LedgerError.broken(path, problem) }
    var own = try database.prepare("SELECT row_count, head FROM ledger")
    guard try own.step(), let count = own.integer(at: 0), let head = own.withBytes(at: 1, { Digest(bytes: $0) }) else {
      throw LedgerError.broken(path, LedgerBreak("the row that holds its end is damaged"))
    }
    let ends = LedgerTable.allCases.map { "SELECT max(seq) AS seq FROM \($0.rawValue)" }.joined(
      separator: " UNION ALL ")
    let last = try Self.number(of: "SELECT coalesce(max(seq), 0) FROM (\(ends))", in: database)
    guard last == count else {
      throw LedgerError.broken(path, LedgerBreak("it says that it has \(count) rows, and its last one is row \(last)"))
    }
    return LedgerChain(count: count, head: head)
  }

  /// Notes where the chain ends now.
  borrowing func store(_ chain: LedgerChain, in database: borrowing SQLiteDatabase) throws(SQLiteError) {
    var row = try database.prepare("UPDATE ledger SET row_count = ?, head = ?")
    try row.bind(chain.count, at: 1)
    try row.bind(chain.head.bytes, at: 2)
    try row.run()
  }

  private borrowing func add(
    _ phases: [LedgerRun.Phase], _ gates: [LedgerRun.Gate], of run: Int64, _ chain: inout LedgerChain,
    in database: borrowing SQLiteDatabase
  ) throws {
    var phaseRow = try ChainedInsert(.phase, in: database)
    for phase in phases {
      try phaseRow.begin(&chain)
      try phaseRow.integer(run, &chain)
      try phaseRow.text(phase.phaseID, &chain)
      try phaseRow.text(phase.verdict, &chain)
      try phaseRow.integer(Int64(phase.missingCount), &chain)
      try phaseRow.end(&chain)
    }
    var gateRow = try ChainedInsert(.gate, in: database)
    for gate in gates {
      try gateRow.begin(&chain)
      try gateRow.integer(run, &chain)
      try gateRow.text(gate.gateID, &chain)
      try gateRow.text(gate.status, &chain)
      try gateRow.end(&chain)
    }
  }

  private borrowing func add(
    _ run: LedgerRun, number: Int64, first: Int64, _ counts: FindingIntake.Counts, _ chain: inout LedgerChain,
    in database: borrowing SQLiteDatabase
  ) throws {
    var row = try ChainedInsert(.run, in: database)
    try row.begin(&chain)
    try row.integer(number, &chain)
    for text in [run.id, run.target, run.tool, run.version, run.rulesSHA256] { try row.text(text, &chain) }
    try row.integer(run.time.milliseconds, &chain)
    try row.integer(run.recorded.milliseconds, &chain)
    try row.text(run.asOf, &chain)
    try row.text(run.commit, &chain)
    try row.text(run.scope, &chain)
    try row.integer(run.isComplete ? 1 : 0, &chain)
    try row.integer(Int64(run.exitStatus), &chain)
    try row.text(run.reportSHA256, &chain)
    for number in [
      first, Int64(run.filesScanned), Int64(run.unevaluatedCount), counts.errors, counts.warnings, counts.notes,
      counts.accepted, counts.appeared, counts.fixed,
    ] {
      try row.integer(number, &chain)
    }
    try row.end(&chain)
  }
}

extension Ledger {
  /// Records a run with findings that are in memory.
  package borrowing func record(_ run: LedgerRun, _ findings: [Finding]) throws -> LedgerEntry {
    try record(run, expecting: findings.count) { intake in
      for finding in findings {
        guard let row = LedgerFinding(finding) else {
          throw LedgerError.report("a finding of \(finding.ruleID) has no fingerprint")
        }
        try intake.take(row)
      }
    }
  }
}
