import Formats

/// The newest signs of life in an activity feed, gathered line by line (drift rules): the newest activity and the newest
/// heartbeat among events that have a time.
package struct DriftScanner: Sendable {
  /// What stands on a line.
  package enum Line: Sendable, Hashable {
    /// An event.
    case event
    /// Nothing.
    case blank
    /// No JSON object: such a feed says nothing about what runs.
    case malformed
  }

  private static let activities = [
    "started", "completed", "verified", "dispatch_start", "dispatch_committed", "dispatch_rejected",
  ].map { Array($0.utf8) }
  private static let heartbeat = Array("heartbeat".utf8)

  /// The newest event whose action is an activity; nil for none.
  package private(set) var newestActivity: EventTime?
  /// The newest heartbeat; nil for none.
  package private(set) var newestHeartbeat: EventTime?
  private var fields = JSONFieldScanner(keys: ["action", "event", "ts", "ts_utc", "timestamp"])

  /// A scanner that has seen nothing.
  package init() {}

  /// Where the line after the scanned one begins.
  package var nextLine: Int { fields.nextLine }

  /// Reads the line that begins at `start`, up to the next line feed or the end of the bytes.
  package mutating func scanLine(of bytes: Span<UInt8>, from start: Int) -> Line {
    switch fields.scanLine(of: bytes, from: start) {
    case .blank: return .blank
    case .otherValue: return .malformed
    case .malformed:
      // JSON knows fewer blanks than people do.
      let isBlank = (start..<fields.nextLine).allSatisfy { ASCII.isBlank(bytes[$0]) }
      return isBlank ? .blank : .malformed
    case .object:
      take(bytes)
      return .event
    }
  }

  private mutating func take(_ bytes: Span<UInt8>) {
    let action = Self.word(fields[0], bytes)
    let isActivity = Self.activities.contains(action)
    let isHeartbeat =
      action == Self.heartbeat || Self.word(fields[1], bytes).firstRange(of: Self.heartbeat) != nil
    guard isActivity || isHeartbeat, let time = time(bytes) else { return }
    if isActivity { newestActivity = max(newestActivity ?? time, time) }
    if isHeartbeat { newestHeartbeat = max(newestHeartbeat ?? time, time) }
  }

  /// The first clock that can be read.
  private func time(_ bytes: Span<UInt8>) -> EventTime? {
    for place in 2...4 {
      if let time = fields[place].flatMap({ EventTime.read($0, in: bytes).instant }) { return time }
    }
    return nil
  }

  /// A text without surrounding blanks, in lower case; empty for what is no text.
  private static func word(_ field: JSONField?, _ bytes: Span<UInt8>) -> [UInt8] {
    guard let field, field.kind == .string, let text = field.value(in: bytes) else { return [] }
    return ASCII.trimmed(text.textBytes).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}
