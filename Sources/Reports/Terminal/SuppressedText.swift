import Rules

/// How many findings do not count, and who says so.
enum SuppressedText {
  /// `, 3 suppressed (1 waived, 2 in the baseline)`; empty when there are none.
  static func text(_ findings: [Finding]) -> String {
    let kinds = findings.compactMap { $0.suppression?.kind }
    if kinds.isEmpty { return "" }
    let waived = kinds.count { $0 == .waiver }
    let accepted = kinds.count { $0 == .baseline }
    let parts = [waived > 0 ? "\(waived) waived" : nil, accepted > 0 ? "\(accepted) in the baseline" : nil]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return ", \(kinds.count) suppressed" + (words.isEmpty ? "" : " (\(words))")
  }
}
