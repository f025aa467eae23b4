import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// An operator's decision about a phase.
  static let signOff = Command(
    ["signoff"], summary: "Sign off a phase that is PROVEN, reject one or revoke a sign-off, in the ledger",
    description: """
      Judges all phases as 'auditor dod --all' does, and refuses unless PHASE is PROVEN now, every phase that it requires \
      is, and nothing contradicts that. Then it writes the report and records in the ledger who decided what, when it was \
      decided and when it was recorded, under a ULID, with the digest of the report. With --sign an in-toto statement (a \
      SLSA verification summary) is signed by ssh-keygen and written too; without its signature nothing is recorded.
      With --decision rejected a phase is turned down, whatever was computed, and with --decision revoked its last sign-off \
      in the ledger is taken back; both say why (--reason), and record the verdict as it is now. Each decision is a row of \
      its own, none is changed, and the last one counts.
      Environment: as for dod. Exit status: 0 recorded, 1 contradicted or nothing to \
      revoke, 2 a PARTIAL, 3 a DESIGNED or no document, 4 no verdict.
      """,
    operands: .one("PHASE"),
    flags: [decision, LedgerFlags.ledger, LedgerFlags.target, actor, reason, eventTime, AttestFlags.sign, out, .json],
    examples: [
      Example("auditor signoff PHASE_7 --actor ops@example.org", "record the decision"),
      Example(
        "auditor signoff PHASE_7 --sign ~/.ssh/id_ed25519 --out phase_7.intoto.jsonl",
        "the same, with a statement for others ('auditor attest verify')"),
      Example("auditor signoff PHASE_7 --decision rejected --reason \"no restore drill\"", "record why not"),
      Example("auditor signoff PHASE_7 --decision revoked --reason \"the key leaked\"", "take the last sign-off back"),
    ]
  ) { arguments, console in
    let environment = processEnvironment()
    let phaseID = arguments.operands[0]
    let time = ReportTime(environment: environment)
    let decided = try arguments.value(eventTime).map { text throws(UsageError) in
      guard let decided = try? Timestamp(parsing: text) else {
        throw .invalidValue(flag: eventTime.name, value: text, expected: "a time, such as 2026-03-01T12:00:00Z")
      }
      return decided
    }
    guard let person = arguments.value(actor) ?? Operator.name(environment: environment) else {
      throw UsageError.contradiction("nobody says who decides; give --actor NAME")
    }
    let decision = arguments.value(decision).flatMap(SignOffDecision.init) ?? .approved
    if decision != .approved, arguments.value(reason)?.isEmpty ?? true {
      throw UsageError.contradiction("--decision \(decision.rawValue) has to say why; give --reason TEXT")
    }
    let progress = ProgressLine(console, what: "reading the feed,", unit: ProgressLine.bytes)
    let gathered = try SignOffGathering(phaseID: phaseID, environment: environment) { progress.show($0, of: $1) }
    progress.clear()
    for gap in gathered.outcome.unevaluated { console.complain(gap) }
    if !gathered.outcome.unevaluated.isEmpty { return .noVerdict }
    if gathered.document == nil, let hint = gathered.settings.nearestPhase(to: phaseID) {
      console.complain("auditor: no document tells of \(phaseID); did you mean '\(hint)'?")
    }
    // Only an approval needs the phase to be PROVEN.
    let check = gathered.check
    guard decision != .approved || check.obstacles.isEmpty, let document = gathered.document,
      let verdict = check.verdict
    else {
      console.complain("auditor: \(phaseID) is not \(decision == .approved ? "signed off" : decision.rawValue):")
      for obstacle in check.obstacles { console.complain("  \(obstacle.message)") }
      return check.obstacles.isEmpty ? .noVerdict : check.exitStatus
    }
    let ledgerPath = try LedgerPlace.path(arguments.value(LedgerFlags.ledger), root: gathered.settings.root)
    let target = try arguments.ledgerTarget(of: gathered.settings.root)
    var revokes: String?
    if decision == .revoked {
      revokes = try Ledger.open(ledgerPath).standingApproval(target: target, phaseID: phaseID)
      guard revokes != nil else {
        console.complain(
          "auditor: \(phaseID) of \(target) is not signed off in \(ledgerPath): there is nothing to revoke")
        return .findings
      }
    }
    let outcome = gathered.outcome
    let report = DoDReport(
      time: time.timestamp, toolVersion: Version.number, toolCommit: BuildOrigin.commit, gitHead: outcome.gitHead,
      phases: outcome.phases,
      graph: outcome.graph, inputs: outcome.inputs, findings: outcome.findings
    ).bytes()
    let folder = ReportFolder(of: gathered.settings)
    let reportPath = folder.reportPath(at: time)
    let recorded = ReportTime.system()
    let signOff = SignOff(
      id: try RunID.make(at: recorded),
      target: target, phaseID: phaseID, verdict: verdict.rawValue, decision: decision, actor: person,
      reason: arguments.value(reason), eventTime: decided ?? time.timestamp, processTime: recorded.timestamp,
      commit: outcome.gitHead,
      requires: gathered.check.prerequisites.map {
        SignOff.Requirement(phaseID: $0.phaseID, verdict: $0.verdict?.rawValue ?? Verdict.designed.rawValue)
      },
      revokes: revokes, proof: gathered.proof, document: SignOff.Resource(path: document.path, sha256: document.sha256),
      report: SignOff.Resource(
        path: PathText.shown(reportPath, root: gathered.settings.root), sha256: SHA256.digest(report).hex))
    let statement = SignOffStatement(signOff, toolVersion: Version.number).bytes
    let envelope = try arguments.value(AttestFlags.sign).map {
      try Signing(environment: environment).envelope(Statement.payloadType, statement, key: $0)
    }
    let envelopePath = envelope.map { _ in
      arguments.value(out) ?? "\(gathered.settings.reports)/\(signOff.id).signoff.intoto.jsonl"
    }
    let ledger = try LedgerRecording(arguments, console).open(ledgerPath, at: recorded)
    let (row, head) = try ledger.record(
      signOff, statementSHA256: envelope.map { _ in SHA256.digest(statement).hex }
    ) {
      try folder.write(report, to: reportPath)
      if let envelope, let envelopePath { try AtomicFile.write(envelope.bytes, to: envelopePath) }
    }
    let entry = SignOffEntry(
      signOff: signOff, ledger: ledgerPath, row: row, head: head, reportPath: reportPath, envelopePath: envelopePath)
    if arguments.wantsJSON { console.write(entry.json) } else { console.tell(entry.text) }
    return .clean
  }

  private static let decision = Flag(
    "decision", .choice(SignOffDecision.allCases.map(\.rawValue)),
    help: "What is decided: approved (the default), rejected, or revoked, which takes the last approval back")
  private static let actor = Flag(
    "actor", .value("NAME"), help: "Who decides (default: LOGNAME or USER of the environment)")
  private static let reason = Flag("reason", .value("TEXT"), help: "What they say about it")
  private static let eventTime = Flag(
    "event-time", .value("TIME"), help: "When it was decided (default: now); when it is recorded is kept beside it")
  private static let out = Flag(
    "out", .value("FILE"), help: "Where the signed statement goes (default: beside the report)")
}
