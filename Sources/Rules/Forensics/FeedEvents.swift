/// A `started`, `completed` or `verified` of a phase that has a time (FORENSICS_RULES section 1). Names are places of a
/// `NameTable`.
struct LifecycleEvent: Sendable {
  let reference: EventReference
  /// Its place among the events of the feed, from 0; lines without an event do not count.
  let ordinal: Int
  /// Its place in the timeline.
  let place: Int
  let action: ActivityAction
  let phase: Int32
  let task: Int32
  let tool: Int32
  let run: Int32
  let feedTime: EventTime?
  let time: FeedInstant
  /// It has all that an event of a claim must have.
  let isClaim: Bool
  /// `ts_utc` less `ts_epoch_ms`, where it has both.
  let clockGap: Int64?
  /// The paths in `evidence`.
  let evidence: [Int32]

  var line: Int { reference.line }
}

/// Any event with a time, in file order: all that order and heartbeats need, in 24 bytes.
struct TimelineEvent: Sendable {
  enum Kind: UInt8, Sendable {
    case lifecycle, heartbeat, other
  }

  let time: FeedInstant
  /// The place of its `(tool, run_id)` among the sources.
  let source: Int32
  private let shortLine: UInt32
  let kind: Kind

  init(time: FeedInstant, source: Int32, line: Int, kind: Kind) {
    self.time = time
    self.source = source
    shortLine = UInt32(truncatingIfNeeded: line)
    self.kind = kind
  }

  var line: Int { Int(shortLine) }
}

/// Who writes: a tool in a run.
struct FeedSource: Sendable, Hashable {
  let tool: Int32
  let run: Int32
}

/// What is counted over all events of one tool.
struct ToolTally: Sendable {
  /// Events with a numeric `ts_epoch_ms`, and those of them on a whole second.
  var epochCount = 0
  var wholeSecondCount = 0
  /// Events with both clocks, and those of them whose `ts_utc` is later by more than the skew bound.
  var clockCount = 0
  var lateClockCount = 0
  /// Events that are not of a phase's lifecycle.
  var otherCount = 0
}
