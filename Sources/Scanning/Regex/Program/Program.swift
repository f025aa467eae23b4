/// A pattern as a nondeterministic automaton over bytes, read forwards or backwards. Immutable, shared by all threads.
///
/// A class for identity only: matchers share it.
final class Program: Sendable {
  /// The number of a state.
  typealias StateID = UInt32

  /// What a state does. Only `byte` and `edges` consume a byte.
  enum State: Sendable {
    /// Any byte from `low` to `high`.
    case byte(low: UInt8, high: UInt8, next: StateID)
    /// The ranges at these places of `Program.edges`. Forwards they do not overlap, backwards they may.
    case edges(first: UInt32, count: UInt32)
    /// The states at these places of `Program.branches`, the preferred one first.
    case branch(first: UInt32, count: UInt32)
    case assertion(Assertion, next: StateID)
    /// Notes where a group begins (even slots) or ends.
    case capture(slot: UInt32, next: StateID)
    case match
    case fail
  }

  struct Edge: Sendable {
    let low: UInt8
    let high: UInt8
    let next: StateID
  }

  let states: [State]
  let edges: [Edge]
  let branches: [StateID]
  /// Where a match may begin.
  let start: StateID
  /// Tries `start` first and otherwise steps over a byte: the beginning of a search that may match anywhere.
  let searchStart: StateID
  /// The state in the loop of `searchStart` that steps over a byte.
  let searchStep: StateID
  /// Bytes that no state tells apart have the same class.
  let classes: [UInt8]
  /// The number of classes, without the one more that stands for the end of the text.
  let classCount: Int
  /// It sees a text as lines that `\n`, `\r` or both end: no part of a match takes such a byte, and conditions take the
  /// one for the other.
  let isLinewise: Bool

  init(
    states: [State], edges: [Edge], branches: [StateID], start: StateID, searchStart: StateID, searchStep: StateID,
    isLinewise: Bool = false
  ) {
    self.states = states
    self.edges = edges
    self.branches = branches
    self.start = start
    self.searchStart = searchStart
    self.searchStep = searchStep
    self.isLinewise = isLinewise
    var byteClasses = ByteClassFinder()
    if isLinewise {
      byteClasses.note(UInt8(ascii: "\n"), UInt8(ascii: "\n"))
      byteClasses.note(UInt8(ascii: "\r"), UInt8(ascii: "\r"))
    }
    for state in states { byteClasses.note(state) }
    for edge in edges { byteClasses.note(edge.low, edge.high) }
    (classes, classCount) = byteClasses.finish()
  }

  /// The state after a byte in a forward program, or nil when the state does not take it.
  @inline(__always)
  func step(_ state: State, _ byte: UInt8) -> StateID? {
    switch state {
    case .byte(let low, let high, let next): return low <= byte && byte <= high ? next : nil
    case .edges(let first, let count):
      for index in Int(first)..<Int(first + count) {
        let edge = edges[index]
        if edge.low <= byte, byte <= edge.high { return edge.next }
      }
      return nil
    case .branch, .assertion, .capture, .match, .fail: return nil
    }
  }
}

/// Finds the bytes that a program does not tell apart.
private struct ByteClassFinder {
  private var endsClass = [Bool](repeating: false, count: 256)

  mutating func note(_ low: UInt8, _ high: UInt8) {
    if low > 0 { endsClass[Int(low) - 1] = true }
    endsClass[Int(high)] = true
  }

  mutating func note(_ state: Program.State) {
    switch state {
    case .byte(let low, let high, _): note(low, high)
    case .assertion(let assertion, _):
      switch assertion {
      case .startOfLine, .endOfLine: note(UInt8(ascii: "\n"), UInt8(ascii: "\n"))
      case .wordBoundary, .notWordBoundary:
        for run in ScalarSet.wordCharacters.runs {
          note(UInt8(truncatingIfNeeded: run.first), UInt8(truncatingIfNeeded: run.last))
        }
      case .startOfText, .endOfText: break
      }
    case .edges, .branch, .capture, .match, .fail: break
    }
  }

  func finish() -> (classes: [UInt8], count: Int) {
    var classes: [UInt8] = []
    var current = 0
    for byte in 0..<256 {
      classes.append(UInt8(truncatingIfNeeded: current))
      if endsClass[byte], byte < 255 { current += 1 }
    }
    return (classes, current + 1)
  }
}
