import Synchronization

/// One line on a terminal's standard error that says how far the work is; silent where nobody watches.
final class ProgressLine: Sendable {
  private let console: Console
  private let what: String
  private let shown = Mutex<ContinuousClock.Instant?>(nil)

  init(_ console: Console, what: String) {
    self.console = console
    self.what = what
  }

  /// Says how many of how many are done, at most ten times a second.
  func show(_ done: Int, of total: Int) {
    guard console.hasProgress else { return }
    let isDue = shown.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
    if isDue { console.overwrite("\(what) \(done) of \(total) files") }
  }

  /// Takes the line away.
  func clear() {
    if console.hasProgress, shown.withLock({ $0 != nil }) { console.overwrite("") }
  }
}
