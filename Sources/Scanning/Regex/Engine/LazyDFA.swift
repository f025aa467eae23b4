/// A deterministic automaton that is built while it runs: one table look-up a byte, and work only for what is new.
///
/// A state is the ordered list of program states that a search may be in. Matches are seen one byte late, on the
/// transition that follows them, so that `$` and `\b` can look at the next byte; the end of the text is one more class.
/// The table is bounded by `PatternLimits.automatonBytes`: when it is full the automaton forgets everything and goes
/// on, which costs no more a byte than following the program itself.
struct LazyDFA {
  /// Which match a search ends with.
  enum Preference {
    /// The one that the order of alternatives prefers.
    case first
    /// The longest.
    case longest
  }

  /// Where in the table a state's row begins, or one of the marks below.
  typealias Cell = UInt32

  static let unknown: Cell = 1 << 31
  static let match: Cell = 1 << 30
  static let dead: Cell = 1 << 29
  /// Cells below this are plain states.
  static let firstMark = dead
  static let rowMask: Cell = dead - 1

  let program: Program
  let preference: Preference
  /// The number of cells of a row.
  let stride: Int
  private let budget: Int

  private(set) var table: [Cell] = []
  /// By state: the same without the part that would begin further matches, or `unknown`.
  private var frozenCells: [Cell] = []
  private var contents: [[UInt32]] = []
  private var known: [StateKey: Cell] = [:]
  private var starts: [Cell]
  private var byteCount = 0

  private var current: SparseSet
  private var following: SparseSet
  private var pending: [Program.StateID] = []

  /// Bytes read plus program states visited: the measure of time that tests can rely on.
  var steps = 0
  /// How often the table was full.
  private(set) var restarts = 0

  init(_ program: Program, _ preference: Preference, budget: Int = PatternLimits.automatonBytes) {
    self.program = program
    self.preference = preference
    self.budget = budget
    stride = program.classCount + 1
    starts = [Cell](repeating: LazyDFA.unknown, count: 8)
    current = SparseSet(capacity: program.states.count)
    following = SparseSet(capacity: program.states.count)
  }
}

/// A state's content as a key that is hashed as bytes.
private struct StateKey: Hashable {
  let words: [UInt32]

  func hash(into hasher: inout Hasher) {
    unsafe words.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}

// States. The first word of a content holds what was true when it was entered, as far as that still matters.
extension LazyDFA {
  private static let afterWord: UInt32 = 1 << 8
  private static let needsShift: UInt32 = 16

  /// The state before the first byte, given the byte on the side that is not read (nil: nothing is there).
  mutating func start(after byte: UInt8?, isAnchored: Bool) -> Cell {
    let byte = seen(byte)
    let isWord = Surroundings.isWord(byte)
    let kind = byte == nil ? 0 : byte == UInt8(ascii: "\n") ? 1 : isWord ? 2 : 3
    let slot = 2 * kind + (isAnchored ? 1 : 0)
    if starts[slot] != LazyDFA.unknown { return starts[slot] }
    let facts = Surroundings.behind(byte)
    following.removeAll()
    LazyDFA.close(
      isAnchored ? program.start : program.searchStart, facts, program, &following, &pending, &steps)
    let cell = intern(content(facts, isAfterWord: isWord))
    starts[slot] = cell
    return cell
  }

  /// A byte as conditions see it.
  private func seen(_ byte: UInt8?) -> UInt8? {
    program.isLinewise && byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte
  }

  /// The same state without the part that would begin further matches.
  mutating func frozen(_ cell: Cell) -> Cell {
    let state = Int(cell) / stride
    if frozenCells[state] != LazyDFA.unknown { return frozenCells[state] }
    let restartsBefore = restarts
    let content = contents[state]
    let frozen = intern(
      content.prefix(1) + content.dropFirst().filter { $0 != program.searchStep && $0 != program.searchStart })
    if restarts == restartsBefore { frozenCells[state] = frozen }
    return frozen
  }

  /// Finds out what an unknown cell is, and notes it. The byte is nil for the end of the text.
  mutating func resolve(_ cell: Cell, _ byte: UInt8?) -> Cell {
    let row = Int(cell)
    let column = byte.map { Int(program.classes[Int($0)]) } ?? program.classCount
    let byte = seen(byte)
    enterAhead(contents[row / stride], byte)
    let hasMatched = stepAll(byte)
    let restartsBefore = restarts
    var next = LazyDFA.dead
    if byte != nil {
      next = intern(content(Surroundings.behind(byte), isAfterWord: Surroundings.isWord(byte)))
    }
    if hasMatched { next |= LazyDFA.match }
    if restarts == restartsBefore { table[row + column] = next }
    return next
  }

