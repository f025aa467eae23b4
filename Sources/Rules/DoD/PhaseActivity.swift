import Formats

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

  mutating func record(_ event: TimedAction, _ reference: EventReference) {
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

/// What a phase keeps of an event.
struct TimedAction {
  let action: ActivityAction?
  let feedTime: EventTime.Reading
  let preciseTime: EventTime.Reading
}

/// The activity of all phases that are judged in a run, from one pass over the feed.
package struct ActivityLedger: Sendable {
  private var names = FeedNames()
  private var phases: [PhaseActivity]

  /// A ledger for these phases; events of others are passed over.
  package init(phaseIDs: [String]) {
    for phaseID in phaseIDs {
      let name = Array(phaseID.utf8)
      _ = names.intern(name.span, name.indices)
    }
    phases = Array(repeating: PhaseActivity(), count: names.count)
  }

  /// Enters an event for the phase it names and for the one its `task_id` names, once each.
  package mutating func record(_ event: ActivityEvent, at reference: EventReference) {
    let timed = TimedAction(action: event.action, feedTime: event.feedTime, preciseTime: event.preciseTime)
    record(timed, place(of: event.phase), place(of: event.task), at: reference)
  }

  /// The same for an event that is still where it stands; nobody's event costs no more than its names.
  mutating func record(_ fields: JSONFieldScanner, _ bytes: Span<UInt8>, at reference: EventReference) {
    let phase = place(of: fields.phaseName(in: bytes), bytes)
    let task = place(of: fields.taskID, bytes)
    if phase == nil, task == nil { return }
    record(fields.timedAction(in: bytes), phase, task, at: reference)
  }

  private mutating func record(_ event: TimedAction, _ phase: Int?, _ task: Int?, at reference: EventReference) {
    if let phase { phases[phase].record(event, reference) }
    if let task, task != phase { phases[task].record(event, reference) }
  }

  private func place(of name: String) -> Int? {
    let bytes = Array(name.utf8)
    return names.place(of: bytes.span, bytes.indices)
  }

  private func place(of field: JSONField?, _ bytes: Span<UInt8>) -> Int? {
    guard let field else { return nil }
    guard let text = field.plainText else { return place(of: ActivityEvent.name(field.value(in: bytes))) }
    return names.place(of: bytes, ASCII.trimmed(bytes, text))
  }

  /// The events of all chains, which are worth reading in full.
  package var chosen: [EventReference] { phases.flatMap { $0.chain.references } }

  /// What was seen of a phase.
  package func activity(of phaseID: String) -> PhaseActivity {
    place(of: phaseID).map { phases[$0] } ?? PhaseActivity()
  }
}
