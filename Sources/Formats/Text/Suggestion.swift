/// The candidate that a typo most likely meant, or nil when none is near enough: about a third of its letters may
/// differ. For "did you mean" in every error that names an unknown word.
public func nearest(to word: String, in candidates: [String]) -> String? {
  var best: (distance: Int, word: String)?
  for candidate in candidates {
    let distance = editDistance(Array(word.utf8), Array(candidate.utf8))
    let allowed = max(1, max(word.utf8.count, candidate.utf8.count) / 3)
    guard distance <= allowed else { continue }
    guard let known = best else {
      best = (distance, candidate)
      continue
    }
    if distance < known.distance { best = (distance, candidate) }
  }
  return best?.word
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in right.indices {
      let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
      var distance = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
