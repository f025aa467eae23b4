import Auditor
import Formats
import Glibc
import Reports
import Rules

extension Command {
  /// Verdicts on phases: flags, environment, report and exit status of the DoD checker.
  static let dod = Command(
    ["dod"], summary: "Judge phases: PROVEN, PARTIAL or DESIGNED",
    description: """
      Recomputes the verdict of phases from their DoD documents, the activity feed, the evidence files with their \
      digests, the registry and the commit they name. Ticked boxes and claimed verdicts have no say. Writes a report.
      Environment: DOD_ROOT, DOD_DOCS_DIR, DOD_REPORTS_DIR, LUKA_ACTIVITY_FEED_JSONL, DOD_PHASE_STATUS_PATH, \
      DOD_TIER3_ABI_PATH, LUKA_REQUIRE_OPERATIONAL_PROOF=1, SOURCE_DATE_EPOCH.
      Exit status: 0 all PROVEN, 2 a PARTIAL, 3 a DESIGNED, 4 no verdict or contradictory options.
      """,
    flags: [
      DoDFlags.phase, DoDFlags.all, .json, DoDFlags.missingOnly, DoDFlags.forensics, DoDFlags.update,
      DoDFlags.updatePhase,
    ],
    examples: [
      Example("auditor dod --phase PHASE_OPS", "one phase, with every missing item named"),
      Example("auditor dod --all --json", "every document in docs/dod, as JSON"),
      Example("auditor dod --forensics --all --json", "also: is each proof believable, and what speaks against it"),
      Example("auditor dod --update-status-phase PHASE_OPS", "judge one phase and record the verdict in the registry"),
    ]
  ) { arguments, console in
    DoDCommand(arguments: arguments, console: console).run()
  }
}

/// The options of `dod`.
enum DoDFlags {
  static let phase = Flag("phase", .value("ID"), help: "Judge this phase")
  static let all = Flag("all", help: "Judge every phase that has a document DOD__<PHASE>.md")
  static let missingOnly = Flag("missing-only", help: "Print only phases that miss something; all still count")
  static let forensics = Flag(
    "forensics", help: "Say of each proof whether it is operational, suspect or synthetic, and why")
  static let update = Flag("update-status", help: "Record the verdicts in the registry")
  static let updatePhase = Flag("update-status-phase", .value("ID"), help: "Judge this phase and record its verdict")
}

/// One run of `dod`: from options to a table or JSON, a report, and perhaps a registry brought up to date.
private struct DoDCommand {
  let arguments: Arguments
  let console: Console
  private let environment = processEnvironment()

  init(arguments: Arguments, console: Console) {
    self.arguments = arguments
    self.console = console
  }

  func run() -> ExitStatus {
    if let contradiction {
      console.complain("auditor: \(contradiction)")
      return .noVerdict
    }
    guard let selection else { return help() }
    do {
      return try judge(selection)
    } catch {
      return fail("\(error)")
    }
  }

  private var contradiction: String? {
    guard let updated = arguments.value(DoDFlags.updatePhase), !updated.isEmpty else { return nil }
    if arguments.has(DoDFlags.all) { return "--update-status-phase judges one phase; leave out --all" }
    guard let phase = arguments.value(DoDFlags.phase), !phase.isEmpty, phase != updated else { return nil }
    return "--phase \(phase) and --update-status-phase \(updated) name two phases; leave out --phase"
  }

  private var selection: DoDAudit.Selection? {
    let named = [DoDFlags.updatePhase, DoDFlags.phase].compactMap { arguments.value($0) }.first { !$0.isEmpty }
    if let named { return .phase(named) }
    return arguments.has(DoDFlags.all) ? .all : nil
  }

  private func judge(_ selection: DoDAudit.Selection) throws -> ExitStatus {
    let settings = try DoDSettings.gather(
      environment: environment, workingDirectory: WorkingDirectory.path())
    let audit = DoDAudit(
      settings: settings, selection: selection, environment: environment, isForensic: arguments.has(DoDFlags.forensics))
    let progress = ProgressLine(console, what: "reading the feed,", unit: ProgressLine.bytes)
    let outcome = Interruption.heeded { audit.run { done, total in progress.show(done, of: total) } }
    progress.clear()
    if outcome.isEmpty { return help() }
    if case .phase(let phase) = selection, let hint = settings.nearestPhase(to: phase) {
      console.complain("auditor: no document tells of \(phase); did you mean '\(hint)'?")
    }
    if let first = outcome.unevaluated.first {
      for item in outcome.unevaluated { console.complain(item) }
      if arguments.has(.json) {
        console.write(
          DoDReport.printed(
            error: "\(first.location): \(first.message)", unevaluated: outcome.unevaluated, results: outcome.phases))
      }
      return .noVerdict
    }
    // Two files change, the report and the registry: not one of them alone.
    let reportPath = try Interruption.heeded { try record(outcome, settings) }
    show(outcome, reportPath)
    return outcome.exitStatus
  }

  /// Writes the report and, where asked, the registry. An update that cannot be made is refused before anything is
  /// written.
  private func record(_ outcome: DoDOutcome, _ settings: DoDSettings) throws -> String {
    let time = ReportTime(environment: environment)
    let folder = ReportFolder(of: settings)
    let reportPath = folder.reportPath(at: time)
    let updated = arguments.value(DoDFlags.updatePhase).flatMap { $0.isEmpty ? nil : $0 }
    let update =
      arguments.has(DoDFlags.update) || updated != nil
      ? try RegistryUpdate(settings: settings, reportPath: reportPath, scopedPhase: updated) : nil
    let report = DoDReport(
      time: time.timestamp, toolVersion: Version.number, toolCommit: BuildOrigin.commit, gitHead: outcome.gitHead,
      phases: outcome.phases,
      graph: outcome.graph, inputs: outcome.inputs, findings: outcome.findings)
    try folder.write(report.bytes(), to: reportPath)
    try update?.write(outcome.phases, at: time)
    return reportPath
  }

  private func show(_ outcome: DoDOutcome, _ reportPath: String) {
    let shown = arguments.has(DoDFlags.missingOnly) ? outcome.phases.filter { !$0.missing.isEmpty } : outcome.phases
    if arguments.has(.json) {
      console.write(DoDReport.printed(reportPath: reportPath, results: shown, findings: outcome.findings))
      return
    }
    console.print("DoD Report: \(reportPath)")
    console.print("\(Self.padded("PHASE", 24)) \(Self.padded("VERDICT", 10)) MISSING")
    for phase in shown {
      let missing = phase.missing.map(\.code).joined(separator: ",")
      console.tell("\(Self.padded(phase.phaseID, 24)) \(Self.padded(phase.verdict.rawValue, 10)) \(missing)\n")
      if let forensics = phase.forensics { console.tell(ForensicsText(forensics).text) }
    }
    for finding in outcome.findings where finding.level > .note || console.isVerbose {
      console.note("\(finding.location): \(finding.level.rawValue): \(finding.message) [\(finding.ruleID)]")
    }
  }

  private func help() -> ExitStatus {
    console.complain(Help(commands: [.dod], width: console.width).page(of: .dod))
    console.complain("auditor: nothing to judge: name a phase with --phase, or ask for --all where documents exist")
    return .noVerdict
  }

  private func fail(_ message: String) -> ExitStatus {
    if arguments.has(.json) { console.write(DoDReport.printed(error: message)) }
    console.complain("auditor: \(message)")
    return .noVerdict
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
