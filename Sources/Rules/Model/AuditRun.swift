package import Formats

/// Everything that one run of `audit` gathered and judged: what every report is a rendering of.
package struct AuditRun: Sendable {
  /// Which tool, with which rules.
  package struct Tool: Sendable, Hashable {
    /// `auditor`.
    package let name: String
    /// Semantic version.
    package let version: String
    /// The commit that it was built from, as `BuildOrigin.commit`; nil when the build was not told.
    package let commit: String?
    /// Names exactly the rules that were used.
    package let rulePackDigest: String

    /// An identity.
    package init(name: String, version: String, commit: String? = nil, rulePackDigest: String) {
      self.name = name
      self.version = version
      self.commit = commit
      self.rulePackDigest = rulePackDigest
    }

    /// For people: name, version and, where it is known, the commit.
    package var words: String { "\(name) \(version)" + (commit.map { " (commit \($0))" } ?? "") }
  }

  /// Which tool, with which rules.
  package let tool: Tool
  /// When the run was made, or what SOURCE_DATE_EPOCH says instead.
  package let time: Timestamp
  /// The commit that was audited; nil outside of git.
  package let gitHead: String?
  /// The least level that fails the run.
  package let threshold: FailureThreshold
  /// The rules that were loaded and not disabled, sorted by id.
  package let rules: [Rule]
  /// Every file that decided something, sorted by path and role.
  package let inputs: [InputRecord]
  /// In report order, suppressed ones included.
  package let findings: [Finding]
  /// How many findings there are.
  package let tally: FindingTally
  /// Phases, sorted by id.
  package let phases: [PhaseResult]
  /// The day by which waivers, suppressions and rules were judged, where it was not that of the run.
  package var asOf: CivilDate?
  /// Which phases come before which.
  package var phaseGraph = PhaseGraph()
  /// The policy from outside that decided over the tree's configuration, or nil.
  package var policy: AppliedPolicy?
  /// Gates, in the order of the gate maps and their ids.
  package let gates: [GateResult]
  /// Contract schemas, sorted by path.
  package let contracts: [ContractResult]
  /// Runtime evidence bundles, in the order of their paths.
  package let bundles: [BundleResult]
  /// Reality evidence bundles, in the order of their paths.
  package let reality: [RealityRun]
  /// Scenario runs whose evidence was classified, in the order of the configuration.
  package let evidence: [EvidenceRun]
  /// What could not be judged, sorted.
  package private(set) var unevaluated: [Unevaluated]
  /// What was looked at.
  package let coverage: Coverage
  /// Which part of the tree the run is about.
  package let scope: Scope
  /// The signal that ended the run before everything was judged: what is here is a part. Nil for a run that came to its end.
  package var interruption: String?
  /// Where the tree lay, absolute, for reports that show paths without it; nil where nobody knows.
  package var root: String?

  /// A finished run; sorts what has an order of its own.
  package init(
    tool: Tool, time: Timestamp, gitHead: String?, threshold: FailureThreshold, rules: [Rule], inputs: [InputRecord],
    findings: [Finding], phases: [PhaseResult], gates: [GateResult], contracts: [ContractResult],
    bundles: [BundleResult] = [], reality: [RealityRun] = [], evidence: [EvidenceRun] = [], unevaluated: [Unevaluated],
    coverage: Coverage, scope: Scope = Scope(.tree)
  ) {
    self.tool = tool
    self.time = time
    self.gitHead = gitHead
    self.threshold = threshold
    self.rules = rules
    self.inputs = InputRecord.listing(inputs)
    var sorted = findings.sorted(by: Finding.precedes)
    Fingerprint.assign(to: &sorted)
    self.findings = sorted
    tally = FindingTally(sorted)
    self.phases = phases
    self.gates = gates
    self.contracts = contracts
    self.bundles = bundles
    self.reality = reality
    self.evidence = evidence
    self.unevaluated = unevaluated.sorted(by: Unevaluated.precedes)
    self.coverage = coverage
    self.scope = scope
  }

  /// The same run with a gap that came to light after it was judged.
  package func adding(_ gap: Unevaluated) -> AuditRun {
    var run = self
    run.unevaluated = (unevaluated + [gap]).sorted(by: Unevaluated.precedes)
    return run
  }

  /// The findings that count: not suppressed.
  package var openFindings: [Finding] { findings.filter { $0.suppression == nil } }

  /// The gravest of everything that was judged.
  package var exitStatus: ExitStatus {
    var status = ExitStatus.clean
    if tally.reaches(threshold) { status = .findings }
    for gate in gates { status = status.combined(with: gate.status.exitStatus) }
    if !phases.isEmpty { status = status.combined(with: PhaseResult.exitStatus(of: phases, overAllPhases: true)) }
    for bundle in bundles { status = status.combined(with: bundle.exitStatus) }
    for bundle in reality { status = status.combined(with: bundle.result.status.exitStatus) }
    for run in evidence { status = status.combined(with: run.verdict.status.exitStatus) }
    if contracts.contains(where: { !$0.isUsable }) { status = status.combined(with: .findings) }
    if !unevaluated.isEmpty { status = .noVerdict }
    return status
  }

  /// How many open findings have a level.
  package func openCount(_ level: Severity) -> Int { tally.open(level) }

  /// How many phases have a verdict.
  package func count(_ verdict: Verdict) -> Int { phases.count { $0.verdict == verdict } }
}

extension InputRecord {
  /// Sorted by path and role, each once.
  static func listing(_ records: [InputRecord]) -> [InputRecord] {
    Array(Set(records)).sorted { ($0.path, $0.role, $0.sha256) < ($1.path, $1.role, $1.sha256) }
  }
}
