package import Formats

/// Whether a run may be promoted, and why not: derived, never stated (BUNDLE_RULES section 9).
package struct Promotability: Sendable {
  /// Why a run may not be promoted.
  package enum Reason: String, Sendable, CaseIterable {
    /// Sandboxed before the policy was applied.
    case alreadySandboxed = "already_sandboxed"
    /// The policy was not applied.
    case applyFailed = "apply_failed"
    /// Nobody tried whether the policy can be applied.
    case applyPreflightMissing = "apply_preflight_missing"
    /// The run failed.
    case bundleFailed = "bundle_failed"
    /// The run is still being written.
    case bundleInProgress = "bundle_in_progress"
    /// Something expected is missing.
    case bundleIncomplete = "bundle_incomplete"
    /// The index does not vouch for the bytes, or the documents contradict each other.
    case bundleIntegrityUnverified = "bundle_integrity_unverified"
    /// There is no decision-stage evidence, or the index does not vouch for it.
    case decisionStageArtifactsMissing = "decision_stage_artifacts_missing"
    /// Evidence of one lane stands in another.
    case laneViolation = "lane_violation"
    /// There is no manifest.
    case manifestMissing = "manifest_missing"
    /// The run did not come through the clean channel.
    case notCleanChannel = "not_clean_channel"
    /// There is no usable status.
    case runStatusMissing = "run_status_missing"
  }

  /// The only channel whose evidence is promotable.
  private static let cleanChannel = "launchd_clean"

  /// Sorted, each once; empty means promotable.
  package let reasons: [Reason]
  /// The manifest's channel as written.
  package let channel: Value?
  /// The manifest repeats a preflight record.
  package let hasPreflight: Bool
  /// The record's `apply_ok` as written.
  package let applyOK: Value?
  /// The record's `sandbox_check_self` as written.
  package let sandboxCheck: Value?

  /// No reason stands against it.
  package var isPromotable: Bool { reasons.isEmpty }

  /// Derives it from everything that was found.
  package init(_ findings: BundleFindings) {
    let facts = findings.facts
    let manifest = facts.document(.runManifest).object
    let record = manifest?["apply_preflight"]?["record"].flatMap { $0.kind == .object && $0.count > 0 ? $0 : nil }
    channel = manifest?["channel"]
    hasPreflight = record != nil
    applyOK = record?["apply_ok"]
    sandboxCheck = record?["sandbox_check_self"]

    var found: Set<Reason> = []
    if manifest == nil { found.insert(.manifestMissing) }
    if findings.state == nil { found.insert(.runStatusMissing) }
    if findings.state == .inProgress { found.insert(.bundleInProgress) }
    if channel?.string != Self.cleanChannel { found.insert(.notCleanChannel) }
    if record == nil { found.insert(.applyPreflightMissing) }
    if sandboxCheck?["sandboxed"]?.boolean == true { found.insert(.alreadySandboxed) }
    if record != nil, applyOK?.boolean != true { found.insert(.applyFailed) }
    if findings.state == .failed { found.insert(.bundleFailed) }
    if Self.isVouchedFor(findings) {
      if findings.index?.status?.string == IndexStatus.failed.rawValue { found.insert(.bundleFailed) }
      if findings.index?.missing.isEmpty == false { found.insert(.bundleIncomplete) }
    } else {
      found.insert(.bundleIntegrityUnverified)
    }
    if !Self.hasDecisionStage(findings) { found.insert(.decisionStageArtifactsMissing) }
    if findings.content.contains(where: { $0.code == .laneViolation }) { found.insert(.laneViolation) }
    reasons = found.sorted { $0.rawValue < $1.rawValue }
  }

  /// Integrity is verified: nothing but lanes is wrong, and the index vouches for manifest and status where they exist.
  private static func isVouchedFor(_ findings: BundleFindings) -> Bool {
    guard let index = findings.index, findings.integrity.isEmpty,
      findings.content.allSatisfy({ $0.code == .laneViolation })
    else { return false }
    let place = findings.facts.place
    let present = [
      (CoreArtifact.runManifest, findings.facts.documents[.runManifest] ?? .absent),
      (.runStatus, findings.facts.status),
    ].filter { $0.1.isPresent }
    return present.allSatisfy { index.lists(place.path($0.0)) }
  }

  private static func hasDecisionStage(_ findings: BundleFindings) -> Bool {
    CoreArtifact.decisionStage.allSatisfy { artifact in
      findings.facts.artifact(artifact).isRegular
        && findings.reading.index.map { $0.lists(findings.facts.place.path(artifact)) } ?? true
    }
  }

  /// The object `promotability` of packets and answers.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("promotable_decision_stage", isPromotable)
    json.member("reasons", reasons.map(\.rawValue))
    json.object("gating_inputs") { json in
      json.member("channel", channel)
      json.member("apply_preflight_present", hasPreflight)
      json.member("apply_ok", applyOK)
      json.member("sandbox_check_self", sandboxCheck)
    }
    json.endObject()
  }
}

extension Promotability.Reason {
  /// The reason in words, and what to do.
  package var meaning: String {
    switch self {
    case .alreadySandboxed: "the run was sandboxed before the policy was applied; run it from outside of any sandbox"
    case .applyFailed: "the policy could not be applied (apply_ok is not true); mend the profile and run again"
    case .applyPreflightMissing: "no apply-preflight record; run again with the preflight"
    case .bundleFailed: "the run failed; run it again"
    case .bundleInProgress: "the run is still being written; wait for its end"
    case .bundleIncomplete: "something expected is missing; run it again"
    case .bundleIntegrityUnverified: "'bundle validate' names what the index does not vouch for"
    case .decisionStageArtifactsMissing: "runtime_results, runtime_events or expected_matrix is missing or not indexed"
    case .laneViolation: "'bundle validate' names the document with evidence of another lane"
    case .manifestMissing: "there is no readable run_manifest.json"
    case .notCleanChannel: "only runs through the channel launchd_clean count"
    case .runStatusMissing: "there is no readable run_status.json"
    }
  }
}
