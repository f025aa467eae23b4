package import Formats
package import Rules

extension Ledger {
  /// Records what a row of a sweep tells, as one run of its target.
  ///
  /// A target that could not be had is a run too: one without a verdict, after which nothing is taken for gone.
  /// - Parameter bytes: the row as it stands in the merged file.
  /// - Returns: nil where the last run of the target is this very row: a merge that is done again records nothing twice.
  package borrowing func record(
    _ row: Value, _ bytes: [UInt8], of plan: SweepPlan, id: ULID, recorded: Timestamp
  ) throws -> LedgerEntry? {
    guard let target = row["target"]?.string else { throw LedgerError.report("a row has no text 'target'") }
    let digest = SHA256.digest(Array("\(plan.subjectDigest)\n".utf8) + bytes).hex
    if try lastReport(of: target) == digest { return nil }
    var run = try LedgerRun(row: row, of: plan, target: target, id: id, recorded: recorded)
    run.reportSHA256 = digest
    return try record(run, expecting: row["findings"]?.count ?? 0) { intake in
      if row["findings"] != nil { try intake.take(findingsOf: row) }
    }
  }

  private borrowing func lastReport(of target: String) throws -> String? {
    try telling {
      var rows = try database.prepare("SELECT report_sha256 FROM run WHERE target = ? ORDER BY seq DESC LIMIT 1")
      try rows.bind(target, at: 1)
      return try rows.step() ? rows.text(at: 0) : nil
    }
  }
}

extension LedgerRun {
  /// A run as a row of a sweep tells it.
  fileprivate init(
    row: Value, of plan: SweepPlan, target: String, id: ULID, recorded: Timestamp
  ) throws(LedgerError) {
    func text(_ value: Value?, _ name: String) throws(LedgerError) -> String {
      guard let text = value?.string else { throw .report("the row of '\(target)' has no text '\(name)'") }
      return text
    }
    func count(_ value: Value?) -> Int { value?.integer.flatMap { Int(exactly: $0) } ?? 0 }
    guard let status = row["exit_status"]?.integer.flatMap({ Int(exactly: $0) }) else {
      throw .report("the row of '\(target)' has no number 'exit_status'")
    }
    self.target = target
    self.id = "\(id)"
    self.recorded = recorded
    tool = "auditor"
    version = plan.toolVersion
    let rules = row["rule_pack_digest"]?.string ?? "sha256:\(plan.rulePackDigest)"
    rulesSHA256 = rules.hasPrefix("sha256:") ? String(rules.dropFirst(7)) : rules
    time = plan.asOf
    commit = row["git_head"]?.string
    scope = Scope.Kind.tree.rawValue
    exitStatus = status
    filesScanned = count(row["counts"]?["files_scanned"])
    // One that could not be had was not evaluated at all.
    unevaluatedCount = row["counts"] == nil ? 1 : count(row["counts"]?["unevaluated"])
    var phases: [Phase] = []
    for phase in (row["phases"] ?? row).elements {
      phases.append(
        Phase(
          phaseID: try text(phase["phase_id"], "phases[].phase_id"),
          verdict: try text(phase["verdict"], "phases[].verdict"), missingCount: phase["missing"]?.count ?? 0))
    }
    self.phases = phases
    var gates: [Gate] = []
    for gate in (row["gates"] ?? row).elements {
      gates.append(
        Gate(gateID: try text(gate["gate_id"], "gates[].gate_id"), status: try text(gate["status"], "gates[].status")))
    }
    self.gates = gates
  }
}
