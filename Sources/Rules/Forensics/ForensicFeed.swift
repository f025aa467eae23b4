/// What a feed holds, arranged so that each tell finds what it asks for: chains by run and steps, events by tool, blocks
/// and streams. Made once for all phases.
package struct ForensicFeed: Sendable {
  let names: NameTable
  let lifecycle: [LifecycleEvent]
  let timeline: [TimelineEvent]
  let sources: [FeedSource]
  let tallies: [Int32: ToolTally]
  let markers: [Int]
  let otherIDs: Set<Int32>
  let isTimelineCut: Bool
  /// The deciding chain of each phase of the feed, where it is complete and all its events have a time.
  let deciding: [Int32: DecidingChain]
  /// Every known chain, each once, in file order of its `started`.
  let known: [KnownChain]
  let knownByPhase: [Int32: [KnownChain]]
  let knownByRun: [Int32: [KnownChain]]
  private let knownByTool: [Int32: [KnownChain]]
  let blocks: FeedBlocks
  let tools: ToolEvents
  let streams: FeedStreams
  let heartbeats: HeartbeatTools
  let steps: StepIndex

  /// Arranges what a pass over the feed has gathered.
  package init(_ ledger: ForensicLedger) {
    names = ledger.names
    lifecycle = ledger.lifecycle
    timeline = ledger.isTimelineCut ? [] : ledger.timeline
    sources = ledger.sources
    tallies = ledger.tallies
    markers = ledger.markers
    otherIDs = ledger.otherIDs
    isTimelineCut = ledger.isTimelineCut
    let places = ledger.lifecyclePlaces
    deciding = ledger.windows.reduce(into: [:]) { chains, entry in
      let selection = entry.value.selection()
      let events = [selection.started, selection.completed, selection.verified]
        .compactMap { reference in reference.flatMap { places[$0.line] } }
      if events.count == 3 { chains[entry.key] = DecidingChain(phase: entry.key, places: events, in: ledger.lifecycle) }
    }
    var byPhase: [Int32: [LifecycleEvent]] = [:]
    for event in lifecycle {
      byPhase[event.phase, default: []].append(event)
      if event.task != event.phase { byPhase[event.task, default: []].append(event) }
    }
    var knownByPhase: [Int32: [KnownChain]] = [:]
    for (phase, events) in byPhase { knownByPhase[phase] = KnownChain.all(of: events, phase: phase) }
    var seen: Set<[Int]> = []
    // A chain that a phase and a task share is one chain, of the phase that its events name first.
    let known = knownByPhase.values.joined().sorted { left, right in
      (left.started.line, left.started.phase == left.phase ? 0 : 1)
        < (right.started.line, right.started.phase == right.phase ? 0 : 1)
    }
    .filter { seen.insert($0.lines).inserted }
    self.known = known
    self.knownByPhase = knownByPhase
    knownByRun = Dictionary(grouping: known, by: \.run)
    knownByTool = Dictionary(grouping: known, by: \.tool)
    blocks = FeedBlocks(lifecycle)
    tools = ToolEvents(lifecycle)
    streams = FeedStreams(timeline, ledger.sources)
    heartbeats = HeartbeatTools(timeline, ledger.sources)
    steps = StepIndex(known)
  }

  /// The deciding chain of a phase by its name.
  func deciding(_ phase: String) -> DecidingChain? { names.known(phase).flatMap { deciding[$0] } }

  /// The known chains of a tool, in file order.
  func known(byTool tool: Int32) -> [KnownChain] { knownByTool[tool] ?? [] }

  /// Other events of a tool: it leaves a trace of its own.
  func hasOtherEvents(_ tool: Int32) -> Bool { (tallies[tool]?.otherCount ?? 0) > 0 }
}

/// The chain that decides the verdict of a phase (DoD rules, section 3), complete and with all its times.
struct DecidingChain: Sendable {
  let phase: Int32
  /// Places in the list of lifecycle events.
  let places: [Int]
  let started: LifecycleEvent
  let completed: LifecycleEvent
  let verified: LifecycleEvent

  init(phase: Int32, places: [Int], in events: [LifecycleEvent]) {
    self.phase = phase
    self.places = places
    started = events[places[0]]
    completed = events[places[1]]
    verified = events[places[2]]
  }

  var s: FeedInstant { started.time }
  var v: FeedInstant { verified.time }
  var tool: Int32 { started.tool }
  var run: Int32 { started.run }
  var steps: ChainSteps { ChainSteps(started.time, completed.time, verified.time) }
  var events: [LifecycleEvent] { [started, completed, verified] }
  var lines: [Int] { [started.line, completed.line, verified.line] }
  var isClaim: Bool { events.allSatisfy(\.isClaim) }
  var firstLine: Int { min(started.line, completed.line, verified.line) }
  var lastLine: Int { max(started.line, completed.line, verified.line) }
}

/// The longest stretches of consecutive events of the file that are all lifecycle events of one tool.
struct FeedBlocks: Sendable {
  /// For each lifecycle event its block, as places in the list of lifecycle events.
  private let ranges: [Range<Int32>]

  init(_ events: [LifecycleEvent]) {
    var ranges: [Range<Int32>] = []
    ranges.reserveCapacity(events.count)
    var start = 0
    for place in events.indices.dropFirst() + [events.count] where place > start {
      if place < events.count, events[place].ordinal == events[place - 1].ordinal + 1,
        events[place].tool == events[place - 1].tool
      {
        continue
      }
      let range = Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: place)
      ranges.append(contentsOf: repeatElement(range, count: place - start))
      start = place
    }
    self.ranges = ranges
  }

  /// The block of a lifecycle event.
  subscript(place: Int) -> Range<Int> { Int(ranges[place].lowerBound)..<Int(ranges[place].upperBound) }
}

/// Known chains by their steps to the millisecond, and how many lie around some.
struct StepIndex: Sendable {
  private let exact: [ChainSteps: [KnownChain]]
  private let near: [Cell: [ChainSteps]]

  private struct Cell: Hashable {
    let first: Int64
    let second: Int64
  }

  /// In milliseconds, as `ChainSteps.inMilliseconds`.
  private static let radius: Int64 = 50

  init(_ known: [KnownChain]) {
    exact = Dictionary(grouping: known, by: \.steps.inMilliseconds)
    near = Dictionary(grouping: known.map(\.steps.inMilliseconds)) { Self.cell($0, 0, 0) }
  }

  private static func cell(_ steps: ChainSteps, _ right: Int64, _ down: Int64) -> Cell {
    Cell(first: steps.first / (2 * radius) + right, second: steps.second / (2 * radius) + down)
  }

  /// Known chains of the same steps, in file order.
  func chains(of steps: ChainSteps) -> [KnownChain] { exact[steps.inMilliseconds] ?? [] }

  /// Known chains with other steps that differ by at most 50 ms in both.
  func countOfOthers(near steps: ChainSteps) -> Int {
    let steps = steps.inMilliseconds
    var count = 0
    for right in Int64(-1)...1 {
      for down in Int64(-1)...1 {
        count += (near[Self.cell(steps, right, down)] ?? []).count {
          $0 != steps && abs($0.first - steps.first) <= Self.radius && abs($0.second - steps.second) <= Self.radius
        }
      }
    }
    return count
  }
}
