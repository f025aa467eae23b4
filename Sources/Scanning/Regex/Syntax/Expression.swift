/// A pattern as a tree, with every flag already applied: case folding is in the sets, greediness in the repetitions.
///
/// Both syntaxes are read into this; nothing after the parser knows which one it was. The tree is at most
/// `SourceLimits.depth` deep, so that walking it may recurse.
indirect enum Expression: Sendable {
  /// Matches nothing of the text, everywhere.
  case empty
  /// One code point of a set, as UTF-8. The empty set matches nowhere.
  case scalars(ScalarSet)
  /// `\C`: one byte, whatever it is.
  case anyByte
  case assertion(Assertion)
  case concatenation([Expression])
  /// The first alternative that leads to a match is taken.
  case alternation([Expression])
  case repetition(Expression, Repetition)
  /// A group, counted from 1.
  case capture(Expression, index: Int)
}

extension Expression {
  /// The same for one line of a text of lines, without its end: nothing takes `\n` or `\r`, and the ends of the text are
  /// those of the line.
  var withinLines: Expression {
    switch self {
    case .empty, .anyByte: self
    case .scalars(let set): .scalars(set.subtracting(.lineEnds))
    case .assertion(.startOfText): .assertion(.startOfLine)
    case .assertion(.endOfText): .assertion(.endOfLine)
    case .assertion: self
    case .concatenation(let parts): .concatenation(parts.map(\.withinLines))
    case .alternation(let alternatives): .alternation(alternatives.map(\.withinLines))
    case .repetition(let inner, let repetition): .repetition(inner.withinLines, repetition)
    case .capture(let inner, let index): .capture(inner.withinLines, index: index)
    }
  }
}

/// How often, and whether more or fewer are tried first.
struct Repetition: Sendable, Hashable {
  let minimum: Int
  /// Nil: without end.
  let maximum: Int?
  let isGreedy: Bool
}

/// A condition on a place between two bytes. The raw values are bits, so that sets of them are masks.
enum Assertion: UInt8, Sendable {
  case startOfText = 1
  case startOfLine = 2
  case endOfText = 4
  case endOfLine = 8
  case wordBoundary = 16
  case notWordBoundary = 32

  /// The same condition for a text that is read backwards.
  var reversed: Assertion {
    switch self {
    case .startOfText: .endOfText
    case .startOfLine: .endOfLine
    case .endOfText: .startOfText
    case .endOfLine: .startOfLine
    case .wordBoundary, .notWordBoundary: self
    }
  }
}

/// What a parser hands to the compiler.
struct ParsedPattern: Sendable {
  let expression: Expression
  /// Indexed by group; group 0 and groups without a name are nil.
  let groupNames: [String?]
}
