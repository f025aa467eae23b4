package import Formats

/// Where an event stands in the feed, so that the few that matter can be read again.
package struct EventReference: Sendable, Hashable {
  /// The line, from 1.
  package let line: Int
  /// The byte at which the line begins, from 0.
  package let offset: Int
  /// The bytes of the line, without its line end.
  package let byteCount: Int

  /// A place in the feed.
  package init(line: Int, offset: Int, byteCount: Int) {
    self.line = line
    self.offset = offset
    self.byteCount = byteCount
  }
}

/// What routing and ordering need of one event; everything else is read again for the few that are chosen.
package struct ActivityEvent: Sendable, Hashable {
  /// The phase it names: `phase_id`, or `phase` when that is absent or empty.
  package let phase: String
  /// The task it names.
  package let task: String
  /// Its place in a chain; nil for other actions.
  package let action: ActivityAction?
  /// The first non-empty of `ts`, `ts_utc`, `timestamp`.
  package let feedTime: EventTime.Reading
  /// A numeric `ts_epoch_ms`, else a numeric `timestamp`, else the feed time.
  package let preciseTime: EventTime.Reading

  init(
    phase: String, task: String, action: ActivityAction?, feedTime: EventTime.Reading, preciseTime: EventTime.Reading
  ) {
    self.phase = phase
    self.task = task
    self.action = action
    self.feedTime = feedTime
    self.preciseTime = preciseTime
  }

  /// Reads an event (DoD rules, section 3); nil when the value is no object.
  package init?(_ value: Value) {
    guard value.kind == .object else { return nil }
    var fields = Fields()
    for member in value.members { fields.take(member) }
    phase = Self.name(Self.isEmpty(fields.phaseID) ? fields.phase : fields.phaseID)
    task = Self.name(fields.taskID)
    action = fields.action.flatMap { $0.kind == .string ? ActivityAction(reading: $0.textBytes) : nil }
    let clock = [fields.ts, fields.tsUTC, fields.timestamp].first { !Self.isEmpty($0) } ?? nil
    let feedTime = clock.map { EventTime.read($0) } ?? .none
    self.feedTime = feedTime
    if let precise = fields.epochMilliseconds.flatMap({ EventTime.read(milliseconds: $0) }) {
      preciseTime = precise
    } else if let timestamp = fields.timestamp, timestamp.number != nil {
      preciseTime = EventTime.read(timestamp)
    } else {
      preciseTime = feedTime
    }
  }

  /// The values of interest, found in one pass over the members.
  private struct Fields {
    var phaseID: Value?
    var phase: Value?
    var taskID: Value?
    var action: Value?
    var ts: Value?
    var tsUTC: Value?
    var timestamp: Value?
    var epochMilliseconds: Value?

    mutating func take(_ member: Value.Member) {
      switch member.name {
      case "phase_id": phaseID = member.value
      case "phase": phase = member.value
      case "task_id": taskID = member.value
      case "action": action = member.value
      case "ts": ts = member.value
      case "ts_utc": tsUTC = member.value
      case "timestamp": timestamp = member.value
      case "ts_epoch_ms": epochMilliseconds = member.value
      default: break
      }
    }
  }

  /// Nothing there, or a value that says nothing: null, false, zero, an empty text or container.
  static func isEmpty(_ value: Value?) -> Bool {
    guard let value else { return true }
    switch value.kind {
    case .null: return true
    case .boolean: return value.boolean == false
    case .integer, .real: return value.number == 0
    case .string: return value.textBytes.isEmpty
    case .array, .object: return value.count == 0
    }
  }

  static func name(_ value: Value?) -> String {
    guard let value, !isEmpty(value) else { return "" }
    return ASCII.text(ASCII.trimmed(value.textBytes))
  }
}
