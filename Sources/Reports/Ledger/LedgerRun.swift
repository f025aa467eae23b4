package import Formats
package import Rules

/// What a ledger keeps of a run beside its findings.
package struct LedgerRun: Sendable {
  /// The verdict on a phase.
  package struct Phase: Sendable, Hashable {
    /// Its id.
    package let phaseID: String
    /// PROVEN, PARTIAL or DESIGNED.
    package let verdict: String
    /// How many requirements are missing.
    package let missingCount: Int
  }

  /// The status of a gate.
  package struct Gate: Sendable, Hashable {
    /// Its id.
    package let gateID: String
    /// PASS, MISSING, FAIL or CONFLICT.
    package let status: String
  }

  /// What was audited: the name under which the runs of one repository belong together.
  package var target: String
  /// Names the run everywhere: a ULID.
  package var id: String
  /// When it was recorded, by the system's clock.
  package var recorded: Timestamp
  /// The report that tells the run.
  package var reportSHA256: String?
  /// Findings were left out on purpose, so that one that is not told may be there all the same.
  package var isPartial = false
  /// The name of the tool.
  package let tool: String
  /// Its version.
  package let version: String
  /// Names exactly the rules that were used.
  package let rulesSHA256: String
  /// When the run was made.
  package let time: Timestamp
  /// The day by which waivers and rules were judged, where it was asked for.
  package var asOf: String?
  /// The commit that was audited.
  package let commit: String?
  /// Which part of the tree was audited: `tree`, `paths`, `diff`, …
  package let scope: String
  /// The exit status of the run.
  package let exitStatus: Int
  /// The number of files that rules were run over.
  package let filesScanned: Int
  /// The number of things that could not be judged.
  package let unevaluatedCount: Int
  /// Phases in the order of the report.
  package internal(set) var phases: [Phase]
  /// Gates in the order of the report.
  package let gates: [Gate]

  /// The whole tree was judged and nothing kept from it, so that a finding that is not told is gone.
  package var isComplete: Bool { !isPartial && scope == Scope.Kind.tree.rawValue && unevaluatedCount == 0 }

  /// A run that was just made.
  package init(_ run: AuditRun, target: String, id: ULID, recorded: Timestamp) {
    self.target = target
    self.id = "\(id)"
    self.recorded = recorded
    tool = run.tool.name
    version = run.tool.version
    rulesSHA256 = run.tool.rulePackDigest
    asOf = run.asOf.map { "\($0)" }
    time = run.time
    commit = run.gitHead
    scope = run.scope.kind.rawValue
    exitStatus = Int(run.exitStatus.rawValue)
    filesScanned = run.coverage.filesScanned
    unevaluatedCount = run.unevaluated.count
    phases = run.phases.map {
      Phase(phaseID: $0.phaseID, verdict: $0.verdict.rawValue, missingCount: $0.missing.count)
    }
    gates = run.gates.map { Gate(gateID: $0.gateID, status: $0.status.rawValue) }
  }

  /// A run as a report tells it, or as its first line does where its findings stand on lines of their own.
  package init(report: Value, target: String, id: ULID, recorded: Timestamp) throws(LedgerError) {
    guard report["schema_version"]?.string == AuditReportJSON.schemaVersion else {
      throw .report(
        "it is no report of an audit: 'schema_version' is not '\(AuditReportJSON.schemaVersion)'; give the file that "
          + "'auditor audit' wrote")
    }
    func text(_ value: Value?, _ name: String) throws(LedgerError) -> String {
      guard let text = value?.string else { throw .report("the report has no text '\(name)'") }
      return text
    }
    func count(_ value: Value?, _ name: String) throws(LedgerError) -> Int {
      guard let number = value?.integer, number >= 0 else { throw .report("the report has no number '\(name)'") }
      return Int(number)
    }
    self.target = target
    self.id = "\(id)"
    self.recorded = recorded
    tool = try text(report["tool"]?["name"], "tool.name")
    version = try text(report["tool"]?["version"], "tool.version")
    let rules = try text(report["tool"]?["rule_pack_digest"], "tool.rule_pack_digest")
    rulesSHA256 = rules.hasPrefix("sha256:") ? String(rules.dropFirst(7)) : rules
    guard let made = try? Timestamp(parsing: try text(report["ts"], "ts")) else {
      throw .report("the report's 'ts' is no time")
    }
    time = made
    asOf = report["as_of"]?.string
    commit = report["git_head"]?.string
    scope = try text(report["scope"]?["kind"], "scope.kind")
    exitStatus = try count(report["summary"]?["exit_status"], "summary.exit_status")
    filesScanned = try count(report["coverage"]?["files_scanned"], "coverage.files_scanned")
    unevaluatedCount = try count(report["summary"]?["unevaluated"], "summary.unevaluated")
    var phases: [Phase] = []
    for member in (report["phases"] ?? report).members where report["phases"] != nil {
      let verdict = try text(member.value["verdict"], "phases.\(member.name).verdict")
      phases.append(
        Phase(phaseID: member.name, verdict: verdict, missingCount: member.value["missing"]?.count ?? 0))
    }
    self.phases = phases
    var gates: [Gate] = []
    for gate in (report["gates"] ?? report).elements {
      gates.append(
        Gate(gateID: try text(gate["gate_id"], "gates[].gate_id"), status: try text(gate["status"], "gates[].status")))
    }
    self.gates = gates
  }
}
