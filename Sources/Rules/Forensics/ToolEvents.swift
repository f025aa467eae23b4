/// The lifecycle events of each tool, by time and by file order, with the stretches that look computed.
struct ToolEvents: Sendable {
  /// A stretch of a tool's events; places are those of the list of lifecycle events.
  struct Stretch: Sendable {
    let places: [Int]
    /// The step between its events (by time), or their `time mod 1000` (in file order), in microseconds.
    let value: Int64
    /// It comes from at least two different (phase, run).
    let hasSeveralRuns: Bool
    /// Every time in it is a whole second.
    let isWholeSeconds: Bool
    /// How many different times there are in it.
    let differentTimes: Int
    private let members: Set<Int>

    init(_ places: ArraySlice<Int>, value: Int64, _ events: [LifecycleEvent]) {
      self.places = Array(places)
      members = Set(places)
      self.value = value
      let first = events[places[places.startIndex]]
      hasSeveralRuns = places.contains { events[$0].phase != first.phase || events[$0].run != first.run }
      isWholeSeconds = places.allSatisfy { events[$0].time % Lapse.second == 0 }
      differentTimes = Set(places.map { events[$0].time }).count
    }

    func contains(_ chain: DecidingChain) -> Bool { chain.places.allSatisfy(members.contains) }
  }

  /// Shorter stretches say nothing (FORENSICS_RULES section 4).
  static let shortest = 6

  private var cadences: [Int32: [Stretch]] = [:]
  private var residues: [Int32: [Stretch]] = [:]

  init(_ events: [LifecycleEvent]) {
    for (tool, places) in Dictionary(grouping: events.indices, by: { events[$0].tool })
    where places.count >= Self.shortest {
      cadences[tool] = Self.cadences(places, events)
      residues[tool] = Self.residues(places, events)
    }
  }

  /// The stretch of equal steps that holds all events of a chain.
  func cadence(of chain: DecidingChain) -> Stretch? { cadences[chain.tool]?.first { $0.contains(chain) } }

  /// The stretch of equal milliseconds that holds all events of a chain.
  func residue(of chain: DecidingChain) -> Stretch? { residues[chain.tool]?.first { $0.contains(chain) } }

  /// By time, then line: neighbours share an event, the last of one stretch being the first of the next.
  private static func cadences(_ places: [Int], _ events: [LifecycleEvent]) -> [Stretch] {
    let sorted = places.sorted { (events[$0].time, events[$0].line) < (events[$1].time, events[$1].line) }
    var stretches: [Stretch] = []
    var start = 0
    for index in sorted.indices.dropFirst() {
      let step = events[sorted[index]].time - events[sorted[index - 1]].time
      let next = index + 1 < sorted.count ? events[sorted[index + 1]].time - events[sorted[index]].time : nil
      if next == step { continue }
      if index - start + 1 >= shortest, step >= 10 * Lapse.millisecond {
        stretches.append(Stretch(sorted[start...index], value: step, events))
      }
      start = index
    }
    return stretches
  }

  private static func residues(_ places: [Int], _ events: [LifecycleEvent]) -> [Stretch] {
    func residue(_ place: Int) -> Int64 { (events[place].time % Lapse.second + Lapse.second) % Lapse.second }
    var stretches: [Stretch] = []
    var start = 0
    for index in places.indices {
      if index + 1 < places.count, residue(places[index + 1]) == residue(places[index]) { continue }
      if index - start + 1 >= shortest, residue(places[index]) != 0 {
        stretches.append(Stretch(places[start...index], value: residue(places[index]), events))
      }
      start = index + 1
    }
    return stretches
  }
}
