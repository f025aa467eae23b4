/// Selects the chain of one phase while its events stream by, in any order, keeping only what can still matter.
///
/// The rule (DoD rules, section 3): over events sorted by feed time, the last `started` that has a `completed` after it,
/// the first such `completed`, the first `verified` after that; without one the first `started` alone. Later events
/// can only move that `started` forwards, so what sorts before it is dropped. A feed in order keeps a handful of events.
///
/// No exact rule keeps less: while no `completed` has come, any `started` may still be the last one before it. So a feed
/// without pairs, or from the latest to the earliest, keeps 40 bytes an event.
package struct ChainWindow: Sendable {
  /// The chosen events; those that do not exist are nil.
  package struct Selection: Sendable, Hashable {
    /// The chain's `started`.
    package var started: EventReference?
    /// The chain's `completed`.
    package var completed: EventReference?
    /// The chain's `verified`.
    package var verified: EventReference?

    /// Those that exist, in order.
    package var references: [EventReference] { [started, completed, verified].compactMap { $0 } }
  }

  private struct Entry {
    let time: EventTime
    let action: ActivityAction
    let reference: EventReference
  }

  private var entries: [Entry] = []
  /// Feeds are written in order, nearly always.
  private var isSorted = true
  private var roomBeforePruning = 64

  /// A window that has seen nothing.
  package init() {}

  /// Takes an event that has a feed time.
  package mutating func add(_ action: ActivityAction, at time: EventTime, _ reference: EventReference) {
    let entry = Entry(time: time, action: action, reference: reference)
    if isSorted, let last = entries.last, Self.precedes(entry, last) { isSorted = false }
    entries.append(entry)
    guard entries.count >= roomBeforePruning else { return }
    if !isSorted { entries.sort(by: Self.precedes) }
    isSorted = true
    if let start = Self.lastCompletedStart(in: entries) { entries.removeFirst(start) }
    // Twice what had to stay: sorting then costs O(n log n) over the whole feed, whatever its order.
    roomBeforePruning = max(64, 2 * entries.count)
  }

  /// The chain of what has been seen so far.
  package func selection() -> Selection {
    let sorted = isSorted ? entries : entries.sorted(by: Self.precedes)
    guard let start = Self.lastCompletedStart(in: sorted) else {
      return Selection(started: sorted.first { $0.action == .started }?.reference)
    }
    var chain = Selection(started: sorted[start].reference)
    for entry in sorted[(start + 1)...] {
      if chain.completed == nil {
        if entry.action == .completed { chain.completed = entry.reference }
      } else if entry.action == .verified {
        chain.verified = entry.reference
        break
      }
    }
    return chain
  }

  private static func lastCompletedStart(in sorted: [Entry]) -> Int? {
    sorted.lastIndex { $0.action == .completed }.flatMap { last in
      sorted[..<last].lastIndex { $0.action == .started }
    }
  }

  /// By feed time; of equals the one that stands first in the feed.
  private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
    left.time == right.time ? left.reference.line < right.reference.line : left.time < right.time
  }
}
