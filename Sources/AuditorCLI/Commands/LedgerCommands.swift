import Auditor
import Formats
import Reports
import Rules

/// The options of whatever reads or writes a ledger.
enum LedgerFlags {
  static let ledger = Flag("ledger", .value("FILE"), help: "The ledger (default: 'ledger' of auditor.yaml)")
  static let target = Flag(
    "target", .value("NAME"), help: "The name under which the runs belong together (default: that of the folder)")
}

extension Command {
  /// Adds a run that is told by a file.
  static let ledgerRecord = Command(
    ["ledger", "record"], summary: "Record the run that a report tells",
    description: """
      Adds a run to the ledger: findings that appeared, changed or are gone since the last run of the same target, the \
      verdicts on phases, the gates, and the run itself, each row chained to the one before. All or nothing, whatever \
      happens to the process. FILE is the report of 'auditor audit', or its lines: first the report without its findings, \
      then a finding each; lines are read as a stream. Findings count as fixed only where the run looked at the whole \
      tree and could judge everything.
      """,
    operands: .one("FILE"), flags: [LedgerFlags.ledger, requiredTarget],
    examples: [
      Example(
        "auditor ledger record --ledger audits.sqlite --target shop reports/dod_report.latest.json",
        "what 'auditor audit --ledger' does at once"),
      Example(
        "(jq -c 'del(.findings)' r.json; jq -c '.findings[]' r.json) > r.jsonl; auditor ledger record --target shop r.jsonl",
        "a report of any size, line by line"),
    ]
  ) { arguments, console in
    guard let target = arguments.value(requiredTarget) else {
      throw UsageError.missingOperand("--target NAME", command: "ledger record")
    }
    return try LedgerRecording(arguments, console).record(file: arguments.operands[0], target: target)
  }

  /// Recomputes the chain.
  static let ledgerVerify = Command(
    ["ledger", "verify"], summary: "Check every link of the ledger's chain",
    description: """
      Recomputes the link of every row and names the first that does not hold: a row that was edited, deleted, moved or \
      added, a tail that was cut off, a table, index or view that was changed, a damaged file. What it cannot tell: \
      whether somebody who can write the file and runs auditor made all links anew, or put an older copy in its place. \
      Exit status: 0 intact, 1 broken, 4 it is no ledger or cannot be read.
      """,
    flags: [LedgerFlags.ledger, .json],
    examples: [
      Example("auditor ledger verify --ledger audits.sqlite", "is it as it was written?"),
      Example("auditor ledger verify --json | jq .first_break", "where it is not"),
    ]
  ) { arguments, console in
    let verdict = try Ledger.verify(try LedgerPlace.path(arguments.value(LedgerFlags.ledger)))
    if arguments.wantsJSON {
      console.write(
        JSONWriter.document { json in
          json.beginObject()
          verdict.write(to: &json)
          json.endObject()
        })
    } else {
      console.write(Array(verdict.text.utf8))
    }
    return verdict.isIntact ? .clean : .findings
  }

  /// Writes all rows.
  static let ledgerExport = Command(
    ["ledger", "export"], summary: "Write every row of the ledger as JSON Lines",
    description: """
      One JSON object a row, in the order of the chain, after a line that names the ledger; with the row's number, its \
      table, its columns and its link. Each row is checked before it is written; the first that does not hold ends the \
      output, and the exit status is 1.
      """,
    flags: [LedgerFlags.ledger],
    examples: [
      Example("auditor ledger export --ledger audits.sqlite > audits.jsonl", "everything"),
      Example("auditor ledger export | jq 'select(.table == \"signoff\")'", "who signed what"),
    ]
  ) { arguments, console in
    let ledger = try Ledger.open(try LedgerPlace.path(arguments.value(LedgerFlags.ledger)))
    let verdict = try ledger.export { console.write($0) }
    guard let found = verdict.firstBreak else { return .clean }
    console.complain("auditor: \(ledger.path): \(found)")
    return .findings
  }

  private static let requiredTarget = Flag(
    "target", .value("NAME"), help: "The name under which the runs of one repository belong together")
}

/// Adds runs to a ledger for the commands that do.
struct LedgerRecording {
  private let arguments: Arguments
  private let console: Console

  init(_ arguments: Arguments, _ console: Console) {
    self.arguments = arguments
    self.console = console
  }

  /// Adds a run that was just made.
  func record(_ run: AuditRun, report: [UInt8], in path: String, root: String) throws {
    let time = ReportTime.system()
    let target = try arguments.value(LedgerFlags.target) ?? LedgerPlace.target(of: root)
    var row = LedgerRun(run, target: target, id: try RunID.make(at: time), recorded: time.timestamp)
    row.reportSHA256 = SHA256.digest(report).hex
    row.isPartial = arguments.has(.newOnly)
    let ledger = try open(path, at: time)
    tell(try ledger.record(row, run.findings), target, in: path)
  }

  /// Adds a run that a file tells.
  func record(file name: String, target: String) throws -> ExitStatus {
    let time = ReportTime.system()
    let path = try LedgerPlace.path(arguments.value(LedgerFlags.ledger))
    let file = try ToldRun(name)
    var row = try LedgerRun(report: file.report, target: target, id: try RunID.make(at: time), recorded: time.timestamp)
    row.reportSHA256 = file.sha256
    let ledger = try open(path, at: time)
    let entry = try ledger.record(row, expecting: file.expectedCount) { intake in
      guard file.hasLines else { return try intake.take(findingsOf: file.report) }
      var lines = FindingLines()
      intake.reportSHA256 = try file.eachBlock { try lines.take($0, $1, into: &intake) }
    }
    tell(entry, target, in: path)
    return .clean
  }

  /// Adds the runs that the joined rows of a sweep tell.
  func record(sweep rows: String, of plan: SweepPlan, in path: String) throws {
    let time = ReportTime.system()
    let ledger = try open(path, at: time)
    var (new, fixed, count) = (Int64(0), Int64(0), 0)
    try SweepMerge.eachRow(of: rows) { row, bytes in
      let entry = try ledger.record(
        row, bytes, of: plan, id: try RunID.make(at: time), recorded: time.timestamp)
      guard let entry else { return }
      (new, fixed, count) = (new + entry.appeared, fixed + entry.fixed, count + 1)
    }
    console.note("ledger: \(path): \(count) runs; \(new) new, \(fixed) fixed")
  }

  private func open(_ path: String, at time: ReportTime) throws -> Ledger {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try AtomicFile.makeFolder(String(path[..<slash]))
    }
    return try Ledger.openOrMake(path, id: try RunID.make(at: time))
  }

  private func tell(_ entry: LedgerEntry, _ target: String, in path: String) {
    console.note(
      "ledger: \(path): run \(entry.number) of \(target): \(entry.open) open, \(entry.appeared) new, \(entry.fixed) fixed; "
        + "row \(entry.rowCount), head \(entry.head.hex.prefix(16))")
  }
}
