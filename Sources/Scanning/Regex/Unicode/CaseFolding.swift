/// Simple case folding (CaseFolding.txt, statuses C and S): each code point's circle of equivalents.
enum CaseFolding {
  private struct Orbits: Sendable {
    var points: [UInt32] = []
    var following: [UInt32] = []
  }

  private static let orbits: Orbits = {
    let text = UnicodeDigits.bytes(of: UnicodeData.foldingOrbits)
    var orbits = Orbits()
    var point: UInt32 = 0
    var at = 0
    while at < text.count {
      point += UnicodeDigits.number(in: text, at: &at)
      let way = UnicodeDigits.number(in: text, at: &at)
      orbits.points.append(point)
      orbits.following.append(way & 1 == 0 ? point + way / 2 : point - way / 2)
    }
    return orbits
  }()

  /// The set with every code point that folds as one of its members does.
  static func closure(of set: ScalarSet) -> ScalarSet {
    var runs = set.runs
    for run in set.runs {
      var index = firstIndex(notBelow: run.first)
      while index < orbits.points.count, orbits.points[index] <= run.last {
        appendOrbit(of: orbits.points[index], to: &runs)
        index += 1
      }
    }
    return runs.count == set.runs.count ? set : ScalarSet(runs)
  }

  private static func appendOrbit(of point: UInt32, to runs: inout [ScalarSet.Run]) {
    var other = following(point)
    while other != point {
      runs.append(ScalarSet.Run(other, other))
      other = following(other)
    }
  }

  private static func following(_ point: UInt32) -> UInt32 {
    let index = firstIndex(notBelow: point)
    return index < orbits.points.count && orbits.points[index] == point ? orbits.following[index] : point
  }

  private static func firstIndex(notBelow point: UInt32) -> Int {
    var low = 0
    var high = orbits.points.count
    while low < high {
      let middle = (low + high) / 2
      if orbits.points[middle] < point { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
