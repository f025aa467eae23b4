import Formats

/// Compiles an expression by emitting every part in front of what follows it, so that nothing needs patching but loops.
struct ProgramBuilder {
  private typealias StateID = Program.StateID

  /// Where an emitted part begins, and whether it can match the empty text.
  private struct Part {
    var start: Program.StateID
    var isNullable: Bool
  }

  private var states: [Program.State] = []
  private var edges: [Program.Edge] = []
  private var branches: [Program.StateID] = []
  private var graphs: [ScalarSet: UTF8Graph] = [:]
  private let isReversed: Bool
  private let isLinewise: Bool

  private init(isReversed: Bool, isLinewise: Bool) {
    self.isReversed = isReversed
    self.isLinewise = isLinewise
  }

  /// Compiles for reading forwards, or backwards (without groups: it only finds where a match begins).
  ///
  /// - Parameter isLinewise: for an expression that is `withinLines`; see `Program.isLinewise`.
  static func compile(
    _ expression: Expression, isReversed: Bool, isLinewise: Bool = false
  ) throws(FormatError) -> Program {
    var builder = ProgramBuilder(isReversed: isReversed, isLinewise: isLinewise)
    let match = try builder.add(.match)
    let start = try builder.emit(expression, before: match).start
    let loop = try builder.addBranch(first: start, second: start)
    let step = try builder.add(.byte(low: 0, high: 255, next: loop))
    builder.setBranch(loop, first: start, second: step)
    return Program(
      states: builder.states, edges: builder.edges, branches: builder.branches, start: start, searchStart: loop,
      searchStep: step, isLinewise: isLinewise)
  }

  private mutating func emit(_ expression: Expression, before next: StateID) throws(FormatError) -> Part {
    switch expression {
    case .empty: return Part(start: next, isNullable: true)
    case .scalars(let set): return Part(start: try emit(set, before: next), isNullable: false)
    case .anyByte: return Part(start: try emitAnyByte(before: next), isNullable: false)
    case .assertion(let assertion):
      let placed = isReversed ? assertion.reversed : assertion
      return Part(start: try add(.assertion(placed, next: next)), isNullable: true)
    case .concatenation(let parts): return try emit(inOrder: parts, before: next)
    case .alternation(let alternatives): return try emit(anyOf: alternatives, before: next)
    case .capture(let inner, let index): return try emit(inner, group: index, before: next)
    case .repetition(let inner, let repetition): return try emit(inner, repetition, before: next)
    }
  }

  private mutating func emit(inOrder parts: [Expression], before next: StateID) throws(FormatError) -> Part {
    var whole = Part(start: next, isNullable: true)
    for index in parts.indices {
      let part = try emit(parts[isReversed ? index : parts.count - 1 - index], before: whole.start)
      whole = Part(start: part.start, isNullable: whole.isNullable && part.isNullable)
    }
    return whole
  }

  private mutating func emit(anyOf alternatives: [Expression], before next: StateID) throws(FormatError) -> Part {
    var starts: [StateID] = []
    var isNullable = false
    for alternative in alternatives {
      let part = try emit(alternative, before: next)
      starts.append(part.start)
      isNullable = isNullable || part.isNullable
    }
    let first = UInt32(truncatingIfNeeded: branches.count)
    branches += starts
    let branch = try add(.branch(first: first, count: UInt32(truncatingIfNeeded: starts.count)))
    return Part(start: branch, isNullable: isNullable)
  }

  private mutating func emit(_ inner: Expression, group index: Int, before next: StateID) throws(FormatError) -> Part {
    if isReversed { return try emit(inner, before: next) }
    let slot = UInt32(truncatingIfNeeded: 2 * index)
    let end = try add(.capture(slot: slot + 1, next: next))
    let part = try emit(inner, before: end)
    return Part(start: try add(.capture(slot: slot, next: part.start)), isNullable: part.isNullable)
  }
}

// Repetitions, in RE2's form: `x{2,4}` is `xx(x(x)?)?`, `x{2,}` is `xx+`.
extension ProgramBuilder {
  private mutating func emit(
    _ inner: Expression, _ repetition: Repetition, before next: StateID
  ) throws(FormatError) -> Part {
    let isGreedy = repetition.isGreedy
    guard let maximum = repetition.maximum else {
      if repetition.minimum == 0 { return try emitStar(inner, isGreedy, before: next) }
      let last = try emitPlus(inner, isGreedy, before: next)
      return try emit(inner, times: repetition.minimum - 1, before: last)
    }
    var rest = Part(start: next, isNullable: true)
    for _ in repetition.minimum..<max(maximum, repetition.minimum) {
      let before = states.count
      let part = try emit(inner, before: rest.start)
      if states.count == before { break }
      rest.start = try addBranch(part.start, orElse: next, isGreedy)
    }
    return try emit(inner, times: repetition.minimum, before: rest)
  }

