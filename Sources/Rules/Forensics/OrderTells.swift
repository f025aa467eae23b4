/// Lines that were written at another time than they name (FORENSICS_RULES section 4, "Order").
struct OrderTells {
  let feed: ForensicFeed
  let claim: ForensicClaim
  let witnesses: LiveWitnesses

  private var chain: DecidingChain { claim.chain }

  var all: [Tell] { [fileOrder, burst].compactMap { $0 } }

  private static let fewestLinesBefore = 3

  private var fileOrder: Tell? {
    var events: [Int] = []
    var explanation: String?
    for source in witnesses.streams(where: { places in chain.events.contains { early($0, places) != nil } }) {
      let places = feed.streams.places(of: source)
      for event in chain.events {
        guard let next = early(event, places) else { continue }
        events += [event.line, next.line]
        if explanation == nil {
          explanation =
            "line \(event.line) is \(Lapse.seconds(event.time - next.time)) ahead of line \(next.line), "
            + "which '\(feed.names[feed.sources[Int(source)].tool])' wrote after it"
        }
      }
    }
    return explanation.map { Tell(.fileOrder, .strong, $0, events: events) }
  }

  /// The stream's next line after an event, when it is earlier than the event by more than the skew bound and at least three
  /// of its lines stand before.
  private func early(_ event: LifecycleEvent, _ places: [Int32]) -> TimelineEvent? {
    let after = places.firstPlace(above: event.place)
    guard after >= Self.fewestLinesBefore, after < places.count else { return nil }
    let next = feed.timeline[Int(places[after])]
    return next.time < event.time - Lapse.skew ? next : nil
  }

  // MARK: burst-append

  private static let markerDistance = 3
  private static let edge = 2 * Lapse.second

  private var burst: Tell? {
    let block = feed.blocks[chain.places[0]]
    guard chain.places.allSatisfy(block.contains), !hasMarker(near: block) else { return nil }
    let events = feed.lifecycle[block]
    guard let first = events.first, let last = events.last else { return nil }
    let times = events.map(\.time)
    guard let from = times.min(), let to = times.max(), from + Self.edge <= to - Self.edge else { return nil }
    let span = (from + Self.edge)...(to - Self.edge)
    let live = witnesses.streams { places in
      guard places.firstPlace(above: first.place) > 0, places.firstPlace(above: last.place) < places.count else {
        return false
      }
      return places.lazy.filter { span.contains(feed.timeline[Int($0)].time) }.prefix(2).count == 2
    }
    guard let witness = live.first else { return nil }
    let between = feed.streams.places(of: witness).map { feed.timeline[Int($0)] }.filter { span.contains($0.time) }
    return Tell(
      .burstAppend, .weak,
      "lines \(first.line) to \(last.line) stand together though they span \(Lapse.seconds(to - from)), in which "
        + "'\(feed.names[feed.sources[Int(witness)].tool])' wrote \(between.count) lines elsewhere",
      events: chain.lines + between.prefix(2).map(\.line))
  }

  /// A buffer that is emptied says so just before or after what it held.
  private func hasMarker(near block: Range<Int>) -> Bool {
    let first = feed.lifecycle[block.lowerBound].ordinal
    let last = feed.lifecycle[block.upperBound - 1].ordinal
    return feed.markers.contains { marker in
      (first - Self.markerDistance...first).contains(marker) || (last...last + Self.markerDistance).contains(marker)
    }
  }
}

/// Which streams are live witnesses for a chain (FORENSICS_RULES section 1). What streams agree on is counted once for all
/// chains.
final class LiveWitnesses {
  private let feed: ForensicFeed
  private let shared: SharedAgreements
  private let excluded: Set<Int>

  /// The streams as they are to a chain: what its own run wrote, and the blocks of its lines, say nothing for them.
  init(_ chain: DecidingChain, _ feed: ForensicFeed, _ shared: SharedAgreements) {
    self.feed = feed
    self.shared = shared
    var excluded = Set(shared.places(ofRun: chain.run))
    for place in chain.places { excluded.formUnion(feed.blocks[place].map { feed.lifecycle[$0].place }) }
    self.excluded = excluded
  }

  /// The live witnesses among the streams for which something holds, the longest first.
  func streams(where holds: ([Int32]) -> Bool) -> [Int32] {
    guard !feed.isTimelineCut else { return [] }
    var live: [Int32] = []
    var asked = 0
    for source in feed.streams.all where asked < ForensicLimits.witnesses && holds(feed.streams.places(of: source)) {
      asked += 1
      if shared.agreement(of: source).isLive(without: excluded, feed.timeline) { live.append(source) }
    }
    return live
  }
}

/// What is counted once for all chains.
final class SharedAgreements {
  private let feed: ForensicFeed
  private var agreements: [Int32: StreamAgreement] = [:]
  private var runPlaces: [Int32: [Int]]?

  init(_ feed: ForensicFeed) { self.feed = feed }

  func agreement(of source: Int32) -> StreamAgreement {
    if let known = agreements[source] { return known }
    let agreement = StreamAgreement(feed.streams.places(of: source), feed.timeline)
    agreements[source] = agreement
    return agreement
  }

  /// The timeline's places of every event of a run that a claim belongs to.
  func places(ofRun run: Int32) -> [Int] {
    if let known = runPlaces { return known[run] ?? [] }
    let runs = Set(feed.deciding.values.filter(\.isClaim).map(\.run))
    var places: [Int32: [Int]] = [:]
    for (place, event) in feed.timeline.enumerated() {
      let run = feed.sources[Int(event.source)].run
      if runs.contains(run) { places[run, default: []].append(place) }
    }
    runPlaces = places
    return places[run] ?? []
  }
}
