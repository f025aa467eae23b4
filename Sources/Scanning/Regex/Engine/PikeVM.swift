/// Follows a forward program thread by thread, keeping each thread's groups: slower than the automaton, and the only
/// engine that knows where groups are. Takes time proportional to the length of the text times the program.
struct PikeVM {
  private static let unset = UInt32.max

  /// What is left to do while threads are spread over branches.
  private enum Task {
    case visit(Program.StateID)
    case restore(slot: Int, value: UInt32)
  }

  /// The threads at one place, in order of preference, with their slots.
  private struct Threads {
    var set: SparseSet
    var slots: [UInt32]
  }

  private let slotCount: Int
  private var current: Threads
  private var following: Threads
  private var walk: Walk

  /// Program states visited: the measure of time that tests can rely on.
  var steps: Int { walk.steps }

  /// - Parameter slotCount: twice the number of groups to follow, group 0 among them.
  init(_ program: Program, slotCount: Int) {
    self.slotCount = slotCount
    walk = Walk(program: program, slots: [UInt32](repeating: PikeVM.unset, count: slotCount))
    let empty = Threads(
      set: SparseSet(capacity: program.states.count),
      slots: [UInt32](repeating: PikeVM.unset, count: program.states.count * slotCount))
    current = empty
    following = empty
  }

  /// The groups of the first match that begins in the range (at its beginning when anchored), or nil. Nothing beyond
  /// the range is taken, but conditions see it.
  mutating func match(in bytes: Span<UInt8>, _ range: Range<Int>, isAnchored: Bool) -> [Range<Int>?]? {
    var found: [UInt32]?
    current.set.removeAll()
    var at = range.lowerBound
    while true {
      if found == nil, !isAnchored || at == range.lowerBound { begin(bytes, at) }
      if current.set.count == 0, found != nil || isAnchored { break }
      let byte = at < range.upperBound ? bytes[at] : nil
      if let matched = stepAll(bytes, at, byte) { found = matched }
      swap(&current, &following)
      guard byte != nil else { break }
      at += 1
    }
    return found.map(ranges)
  }

  private func ranges(_ slots: [UInt32]) -> [Range<Int>?] {
    stride(from: 0, to: slotCount, by: 2).map { slot in
      let (start, end) = (slots[slot], slots[slot + 1])
      return start == PikeVM.unset || end == PikeVM.unset ? nil : Int(start)..<Int(end)
    }
  }

  private mutating func begin(_ bytes: Span<UInt8>, _ at: Int) {
    for slot in 0..<slotCount { walk.slots[slot] = PikeVM.unset }
    walk.slots[0] = UInt32(truncatingIfNeeded: at)
    walk.spread(walk.program.start, into: &current, bytes, at)
  }

  /// Takes every thread over a byte; returns the slots of a thread that has matched, which ends all behind it.
  private mutating func stepAll(_ bytes: Span<UInt8>, _ at: Int, _ byte: UInt8?) -> [UInt32]? {
    following.set.removeAll()
    for place in 0..<current.set.count {
      walk.steps += 1
      let state = walk.program.states[Int(current.set.members[place])]
      let first = place * slotCount
      if case .match = state {
        var matched = Array(current.slots[first..<first + slotCount])
        matched[1] = UInt32(truncatingIfNeeded: at)
        return matched
      }
      if let byte, let next = walk.program.step(state, byte) {
        for slot in 0..<slotCount { walk.slots[slot] = current.slots[first + slot] }
        walk.spread(next, into: &following, bytes, at + 1)
      }
    }
    return nil
  }

  /// One thread on its way over branches, conditions and group boundaries to the states that take a byte.
  private struct Walk {
    let program: Program
    var slots: [UInt32]
    var tasks: [Task] = []
    var steps = 0

    mutating func spread(_ id: Program.StateID, into threads: inout Threads, _ bytes: Span<UInt8>, _ at: Int) {
      tasks.append(.visit(id))
      while let task = tasks.popLast() {
        switch task {
        case .restore(let slot, let value): slots[slot] = value
        case .visit(let id):
          guard threads.set.insert(id) else { continue }
          steps += 1
          visit(id, &threads, bytes, at)
        }
      }
    }

    private mutating func visit(_ id: Program.StateID, _ threads: inout Threads, _ bytes: Span<UInt8>, _ at: Int) {
      switch program.states[Int(id)] {
      case .branch(let first, let count):
        for index in (Int(first)..<Int(first + count)).reversed() { tasks.append(.visit(program.branches[index])) }
      case .assertion(let assertion, let next):
        if PikeVM.holds(assertion, bytes, at) { tasks.append(.visit(next)) }
      case .capture(let slot, let next):
        let slot = Int(slot)
        if slot < slots.count {
          tasks.append(.restore(slot: slot, value: slots[slot]))
          slots[slot] = UInt32(truncatingIfNeeded: at)
        }
        tasks.append(.visit(next))
      case .byte, .edges, .match:
        let first = threads.set.place(of: id) * slots.count
        for slot in slots.indices { threads.slots[first + slot] = slots[slot] }
      case .fail: break
      }
    }
  }

  private static func holds(_ assertion: Assertion, _ bytes: Span<UInt8>, _ at: Int) -> Bool {
    let before = at > 0 ? bytes[at - 1] : nil
    let after = at < bytes.count ? bytes[at] : nil
    return Surroundings.behind(before).union(.ahead(after, isAfterWord: Surroundings.isWord(before))).holds(assertion)
  }
}
