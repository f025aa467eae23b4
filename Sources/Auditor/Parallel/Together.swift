import Synchronization

/// Two things at once, of which neither waits for the other.
package enum Together {
  /// Does both, one of them on a thread of its own, and returns when both are done; the first one's error wins.
  package static func run<First: Sendable, Second: Sendable>(
    _ first: @escaping @Sendable () throws -> First, _ second: @escaping @Sendable () throws -> Second
  ) throws -> (First, Second) {
    let results = Results<First, Second>()
    WorkerThreads.run(2) {
      switch results.turns.add(1, ordering: .relaxed).oldValue {
      case 0: results.first.withLock { $0 = Result { try first() } }
      default: results.second.withLock { $0 = Result { try second() } }
      }
    }
    let one = try results.first.withLock(\.self)?.get()
    let other = try results.second.withLock(\.self)?.get()
    return (try one ?? first(), try other ?? second())
  }

  private final class Results<First: Sendable, Second: Sendable>: Sendable {
    let turns = Atomic<Int>(0)
    let first = Mutex<Result<First, any Error>?>(nil)
    let second = Mutex<Result<Second, any Error>?>(nil)
  }
}
