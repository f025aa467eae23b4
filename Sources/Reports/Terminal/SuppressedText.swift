import Rules

/// How many findings do not count, and who says so.
enum SuppressedText {
  /// `, 3 suppressed (1 waived, 2 in the baseline)`; empty when there are none.
  static func text(_ tally: FindingTally) -> String {
    if tally.suppressed == 0 { return "" }
    let waived = tally.suppressed(.waiver)
    let accepted = tally.suppressed(.baseline)
    let parts = [waived > 0 ? "\(waived) waived" : nil, accepted > 0 ? "\(accepted) in the baseline" : nil]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return ", \(tally.suppressed) suppressed" + (words.isEmpty ? "" : " (\(words))")
  }
}