  /// Fills `current` with the program states of a state, now that the next byte is known.
  private mutating func enterAhead(_ content: [UInt32], _ byte: UInt8?) {
    let head = content[0]
    let behind = Surroundings(rawValue: UInt8(truncatingIfNeeded: head))
    let needs = Surroundings(rawValue: UInt8(truncatingIfNeeded: head >> LazyDFA.needsShift))
    let ahead = Surroundings.ahead(byte, isAfterWord: head & LazyDFA.afterWord != 0)
    current.removeAll()
    if needs.isDisjoint(with: ahead) {
      for id in content.dropFirst() { _ = current.insert(id) }
    } else {
      for id in content.dropFirst() {
        LazyDFA.close(id, behind.union(ahead), program, &current, &pending, &steps)
      }
    }
  }

  /// Takes `current` over a byte into `following`; true when it holds a match.
  private mutating func stepAll(_ byte: UInt8?) -> Bool {
    following.removeAll()
    var hasMatched = false
    let facts = Surroundings.behind(byte)
    for place in 0..<current.count {
      steps += 1
      switch program.states[Int(current.members[place])] {
      case .match:
        hasMatched = true
        if preference == .first { return true }
      case .byte(let low, let high, let next):
        if let byte, low <= byte, byte <= high {
          LazyDFA.close(next, facts, program, &following, &pending, &steps)
        }
      case .edges(let first, let count):
        guard let byte else { continue }
        for index in Int(first)..<Int(first + count) {
          let edge = program.edges[index]
          if edge.low <= byte, byte <= edge.high {
            LazyDFA.close(edge.next, facts, program, &following, &pending, &steps)
          }
        }
      case .branch, .assertion, .capture, .fail: break
      }
    }
    return hasMatched
  }

  /// What `following` holds, as the content of a state. While a condition waits for the next byte, the states that
  /// only lead on are kept too: following them again then visits everything in the same order as one pass would.
  private func content(_ behind: Surroundings, isAfterWord: Bool) -> [UInt32] {
    var needs: UInt8 = 0
    for place in 0..<following.count {
      if case .assertion(let assertion, _) = program.states[Int(following.members[place])] {
        needs |= assertion.rawValue
      }
    }
    needs &= Surroundings.ahead.rawValue
    var words: [UInt32] = [0]
    words.reserveCapacity(following.count + 1)
    if needs != 0 {
      words[0] = UInt32(behind.rawValue) | (isAfterWord ? LazyDFA.afterWord : 0) | UInt32(needs) << LazyDFA.needsShift
      words += following.members[..<following.count]
      return words
    }
    for place in 0..<following.count {
      switch program.states[Int(following.members[place])] {
      case .byte, .edges, .match: words.append(following.members[place])
      case .branch, .assertion, .capture, .fail: break
      }
    }
    return words
  }

  private mutating func intern(_ words: [UInt32]) -> Cell {
    if words.count == 1 { return LazyDFA.dead }
    let key = StateKey(words: words)
    if let cell = known[key] { return cell }
    let size = 4 * (stride + words.count) + 96
    if byteCount + size > budget, !contents.isEmpty { restart() }
    byteCount += size
    let cell = Cell(truncatingIfNeeded: table.count)
    table.append(contentsOf: repeatElement(LazyDFA.unknown, count: stride))
    contents.append(words)
    frozenCells.append(LazyDFA.unknown)
    known[key] = cell
    return cell
  }

  private mutating func restart() {
    restarts += 1
    byteCount = 0
    table.removeAll(keepingCapacity: true)
    contents.removeAll(keepingCapacity: true)
    frozenCells.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    for index in starts.indices { starts[index] = LazyDFA.unknown }
  }

  /// Adds a program state and all that it leads to without a byte, the preferred ones first.
  private static func close(
    _ id: Program.StateID, _ facts: Surroundings, _ program: Program, _ set: inout SparseSet,
    _ pending: inout [Program.StateID], _ steps: inout Int
  ) {
    pending.append(id)
    while let id = pending.popLast() {
      guard set.insert(id) else { continue }
      steps += 1
      switch program.states[Int(id)] {
      case .branch(let first, let count):
        for index in (Int(first)..<Int(first + count)).reversed() { pending.append(program.branches[index]) }
      case .assertion(let assertion, let next):
        if facts.holds(assertion) { pending.append(next) }
      case .capture(_, let next): pending.append(next)
      case .byte, .edges, .match, .fail: break
      }
    }
  }
}
