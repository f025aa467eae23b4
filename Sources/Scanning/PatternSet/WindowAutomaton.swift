import CKernels

/// An Aho-Corasick automaton over windows, for processors that cannot shuffle bytes: one look-up a byte, however many
/// windows there are. It does not tell upper from lower case; whoever looks at its hits does.
struct WindowAutomaton {
  private var classes = [UInt8](repeating: 0, count: 256)
  private var row = 1
  /// By state, then by class.
  private var next: [Int] = []
  /// States at the end of a window.
  private var isEnd: [Bool] = []

  init(_ windows: [LiteralWindow]) {
    let folded = windows.map { $0.bytes.map { $0 | 0x20 } }
    for byte in Set(folded.joined()).sorted() {
      for spelling in 0..<256 where UInt8(spelling) | 0x20 == byte { classes[spelling] = UInt8(row) }
      row += 1
    }
    addState()
    for window in folded { insert(window) }
    close()
  }

  private mutating func addState() {
    next += repeatElement(-1, count: row)
    isEnd.append(false)
  }

  private mutating func insert(_ window: [UInt8]) {
    var state = 0
    for byte in window {
      let cell = state * row + Int(classes[Int(byte)])
      if next[cell] < 0 {
        next[cell] = isEnd.count
        addState()
      }
      state = next[cell]
    }
    isEnd[state] = true
  }

  /// Gives every state a way on for every byte: that of the longest window part that it ends with.
  private mutating func close() {
    var fallback = [Int](repeating: 0, count: isEnd.count)
    var queue = [0]
    var place = 0
    while place < queue.count {
      let state = queue[place]
      place += 1
      isEnd[state] = isEnd[state] || isEnd[fallback[state]]
      for column in 0..<row {
        let child = next[state * row + column]
        let other = state == 0 ? 0 : next[fallback[state] * row + column]
        if child < 0 {
          next[state * row + column] = other
        } else {
          fallback[child] = other
          queue.append(child)
        }
      }
    }
  }

  /// Hands the automaton over, the ends of windows last. False where there is no memory.
  func install(_ tables: OpaquePointer) -> Bool {
    let order = isEnd.indices.filter { !isEnd[$0] } + isEnd.indices.filter { isEnd[$0] }
    var number = [UInt16](repeating: 0, count: order.count)
    for (place, state) in order.enumerated() { number[state] = UInt16(place) }
    let cells = order.flatMap { state in (0..<row).map { number[next[state * row + $0]] } }
    let firstEnd = UInt32(isEnd.count { !$0 })
    return unsafe cells.withUnsafeBufferPointer { cells in
      unsafe classes.withUnsafeBufferPointer { classes in
        unsafe ck_literal_tables_automaton(
          tables, cells.baseAddress, cells.count, UInt32(row), firstEnd, classes.baseAddress) != 0
      }
    }
  }
}
