import Synchronization

/// Work over the indices of a list, shared by several threads that take the next index until none is left.
package enum IndexedWork {
  /// Calls `work` once a thread with a source of indices below `count`; each index is given out once. What the calls
  /// return comes in no particular order: sort what has an order.
  package static func run<Outcome: Sendable>(
    jobs: Int, count: Int, _ work: @escaping @Sendable (Indices) -> Outcome
  ) -> [Outcome] {
    let indices = Indices(count: count)
    let outcomes = Gathered<Outcome>()
    WorkerThreads.run(max(1, min(jobs, count))) { outcomes.add(work(indices)) }
    return outcomes.all
  }

  /// Hands out each index below a count once, to whichever thread asks.
  package final class Indices: Sendable {
    private let taken = Atomic<Int>(0)
    private let count: Int

    init(count: Int) {
      self.count = count
    }

    /// The next index, or nil when all are taken.
    package func next() -> Int? {
      let index = taken.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
  }

  private final class Gathered<Outcome: Sendable>: Sendable {
    private let outcomes = Mutex<[Outcome]>([])

    func add(_ outcome: Outcome) { outcomes.withLock { $0.append(outcome) } }

    var all: [Outcome] { outcomes.withLock { $0 } }
  }
}
