/// How long work will go on, guessed from how long its first part took.
package struct RemainingTime: Sendable {
  /// Work that is over this soon needs no guess, and one that has just begun allows none.
  private static let leastSeconds = 3.0

  private let done: Int
  private let total: Int
  private let seconds: Double

  /// Work of which a part is done.
  package init(done: Int, total: Int, elapsed: Duration) {
    self.done = done
    self.total = total
    seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
  }

  /// `about 2 min left`; nil where nothing can be said yet, or nothing is left.
  package var text: String? {
    guard done > 0, done < total, seconds >= Self.leastSeconds else { return nil }
    let left = seconds * Double(total - done) / Double(done)
    switch left {
    case ..<60: return "about \(Int(left.rounded(.up))) s left"
    case ..<5_400: return "about \(Int((left / 60).rounded(.up))) min left"
    default: return "about \(Int((left / 3_600).rounded())) h left"
    }
  }
}
