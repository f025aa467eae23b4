/// The events of a phase as they were gathered: counts and latest from one pass, the chain's events in full.
package struct ActivityFacts: Sendable {
  /// What the pass over the feed kept.
  package let activity: PhaseActivity
  /// The chain's `started`, `completed` and `verified`; nil for those that do not exist.
  package let chain: [ChainEvent?]
  /// The feed, as locations show it.
  package let feedPath: String

  /// Facts about one phase. `chain` has three places, in order.
  package init(activity: PhaseActivity, chain: [ChainEvent?], feedPath: String) {
    self.activity = activity
    self.chain = chain
    self.feedPath = feedPath
  }

  var events: [ChainEvent] { chain.compactMap { $0 } }
}

/// What the activity feed says about a phase (DoD rules, section 3).
package struct ActivityCheck: Sendable, Hashable {
  /// How a chain came to be.
  package enum ProofMode: String, Sendable {
    /// Emitted by the runtime itself, all three events complete.
    case operational
    /// Anything else.
    case synthetic
  }

  /// The actions of which there is an event with a time.
  package let seen: Set<ActivityAction>
  /// The chain's times rise strictly.
  package let orderOK: Bool
  /// The latest events' times rise strictly: the chain is valid.
  package let latestOrderOK: Bool
  /// Events that name the phase.
  package let eventCount: Int
  /// How the chain came to be.
  package let proofMode: ProofMode
  /// Each event of the chain carries what it should, and an operational chain is one run.
  package let taxonomyOK: Bool
  /// Where operational proof is required: what the chain's places lack, sorted.
  package let taxonomyMissing: [String]
  /// What is not met.
  package let missing: [MissingItem]

  /// Judges the events of a phase; `requiresOperational` fills `taxonomyMissing`.
  package init(_ facts: ActivityFacts, requiresOperational: Bool) {
    let latest = ActivityAction.allCases.map { facts.activity.latest[$0] }
    let hasAll = !latest.contains { $0 == nil }
    seen = Set(facts.activity.latest.keys)
    orderOK = Self.rises(facts.chain.map { $0?.time })
    latestOrderOK = Self.rises(latest.map { $0?.time })
    eventCount = facts.activity.eventCount
    taxonomyMissing =
      requiresOperational
      ? ChainEvent.taxonomyKeys.filter { key in facts.chain.contains { !($0?.keys.contains(key) ?? false) } }.sorted()
      : []
    let isOperational = facts.events.count == 3 && facts.events.allSatisfy(\.isOperational) && taxonomyMissing.isEmpty
    proofMode = isOperational ? .operational : .synthetic
    let incomplete = facts.events.first { !$0.keys.isSuperset(of: ChainEvent.essentialKeys) }
    let otherRun = incomplete == nil && isOperational ? facts.events.first { $0.runID != facts.events[0].runID } : nil
    taxonomyOK = incomplete == nil && otherRun == nil

    let feed = Location(path: facts.feedPath)
    var missing = ActivityAction.allCases.filter { facts.activity.latest[$0] == nil }
      .map { MissingItem(.activity($0), at: feed) }
    if hasAll, !latestOrderOK {
      let last = facts.activity.latest.values.map(\.reference.line).max()
      missing.append(MissingItem(.activityOrder, at: Location(path: facts.feedPath, line: last)))
    }
    if let otherRun { missing.append(MissingItem(.taxonomyRunID, at: otherRun.source)) }
    if let event = incomplete ?? otherRun { missing.append(MissingItem(.taxonomyIncomplete, at: event.source)) }
    self.missing = missing
  }

  private static func rises(_ times: [EventTime?]) -> Bool {
    let known = times.compactMap { $0 }
    return known.count == times.count && zip(known, known.dropFirst()).allSatisfy { $0 < $1 }
  }
}
