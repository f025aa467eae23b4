/// The other events of each `(tool, run_id)`, and which of them can bear witness (FORENSICS_RULES section 1).
struct FeedStreams: Sendable {
  /// A source's other events as places in the timeline, rising.
  private let places: [Int32: [Int32]]
  /// The sources whose events are a stream, those with most lines first.
  let all: [Int32]

  private static let fewestEvents = 5

  init(_ timeline: [TimelineEvent], _ sources: [FeedSource]) {
    var places: [Int32: [Int32]] = [:]
    for (place, event) in timeline.enumerated() where event.kind != .lifecycle {
      places[event.source, default: []].append(Int32(truncatingIfNeeded: place))
    }
    // Nobody knows how many write without a name.
    let nobody = FeedSource(tool: NameTable.none, run: NameTable.none)
    let streams = places.filter { sources[Int($0.key)] != nobody && Self.isStream($0.value, timeline) }
    self.places = streams
    all = streams.sorted { left, right in
      left.value.count == right.value.count ? left.key < right.key : left.value.count > right.value.count
    }
    .map(\.key)
  }

  /// At least five events, whose times fall back in at most 5 % of the steps.
  private static func isStream(_ places: [Int32], _ timeline: [TimelineEvent]) -> Bool {
    guard places.count >= fewestEvents else { return false }
    let steps = places.count - 1
    let falls = zip(places, places.dropFirst()).count { timeline[Int($1)].time < timeline[Int($0)].time }
    return falls * 20 <= steps
  }

  /// The places of a stream's events in the timeline, rising.
  func places(of source: Int32) -> [Int32] { places[source] ?? [] }
}

/// How far the lines of others agree with a stream, counted once for all chains.
struct StreamAgreement: Sendable {
  private let places: [Int32]
  private var total = 0
  private var agreeing = 0

  /// Counts the events between the first and the last line of a stream that are not its own.
  init(_ places: [Int32], _ timeline: [TimelineEvent]) {
    self.places = places
    for (left, right) in zip(places, places.dropFirst()) {
      let range = Self.range(left, right, timeline)
      for place in (Int(left) + 1)..<max(Int(right), Int(left) + 1) {
        total += 1
        if range.contains(timeline[place].time) { agreeing += 1 }
      }
    }
  }

  /// Of what is left without some events, at least two and at least 80 % agree.
  func isLive(without excluded: Set<Int>, _ timeline: [TimelineEvent]) -> Bool {
    var (total, agreeing) = (total, agreeing)
    for place in excluded {
      let after = places.firstPlace(above: place)
      guard after > 0, after < places.count, Int(places[after - 1]) != place else { continue }
      total -= 1
      if Self.range(places[after - 1], places[after], timeline).contains(timeline[place].time) { agreeing -= 1 }
    }
    return agreeing >= 2 && agreeing * 5 >= total * 4
  }

  /// From the stream's line before, less the skew bound, to its line after and the skew bound.
  private static func range(_ left: Int32, _ right: Int32, _ timeline: [TimelineEvent]) -> ClosedRange<FeedInstant> {
    let low = timeline[Int(left)].time - Lapse.skew
    return low...max(low, timeline[Int(right)].time + Lapse.skew)
  }
}

extension [Int32] {
  /// The first index whose element is greater; elements rise.
  func firstPlace(above element: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle]) > element { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The heartbeats of each tool that has enough of them, sorted by time.
struct HeartbeatTools: Sendable {
  /// One tool's heartbeats.
  struct Pulse: Sendable {
    let times: [FeedInstant]
    /// `g`: the greater of the skew bound and ten median intervals.
    let gap: Int64

    init(_ times: [FeedInstant]) {
      self.times = times.sorted()
      let intervals = zip(self.times, self.times.dropFirst()).map { $1 - $0 }.sorted()
      let middle = intervals.count / 2
      let median =
        intervals.count.isMultiple(of: 2) ? (intervals[middle - 1] + intervals[middle]) / 2 : intervals[middle]
      gap = Swift.max(Lapse.skew, median.multipliedReportingOverflow(by: 10).overflow ? Int64.max / 4 : median * 10)
    }

    /// It beats before and after.
    func surrounds(_ range: ClosedRange<FeedInstant>) -> Bool {
      guard let first = times.first, let last = times.last else { return false }
      return first < range.lowerBound && last > range.upperBound
    }

    /// It beats neither during nor near a range.
    func isSilent(_ range: ClosedRange<FeedInstant>) -> Bool {
      let (from, to) = (range.lowerBound - gap, range.upperBound + gap)
      var (low, high) = (0, times.count)
      while low < high {
        let middle = (low + high) / 2
        if times[middle] < from { low = middle + 1 } else { high = middle }
      }
      return low == times.count || times[low] > to
    }
  }

  /// Tool → its heartbeats, where there are at least ten.
  let pulses: [Int32: Pulse]
  /// Tools with any heartbeat.
  let beating: Set<Int32>

  private static let fewest = 10

  init(_ timeline: [TimelineEvent], _ sources: [FeedSource]) {
    var times: [Int32: [FeedInstant]] = [:]
    for event in timeline where event.kind == .heartbeat {
      times[sources[Int(event.source)].tool, default: []].append(event.time)
    }
    beating = Set(times.keys)
    pulses = times.filter { $0.value.count >= Self.fewest && $0.key != NameTable.none }.mapValues(Pulse.init)
  }
}
