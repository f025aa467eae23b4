import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// How does a bundle root stand?
  static let bundleStatus = Command(
    ["bundle", "status"], summary: "Show the runs of a bundle root, its LATEST and its lock",
    description: """
      Validates every run of the bundle root BUNDLE_ROOT (default: the root) and shows which one LATEST names, whether a \
      writer works, and what the runs say against each other. The exit status is the gravest: 4 when something could not \
      be read, 2 while a run is being written, 1 when a run is not valid or runs contradict each other, 0 otherwise.
      """,
    operands: .optional("BUNDLE_ROOT"), flags: [.bundleRoot, .format(["text", "json"]), .json],
    examples: [Example("auditor bundle status experiments/probe/out", "every run of one experiment")]
  ) { arguments, console in
    try survey(arguments, console, command: "status", hasLock: true)
  }

  /// Which bundles are there?
  static let bundleInventory = Command(
    ["bundle", "inventory"],
    summary: "List and validate every bundle below a folder, and what they say against each other",
    description: """
      Looks through FOLDER (default: the root) for directories with an artifact_index.json or a run_status.json, and \
      validates each. The same run id with other digests, a LATEST behind a newer committed run, and two worlds in one \
      bundle root are contradictions. Links are not followed. The exit status is that of 'bundle status'.
      """,
    operands: .optional("FOLDER"), flags: [.bundleRoot, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle inventory", "the whole working directory"),
      Example("auditor bundle inventory experiments --root . --json", "below one folder, as JSON"),
    ]
  ) { arguments, console in
    try survey(arguments, console, command: "inventory", hasLock: false)
  }

  /// What does a run say about each operation?
  static let bundleSummarizeOps = Command(
    ["bundle", "summarize-ops"], summary: "Count a run's evidence by operation, lane by lane",
    description: """
      Counts rows of the baseline, scenario and oracle lanes for each operation; nothing is added up over lanes. The run \
      is that of a bundle, which must be valid, or of a packet, which must be promotable still: what a packet says of \
      itself is checked. Refused evidence is not counted (exit status 1).
      """,
    operands: .optional("BUNDLE_DIR"), flags: [.bundleRoot, packet, summaryOut, .format(["text", "json"]), .json],
    examples: [
      Example("auditor bundle summarize-ops out", "a table a lane"),
      Example("auditor bundle summarize-ops --packet out/promotion_packet.json --out ops.json", "for consumers"),
    ]
  ) { arguments, console in
    let root = arguments.value(.bundleRoot) ?? "."
    let out = arguments.value(summaryOut)
    let outcome: BundleWork.Outcome<SummaryAnswer>
    switch (arguments.operands.first, arguments.value(packet)) {
    case (let bundle?, nil): outcome = BundleWork(bundle: bundle, root: root).summarize(out: out)
    case (nil, let packet?): outcome = BundleWork.summarize(packet: packet, root: root, out: out)
    default: throw UsageError.contradiction("'bundle summarize-ops' needs either BUNDLE_DIR or --packet FILE")
    }
    for failure in outcome.failures { console.complain("auditor: \(failure)") }
    console.tell(arguments, text: outcome.answer.text) { outcome.answer.write(to: &$0) }
    return outcome.exitStatus
  }

  private static let packet = Flag("packet", .value("FILE"), help: "Count the run of this promotion packet")
  private static let summaryOut = Flag(
    "out", .value("FILE"), help: "Write the summary there as well, as JSON; below ROOT")

  private static func survey(
    _ arguments: Arguments, _ console: Console, command: String, hasLock: Bool
  ) throws -> ExitStatus {
    let root = arguments.value(.bundleRoot) ?? "."
    let survey: BundleSurvey
    let folder: String
    do throws(BundleError) {
      survey = try BundleSurvey(root: root)
      folder = try survey.folder(arguments.operands.first ?? root)
    } catch {
      console.complain("auditor: \(error.code.rawValue): \(error.detail ?? error.code.meaning)")
      return BundleError.exitStatus(of: [error])
    }
    let outcome = survey.run(below: folder)
    for gap in outcome.unevaluated { console.complain(gap) }
    let inventory = BundleInventory(
      command: command, folder: folder, bundles: outcome.bundles, contradictions: outcome.findings,
      lock: hasLock ? survey.lock(in: folder).rawValue : nil)
    console.tell(arguments, text: inventory.text) { inventory.write(to: &$0) }
    return outcome.exitStatus
  }
}
