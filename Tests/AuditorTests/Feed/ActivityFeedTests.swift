import Auditor
import Formats
import Glibc
import Testing

/// Feeds that are written to.
@Suite struct ActivityFeedTests {
  private let run = FeedEvent.Run(phaseID: "P \"1\"", runID: "R", tool: "t", emitter: .wrapper)

  private func event(_ action: String, _ filler: Int = 0) -> FeedEvent {
    FeedEvent(action, of: run, milliseconds: 1_700_000_000_123) { json in
      if filler > 0 { json.member("filler", String(repeating: "x", count: filler)) }
    }
  }

  private func text(_ path: String) throws -> String { String(decoding: try FileReader.read(path), as: UTF8.self) }

  @Test func `an event carries everything that a taxonomy asks for`() throws {
    let value = try JSON.read(event("started").bytes)
    #expect(
      value.members.map(\.name) == [
        "ts_utc", "ts_epoch_ms", "phase_id", "action", "emit_mode", "verifier_mode", "tool", "run_id",
      ])
    #expect(value["ts_utc"]?.text == "2023-11-14T22:13:20.123Z" && value["ts_epoch_ms"]?.integer == 1_700_000_000_123)
    #expect(value["phase_id"]?.text == "P \"1\"" && value["emit_mode"]?.text == "tool_wrapped")
  }

  @Test(arguments: [("", ""), ("{}\n", "{}\n"), ("{}", "{}\n"), ("{}\r\n", "{}\r\n"), ("\n", "\n")])
  func `a last line without an end gets one, and nothing else changes`(before: String, kept: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.feed(before)
    try ActivityFeed(path, isMade: false).append([event("started"), event("completed")])
    let lines = [event("started"), event("completed")].map { String(decoding: $0.bytes, as: UTF8.self) + "\n" }
    #expect(try text(path) == kept + lines.joined())
  }

  @Test func `a feed is made where that is asked for, and only there`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a/b/feed.jsonl"
    #expect(throws: FileError.self) { try ActivityFeed(path, isMade: false).append([event("started")]) }
    try ActivityFeed(path, isMade: true).append([event("started")])
    #expect(try text(path).hasSuffix("}\n"))
  }

  @Test func `what is no file is not written to`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/fifo"
    mkfifo(path, 0o644)
    #expect(throws: FileError.self) { try ActivityFeed(path, isMade: true).append([event("started")]) }
    #expect(throws: FileError.self) { try ActivityFeed(folder.path, isMade: true).append([event("started")]) }
  }

  @Test func `a feed that somebody else holds is given up`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.feed("{}\n")
    let holder = open(path, O_RDONLY)
    defer { close(holder) }
    #expect(flock(holder, LOCK_EX) == 0)
    #expect(throws: FileError(.write, path: path, reason: .locked)) {
      try ActivityFeed(path, isMade: false).append([event("started")])
    }
    #expect(try text(path) == "{}\n")
  }

  @Test func `many writers at once leave whole lines`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.feed("{\"left\":\"open\"}")
    let feed = ActivityFeed(path, isMade: false)
    let events = (0..<40).map { event("started", $0 * 500) }
    _ = IndexedWork.run(jobs: 8, count: events.count) { indices in
      while let index = indices.next() { try? feed.append([events[index], events[index]]) }
    }
    let lines = try JSONLines.read(try FileReader.read(path))
    #expect(lines.count == 1 + 2 * events.count)
  }
}

extension TemporaryFolder {
  fileprivate func feed(_ text: String) throws -> String {
    try AtomicFile.write(Array(text.utf8), to: path + "/feed.jsonl")
    return path + "/feed.jsonl"
  }
}
