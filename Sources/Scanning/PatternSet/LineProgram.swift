public import Formats

/// A pattern as it is looked for in a text of lines: in each line without its end (`\n`, `\r\n` or `\r`), of which `^` and
/// `\A` are the beginning, `$` and `\z` the end. Immutable, shared by all threads.
public struct LineProgram: Sendable {
  let program: Program
  /// Literals of which every match holds at least one; nil when there are none worth looking for.
  let required: RequiredLiterals?

  /// Prepares a pattern.
  ///
  /// - Throws: `FormatError` for a pattern whose program would be too large.
  public init(_ pattern: Pattern) throws(FormatError) { try self.init(pattern.expression) }

  /// Reads and prepares a pattern in RE2 syntax that is looked for in lines only.
  ///
  /// - Throws: as `Pattern`.
  public init(_ source: String) throws(FormatError) {
    try self.init(try RE2Parser.parse(source, options: []).expression)
  }

  private init(_ expression: Expression) throws(FormatError) {
    let expression = expression.withinLines
    program = try ProgramBuilder.compile(expression, isReversed: false, isLinewise: true)
    required = ExpressionFacts(expression).requiredLiterals
  }

  /// Prepares a text that is looked for as it stands. It must not be empty, nor hold line ends.
  public init(word: [UInt8]) {
    var states: [Program.State] = [.match]
    for byte in word.reversed() {
      states.append(.byte(low: byte, high: byte, next: Program.StateID(states.count - 1)))
    }
    program = Program(states: states, edges: [], branches: [], start: Program.StateID(states.count - 1))
    required = RequiredLiterals(
      literals: [RequiredLiterals.Literal(bytes: Array(word.prefix(PatternLimits.literalBytes)), ignoresCase: false)],
      maximumOffset: 0)
  }
}

extension Program {
  /// A linewise program that may begin anywhere.
  fileprivate convenience init(states: [State], edges: [Edge], branches: [StateID], start: StateID) {
    let loop = StateID(states.count)
    self.init(
      states: states + [
        .branch(first: UInt32(branches.count), count: 2), .byte(low: 0, high: 255, next: loop),
      ],
      edges: edges, branches: branches + [start, loop + 1], start: start, searchStart: loop, searchStep: loop + 1,
      isLinewise: true)
  }

  /// One linewise program that matches where any of these does.
  static func union(_ programs: [Program]) -> Program {
    var states: [State] = []
    var edges: [Edge] = []
    var branches: [StateID] = []
    var starts: [StateID] = []
    for program in programs {
      let first = StateID(states.count)
      let firstEdge = UInt32(edges.count)
      let firstBranch = UInt32(branches.count)
      starts.append(program.start + first)
      states += program.states.map { state in
        switch state {
        case .byte(let low, let high, let next): .byte(low: low, high: high, next: next + first)
        case .edges(let place, let count): .edges(first: place + firstEdge, count: count)
        case .branch(let place, let count): .branch(first: place + firstBranch, count: count)
        case .assertion(let assertion, let next): .assertion(assertion, next: next + first)
        case .capture(let slot, let next): .capture(slot: slot, next: next + first)
        case .match, .fail: state
        }
      }
      edges += program.edges.map { Edge(low: $0.low, high: $0.high, next: $0.next + first) }
      branches += program.branches.map { $0 + first }
    }
    let choice = StateID(states.count)
    states.append(.branch(first: UInt32(branches.count), count: UInt32(starts.count)))
    return Program(states: states, edges: edges, branches: branches + starts, start: choice)
  }
}
