import Glibc
import Synchronization

/// Runs work on several threads: a fixed number of workers that take the next index until none is left.
package enum Workers {
  /// The number of cores that this process may use.
  package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Calls `work` once a worker with a source of indices below `count`; returns what the workers returned, in the order
  /// of the workers. Each index is given out once.
  package static func run<Outcome: Sendable>(
    jobs: Int, count: Int, _ work: @escaping @Sendable (Indices) -> Outcome
  ) -> [Outcome] {
    let indices = Indices(count: count)
    let workers = max(1, min(jobs, count))
    if workers == 1 { return [work(indices)] }
    let outcomes = Outcomes<Outcome>()
    var threads: [pthread_t] = []
    for number in 1..<workers {
      let start = ThreadStart { outcomes.add(work(indices), number) }
      var thread = pthread_t()
      let context = unsafe Unmanaged.passRetained(start).toOpaque()
      let status = unsafe pthread_create(&thread, nil, runThreadStart, context)
      if status == 0 {
        threads.append(thread)
      } else {
        // No more threads to be had: the workers there are take all the indices.
        unsafe Unmanaged<ThreadStart>.fromOpaque(context).release()
      }
    }
    outcomes.add(work(indices), 0)
    for thread in threads { pthread_join(thread, nil) }
    return outcomes.inOrder
  }

  /// Hands out each index below a count once, to whichever worker asks.
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

  private final class Outcomes<Outcome: Sendable>: Sendable {
    private let gathered = Mutex<[(worker: Int, outcome: Outcome)]>([])

    func add(_ outcome: Outcome, _ worker: Int) {
      gathered.withLock { $0.append((worker, outcome)) }
    }

    var inOrder: [Outcome] {
      gathered.withLock { $0.sorted { $0.worker < $1.worker }.map(\.outcome) }
    }
  }

}

/// What a thread runs; a class, so that C can carry it as a pointer.
private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

private func runThreadStart(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  unsafe Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().body()
  return nil
}
