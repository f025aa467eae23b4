import Synchronization

/// Counts what several threads have done, and tells it.
final class ProgressTally: Sendable {
  private let done = Atomic<Int>(0)
  private let total: Int
  private let tell: (@Sendable (Int, Int) -> Void)?

  init(total: Int, tell: (@Sendable (Int, Int) -> Void)?) {
    self.total = total
    self.tell = tell
  }

  func add(_ count: Int) {
    guard let tell, count > 0 else { return }
    tell(done.add(count, ordering: .relaxed).newValue, total)
  }
}
