/// How many virtual-machine steps a connection may still take; shared by the connection and its statements, which may
/// outlive it.
final class SQLiteBudget {
  /// SQLite asks after so many steps.
  static let period = 1_000

  private var remaining: Int

  init(steps: Int) { remaining = steps }

  /// Called once a period; false when the budget is spent.
  func spend() -> Bool {
    remaining -= Self.period
    return remaining >= 0
  }
}
