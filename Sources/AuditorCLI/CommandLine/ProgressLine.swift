import Reports
import Synchronization

/// One line on a terminal's standard error that says how far the work is and, once that can be told, how long it will go
/// on; silent where nobody watches.
final class ProgressLine: Sendable {
  /// The unit of work that is told in bytes, as people read them.
  static let bytes = "bytes"

  private let console: Console
  private let what: String
  private let unit: String
  private let state: Mutex<State>

  private struct State {
    let start: ContinuousClock.Instant
    var shown: ContinuousClock.Instant?
  }

  init(_ console: Console, what: String, unit: String = "files") {
    self.console = console
    self.what = what
    self.unit = unit
    state = Mutex(State(start: .now))
  }

  /// Says how many of how many are done, at most ten times a second.
  func show(_ done: Int, of total: Int) {
    guard console.hasProgress else { return }
    let elapsed: Duration? = state.withLock { state in
      let now = ContinuousClock.now
      if let shown = state.shown, now - shown < .milliseconds(100) { return nil }
      state.shown = now
      return now - state.start
    }
    guard let elapsed else { return }
    let left = RemainingTime(done: done, total: total, elapsed: elapsed).text.map { ", \($0)" } ?? ""
    console.overwrite("\(what) \(amount(done, of: total))\(left)")
  }

  private func amount(_ done: Int, of total: Int) -> String {
    if unit != Self.bytes { return "\(done) of \(total) \(unit)" }
    return "\(ByteCount.text(done)) of \(ByteCount.text(total))"
  }

  /// Takes the line away.
  func clear() {
    if console.hasProgress, state.withLock({ $0.shown != nil }) { console.overwrite("") }
  }
}