  private mutating func emit(_ inner: Expression, times: Int, before rest: Part) throws(FormatError) -> Part {
    var whole = rest
    for _ in 0..<times {
      let before = states.count
      let part = try emit(inner, before: whole.start)
      whole = Part(start: part.start, isNullable: whole.isNullable && part.isNullable)
      if states.count == before { break }
    }
    return whole
  }

  private mutating func emitPlus(_ inner: Expression, _ isGreedy: Bool, before next: StateID) throws(FormatError)
    -> Part
  {
    let loop = try addBranch(first: next, second: next)
    let part = try emit(inner, before: loop)
    setBranch(loop, first: isGreedy ? part.start : next, second: isGreedy ? next : part.start)
    return part
  }

  /// A loop over something nullable is `(x+)?`: with one branch for both, an empty round would take the wrong place in
  /// the order of preference.
  private mutating func emitStar(_ inner: Expression, _ isGreedy: Bool, before next: StateID) throws(FormatError)
    -> Part
  {
    let loop = try addBranch(first: next, second: next)
    let part = try emit(inner, before: loop)
    setBranch(loop, first: isGreedy ? part.start : next, second: isGreedy ? next : part.start)
    guard part.isNullable else { return Part(start: loop, isNullable: true) }
    return Part(start: try addBranch(part.start, orElse: next, isGreedy), isNullable: true)
  }
}

// States.
extension ProgramBuilder {
  private mutating func add(_ state: Program.State) throws(FormatError) -> StateID {
    guard states.count + edges.count + branches.count < PatternLimits.programSize else {
      throw FormatError(.regex, .limitExceeded(name: "pattern program size", limit: PatternLimits.programSize))
    }
    states.append(state)
    return UInt32(truncatingIfNeeded: states.count - 1)
  }

  private mutating func addBranch(first: StateID, second: StateID) throws(FormatError) -> StateID {
    let place = UInt32(truncatingIfNeeded: branches.count)
    branches.append(first)
    branches.append(second)
    return try add(.branch(first: place, count: 2))
  }

  private mutating func addBranch(
    _ inner: StateID, orElse next: StateID, _ isGreedy: Bool
  ) throws(FormatError) -> StateID {
    try addBranch(first: isGreedy ? inner : next, second: isGreedy ? next : inner)
  }

  private mutating func setBranch(_ branch: StateID, first: StateID, second: StateID) {
    guard case .branch(let place, _) = states[Int(branch)] else { return }
    branches[Int(place)] = first
    branches[Int(place) + 1] = second
  }

  private mutating func emitAnyByte(before next: StateID) throws(FormatError) -> StateID {
    guard isLinewise else { return try add(.byte(low: 0, high: 255, next: next)) }
    return try addEdges([
      Program.Edge(low: 0, high: 9, next: next), Program.Edge(low: 11, high: 12, next: next),
      Program.Edge(low: 14, high: 255, next: next),
    ])
  }

  private mutating func emit(_ set: ScalarSet, before next: StateID) throws(FormatError) -> StateID {
    if set.runs.count == 1, set.runs[0].last <= 0x7F {
      let run = set.runs[0]
      return try add(
        .byte(low: UInt8(truncatingIfNeeded: run.first), high: UInt8(truncatingIfNeeded: run.last), next: next))
    }
    let graph = graphs[set] ?? UTF8Graph(set)
    graphs[set] = graph
    if graph.isEmpty { return try add(.fail) }
    return isReversed ? try emitBackwards(graph, before: next) : try emitForwards(graph, before: next)
  }

  private mutating func emitForwards(_ graph: UTF8Graph, before next: StateID) throws(FormatError) -> StateID {
    var placed = [next]
    for node in graph.nodes.dropFirst() {
      placed.append(try addEdges(node.map { Program.Edge(low: $0.low, high: $0.high, next: placed[$0.node]) }))
    }
    return placed[placed.count - 1]
  }

  /// The graph with its edges turned around: from the end to the beginning.
  private mutating func emitBackwards(_ graph: UTF8Graph, before next: StateID) throws(FormatError) -> StateID {
    var incoming = [[Program.Edge]](repeating: [], count: graph.nodes.count)
    var placed = next
    for node in graph.nodes.indices.reversed() {
      placed = node == graph.nodes.count - 1 ? next : try addEdges(incoming[node])
      for edge in graph.nodes[node] {
        incoming[edge.node].append(Program.Edge(low: edge.low, high: edge.high, next: placed))
      }
    }
    return placed
  }

  private mutating func addEdges(_ list: [Program.Edge]) throws(FormatError) -> StateID {
    if list.count == 1 { return try add(.byte(low: list[0].low, high: list[0].high, next: list[0].next)) }
    let first = UInt32(truncatingIfNeeded: edges.count)
    edges += list
    return try add(.edges(first: first, count: UInt32(truncatingIfNeeded: list.count)))
  }
}
