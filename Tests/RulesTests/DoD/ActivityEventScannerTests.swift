import Formats
import Rules
import Testing

@Suite("The scanner of feed lines")
struct ActivityEventScannerTests {
  private static let usual = [
    #"{"phase_id":"PHASE_1","action":"started","ts":"2026-02-24T17:16:21Z"}"#,
    #" { "phase" : "P" , "task_id":"T","action":"Completed","ts_utc":"2026-02-24T17:16:21.250+00:00","ts_epoch_ms":1771953381250 } "#,
    #"{"phase_id":"","phase":"é","note":"a\"b\\","n":[1,-2.5,{"x":[]},{}],"t":true,"f":false,"z":null,"action":"other"}"#,
    #"{"phase_id":"A","phase_id":"B","action":"verified","ts":"","ts_utc":"1999-12-31T23:59:59Z","ts_epoch_ms":"7"}"#,
  ]

  @Test(
    "reads an event as the full reader does",
    arguments: usual + [
      "{}", #"{"phase_id":7}"#, #"{"phase_id":" P\t"}"#, #"{"phase_id":" P "}"#, #"{"phase_id":"  ","phase":"Q"}"#,
      #"{"phase_id":null,"phase":"Q"}"#, #"{"phase_id":0,"phase":"Q"}"#, #"{"phase_id":-0.0,"phase":"Q"}"#,
      #"{"phase_id":false,"phase":"Q"}"#, #"{"phase_id":true,"phase":"Q"}"#, #"{"phase_id":[],"phase":"Q"}"#,
      #"{"phase_id":[1],"phase":"Q"}"#, #"{"phase_id":{},"phase":{"a":1}}"#, #"{"phase_\u0069d":"\u0050"}"#,
      #"{"task_id":12.50}"#, #"{"action":"start\u0065d"}"#, #"{"action":"VERIFIED"}"#, #"{"action":1}"#,
      #"{"ts":1771953381}"#, #"{"ts":1771953381250}"#, #"{"ts":1771953381.25}"#, #"{"ts":1e99}"#,
      #"{"ts":0,"timestamp":1}"#,
      #"{"ts":[],"ts_utc":{},"timestamp":"2026-02-24"}"#, #"{"ts":true,"ts_utc":"2026-02-24T17:16:21Z"}"#,
      #"{"ts_epoch_ms":1.5}"#, #"{"ts_epoch_ms":1e300}"#, #"{"ts_epoch_ms":-1}"#,
      #"{"ts_epoch_ms":null,"timestamp":5}"#,
      #"{"ts_epoch_ms":true,"timestamp":"5"}"#, #"{"ts":"2026-02-30T00:00:00Z"}"#, #"{"ts":"2026-02-24 17:16:21"}"#,
      #"{"ts":" 2026-02-24T17:16:21Z"}"#, #"{"ts":"0000-01-01T00:00:00Z"}"#, #"{"ts":"2026-02-24T17:16:21.Z"}"#,
      #"{"ts":"2026-02-24T17:16:21.1234567891Z"}"#, #"{"ts":"2026-02-24T17:16:21+01:00"}"#,
      #"{"ts":"2026-02-24T24:00:00Z"}"#,
      #"{"ts":"2026\u002d02-24T17:16:21Z"}"#, #"{"ts_epoch_ms":9223372036854775807}"#,
      #"{"timestamp":9223372036854775808}"#,
    ])
  func reads(line: String) throws {
    let expected = try #require(try full(Array(line.utf8)))
    #expect(scanned(Array(line.utf8)) == .event(expected))
  }

  @Test("passes over what is no object, and says what is no JSON")
  func others() {
    for line in ["", "  \t", "[1]", "12", "null"] { #expect(scanned(Array(line.utf8)) == .noEvent) }
    for line in ["{", "{}x", "\u{B}", "{\"phase_id\":01}"] { #expect(scanned(Array(line.utf8)) == .malformed) }
  }

  @Test("reads a damaged line as the full reader does", arguments: 1...8)
  func damaged(seed: UInt64) throws {
    var random = seed
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((random >> 33) % UInt64(bound))
    }
    let letters = Array(#"{}[]",:\019eE+-. tu"#.utf8)
    for _ in 0..<600 {
      var line = Array(Self.usual[next(Self.usual.count)].utf8)
      for _ in 0...next(3) { line[next(line.count)] = letters[next(letters.count)] }
      let expected = try? full(line).map { ActivityEventScanner.Line.event($0) } ?? .noEvent
      #expect(scanned(line) == expected ?? .malformed, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private func scanned(_ line: [UInt8]) -> ActivityEventScanner.Line {
    // Something stands before and behind a line of a feed.
    let bytes = Array("}\n".utf8) + line + Array("\n{".utf8)
    var scanner = ActivityEventScanner()
    let found = scanner.scanLine(of: bytes.span, from: 2)
    #expect(scanner.nextLine == bytes.count - 1)
    #expect(isEntered(found, bytes, byteCount: line.count), "\(String(decoding: line, as: UTF8.self))")
    return found
  }

  /// Entered from where it stands, an event counts as the same that is read first and recorded then.
  private func isEntered(_ found: ActivityEventScanner.Line, _ bytes: [UInt8], byteCount: Int) -> Bool {
    let phaseIDs = ["PHASE_1", "P", "T", "é", "A", "B", "Q", "7", "true", "12.50", "[1]"]
    var (entered, recorded) = (ActivityLedger(phaseIDs: phaseIDs), ActivityLedger(phaseIDs: phaseIDs))
    var scanner = ActivityEventScanner()
    let entry = scanner.enterLine(of: bytes.span, from: 2, at: 100, line: 9, into: &entered)
    if case .event(let event) = found {
      recorded.record(event, at: EventReference(line: 9, offset: 102, byteCount: byteCount))
    }
    let isSameKind =
      switch found {
      case .event: entry == .event
      case .noEvent: entry == .noEvent
      case .malformed: entry == .malformed
      }
    return isSameKind
      && phaseIDs.allSatisfy { phaseID in
        let (left, right) = (entered.activity(of: phaseID), recorded.activity(of: phaseID))
        return left.eventCount == right.eventCount && left.latest == right.latest && left.chain == right.chain
          && left.outOfRange == right.outOfRange
      }
  }

  private func full(_ line: [UInt8]) throws -> ActivityEvent? { ActivityEvent(try JSON.read(line)) }
}
