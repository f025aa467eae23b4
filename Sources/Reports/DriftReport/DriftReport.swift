package import Formats
package import Rules

/// The report of one drift run, `idle_drift_report_v1` (drift rules).
package struct DriftReport: Sendable {
  private let time: Timestamp
  private let feed: String
  private let check: DriftCheck

  /// A report on a check of a feed, which is named by its path.
  package init(_ check: DriftCheck, feed: String, time: Timestamp) {
    self.check = check
    self.feed = feed
    self.time = time
  }

  /// JSON, UTF-8, one object, a line end at the end: what is written, and what `--json` prints.
  package func bytes() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("schema_version", "idle_drift_report_v1")
    json.member("ts", time.rfc3339)
    json.member("source_log", feed)
    json.object("checks") { json in
      write(check.idle, "idle", lastKey: "last_activity_ts", to: &json)
      write(check.heartbeat, "drift", lastKey: "last_heartbeat_ts", to: &json)
    }
    json.member("missing", check.missing)
    json.endObject()
    json.newline()
    return SecretMask.masked(json.takeBytes())
  }

  private func write(_ pulse: DriftCheck.Pulse, _ key: String, lastKey: String, to json: inout JSONWriter) {
    json.object(key) { json in
      json.member("ok", pulse.isFresh)
      json.member(lastKey, pulse.last.map { Timestamp(milliseconds: $0.seconds * 1_000).rfc3339 })
      json.member("age_sec", pulse.ageSeconds.map { Int($0) })
      json.member("threshold_sec", Int(pulse.thresholdSeconds))
    }
  }
}
