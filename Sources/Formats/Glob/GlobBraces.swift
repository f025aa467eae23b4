/// The braces of a glob: `{a,b{c,d}}` stands for `a`, `bc` and `bd`.
enum GlobBraces {
  /// The patterns that a pattern stands for, in the order in which they are written. Escaped braces and those in sets are
  /// plain bytes.
  static func expand(_ pattern: [UInt8]) throws(FormatError) -> [[UInt8]] {
    var pending = [pattern]
    var expanded: [[UInt8]] = []
    while let next = pending.popLast() {
      if let group = try firstGroup(in: next) {
        for (start, end) in group.alternatives.reversed() {
          pending.append(Array([next[..<group.start], next[start..<end], next[group.end...]].joined()))
        }
      } else {
        expanded.append(next)
      }
      guard pending.count + expanded.count <= Glob.alternativesLimit else {
        throw FormatError(.glob, .limitExceeded(name: "alternatives of a glob", limit: Glob.alternativesLimit))
      }
    }
    return expanded
  }

  private struct Group {
    /// The `{`.
    var start: Int
    /// Behind the `}`.
    var end = 0
    /// The bounds of each alternative.
    var alternatives: [(start: Int, end: Int)] = []
  }

  private static func firstGroup(in pattern: [UInt8]) throws(FormatError) -> Group? {
    var group: Group?
    var depth = 0
    var alternativeStart = 0
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "\\"):
        index += 1
      case UInt8(ascii: "["):
        index = endOfSet(in: pattern, from: index)
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
          return group
        }
      default:
        break
      }
      index += 1
    }
    guard let group else { return nil }
    throw FormatError(
      .glob, .endOfInput(expected: "'}' for the '{', or '\\{'"),
      at: SourcePosition(offset: group.start, line: 1, column: group.start + 1))
  }

  /// The `]` that ends a set, or its `[` when there is none (the compiler will say so).
  private static func endOfSet(in pattern: [UInt8], from start: Int) -> Int {
    var index = start + 1
    if index < pattern.count, pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^") { index += 1 }
    let first = index
    while index < pattern.count {
      if pattern[index] == UInt8(ascii: "]"), index > first { return index }
      if pattern[index] == UInt8(ascii: "\\") { index += 1 }
      index += 1
    }
    return start
  }
}
