/// Runs compiled wildcard elements over a text, in O(text × elements) steps at worst and without allocating as a rule.
enum Wildcard {
  /// Whether the elements match the whole text.
  ///
  /// Going back to the latest `*` is enough, for a `*` cannot leave its segment and slashes fix where segments begin; and
  /// then to the latest `**`, for where an earlier one would lead to, the latest gets anyway. Going back to a `**` may read
  /// text again and again, so past a budget of steps all alternatives are followed side by side instead.
  static func matches(_ ops: Span<UInt32>, _ sets: Span<WildcardSet>, _ text: Span<UInt8>) -> Bool {
    var (op, at) = (0, 0)
    var (starOp, starAt) = (-1, 0)
    var (deepOp, deepAt) = (-1, 0)
    var budget = 16 * (ops.count + text.count)
    while true {
      budget -= 1
      if budget < 0 { return matchesSideBySide(ops, sets, text) }
      if op < ops.count {
        switch ops[op] {
        case WildcardOp.star:
          (starOp, starAt) = (op, at)
          op += 1
          continue
        case WildcardOp.deepStar, WildcardOp.directories:
          if ops[op] == WildcardOp.deepStar, op + 1 == ops.count { return true }
          (deepOp, deepAt, starOp) = (op, at, -1)
          op += 1
          continue
        case let element where at < text.count && matchesByte(element, sets, text[at]):
          if element == WildcardOp.slash { starOp = -1 }
          op += 1
          at += 1
          continue
        default:
          break
        }
      } else if at == text.count {
        return true
      }
      if starOp >= 0, starAt < text.count, text[starAt] != UInt8(ascii: "/") {
        starAt += 1
        (op, at) = (starOp + 1, starAt)
      } else if deepOp >= 0, let next = nextStart(after: ops[deepOp], text, deepAt) {
        deepAt = next
        (op, at, starOp) = (deepOp + 1, next, -1)
      } else {
        return false
      }
    }
  }

  /// Where the elements after a `**` may begin next.
  private static func nextStart(after element: UInt32, _ text: Span<UInt8>, _ start: Int) -> Int? {
    guard element == WildcardOp.directories else { return start < text.count ? start + 1 : nil }
    var index = start
    while index < text.count {
      index += 1
      if text[index - 1] == UInt8(ascii: "/") { return index }
    }
    return nil
  }

  private static func matchesByte(_ element: UInt32, _ sets: Span<WildcardSet>, _ byte: UInt8) -> Bool {
    if element < 256 { return element == UInt32(byte) }
    if element == WildcardOp.anyByte { return byte != UInt8(ascii: "/") }
    return sets[Int(element - WildcardOp.firstSet)].contains(byte)
  }

  /// Follows the set of all elements that could be next, byte by byte.
  private static func matchesSideBySide(_ ops: Span<UInt32>, _ sets: Span<WildcardSet>, _ text: Span<UInt8>) -> Bool {
    var current = [Bool](repeating: false, count: ops.count + 1)
    var next = current
    enter(0, ops, &current)
    for at in text.indices {
      let byte = text[at]
      for op in 0..<ops.count {
        guard current[op] else { continue }
        switch ops[op] {
        case WildcardOp.star: if byte != UInt8(ascii: "/") { enter(op, ops, &next) }
        case WildcardOp.deepStar: enter(op, ops, &next)
        case WildcardOp.directories:
          next[op] = true
          if byte == UInt8(ascii: "/") { enter(op + 1, ops, &next) }
        case let element: if matchesByte(element, sets, byte) { enter(op + 1, ops, &next) }
        }
      }
      swap(&current, &next)
      for op in next.indices { next[op] = false }
    }
    return current[ops.count]
  }

  /// Marks an element as possible, and those behind it that it may be skipped for.
  private static func enter(_ first: Int, _ ops: Span<UInt32>, _ possible: inout [Bool]) {
    var op = first
    possible[op] = true
    while op < ops.count, (WildcardOp.star...WildcardOp.directories).contains(ops[op]) {
      op += 1
      possible[op] = true
    }
  }
}
