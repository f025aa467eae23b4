import Rules
import Testing

/// The drift rules, sentence by sentence.
@Suite struct DriftCheckTests {
  /// 2026-02-12T10:00:00Z.
  private static let now: Int64 = 1_770_890_400

  private func check(_ lines: [String], at now: Int64 = now) -> DriftCheck {
    DriftCheck(scanned(lines).seen, DriftCheck.Thresholds(), nowMicroseconds: now * 1_000_000)
  }

  private func scanned(_ lines: [String]) -> (seen: DriftScanner, lines: [DriftScanner.Line]) {
    var seen = DriftScanner()
    let bytes = Array(lines.joined(separator: "\n").utf8)
    var found: [DriftScanner.Line] = []
    var start = 0
    while start < bytes.count {
      found.append(seen.scanLine(of: bytes.span, from: start))
      start = seen.nextLine
    }
    return (seen, found)
  }

  @Test(arguments: [
    "started", "COMPLETED", "Verified", "dispatch_start", "dispatch_committed", " dispatch_rejected ",
  ]) func `these actions are activity`(action: String) {
    let check = check([#"{"action":"\#(action)","ts":"2026-02-12T09:59:30Z"}"#])
    #expect(check.idle.ageSeconds == 30)
    #expect(check.missing == ["drift.heartbeat.stale"])
  }

  @Test(arguments: [
    #"{"action":"heartbeat","ts":1770890390}"#, #"{"action":"HeartBeat","ts":1770890390}"#,
    #"{"event":"dispatcher.heartbeat","ts":1770890390}"#,
    #"{"event":"my_HEARTBEAT_1","action":"note","ts":1770890390}"#,
    #"{"event":"heart\u0062eat","ts":1770890390}"#,
  ]) func `these events are heartbeats`(line: String) {
    #expect(check([line]).heartbeat.ageSeconds == 10)
    #expect(check([line]).idle.last == nil)
  }

  @Test(arguments: [
    #"{"action":"note","ts":1770890390}"#, #"{"action":"start","ts":1770890390}"#, #"{"ts":1770890390}"#,
    #"{"action":7,"event":["heartbeat"],"ts":1770890390}"#, #"{"action":"started"}"#, #"{"event":"heartbeat","ts":""}"#,
    #"{"action":"started","ts":"yesterday","ts_utc":null,"timestamp":true}"#, #"{"action":"started","ts":1e300}"#,
  ]) func `these say nothing`(line: String) {
    #expect(check([line]).missing == ["drift.heartbeat.stale", "idle.system.stale"])
    #expect(check([line]).exitStatus == .incomplete)
  }

  @Test(arguments: [
    (#""ts":"2026-02-12T09:59:00Z""#, 60), (#""ts":"2026-02-12T16:59:00+07:00""#, 60),
    (#""ts":"2026-02-12T09:59:00""#, 60),
    (#""ts":"2026-02-12T09:59:00.900Z""#, 59), (#""ts":1770890340"#, 60), (#""ts":1770890340000"#, 60),
    (#""ts":1770890340.5"#, 59), (#""ts":"x","ts_utc":"2026-02-12T09:59:00Z""#, 60),
    (#""ts":null,"ts_utc":7.5e300,"timestamp":1770890340"#, 60),
    (#""ts":"2026-02-12T09:58:00Z","timestamp":1770890399"#, 120), (#""ts":1770890460"#, -60),
  ]) func `the first clock that can be read counts`(clocks: String, age: Int64) {
    #expect(check([#"{"action":"started",\#(clocks)}"#]).idle.ageSeconds == age)
  }

  @Test func `the newest counts, wherever it stands`() {
    let lines = [1_770_890_300, 1_770_890_380, 1_770_890_310].map { #"{"action":"started","ts":\#($0)}"# }
    #expect(check(lines).idle.ageSeconds == 20)
  }

  @Test(arguments: [(Int64(120), true), (121, false), (-5, true)]) func `an age may equal its threshold`(
    age: Int64, isFresh: Bool
  ) {
    let check = check([#"{"event":"heartbeat","ts":\#(Self.now - age)}"#])
    #expect(check.heartbeat.isFresh == isFresh)
    #expect(check.missing.contains("drift.heartbeat.stale") == !isFresh)
  }

  @Test func `ages are cut towards zero`() {
    let check = DriftCheck(
      scanned([#"{"event":"heartbeat","ts":\#(Self.now + 1)}"#]).seen, DriftCheck.Thresholds(),
      nowMicroseconds: Self.now * 1_000_000 + 1)
    #expect(check.heartbeat.ageSeconds == 0)
  }

  @Test func `everything fresh is clean`() {
    let check = check([#"{"action":"started","event":"heartbeat","ts":\#(Self.now)}"#])
    #expect(check.missing.isEmpty && check.exitStatus == .clean)
  }

  @Test(arguments: ["{not json}", "7", "[]", "null", #"{"a":1} x"#, "\u{FEFF}{}"]) func `a line that is no object`(
    line: String
  ) {
    #expect(scanned(["{}", line]).lines == [.event, .malformed])
  }

  @Test(arguments: ["", "  ", "\t", "\u{0C}\u{0B}", "\r"]) func `blank lines`(line: String) {
    #expect(scanned([line, "{}"]).lines == [.blank, .event])
  }

  @Test func `failures hide what the feed did not say`() {
    let unreadable = DriftCheck(failure: .feedUnreadable, DriftCheck.Thresholds())
    #expect(unreadable.missing == ["error.log_missing_or_unreadable"])
    #expect(unreadable.idle.last == nil && unreadable.idle.ageSeconds == nil && unreadable.idle.thresholdSeconds == 900)
    let settings = DriftCheck(failure: .settings(kind: "ValueError"), DriftCheck.Thresholds())
    #expect(settings.missing == ["error.internal:ValueError", "error.log_missing_or_unreadable"])
    #expect(settings.exitStatus == .noVerdict)
  }

  @Test func `a report that cannot be written leaves the check as it is`() {
    let stale = check([]).failing(.reportNotWritten)
    #expect(stale.missing == ["drift.heartbeat.stale", "error.artifact_write_failure", "idle.system.stale"])
    #expect(stale.exitStatus == .noVerdict)
  }
}
