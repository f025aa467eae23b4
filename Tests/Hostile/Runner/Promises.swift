import Auditor
import EndToEnd
import Formats

/// What every run promises, whatever it meets: it ends, by itself, with a status that is documented; no violation that was
/// planted elsewhere is lost, and what was not looked at is told; nothing is written but reports; what is written can be
/// read; what is said can go to a terminal.
struct Promises {
  /// What no run may ever say: it stands outside of the trees.
  static let secret = "hunter2-outside"

  private let example: HostileCase
  private let run: HostileRun
  private let workspace: Workspace

  init(_ example: HostileCase, _ run: HostileRun, _ workspace: Workspace) {
    self.example = example
    self.run = run
    self.workspace = workspace
  }

  /// Runs the command and answers what it did not keep.
  func broken() throws -> [BrokenPromise] {
    let before = try Snapshot(of: workspace)
    let outcome: Outcome
    do {
      outcome = try workspace.run(
        run.words, environment: environment,
        through: (example.isUnprivileged ? Unprivileged.wrapper : []) + run.launcher,
        seconds: run.seconds)
    } catch let error as ProcessError {
      guard case .tooLong = error.reason else { throw error }
      return [.hang]
    }
    let after = try Snapshot(of: workspace)
    var broken = before.differences(to: after, allowing: allowed, restless: example.restless).map(
      BrokenPromise.strayWrite)
    guard (0...4).contains(outcome.status) || outcome.status == 64 else {
      return broken + [.crash(outcome.status, outcome.description)]
    }
    if outcome.description.contains(Self.secret) { broken.append(.lostSecret) }
    broken += ReportReading(workspace, run).broken()
    broken += SaidText(outcome, isText: !isForMachines).broken()
    broken += answer(outcome, after)
    return broken
  }

  /// Formats that nobody reads on a terminal keep the characters of names.
  private var isForMachines: Bool {
    !Set(run.words).isDisjoint(with: ["--json", "sarif", "sarif-github", "gitlab", "junit", "html", "oscal"])
  }

  private var environment: [String: String] {
    ["HOME": "\(workspace.enclosure)/home", "TMPDIR": "\(workspace.enclosure)/tmp"].merging(run.environment) { $1 }
  }

  private var allowed: [String] {
    let reports = ["dod_report.latest.json", "junit.xml", "report.html", "20"].map { "\(run.reports)/\($0)" }
    return reports + ["home/.cache/auditor/"] + run.outputs
  }

  private func answer(_ outcome: Outcome, _ after: Snapshot) -> [BrokenPromise] {
    switch run.expectation {
    case .refuses(let text):
      if outcome.status == 4, outcome.complaints.contains(text) { return [] }
      return [.answer("expected a refusal that says '\(text)', got \(brief(outcome))")]
    case .answers(let statuses, let texts):
      let missing = texts.filter { !outcome.description.contains($0) }
      if statuses.contains(outcome.status), missing.isEmpty { return [] }
      return [.answer("expected one of \(statuses.sorted()) and \(missing), got \(brief(outcome))")]
    case .finds: return found(outcome, after, gaps: [], mayTell: false)
    case .findsAtLeast: return found(outcome, after, gaps: [], mayTell: true)
    case .findsAndTells(let gaps): return found(outcome, after, gaps: gaps, mayTell: true)
    }
  }

  private func found(_ outcome: Outcome, _ after: Snapshot, gaps: [String], mayTell: Bool) -> [BrokenPromise] {
    guard let report = try? outcome.json() else {
      return [.brokenReport("standard output", brief(outcome))]
    }
    let told = report["findings"]?.elements.filter { $0["rule_id"]?.text == Planted.rule }.compactMap {
      $0["path"]?.text
    }
    var broken = Planted.paths.filter { told?.contains($0) != true }.map(BrokenPromise.lostFinding)
    let unevaluated = report.gaps
    broken += gaps.filter { gap in !unevaluated.contains { $0.contains(gap) } }.map {
      .lostFinding("the gap '\($0)'; told were \(unevaluated.prefix(20))")
    }
    if !unevaluated.isEmpty, !mayTell { broken.append(.answer("told \(unevaluated.prefix(20))")) }
    let expected: Int32 = unevaluated.isEmpty ? 1 : 4
    if outcome.status != expected {
      broken.append(.answer("exit status \(outcome.status), expected \(expected); gaps: \(unevaluated.prefix(20))"))
    }
    if unevaluated.isEmpty, example.restless.isEmpty { broken += miscounted(report, after) }
    return broken
  }

  /// Everything that stands in the tree was scanned, or is counted among what was passed over.
  private func miscounted(_ report: Value, _ after: Snapshot) -> [BrokenPromise] {
    guard report.at("scope", "kind")?.text == "tree", let coverage = report["coverage"],
      let seen = coverage["files_seen"]?.integer, let scanned = coverage["files_scanned"]?.integer,
      let skipped = coverage["skipped"]?.members.map({ ($0.name, $0.value.integer ?? 0) })
    else { return [] }
    // A folder that is passed over counts once, whatever it holds.
    if skipped.contains(where: { ["ignored", "nested_repository"].contains($0.0) && $0.1 > 0 }) { return [] }
    let standing = after.count(below: "tree/", apartFrom: ["tree/.git/"] + (run.words[0] == "audit" ? allowed : []))
    let accounted = scanned + skipped.reduce(0) { $0 + $1.1 }
    if seen == accounted, seen == Int64(standing) { return [] }
    return [.lostFinding("of \(standing) files \(seen) were met and \(accounted) accounted for")]
  }

  private func brief(_ outcome: Outcome) -> String { String(outcome.description.prefix(600)) }
}
