/// What one pass over the feed gathers about one phase.
package struct PhaseActivity: Sendable {
  /// The latest event of an action.
  package struct Latest: Sendable, Hashable {
    /// Its precise time.
    package let time: EventTime
    /// Where it stands.
    package let reference: EventReference
  }

  /// Events that name the phase, of any action, with or without a time.
  package private(set) var eventCount = 0
  /// For each action the event with the greatest precise time, the first of equals.
  package var latest: [ActivityAction: Latest] {
    var latest: [ActivityAction: Latest] = [:]
    for action in ActivityAction.allCases { latest[action] = latestByPlace[action.place] }
    return latest
  }
  /// Events whose time is beyond the years 1 to 9999: they count, but have no place in time.
  package private(set) var outOfRange: [EventReference] = []
  private var window = ChainWindow()
  /// Not a dictionary: hashing an action for every event would cost more than all else here.
  private var latestByPlace = InlineArray<3, Latest?>(repeating: nil)

  /// Nothing seen yet.
  package init() {}

  /// The chain among what has been seen.
  package var chain: ChainWindow.Selection { window.selection() }

  mutating func record(_ event: ActivityEvent, _ reference: EventReference) {
    eventCount += 1
    if event.feedTime == .outOfRange || event.preciseTime == .outOfRange, outOfRange.count < Self.mostReported {
      outOfRange.append(reference)
    }
    guard let action = event.action else { return }
    if let time = event.feedTime.instant { window.add(action, at: time, reference) }
    guard let time = event.preciseTime.instant else { return }
    if let latest = latestByPlace[action.place], latest.time >= time { return }
    latestByPlace[action.place] = Latest(time: time, reference: reference)
  }

  private static let mostReported = 10
}

/// The activity of all phases that are judged in a run, from one pass over the feed.
package struct ActivityLedger: Sendable {
  private let places: [String: Int]
  private var phases: [PhaseActivity]

  /// A ledger for these phases; events of others are passed over.
  package init(phaseIDs: [String]) {
    places = Dictionary(zip(phaseIDs, phaseIDs.indices), uniquingKeysWith: { first, _ in first })
    phases = Array(repeating: PhaseActivity(), count: phaseIDs.count)
  }

  /// Enters an event for the phase it names and for the one its `task_id` names, once each.
  package mutating func record(_ event: ActivityEvent, at reference: EventReference) {
    if let place = places[event.phase] { phases[place].record(event, reference) }
    guard !event.task.isEmpty, event.task != event.phase, let place = places[event.task] else { return }
    phases[place].record(event, reference)
  }

  /// The events of all chains, which are worth reading in full.
  package var chosen: [EventReference] { phases.flatMap { $0.chain.references } }

  /// What was seen of a phase.
  package func activity(of phaseID: String) -> PhaseActivity {
    places[phaseID].map { phases[$0] } ?? PhaseActivity()
  }
}
