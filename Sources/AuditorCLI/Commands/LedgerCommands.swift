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
    guard let target = arguments.value(requiredTarget).map({ SecretMask.masked($0) }) else {
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
      whether somebody who can write the file made all links anew, or put an older copy in its place; an anchor, kept \
      elsewhere, tells that (--anchor, --git-note). Exit status: 0 intact, 1 broken or not what was anchored, 2 a git note \
      was asked for and there is none, 4 it is no ledger or cannot be read.
      """,
    flags: [LedgerFlags.ledger, anchor, AttestFlags.allowedSigners, AttestFlags.identity, gitNote, .json],
    examples: [
      Example("auditor ledger verify --ledger audits.sqlite", "is it as it was written?"),
      Example("auditor ledger verify --git-note", "and does it go on from where it was anchored?"),
      Example("auditor ledger verify --json | jq .first_break", "where it is not"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    var anchors: [LedgerReview.Anchor] = []
    for path in arguments.list(anchor) {
      let signers = try arguments.required(AttestFlags.allowedSigners)
      let envelope = try Signing.read(path)
      let check = try Signing(environment: environment).check(
        envelope, allowedSigners: signers, identity: arguments.value(AttestFlags.identity))
      anchors.append(LedgerReview.Anchor(envelope, source: path, signer: check.signer, refusal: check.refusal))
    }
    if arguments.has(gitNote) {
      anchors += try noteLines(environment).map { LedgerReview.Anchor(note: $0, source: GitRepository.notes) }
    }
    let progress = ProgressLine(console, what: "checking", unit: "rows")
    let verdict = try Ledger.verify(
      try LedgerPlace.path(arguments.value(LedgerFlags.ledger)), linksOf: LedgerReview.rows(of: anchors)
    ) { done, total in progress.show(done, of: total) }
    progress.clear()
    let review = LedgerReview(verdict, anchors, needsNote: arguments.has(gitNote))
    if arguments.wantsJSON { console.write(review.json) } else { console.tell(review.text) }
    return review.exitStatus
  }

  /// Puts the end of the chain where whoever writes the ledger cannot change it.
  static let ledgerAnchor = Command(
    ["ledger", "anchor"], summary: "Sign where the ledger stands, or note it in git",
    description: """
      Checks the whole ledger, and writes down how many rows it has and what the last link is: with --sign in an envelope \
      signed by ssh-keygen, with --git-note as a line of the note of HEAD below refs/notes/auditor. 'auditor ledger verify \
      --anchor' and '--git-note' compare. An anchor is worth as much as the place where it is kept: push the note, or give \
      the envelope to somebody else. The exit status is 1 for a ledger that is broken.
      """,
    flags: [LedgerFlags.ledger, AttestFlags.sign, anchorOut, gitNote],
    examples: [
      Example("auditor ledger anchor --git-note && git push origin refs/notes/auditor", "with the history"),
      Example(
        "auditor ledger anchor --sign ~/.ssh/id_ed25519 --out audits.anchor", "a file for an auditor of auditors"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let key = arguments.value(AttestFlags.sign)
    if key == nil, !arguments.has(gitNote) {
      throw UsageError.contradiction("say where the anchor goes: --sign KEY, --git-note, or both")
    }
    let verdict = try Ledger.verify(try LedgerPlace.path(arguments.value(LedgerFlags.ledger)))
    guard verdict.isIntact else {
      console.complain("auditor: \(verdict.text)")
      return .findings
    }
    let anchor = LedgerAnchor(verdict, time: ReportTime(environment: environment).timestamp)
    if let key {
      let envelope = try Signing(environment: environment).envelope(
        LedgerAnchor.payloadType, anchor.bytes, key: key)
      if let path = arguments.value(anchorOut) {
        try AtomicFile.write(envelope.bytes, to: path)
        console.print("anchored \(anchor.rowCount) rows, head \(anchor.head), in \(printable(path))")
      } else {
        console.write(exactly: envelope.bytes)
      }
    }
    if arguments.has(gitNote) {
      let commit = try repository(environment).addNote(anchor.bytes)
      console.note("anchored \(anchor.rowCount) rows, head \(anchor.head), in \(GitRepository.notes) at \(commit)")
    }
    return .clean
  }

  private static func repository(_ environment: [String: String]) throws -> GitRepository {
    guard let repository = try GitRepository.containing(".", environment: environment) else {
      throw UsageError.contradiction("--git-note: the working directory is in no git repository")
    }
    return repository
  }

  private static func noteLines(_ environment: [String: String]) throws -> [[UInt8]] {
    try repository(environment).noteLines()
  }

  private static let anchor = Flag(
    "anchor", .list("FILE"), help: "The ledger has to go on from where this signed anchor says that it stood")
  private static let gitNote = Flag("git-note", help: "The notes below refs/notes/auditor of this repository")
  private static let anchorOut = Flag(
    "out", .value("FILE"), help: "Where the signed anchor goes (default: standard output)")

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
    let target = try arguments.ledgerTarget(of: root)
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
    let progress = ProgressLine(console, what: "recording", unit: ProgressLine.bytes)
    let entry = try ledger.record(row, expecting: file.expectedCount) { intake in
      guard file.hasLines else { return try intake.take(findingsOf: file.report) }
      var lines = FindingLines()
      intake.reportSHA256 = try file.eachBlock { done, total in
        progress.show(done, of: total)
      } _: {
        try lines.take($0, $1, into: &intake)
      }
    }
    progress.clear()
    tell(entry, target, in: path)
    return .clean
  }

  /// Adds the runs that the joined rows of a sweep tell.
  func record(sweep rows: String, of plan: SweepPlan, in path: String) throws {
    let time = ReportTime.system()
    let ledger = try open(path, at: time)
    var (new, fixed, count) = (Int64(0), Int64(0), 0)
    let progress = ProgressLine(console, what: "recording", unit: "targets")
    var done = 0
    try SweepMerge.eachRow(of: rows) { row, bytes in
      done += 1
      progress.show(done, of: plan.targets.count)
      let entry = try ledger.record(
        row, bytes, of: plan, id: try RunID.make(at: time), recorded: time.timestamp)
      guard let entry else { return }
      (new, fixed, count) = (new + entry.appeared, fixed + entry.fixed, count + 1)
    }
    progress.clear()
    console.note("ledger: \(path): \(count) runs; \(new) new, \(fixed) fixed")
  }

  /// Opens a ledger, or makes it, with the folder that it lies in.
  func open(_ path: String, at time: ReportTime) throws -> Ledger {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try AtomicFile.makeFolder(String(path[..<slash]))
    }
    let id = try RunID.make(at: time)
    return try Interruption.delayed { () throws(LedgerError) in try Ledger.openOrMake(path, id: id) }
  }

  private func tell(_ entry: LedgerEntry, _ target: String, in path: String) {
    console.note(
      "ledger: \(path): run \(entry.number) of \(target): \(entry.open) open, \(entry.appeared) new, \(entry.fixed) fixed; "
        + "row \(entry.rowCount), head \(entry.head.hex.prefix(16))")
  }
}
