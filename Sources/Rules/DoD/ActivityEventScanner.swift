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

  private var fields = JSONFieldScanner(keys: EventFields.keys)

  /// A scanner, to be used for all lines of a feed.
  package init() {}

  /// Where the line after the scanned one begins.
  package var nextLine: Int { fields.nextLine }

  /// Reads the line that begins at `start`, up to the next line feed or the end of the bytes.
  package mutating func scanLine(of bytes: Span<UInt8>, from start: Int) -> Line {
    switch fields.scanLine(of: bytes, from: start) {
    case .object: .event(ActivityEvent(EventFields(fields), bytes))
    case .blank, .otherValue: .noEvent
    case .malformed: .malformed
    }
  }
}

/// The members of an event that routing and ordering ask for.
struct EventFields {
  static let keys = ["phase_id", "phase", "task_id", "action", "ts", "ts_utc", "timestamp", "ts_epoch_ms"]

  let phaseID: JSONField?
  let phase: JSONField?
  let taskID: JSONField?
  let action: JSONField?
  let clocks: InlineArray<3, JSONField?>
  let epochMilliseconds: JSONField?

  init(_ fields: JSONFieldScanner) {
    phaseID = fields[0]
    phase = fields[1]
    taskID = fields[2]
    action = fields[3]
    clocks = [fields[4], fields[5], fields[6]]
    epochMilliseconds = fields[7]
  }

  var timestamp: JSONField? { clocks[2] }
}

extension ActivityEvent {
  /// Reads an event as `init(_: Value)` does. Usual fields are read where they stand; what is written otherwise (escapes, other
  /// forms of time, numbers with fractions) becomes a value first.
  init(_ fields: EventFields, _ bytes: Span<UInt8>) {
    let clock = Self.clock(fields, bytes)
    let feedTime = clock.map { EventTime.read($0, in: bytes) } ?? .none
    var preciseTime = feedTime
    if let precise = fields.epochMilliseconds.flatMap({ EventTime.read(milliseconds: $0, in: bytes) }) {
      preciseTime = precise
    } else if let timestamp = fields.timestamp, timestamp.kind == .number {
      preciseTime = EventTime.read(timestamp, in: bytes)
    }
    self.init(
      phase: Self.name(Self.isEmpty(fields.phaseID, bytes) ? fields.phase : fields.phaseID, bytes),
      task: Self.name(fields.taskID, bytes), action: fields.action.flatMap { ActivityAction($0, in: bytes) },
      feedTime: feedTime, preciseTime: preciseTime)
  }

  private static func clock(_ fields: EventFields, _ bytes: Span<UInt8>) -> JSONField? {
    for place in fields.clocks.indices where !isEmpty(fields.clocks[place], bytes) { return fields.clocks[place] }
    return nil
  }

  private static func isEmpty(_ field: JSONField?, _ bytes: Span<UInt8>) -> Bool {
    guard let field else { return true }
    if let text = field.plainText { return text.isEmpty }
    if let number = field.integer(in: bytes) { return number == 0 }
    return isEmpty(field.value(in: bytes))
  }

  private static func name(_ field: JSONField?, _ bytes: Span<UInt8>) -> String {
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
