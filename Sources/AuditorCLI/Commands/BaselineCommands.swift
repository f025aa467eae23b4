import Auditor
import Formats
import Rules

extension Command {
  /// Accepts what is there.
  static let baselineWrite = Command(
    ["baseline", "write"], summary: "Accept all findings of today, so that only new ones count",
    description: """
      Scans as 'auditor scan' does and writes every open finding into a baseline: the file that --baseline names, else \
      the one of auditor.yaml, else auditor.baseline.jsonl beside it. With PATHs only their entries are replaced. An \
      entry holds digests of the line and its neighbours, no line number and no date, one entry a line, so that it \
      survives moved code and merges in git. A scan that could not read everything writes nothing (exit status 4).
      """,
    operands: .any("PATH"), flags: flags,
    examples: [
      Example("auditor baseline write", "begin: name the file as 'baseline:' in auditor.yaml and commit both"),
      Example("auditor baseline write --baseline ci/known.jsonl src", "take in what is in src, keep the rest"),
    ]
  ) { try update($0, $1, .write) }

  /// Takes out what is gone.
  static let baselinePrune = Command(
    ["baseline", "prune"], summary: "Take out of a baseline what is no longer found",
    description: """
      Scans as 'auditor scan' does and takes every entry out of the baseline that covers no finding any more. Nothing \
      is added: the baseline can only shrink.
      """,
    operands: .any("PATH"), flags: flags,
    examples: [
      Example("auditor baseline prune", "after a finding was fixed"),
      Example("auditor baseline prune --baseline ci/known.jsonl", "another file"),
    ]
  ) { try update($0, $1, .prune) }

  private static let flags: [Flag] = [.baseline, .waivers, .rules, .disable, .noIgnore, .jobs]

  private static func update(
    _ arguments: Arguments, _ console: Console, _ change: BaselineUpdate.Change
  ) throws -> ExitStatus {
    let environment = processEnvironment()
    var request = ScanRequest(now: ReportTime(environment: environment).timestamp, environment: environment)
    request.paths = arguments.operands
    request.rulePacks = arguments.list(.rules)
    request.disabled = arguments.list(.disable)
    request.honoursIgnoreFiles = !arguments.has(.noIgnore)
    request.waivers = arguments.list(.waivers)
    request.baseline = arguments.value(.baseline)
    request.jobs = try arguments.count(.jobs) ?? WorkerThreads.coreCount
    let progress = ProgressLine(console, what: "scanning")
    let result = try BaselineUpdate(request).run(change) { done, total in progress.show(done, of: total) }
    progress.clear()
    for gap in result.unevaluated { console.complain(gap) }
    if !result.unevaluated.isEmpty {
      console.complain("auditor: \(result.path) was left as it is: what could not be read might hold findings")
      return .noVerdict
    }
    console.print(
      "\(result.path): \(result.accepted) findings accepted, \(result.added) of them new; \(result.removed) are gone")
    return .clean
  }
}
