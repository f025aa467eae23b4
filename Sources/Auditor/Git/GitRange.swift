/// Two ends of a history, as git writes them: `A..B`, or `A...B` for the merge base of both and B. An end that is left out
/// is `HEAD`.
package struct GitRange: Sendable, Equatable {
  /// Where it begins.
  package let start: String
  /// Where it ends.
  package let end: String
  /// Whether it begins at the merge base of the two.
  package let isFromMergeBase: Bool

  /// Reads a range; nil for a single revision.
  package init?(_ text: String) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    let start = text[..<dots.lowerBound]
    var end = text[dots.upperBound...]
    isFromMergeBase = end.first == "."
    if isFromMergeBase { end.removeFirst() }
    // git knows no third dot, and no second range.
    guard !end.hasPrefix("."), !end.contains("..") else { return nil }
    self.start = start.isEmpty ? "HEAD" : String(start)
    self.end = end.isEmpty ? "HEAD" : String(end)
  }
}
