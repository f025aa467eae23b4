import Formats
package import Rules

/// Watches whether something is still alive: reads the activity feed once, and adds to it that it has looked (drift rules).
package struct DriftMonitor: Sendable {
  /// The phase that the monitor proves by its own runs.
  private static let phaseID = "PHASE_15_5_3"

  private let settings: DriftSettings

  /// A monitor of one feed.
  package init(_ settings: DriftSettings) {
    self.settings = settings
  }

  /// What the feed shows at a moment, and where it could not be read.
  package func check(at now: ReportTime) -> (check: DriftCheck, problem: String?) {
    var seen = DriftScanner()
    do throws(FileError) {
      if let line = try scan(&seen) {
        return (failure(.feedMalformed), "\(settings.feed):\(line): no JSON object; write one a line")
      }
    } catch {
      return (failure(.feedUnreadable), "\(error)")
    }
    return (DriftCheck(seen, settings.thresholds, nowMicroseconds: now.microseconds), nil)
  }

  /// Adds the chain of this run to the feed, naming its reports as evidence; nothing after a failure.
  ///
  /// - Parameter reports: absolute paths.
  /// - Throws: `FileError` or `FormatError`; the check stands all the same.
  package func record(_ check: DriftCheck, reports: [String], at now: ReportTime) throws {
    guard check.failures.isEmpty else { return }
    let run = FeedEvent.Run(
      phaseID: Self.phaseID, runID: try RunID.make(at: now).description, tool: "auditor drift", emitter: .runtime)
    let evidence = reports.map { PathText.shown($0, root: settings.root) }
    let start = now.timestamp.milliseconds
    // Three moments, because a chain is one of moments that follow each other.
    let events = [
      FeedEvent("started", of: run, milliseconds: start),
      FeedEvent("completed", of: run, milliseconds: start + 1) { json in
        json.member("status", check.missing.isEmpty ? "ok" : "warning")
        json.member("evidence", evidence)
      },
      FeedEvent("verified", of: run, milliseconds: start + 2) { json in
        json.member("status", "verified")
        json.member("evidence", evidence)
      },
    ]
    try settings.places.check(settings.feed)
    try ActivityFeed(settings.feed, isMade: false).append(events)
  }

  private func failure(_ failure: DriftCheck.Failure) -> DriftCheck {
    DriftCheck(failure: failure, settings.thresholds)
  }

  /// Reads the feed up to its end or to a line that is no event, whose number it returns.
  private func scan(_ seen: inout DriftScanner) throws(FileError) -> Int? {
    var feed = try LineBlocks(settings.feed, isHashed: false)
    var line = 0
    while try feed.advance() {
      let bytes = feed.buffer.span.extracting(feed.lines)
      var start = feed.offset == 0 ? FeedReader.markLength(bytes) : 0
      while start < bytes.count {
        line += 1
        if seen.scanLine(of: bytes, from: start) == .malformed { return line }
        start = seen.nextLine
      }
    }
    return nil
  }
}
