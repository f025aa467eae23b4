import Formats
import Rules
import Testing

@Suite("The scanner of feed lines")
struct FeedLineScannerTests {
  private static let usual = [
    #"{"phase_id":"PHASE_1","action":"started","ts":"2026-02-24T17:16:21Z"}"#,
    #" { "phase" : "P" , "task_id":"T","action":"Completed","ts_utc":"2026-02-24T17:16:21.250+00:00","ts_epoch_ms":1771953381250 } "#,
    #"{"phase_id":"","phase":"é","note":"a\"b\\","n":[1,-2.5,{"x":[]},{}],"t":true,"f":false,"z":null,"action":"other"}"#,
    "{}", #"{"phase_id":"A","phase_id":"B","action":"verified","ts":"","ts_utc":"1999-12-31T23:59:59Z"}"#,
  ]

  @Test("reads the usual shapes as the full reader does", arguments: usual)
  func readsUsual(line: String) throws {
    let event = try #require(scanned(line))
    let expected = try full(line)
    #expect(event == expected)
  }

  @Test(
    "leaves everything else to the full reader",
    arguments: [
      "", "[1]", "{", "{}x", #"{"a":01}"#, #"{"a":1.}"#, #"{"a":-}"#, #"{"a":1e9}"#, #"{"a":tru}"#, #"{"a":"\q"}"#,
      #"{"a":"\u0041"}"#,
      #"{"a" 1}"#, #"{"a":1,}"#, #"{"phase_id":7}"#, #"{"phase_id":" P"}"#, #"{"ts":1771953381}"#, #"{"timestamp":1}"#,
      #"{"ts_epoch_ms":1.5}"#, #"{"ts":"2026-02-30T00:00:00Z"}"#, #"{"ts":"2026-02-24 17:16:21"}"#, "{\"a\":\"\n\"}",
      #"{"ts":"0000-01-01T00:00:00Z"}"#, #"{"action":"start\u0065d"}"#,
    ])
  func leavesUnusual(line: String) {
    #expect(scanned(line) == nil)
  }

  @Test("never reads a damaged line otherwise than the full reader", arguments: 1...8)
  func damaged(seed: UInt64) throws {
    var random = seed
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((random >> 33) % UInt64(bound))
    }
    let letters = Array(#"{}[]",:\019eE+-. tu"#.utf8)
    for _ in 0..<600 {
      var line = Array(Self.usual[next(Self.usual.count)].utf8)
      for _ in 0...next(3) where !line.isEmpty { line[next(line.count)] = letters[next(letters.count)] }
      guard (try? UTF8Span(validating: line.span)) != nil,
        let event = FeedLineScanner.event(in: line.span, line: 0..<line.count)
      else { continue }
      let expected = ActivityEvent(try JSON.read(line))
      #expect(event == expected, "\(String(decoding: line, as: UTF8.self))")
    }
  }

  private func scanned(_ line: String) -> ActivityEvent? {
    // Something stands before and behind a line of a feed.
    let bytes = Array("}\n\(line)\n{".utf8)
    return FeedLineScanner.event(in: bytes.span, line: 2..<(bytes.count - 2))
  }

  private func full(_ line: String) throws -> ActivityEvent? { ActivityEvent(try JSON.read(Array(line.utf8))) }
}
