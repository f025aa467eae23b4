package import Formats
package import Rules

/// Writes one judged phase as the DoD checker's reports have it, and more: where to look and what to do. The one writer
/// for every report that holds phases.
package enum PhaseWriter {
  /// Writes the phase as an object; with what its document claims where a report is kept.
  package static func write(_ phase: PhaseResult, withClaims: Bool, to json: inout JSONWriter) {
    json.beginObject()
    json.member("phase_id", phase.phaseID)
    json.member("verdict", phase.verdict.rawValue)
    json.member("is_fixture", phase.isFixture)
    writeMeta(phase, to: &json)
    json.key("checks")
    json.beginObject()
    writeActivity(phase.activity, to: &json)
    writeEvidence(phase.evidence, to: &json)
    writeGate(phase.gate, to: &json)
    json.member("synthetic_detected", phase.isSyntheticDetected)
    json.member("registry_integrity_ok", phase.isRegistryIntact)
    // Readers of dod_report_v2 expect the field; this checker follows the one blueprint there is.
    json.member("blueprint_mismatch", false)
    json.endObject()
    json.member("missing", phase.missing.map(\.code))
    writeDetails(phase.missing, to: &json)
    if let forensics = phase.forensics { write(forensics, to: &json) }
    if withClaims { DocumentWriter.write(phase.claims, absent: phase.absentCitations, to: &json) }
    json.endObject()
  }

  private static func write(_ forensics: ProofForensics, to json: inout JSONWriter) {
    json.key("forensics")
    json.beginObject()
    json.member("proof_mode", forensics.mode.rawValue)
    json.list("tells", forensics.tells) { tell, json in
      json.beginObject()
      json.member("code", tell.code.name)
      json.member("strength", tell.strength.rawValue)
      json.member("explanation", tell.explanation)
      json.key("events")
      json.beginArray()
      for line in tell.events { json.integer(line) }
      json.endArray()
      json.member("paths", tell.paths)
      json.endObject()
    }
    json.endObject()
  }

  private static func writeMeta(_ phase: PhaseResult, to json: inout JSONWriter) {
    let names: [(DocumentFacts.Key, String)] = [
      (.phaseID, "phase_id"), (.commitSHA, "commit_sha"), (.gate, "gate"), (.relatedSOT, "related_sot"),
    ]
    json.key("meta")
    json.beginObject()
    for (key, name) in names {
      if let field = phase.document.fields[key] { json.member(name, field.value) }
    }
    json.member("dod_file", phase.documentPath)
    json.member("commit_sha_reachable", phase.isCommitReachable)
    json.endObject()
  }

  private static func writeActivity(_ check: ActivityCheck, to json: inout JSONWriter) {
    json.key("activity_chain")
    json.beginObject()
    for action in ActivityAction.allCases { json.member(action.rawValue, check.seen.contains(action)) }
    json.member("order_ok", check.orderOK)
    json.member("latest_order_ok", check.latestOrderOK)
    json.key("event_count")
    json.integer(check.eventCount)
    json.member("proof_mode", check.proofMode.rawValue)
    json.member("taxonomy_ok", check.taxonomyOK)
    json.member("taxonomy_missing", check.taxonomyMissing)
    json.endObject()
  }

  private static func writeEvidence(_ check: EvidenceCheck, to json: inout JSONWriter) {
    json.key("evidence")
    json.beginObject()
    json.member("paths", check.paths)
    json.key("exists")
    json.beginObject()
    for path in check.pathChecks { json.member(path.path, path.exists) }
    json.endObject()
    json.key("readable")
    json.beginObject()
    for path in check.pathChecks { json.member(path.path, path.isReadable) }
    json.endObject()
    json.key("hash_checks")
    json.beginObject()
    for hash in check.hashChecks {
      json.key(hash.path)
      json.beginObject()
      json.member("expected", hash.expected)
      json.member("actual", hash.actual)
      json.endObject()
    }
    json.endObject()
    json.member("ok", check.isOK)
    json.member("missing", check.missing.map(\.code))
    json.endObject()
  }

  private static func writeGate(_ check: GateCheck, to json: inout JSONWriter) {
    json.key("gate")
    json.beginObject()
    json.member("requires", check.prerequisites.map(\.phaseID))
    json.key("prereq_verdicts")
    json.beginObject()
    var told: Set<String> = []
    for prerequisite in check.prerequisites where told.insert(prerequisite.phaseID).inserted {
      json.member(prerequisite.phaseID, prerequisite.verdict)
    }
    json.endObject()
    json.member("ok", check.isOpen)
    json.member("missing", check.missing.map(\.code))
    json.endObject()
  }

  private static func writeDetails(_ items: [MissingItem], to json: inout JSONWriter) {
    json.key("missing_details")
    json.beginArray()
    for item in items {
      json.beginObject()
      json.member("code", item.code)
      json.member("path", item.location.path)
      if let line = item.location.line {
        json.key("line")
        json.integer(line)
      }
      json.member("remediation", item.requirement.remediation)
      json.endObject()
    }
    json.endArray()
  }
}
