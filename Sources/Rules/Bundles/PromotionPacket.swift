package import Formats

/// The only interface through which runtime evidence reaches its consumers: pointers, and why they may or may not be
/// used (BUNDLE_RULES section 9).
package struct PromotionPacket: Sendable {
  /// The version that is written and read.
  package static let schemaVersion = "runtime-tools.promotion_packet.v0.2"

  /// Pointers that are always there, whether or not the file exists.
  package static let pointers: [(key: String, artifact: CoreArtifact)] = [
    ("run_manifest", .runManifest), ("expected_matrix", .expectedMatrix), ("runtime_results", .runtimeResults),
    ("runtime_events", .runtimeEvents), ("baseline_results", .baselineResults), ("oracle_results", .oracleResults),
    ("mismatch_packets", .mismatchPackets), ("summary", .summary),
  ]

  private let facts: RunFacts
  private let promotability: Promotability

  /// The packet of a run.
  package init(_ findings: BundleFindings, _ promotability: Promotability) {
    facts = findings.facts
    self.promotability = promotability
  }

  /// Writes the packet as one object.
  package func write(to json: inout JSONWriter) {
    let place = facts.place
    json.beginObject()
    json.member("schema_version", Self.schemaVersion)
    for (key, artifact) in Self.pointers { json.member(key, place.path(artifact)) }
    if facts.artifact(.pathWitnesses).isRegular { json.member("path_witnesses", place.path(.pathWitnesses)) }
    if facts.artifact(.fixtures).isRegular { json.member("fixtures", place.path(.fixtures)) }
    if facts.hasImpactMap { json.member("impact_map", place.path(RunFile.impactMap)) }
    json.key("promotability")
    promotability.write(to: &json)
    json.endObject()
  }
}
