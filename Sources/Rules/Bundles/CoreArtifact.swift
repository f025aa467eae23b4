/// The fifteen core artifacts of a run, in core order (BUNDLE_RULES section 1).
package enum CoreArtifact: String, Sendable, CaseIterable {
  /// Where the run is in its life.
  case runStatus = "run_status.json"
  /// Channel, plan, and the apply-preflight record.
  case runManifest = "run_manifest.json"
  /// Whether the policy could be applied at all.
  case applyPreflight = "apply_preflight.json"
  /// The baseline lane.
  case baselineResults = "baseline_results.json"
  /// Which paths were asked for and which were seen.
  case pathWitnesses = "path_witnesses.json"
  /// What the run laid out before it began.
  case fixtures = "fixtures.json"
  /// Expectations as generated.
  case expectedMatrixGenerated = "expected_matrix.generated.json"
  /// Expectations as used.
  case expectedMatrix = "expected_matrix.json"
  /// The scenario lane, by profile.
  case runtimeResults = "runtime_results.json"
  /// The scenario lane, as events.
  case runtimeEvents = "runtime_events.normalized.json"
  /// How many expectations failed.
  case mismatchSummary = "mismatch_summary.json"
  /// Each failed expectation.
  case mismatchPackets = "mismatch_packets.jsonl"
  /// The oracle lane.
  case oracleResults = "oracle_results.json"
  /// The run in short.
  case summary = "summary.json"
  /// The run in short, for people.
  case summaryText = "summary.md"

  /// The documents that content and lane rules look into (sections 4.3 and 5).
  package static let contentDocuments: [CoreArtifact] = [
    .runManifest, .summary, .applyPreflight, .baselineResults, .oracleResults, .runtimeEvents, .runtimeResults,
    .pathWitnesses,
  ]

  /// Without these there is no decision-stage evidence (section 9).
  package static let decisionStage: [CoreArtifact] = [.runtimeResults, .runtimeEvents, .expectedMatrix]
}

/// The other files of a run directory that have a name of their own.
package enum RunFile {
  /// The commit barrier.
  package static let index = "artifact_index.json"
  /// The trail of a repair; never indexed.
  package static let repairLog = "repair_log.json"
  /// Optional pointer target of a packet; no core artifact.
  package static let impactMap = "impact_map.json"
}

/// The files of a bundle root that have a name of their own.
package enum BundleRootFile {
  /// The run id of the newest committed run.
  package static let latest = "LATEST"
  /// Held by a writer.
  package static let lock = ".runtime.lock"
}
