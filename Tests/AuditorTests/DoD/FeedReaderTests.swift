@testable import Auditor
import Formats
import Rules
import Testing

@Suite("The activity feed")
struct FeedReaderTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/feed.jsonl" }

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("is read once for all phases, and its chains' events in full")
  func reads() throws {
    let actions = ["started", "completed", "verified"]
    let lines = (0..<6_000).map { index in
      #"{"phase_id":"P\#(index / 3 % 4)","action":"\#(actions[index % 3])","ts":\#(index + 1),"run_id":\#(index),"x":"\#(String(repeating: "é", count: index % 90))"}"#
    }
    let text = Array(lines.joined(separator: "\r\n").utf8)
    try folder.write([0xEF, 0xBB, 0xBF] + text, to: "feed.jsonl")
    let (feed, ledger) = try read()
    #expect(feed.badLineCount == 0)
    #expect(feed.input?.byteCount == text.count + 3)
    #expect(feed.input?.sha256 == SHA256.digest([0xEF, 0xBB, 0xBF] + text).hex)
    for phase in 0..<4 {
      let activity = ledger.activity(of: "P\(phase)")
      let chain = activity.chain.references
      let last = 6_000 - 3 * (4 - phase)
      #expect(activity.eventCount == 1_500)
      #expect(chain.map(\.line) == [last + 1, last + 2, last + 3])
      #expect(chain.map { feed.event(at: $0)?.runID } == ["\(last)", "\(last + 1)", "\(last + 2)"])
      #expect(chain.map { feed.event(at: $0)?.source.line } == chain.map(\.line))
    }
  }

  @Test("counts the lines that are no JSON and places the first; blanks are none")
  func badLines() throws {
    try folder.write("\n \u{B}\u{C}\n[]\n{\"a\":}\n{}\nnot\n{\"phase_id\":\"P0\"}", to: "feed.jsonl")
    let (feed, ledger) = try read()
    #expect(feed.badLineCount == 2)
    #expect(feed.firstBadLine?.line == 4)
    #expect(feed.firstBadLine?.problem.isEmpty == false)
    #expect(ledger.activity(of: "P0").eventCount == 1)
  }

  @Test(
    "is refused where it is no text, with the place",
    arguments: [
      ([0x7B, 0x7D, 0x0A, 0x20, 0xFF, 0x0A], 2, 2), ([0x0A, 0x0A, 0x22, 0xC3, 0x22], 3, 2),
      ([0xEF, 0xBB, 0xBF, 0x80], 1, 4),
      ([0x7B, 0x0A, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x0A], 2, 2),
    ] as [([UInt8], Int, Int)])
  func undecodable(bytes: [UInt8], line: Int, column: Int) throws {
    try folder.write(bytes, to: "feed.jsonl")
    #expect {
      _ = try read()
    } throws: { error in
      guard case .unreadable(let location, _)? = error as? DoDError else { return false }
      return location == Location(path: "feed", line: line, column: column)
    }
  }

  @Test("that does not exist has no events; one that cannot be read is an error")
  func absent() throws {
    #expect(try read().feed.input == nil)
    try folder.makeFolder("feed.jsonl")
    #expect(throws: DoDError.self) { _ = try read() }
  }

  private func read() throws -> (feed: FeedReader, ledger: ActivityLedger) {
    var feed = FeedReader(path: path, shownPath: "feed")
    var ledger = ActivityLedger(phaseIDs: (0..<4).map { "P\($0)" })
    try feed.read(into: &ledger)
    return (feed, ledger)
  }
}
