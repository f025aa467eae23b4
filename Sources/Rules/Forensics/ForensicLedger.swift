import Formats

/// What one pass over the feed gathers for the forensics of all phases.
///
/// Names are kept once, lifecycle events with about 120 bytes, every other event with a time with 24 bytes; nothing else
/// grows with the feed. Beyond `ForensicLimits.timeline` events only the rules that need no timeline are evaluated.
package struct ForensicLedger: Sendable {
  private var scanner = JSONFieldScanner(keys: [
    "emit_mode", "verifier_mode", "tool", "run_id", "ts_epoch_ms", "ts_utc", "evidence", "action", "pipeline_id",
    "parent_run_id",
  ])
  private(set) var names = NameTable()
  private(set) var lifecycle: [LifecycleEvent] = []
  private(set) var timeline: [TimelineEvent] = []
  private(set) var sources: [FeedSource] = []
  private(set) var tallies: [Int32: ToolTally] = [:]
  /// The ordinals of markers, rising.
  private(set) var markers: [Int] = []
  /// `run_id`, `pipeline_id` and `parent_run_id` of events that are not of a lifecycle.
  private(set) var otherIDs: Set<Int32> = []
  /// The feed holds more events than the timeline.
  private(set) var isTimelineCut = false
  private(set) var windows: [Int32: ChainWindow] = [:]
  private var sourcePlaces: [FeedSource: Int32] = [:]
  private var recentSource: (source: FeedSource, place: Int32)?
  private var eventCount = 0
  private let mostTimed: Int

  /// A ledger that has seen nothing.
  package init() { self.init(mostTimed: ForensicLimits.timeline) }

  init(mostTimed: Int) { self.mostTimed = mostTimed }

  /// Enters an event, which stands on the line that begins at `start`.
  package mutating func record(
    _ event: ActivityEvent, at reference: EventReference, in bytes: Span<UInt8>, from start: Int
  ) {
    guard case .object = scanner.scanLine(of: bytes, from: start) else { return }
    let ordinal = eventCount
    eventCount += 1
    let tool = names.place(of: scanner[2], in: bytes, for: .tool)
    let run = names.place(of: scanner[3], in: bytes, for: .run)
    let hasPhase = !event.phase.isEmpty || !event.task.isEmpty
    if hasPhase, let action = event.action, let time = event.feedTime.instant {
      for phase in phases(of: event) { windows[phase, default: ChainWindow()].add(action, at: time, reference) }
    }
    let clockGap = takeClocks(event, bytes, tool)
    let time = event.preciseTime.instant?.instant
    if hasPhase, let action = event.action, let time {
      let phases = phases(of: event)
      lifecycle.append(
        LifecycleEvent(
          reference: reference, ordinal: ordinal, place: timeline.count, action: action, phase: phases[0],
          task: phases.count > 1 ? phases[1] : phases[0], tool: tool, run: run, feedTime: event.feedTime.instant,
          time: time, isClaim: isClaim(bytes, tool, run), clockGap: clockGap, evidence: evidence(bytes)))
      enter(time, FeedSource(tool: tool, run: run), reference.line, .lifecycle)
    } else if !hasPhase || event.action == nil {
      takeOther(bytes, ordinal, time, FeedSource(tool: tool, run: run), reference.line)
    }
  }

  /// The chains that are worth reading in full: those that claim to be operational.
  package var claimReferences: [EventReference] {
    let byLine = lifecyclePlaces
    return windows.values.flatMap { window -> [EventReference] in
      let references = window.selection().references
      let isClaim =
        references.count == 3 && references.allSatisfy { byLine[$0.line].map { lifecycle[$0].isClaim } ?? false }
      return isClaim ? references : []
    }
    .sorted { $0.line < $1.line }
  }

  /// Line → place in `lifecycle`.
  var lifecyclePlaces: [Int: Int] {
    Dictionary(zip(lifecycle.lazy.map(\.line), lifecycle.indices), uniquingKeysWith: { first, _ in first })
  }
}

extension ForensicLedger {
  /// The phases that an event belongs to: the one it names and the one its task names, once each.
  private mutating func phases(of event: ActivityEvent) -> [Int32] {
    [event.phase, event.task].filter { !$0.isEmpty }.map { names.place(of: $0) }.reduce(into: []) { phases, phase in
      if !phases.contains(phase) { phases.append(phase) }
    }
  }

