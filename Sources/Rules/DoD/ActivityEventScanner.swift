import Formats

/// Reads events straight from the lines of a feed, without building trees (DoD rules, section 3).
package struct ActivityEventScanner: Sendable {
  /// What stands on a line.
  package enum Line: Sendable, Hashable {
    /// An event.
    case event(ActivityEvent)
    /// Nothing, or JSON that is no object: passed over.
    case noEvent
    /// No JSON; perhaps not even text.
    case malformed
  }

  private var fields = JSONFieldScanner(keys: JSONFieldScanner.eventKeys)

  /// A scanner, to be used for all lines of a feed.
  package init() {}

  /// Where the line after the scanned one begins.
  package var nextLine: Int { fields.nextLine }

  /// Reads the line that begins at `start`, up to the next line feed or the end of the bytes.
  package mutating func scanLine(of bytes: Span<UInt8>, from start: Int) -> Line {
    switch fields.scanLine(of: bytes, from: start) {
    case .object: .event(fields.event(in: bytes))
    case .blank, .otherValue: .noEvent
    case .malformed: .malformed
    }
  }
}

extension ActivityEventScanner {
  /// What became of a line.
  package enum Entry: Sendable, Hashable {
    /// An event, whether anybody's or not.
    case event
    /// Nothing, or JSON that is no object: passed over.
    case noEvent
    /// No JSON; perhaps not even text.
    case malformed
  }

  /// Reads the line that begins at `start` and enters its event into a ledger: the same as recording what `scanLine` reads,
  /// without making texts of names and reading times that nobody asks for.
  ///
  /// - Parameters:
  ///   - offset: where `bytes` begins in the feed.
  ///   - line: the number of the line.
  package mutating func enterLine(
    of bytes: Span<UInt8>, from start: Int, at offset: Int, line: Int, into ledger: inout ActivityLedger
  ) -> Entry {
    switch fields.scanLine(of: bytes, from: start) {
    case .object:
      let next = fields.nextLine
      let end = bytes[next - 1] == UInt8(ascii: "\n") ? next - 1 : next
      let reference = EventReference(line: line, offset: offset + start, byteCount: end - start)
      ledger.record(fields, bytes, at: reference)
      return .event
    case .blank, .otherValue: return .noEvent
    case .malformed: return .malformed
    }
  }
}

/// The members of an event that routing and ordering ask for, asked of the scanner one by one: a record of them all would be
/// copied for every event of a feed.
extension JSONFieldScanner {
  static let eventKeys = ["phase_id", "phase", "task_id", "action", "ts", "ts_utc", "timestamp", "ts_epoch_ms"]

  /// What names the phase: `phase_id`, or `phase` when that is absent or empty.
  func phaseName(in bytes: Span<UInt8>) -> JSONField? {
    let phaseID = self[0]
    return ActivityEvent.isEmpty(phaseID, bytes) ? self[1] : phaseID
  }

  var taskID: JSONField? { self[2] }

  func action(in bytes: Span<UInt8>) -> ActivityAction? { self[3].flatMap { ActivityAction($0, in: bytes) } }

  /// The first clock that is not empty.
  func clock(in bytes: Span<UInt8>) -> JSONField? {
    for place in 4...6 {
      let clock = self[place]
      if !ActivityEvent.isEmpty(clock, bytes) { return clock }
    }
    return nil
  }

  /// The precise clock's own reading; nil where the feed time counts.
  func preciseTime(in bytes: Span<UInt8>) -> EventTime.Reading? {
    if let precise = self[7].flatMap({ EventTime.read(milliseconds: $0, in: bytes) }) { return precise }
    guard let timestamp = self[6], timestamp.kind == .number else { return nil }
    return EventTime.read(timestamp, in: bytes)
  }

  /// What a phase keeps of the event. Without an action only a time that is out of range is told, so a clock that cannot be is
  /// not read. A function and no initializer, which would be handed a copy of the scanner.
  func timedAction(in bytes: Span<UInt8>) -> TimedAction {
    let action = action(in: bytes)
    let clock = clock(in: bytes)
    let isRead = action != nil || !(clock.map { EventTime.isOfUsualYear($0, in: bytes) } ?? true)
    let feedTime = isRead ? clock.map { EventTime.read($0, in: bytes) } ?? .none : .none
    return TimedAction(action: action, feedTime: feedTime, preciseTime: preciseTime(in: bytes) ?? feedTime)
  }

  /// Reads the event as `ActivityEvent.init(_: Value)` does. Usual fields are read where they stand; what is written otherwise
  /// (escapes, other forms of time, numbers with fractions) becomes a value first.
  func event(in bytes: Span<UInt8>) -> ActivityEvent {
    let feedTime = clock(in: bytes).map { EventTime.read($0, in: bytes) } ?? .none
    return ActivityEvent(
      phase: ActivityEvent.name(phaseName(in: bytes), bytes), task: ActivityEvent.name(taskID, bytes),
      action: action(in: bytes), feedTime: feedTime, preciseTime: preciseTime(in: bytes) ?? feedTime)
  }
}

extension ActivityEvent {
  static func isEmpty(_ field: JSONField?, _ bytes: Span<UInt8>) -> Bool {
    guard let field else { return true }
    if let text = field.plainText { return text.isEmpty }
    if let number = field.integer(in: bytes) { return number == 0 }
    return isEmpty(field.value(in: bytes))
  }

  fileprivate static func name(_ field: JSONField?, _ bytes: Span<UInt8>) -> String {
    guard let field else { return "" }
    guard let text = field.plainText else { return name(field.value(in: bytes)) }
    let trimmed = ASCII.trimmed(bytes, text)
    return unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0[trimmed], as: UTF8.self) }
  }
}

extension ActivityAction {
  fileprivate init?(_ field: JSONField, in bytes: Span<UInt8>) {
    if let text = field.plainText {
      self.init(reading: bytes, text)
    } else {
      guard let text = field.value(in: bytes), text.kind == .string else { return nil }
      self.init(reading: text.textBytes)
    }
  }
}

extension EventTime {
  /// Text that begins with a year from 1000 to 2999, which no zone can put out of range.
  static func isOfUsualYear(_ field: JSONField, in bytes: Span<UInt8>) -> Bool {
    guard let text = field.plainText, text.count > 5 else { return false }
    let first = bytes[text.lowerBound]
    return (first == UInt8(ascii: "1") || first == UInt8(ascii: "2"))
      && bytes[text.lowerBound + 4] == UInt8(ascii: "-")
  }

  /// The feed clock's reading of a field.
  static func read(_ field: JSONField, in bytes: Span<UInt8>) -> Reading {
    if let text = field.plainText, let time = EventTime(usual: bytes, text) { return .instant(time) }
    if let number = field.integer(in: bytes) { return read(number: number) }
    return field.value(in: bytes).map { read($0) } ?? .none
  }

  /// The precise clock's reading of `ts_epoch_ms`; nil when it is no number.
  fileprivate static func read(milliseconds field: JSONField, in bytes: Span<UInt8>) -> Reading? {
    if let number = field.integer(in: bytes) { return read(milliseconds: number) }
    return field.kind == .number ? field.value(in: bytes).flatMap { read(milliseconds: $0) } : nil
  }
}
