/// A set of Unicode code points, as sorted runs that neither touch nor overlap.
struct ScalarSet: Hashable, Sendable {
  /// Code points from `first` to `last`, both included.
  struct Run: Hashable, Sendable {
    var first: UInt32
    var last: UInt32

    init(_ first: UInt32, _ last: UInt32) {
      self.first = first
      self.last = last
    }
  }

  let runs: [Run]

  static let highest: UInt32 = 0x10FFFF
  static let empty = ScalarSet([])
  static let all = ScalarSet([Run(0, highest)])

  /// Takes runs in any order; overlaps are merged.
  init(_ unordered: [Run]) {
    guard unordered.count > 1 else {
      runs = unordered
      return
    }
    var merged: [Run] = []
    merged.reserveCapacity(unordered.count)
    for run in unordered.sorted(by: { $0.first < $1.first }) {
      if let last = merged.last, run.first <= last.last &+ 1 {
        merged[merged.count - 1].last = max(last.last, run.last)
      } else {
        merged.append(run)
      }
    }
    runs = merged
  }

  init(_ scalar: Unicode.Scalar) {
    runs = [Run(scalar.value, scalar.value)]
  }

  var isEmpty: Bool { runs.isEmpty }

  /// The only member, or nil when there are none or several.
  var single: UInt32? {
    guard runs.count == 1, runs[0].first == runs[0].last else { return nil }
    return runs[0].first
  }

  var count: Int { runs.reduce(0) { $0 + Int($1.last - $1.first) + 1 } }

  /// Every code point that is not in this set, surrogates included.
  var inverted: ScalarSet {
    var gaps: [Run] = []
    var next: UInt32 = 0
    for run in runs {
      if run.first > next { gaps.append(Run(next, run.first - 1)) }
      next = run.last + 1
    }
    if next <= ScalarSet.highest { gaps.append(Run(next, ScalarSet.highest)) }
    return ScalarSet(gaps)
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(runs + other.runs) }

  func subtracting(_ other: ScalarSet) -> ScalarSet {
    let isDisjoint = other.runs.allSatisfy { run in !runs.contains { $0.first <= run.last && run.first <= $0.last } }
    return isDisjoint ? self : inverted.union(other).inverted
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].last < scalar { low = middle + 1 } else { high = middle }
    }
    return low < runs.count && runs[low].first <= scalar
  }
}

extension ScalarSet {
  private static func ascii(_ pairs: String) -> ScalarSet {
    let bounds = pairs.unicodeScalars.map(\.value)
    return ScalarSet(stride(from: 0, to: bounds.count - 1, by: 2).map { Run(bounds[$0], bounds[$0 + 1]) })
  }

  static let digits = ascii("09")
  static let wordCharacters = ascii("09AZ__az")
  /// RE2's `\s`: no vertical tab.
  static let re2Space = ascii("\t\n\u{c}\r  ")
  /// ECMA-262 WhiteSpace and LineTerminator, the byte order mark among them.
  static let ecmaSpace = ScalarSet([
    Run(0x09, 0x0D), Run(0x20, 0x20), Run(0xA0, 0xA0), Run(0x1680, 0x1680), Run(0x2000, 0x200A),
    Run(0x2028, 0x2029), Run(0x202F, 0x202F), Run(0x205F, 0x205F), Run(0x3000, 0x3000), Run(0xFEFF, 0xFEFF),
  ])
  static let newline = ascii("\n\n")
  static let lineEnds = ScalarSet([Run(0x0A, 0x0A), Run(0x0D, 0x0D)])
  /// ECMA-262 LineTerminator.
  static let ecmaLineTerminators = ascii("\n\n\r\r\u{2028}\u{2029}")

  /// The classes of POSIX, which are ASCII here, and RE2's `word`.
  static func posix(_ name: String) -> ScalarSet? {
    switch name {
    case "alnum": ascii("09AZaz")
    case "alpha": ascii("AZaz")
    case "ascii": ascii("\u{0}\u{7f}")
    case "blank": ascii("\t\t  ")
    case "cntrl": ascii("\u{0}\u{1f}\u{7f}\u{7f}")
    case "digit": digits
    case "graph": ascii("!~")
    case "lower": ascii("az")
    case "print": ascii(" ~")
    case "punct": ascii("!/:@[`{~")
    case "space": ascii("\t\r  ")
    case "upper": ascii("AZ")
    case "word": wordCharacters
    case "xdigit": ascii("09AFaf")
    default: nil
    }
  }
}