  private mutating func takeClocks(_ event: ActivityEvent, _ bytes: Span<UInt8>, _ tool: Int32) -> Int64? {
    guard let epoch = scanner[4], epoch.kind == .number, let time = event.preciseTime.instant?.instant else {
      return nil
    }
    var tally = tallies[tool] ?? ToolTally()
    defer { tallies[tool] = tally }
    tally.epochCount += 1
    if time % Lapse.second == 0 { tally.wholeSecondCount += 1 }
    guard let written = scanner[5], let utc = EventTime.read(written, in: bytes).instant?.instant else { return nil }
    tally.clockCount += 1
    if utc - time > Lapse.skew { tally.lateClockCount += 1 }
    return utc - time
  }

  private func isClaim(_ bytes: Span<UInt8>, _ tool: Int32, _ run: Int32) -> Bool {
    tool != NameTable.none && run != NameTable.none && scanner[4]?.kind == .number
      && Self.says("runtime_auto", scanner[0], bytes) && Self.says("operational_proof", scanner[1], bytes)
  }

  private static func says(_ word: String, _ field: JSONField?, _ bytes: Span<UInt8>) -> Bool {
    guard let field, field.kind == .string else { return false }
    guard let range = field.plainText else { return field.value(in: bytes)?.string == word }
    return range.count == word.utf8.count && zip(range, word.utf8).allSatisfy { bytes[$0] == $1 }
  }

  private mutating func evidence(_ bytes: Span<UInt8>) -> [Int32] {
    guard let value = scanner[6]?.value(in: bytes) else { return [] }
    return EvidenceClaims(evidence: value).paths.map { names.place(of: $0.raw) }
  }

  private mutating func takeOther(
    _ bytes: Span<UInt8>, _ ordinal: Int, _ time: FeedInstant?, _ source: FeedSource, _ line: Int
  ) {
    let action = action(bytes)
    if Self.markers.contains(action) { markers.append(ordinal) }
    tallies[source.tool, default: ToolTally()].otherCount += 1
    if source.run != NameTable.none { otherIDs.insert(source.run) }
    for key in [8, 9] {
      let name = names.place(of: scanner[key], in: bytes, for: .other)
      if name != NameTable.none { otherIDs.insert(name) }
    }
    if let time { enter(time, source, line, action == "heartbeat" ? .heartbeat : .other) }
  }

  private static let markers: Set<String> = [
    "flush", "flushed", "batch_flush", "rotate", "rotated", "imported", "merged",
  ]

  /// The action in lower case; empty when it is none, or too long to be one that is looked for.
  private func action(_ bytes: Span<UInt8>) -> String {
    guard let field = scanner[7], field.kind == .string else { return "" }
    guard let range = field.plainText else { return field.value(in: bytes)?.string?.lowercased() ?? "" }
    guard range.count <= 11 else { return "" }
    return String(
      decoding: range.map { (0x41...0x5A).contains(bytes[$0]) ? bytes[$0] | 0x20 : bytes[$0] }, as: UTF8.self)
  }

  private mutating func enter(_ time: FeedInstant, _ source: FeedSource, _ line: Int, _ kind: TimelineEvent.Kind) {
    guard timeline.count < mostTimed, line <= UInt32.max else {
      isTimelineCut = true
      return
    }
    timeline.append(TimelineEvent(time: time, source: place(of: source), line: line, kind: kind))
  }

  private mutating func place(of source: FeedSource) -> Int32 {
    if let recentSource, recentSource.source == source { return recentSource.place }
    let place = sourcePlaces[source] ?? Int32(truncatingIfNeeded: sources.count)
    if Int(place) == sources.count {
      sources.append(source)
      sourcePlaces[source] = place
    }
    recentSource = (source, place)
    return place
  }
}

/// Named bounds on what forensics keep and look at.
package enum ForensicLimits {
  /// The most events with a time that order and heartbeats are judged by; 24 bytes each.
  package static let timeline = 1 << 26
  /// The most bytes of an evidence file that is looked into. Larger ones exist, and nothing is said of them.
  package static let evidenceBytes = 1 << 24
  /// The most lines that a tell points at; the chain's own are always among them.
  static let lines = 300
  /// The most streams that are asked whether they are live witnesses for a chain, the longest first.
  static let witnesses = 16
}
