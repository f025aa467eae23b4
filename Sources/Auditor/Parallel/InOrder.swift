import Synchronization

/// Outcomes that several threads reach in any order, taken in the order of their indices: each is handed on as soon as
/// all before it have been, so that none waits for the end.
final class InOrder<State: Sendable, Outcome: Sendable>: Sendable {
  private struct Progress {
    var state: State
    /// The index whose turn it is.
    var next = 0
    /// What came before its turn.
    var waiting: [Int: Outcome] = [:]
  }

  private let progress: Mutex<Progress>
  private let take: @Sendable (inout State, Int, Outcome) -> Void

  /// Takes the outcomes of the indices 0, 1, 2, … into a state, one at a time.
  init(_ state: State, _ take: @escaping @Sendable (inout State, Int, Outcome) -> Void) {
    progress = Mutex(Progress(state: state))
    self.take = take
  }

  /// Brings the outcome of an index, in any order and from any thread; each index once.
  func add(_ outcome: Outcome, at index: Int) {
    progress.withLock { progress in
      progress.waiting[index] = outcome
      while let outcome = progress.waiting.removeValue(forKey: progress.next) {
        take(&progress.state, progress.next, outcome)
        progress.next += 1
      }
    }
  }

  /// What has been taken so far.
  var state: State { progress.withLock { $0.state } }
}
