/// Decides what a reality evidence bundle proves, from its documents and from what its database and compose file are
/// (REALITY_RULES). Every verdict found in the bundle is a claim: compared with what was computed, last, and never used.
package enum RealityJudge {
  /// Judges a bundle.
  ///
  /// - Parameters:
  ///   - gates: the gates asked for; none: those that the claim names, or all.
  ///   - code: the code that made the bundle, where it was looked at; its automatic failures count like the bundle's own.
  package static func judge(
    _ documents: RealityDocuments, _ facts: RealityFacts, gates: Set<Int> = [], code: RealityCode? = nil
  ) -> RealityResult {
    let claimed = documents.claim?.targeted ?? []
    let targeted = gates.isEmpty ? (claimed.isEmpty ? Set(1...7) : claimed) : gates
    var bundle = documents.reasons
    if targeted.contains(1), documents.isReady(forGate: 1), case .outside = facts.database {
      bundle.lie(
        "PATH_ESCAPE",
        "the database '\(documents.storageState?.path ?? "")' leads out of the bundle; it was not opened",
        in: .storageState)
    }
    let results = (1...7).map { number in
      RealityGateResult(
        number: number, isTargeted: targeted.contains(number),
        reasons: targeted.contains(number) ? gate(number, documents, facts) : [])
    }
    var reasons = bundle.all + RealityAdmissions.reasons(documents)
    if let export = documents.auditExport {
      reasons += RealityIdentity.reasons(export, actions: documents.operatorActions)
    }
    reasons += code?.reasons ?? []
    let computed = status(reasons, results)
    reasons += contradictions(documents.claim, computed, results)
    return RealityResult(
      runID: documents.runID, status: status(reasons, results), verdict: verdict(reasons, results),
      targeted: targeted.sorted(), gates: results, reasons: reasons.sorted { $0.code < $1.code }, code: code)
  }

  private static func status(_ reasons: [RealityReason], _ gates: [RealityGateResult]) -> RealityStatus {
    let all = reasons + gates.flatMap(\.reasons)
    if all.contains(where: { $0.kind == .lie || $0.code == "BUNDLE.NO_ARTIFACTS" }) { return .red }
    return all.isEmpty ? .green : .yellow
  }

  private static func verdict(_ reasons: [RealityReason], _ gates: [RealityGateResult]) -> RealityVerdict {
    if reasons.contains(where: { $0.code == "BUNDLE.NO_ARTIFACTS" }) { return .unproven }
    let all = reasons + gates.flatMap(\.reasons)
    if all.isEmpty { return gates.prefix(3).allSatisfy(\.isTargeted) ? .real : .unproven }
    return all.contains { $0.kind != .missing } ? .hollow : .unproven
  }

  /// Claiming less than was proved is no contradiction.
  private static func contradictions(
    _ claim: RealityClaim?, _ computed: RealityStatus, _ gates: [RealityGateResult]
  ) -> [RealityReason] {
    guard let claim else { return [] }
    var reasons = RealityReasons("BUNDLE")
    for gate in gates where gate.isTargeted && !gate.reasons.isEmpty && claim.results[gate.number] == .pass {
      reasons.lie(
        "PASS_FAIL_CLAIM_CONTRADICTED", "PASS_FAIL.txt says that gate \(gate.number) passes, and it fails",
        in: .passFail)
    }
    if let final = claim.finalStatus, final < computed {
      reasons.lie(
        "PASS_FAIL_CLAIM_CONTRADICTED", "PASS_FAIL.txt says \(final.rawValue), computed was \(computed.rawValue)",
        in: .passFail)
    }
    return reasons.all
  }

  /// The reasons why a gate fails; one that cannot be judged never passes.
  private static func gate(_ number: Int, _ documents: RealityDocuments, _ facts: RealityFacts) -> [RealityReason] {
    let gaps = documents.gaps(forGate: number)
    guard gaps.isEmpty else { return gaps }
    return checks(number, documents, facts) ?? [
      RealityReason("GATE\(number).UNUSABLE_AUDIT_EXPORT", .missing, "the gate could not be judged")
    ]
  }

  private static func checks(
    _ number: Int, _ documents: RealityDocuments, _ facts: RealityFacts
  ) -> [RealityReason]? {
    guard let export = documents.auditExport else { return nil }
    switch number {
    case 1:
      guard let storage = documents.storageState else { return nil }
      return RealityGate1.reasons(export, storage, facts.database)
    case 2:
      guard let storage = documents.storageState, let log = documents.serviceLog else { return nil }
      return RealityGate2.reasons(export, storage, log)
    case 3: return documents.replayReport.map { RealityGate3.reasons(export, $0) }
    case 4:
      guard let snapshot = documents.configSnapshot, let log = documents.serviceLog else { return nil }
      return RealityGate4.reasons(snapshot, log, composeDigest: facts.composeDigest)
    case 5:
      guard let model = documents.timeModel, let report = documents.replayReport else { return nil }
      return RealityGate5.reasons(export, model, report)
    case 6:
      guard let storage = documents.storageState, let report = documents.idempotencyReport else { return nil }
      return RealityGate6.reasons(export, storage, report)
    case 7:
      guard let snapshot = documents.configSnapshot, let hash = documents.configHash,
        let report = documents.replayReport
      else { return nil }
      return RealityGate7.reasons(export, snapshot, hash, report, documents)
    default: return nil
    }
  }
}

extension RealityDocuments {
  /// The files that a gate needs and that are absent or unusable; with any of them its checks are not run.
  func gaps(forGate number: Int) -> [RealityReason] {
    var reasons = RealityReasons("GATE\(number)")
    for artifact in RealityArtifact.allCases where artifact.gates.contains(number) && !usable.contains(artifact) {
      if isAbsent(artifact) {
        reasons.missing("MISSING_\(artifact.rawValue)", "needs \(artifact.fileName), which is not there")
      } else {
        reasons.missing("UNUSABLE_\(artifact.rawValue)", "needs \(artifact.fileName), which cannot be used")
      }
    }
    return reasons.all
  }

  /// Whether everything that a gate needs can be used.
  func isReady(forGate number: Int) -> Bool {
    RealityArtifact.allCases.allSatisfy { !$0.gates.contains(number) || usable.contains($0) }
  }
}
