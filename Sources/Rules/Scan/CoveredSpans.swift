/// The spans of a file in which a rule has found something, so that its patterns do not find the same text twice.
///
/// Each pattern's spans come in order, so all of them together take a walk along those of the patterns before it, however
/// many a hostile file holds.
struct CoveredSpans {
  /// Those of earlier patterns, in order, none empty.
  private var earlier: [Range<Int>] = []
  /// Those of this pattern.
  private var added: [Range<Int>] = []
  /// Earlier spans before this index end before whatever may still come.
  private var place = 0

  /// Adds a span unless it overlaps another one. A pattern's spans come in ascending order and do not overlap.
  mutating func insert(_ span: Range<Int>) -> Bool {
    guard !span.isEmpty else { return true }
    while place < earlier.count, earlier[place].upperBound <= span.lowerBound { place += 1 }
    if place < earlier.count, earlier[place].overlaps(span) { return false }
    added.append(span)
    return true
  }

  /// The next pattern's spans begin at the beginning of the file again.
  mutating func beginAnew() {
    earlier = (earlier + added).sorted { $0.lowerBound < $1.lowerBound }
    added.removeAll()
    place = 0
  }
}
