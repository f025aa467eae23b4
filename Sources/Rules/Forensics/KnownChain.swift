/// A complete chain of one run that the feed holds (FORENSICS_RULES section 1, "known chains"). Events are places in the
/// list of lifecycle events.
struct KnownChain: Sendable {
  let started: LifecycleEvent
  let completed: LifecycleEvent
  let verified: LifecycleEvent
  /// The phase as it was looked for; events of a task belong to the task, too.
  let phase: Int32

  var tool: Int32 { started.tool }
  var run: Int32 { started.run }
  var steps: ChainSteps { ChainSteps(started.time, completed.time, verified.time) }
  var lines: [Int] { [started.line, completed.line, verified.line] }
  var events: [LifecycleEvent] { [started, completed, verified] }
  var paths: Set<Int32> { Set(events.flatMap(\.evidence)) }

  /// Every complete chain of a phase's events: by feed time each `started`, the first unused `completed` after it of the
  /// same run, the first unused `verified` after that.
  static func all(of events: [LifecycleEvent], phase: Int32) -> [KnownChain] {
    let sorted = events.filter { $0.feedTime != nil }.sorted(by: precedes)
    var runs: [Int32: [LifecycleEvent]] = [:]
    for event in sorted where event.run != NameTable.none { runs[event.run, default: []].append(event) }
    return runs.values.flatMap { chains(ofRun: $0, phase: phase) }.sorted { precedes($0.started, $1.started) }
  }

  /// The events of one run, sorted. What one chain used lies before what the next may use, so both searches only go on.
  private static func chains(ofRun events: [LifecycleEvent], phase: Int32) -> [KnownChain] {
    var chains: [KnownChain] = []
    var (afterCompleted, afterVerified) = (0, 0)
    for (place, started) in events.enumerated() where started.action == .started {
      guard
        let completed = next(.completed, in: events, from: max(afterCompleted, place + 1)),
        let verified = next(.verified, in: events, from: max(afterVerified, completed + 1))
      else { break }
      (afterCompleted, afterVerified) = (completed + 1, verified + 1)
      chains.append(
        KnownChain(started: started, completed: events[completed], verified: events[verified], phase: phase))
    }
    return chains
  }

  private static func next(_ action: ActivityAction, in events: [LifecycleEvent], from start: Int) -> Int? {
    events[min(start, events.count)...].firstIndex { $0.action == action }
  }

  private static func precedes(_ left: LifecycleEvent, _ right: LifecycleEvent) -> Bool {
    guard let leftTime = left.feedTime, let rightTime = right.feedTime, leftTime != rightTime else {
      return left.line < right.line
    }
    return leftTime < rightTime
  }
}

/// `(d1, d2)`: from `started` to `completed`, from `completed` to `verified`.
struct ChainSteps: Sendable, Hashable {
  let first: Int64
  let second: Int64

  init(_ started: FeedInstant, _ completed: FeedInstant, _ verified: FeedInstant) {
    self.init(first: completed - started, second: verified - completed)
  }

  private init(first: Int64, second: Int64) {
    self.first = first
    self.second = second
  }

  var sum: Int64 { first + second }

  /// The same to the millisecond.
  var inMilliseconds: ChainSteps {
    ChainSteps(first: Self.rounded(first), second: Self.rounded(second))
  }

  private static func rounded(_ length: Int64) -> Int64 {
    let shifted = length + Lapse.millisecond / 2
    return (shifted - (shifted % Lapse.millisecond + Lapse.millisecond) % Lapse.millisecond) / Lapse.millisecond
  }
}
