/// The braces of a glob: `{a,b{c,d}}` stands for `a`, `bc` and `bd`.
enum GlobBraces {
  /// The patterns that a pattern stands for, in the order in which they are written. Escaped braces and those in sets are
  /// plain bytes.
  static func expand(_ pattern: [UInt8]) throws(FormatError) -> [[UInt8]] {
    // With each pattern how many of its bytes are known to hold no braces.
    var pending = [(pattern: pattern, plain: 0)]
    var expanded: [[UInt8]] = []
    while let (next, plain) = pending.popLast() {
      switch firstGroup(in: next, from: plain) {
      case nil:
        expanded.append(next)
      case .open(let start):
        // Only what stands before an open brace was expanded, so it has kept its distance from the end.
        let offset = pattern.count - (next.count - start)
        throw FormatError(
          .glob, .endOfInput(expected: "'}' for the '{', or '\\{'"), at: LineTable(pattern.span).position(at: offset))
      case .closed(let group):
        for (start, end) in group.alternatives.reversed() {
          var alternative = Array(next[..<group.start])
          alternative += next[start..<end]
          alternative += next[group.end...]
          pending.append((alternative, group.start))
        }
      }
      guard pending.count + expanded.count <= Glob.alternativesLimit else {
        throw FormatError(.glob, .limitExceeded(name: "alternatives of a glob", limit: Glob.alternativesLimit))
      }
    }
    return expanded
  }

  private enum FirstGroup {
    /// A `{` at this index has no `}`.
    case open(Int)
    case closed(Group)
  }

  private struct Group {
    /// The `{`.
    var start: Int
    /// Behind the `}`.
    var end = 0
    /// The bounds of each alternative.
    var alternatives: [(start: Int, end: Int)] = []
  }

  private static func firstGroup(in pattern: [UInt8], from start: Int) -> FirstGroup? {
    var group: Group?
    var depth = 0
    var alternativeStart = 0
    var setsMayClose = true
    var index = start
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "\\"):
        index += 1
      case UInt8(ascii: "[") where setsMayClose:
        // One set without an end means that those behind it have none either.
        if let end = endOfSet(in: pattern, from: index) { index = end } else { setsMayClose = false }
      case UInt8(ascii: "{"):
        depth += 1
        if depth == 1 {
          group = Group(start: index)
          alternativeStart = index + 1
        }
      case UInt8(ascii: ",") where depth == 1:
        group?.alternatives.append((alternativeStart, index))
        alternativeStart = index + 1
      case UInt8(ascii: "}") where depth > 0:
        depth -= 1
        if depth == 0 {
          group?.alternatives.append((alternativeStart, index))
          group?.end = index + 1
          return group.map(FirstGroup.closed)
        }
      default:
        break
      }
      index += 1
    }
    return group.map { .open($0.start) }
  }

  /// The `]` that ends a set, or nil when there is none (the compiler will say so).
  private static func endOfSet(in pattern: [UInt8], from start: Int) -> Int? {
    var index = start + 1
    if index < pattern.count, pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^") { index += 1 }
    let first = index
    while index < pattern.count {
      if pattern[index] == UInt8(ascii: "]"), index > first { return index }
      if pattern[index] == UInt8(ascii: "\\") { index += 1 }
      index += 1
    }
    return nil
  }
}
