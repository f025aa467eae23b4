import Formats
package import Rules

/// One target of a sweep as one line of JSON. It holds no time and no place of a machine, so that the same tree gives the
/// same row in any shard.
package enum SweepRow {
  /// The row of a target that was audited.
  package static func audited(_ name: String, _ run: AuditRun) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("target", name)
    json.member("status", "audited")
    json.member("exit_status", Int(run.exitStatus.rawValue))
    json.member("outcome", run.exitStatus.name)
    json.member("git_head", run.gitHead)
    json.member("rule_pack_digest", "sha256:\(run.tool.rulePackDigest)")
    json.member("fail_on", run.threshold.rawValue)
    if let policy = run.policy { PolicyText(policy).write(to: &json) }
    writeCounts(run, &json)
    json.list("phases", run.phases) { phase, json in
      json.beginObject()
      json.member("phase_id", phase.phaseID)
      json.member("verdict", phase.verdict.rawValue)
      json.member("missing", phase.missing.map(\.code))
      json.endObject()
    }
    json.list("gates", run.gates) { gate, json in
      json.beginObject()
      json.member("gate_id", gate.gateID)
      json.member("status", gate.status.rawValue)
      json.endObject()
    }
    json.list("findings", run.findings) { finding, json in finding.write(to: &json) }
    json.list("unevaluated", run.unevaluated) { gap, json in gap.write(to: &json) }
    json.endObject()
    return SecretMask.masked(json.takeBytes())
  }

  /// The row of a target that could not be had.
  package static func failed(_ name: String, status: String, reason: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("target", name)
    json.member("status", status)
    json.member("exit_status", Int(ExitStatus.noVerdict.rawValue))
    json.member("outcome", ExitStatus.noVerdict.name)
    json.member("reason", reason)
    json.endObject()
    return SecretMask.masked(json.takeBytes())
  }

  private static func writeCounts(_ run: AuditRun, _ json: inout JSONWriter) {
    json.object("counts") { json in
      for level in Severity.allCases.reversed() { json.member(level.rawValue, run.openCount(level)) }
      json.member("suppressed", run.findings.count - run.openFindings.count)
      json.member("unevaluated", run.unevaluated.count)
      json.member("files_scanned", run.coverage.filesScanned)
      json.member("bytes_scanned", run.coverage.bytesScanned)
    }
  }
}
