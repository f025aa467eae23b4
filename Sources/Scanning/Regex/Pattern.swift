public import Formats

/// A compiled regular expression. Immutable: compile once, share between threads, give each thread its own `Matcher`.
///
/// The match is the leftmost one; of those that begin there, the one that the order of alternatives and repetitions
/// prefers, as in Perl. It is found in time linear in the text, whatever the pattern.
public struct Pattern: Sendable {
  /// What a pattern's letters mean before it says so itself.
  public struct Options: OptionSet, Sendable, Hashable {
    /// The bits of the set.
    public let rawValue: UInt8
    /// A set of options from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `(?i)`: simple case folding of Unicode.
    public static let caseInsensitive = Options(rawValue: 1)
    /// `(?m)`: `^` and `$` are true at every line's ends (`\n` ends a line).
    public static let multiline = Options(rawValue: 2)
    /// `(?s)`: `.` takes line ends too.
    public static let dotMatchesNewline = Options(rawValue: 4)
    /// `(?U)`: `a*` prefers less and `a*?` more.
    public static let swapsGreed = Options(rawValue: 8)
  }

  /// The language that a pattern is written in.
  public enum Syntax: Sendable, Hashable {
    /// RE2's: Perl's without what needs backtracking. `\d`, `\w`, `\s` and `\b` are ASCII.
    case re2
    /// ECMA-262's in Unicode mode, without look-around and back-references. `$` is the end of the text.
    case ecma262
  }

  /// The pattern as it was written.
  public let source: String
  /// The names of the groups by number; nil for group 0 and groups without a name.
  public let groupNames: [String?]
  /// Literals of which every match holds at least one; nil when there are none worth looking for.
  public var requiredLiterals: RequiredLiterals? { facts.value.requiredLiterals }
  /// The bytes that a match has at least.
  public var minimumLength: Int { facts.value.length.minimum }
  /// The bytes that a match has at most; nil when there is no bound.
  public var maximumLength: Int? { facts.value.length.maximum }
  /// Every match begins at the beginning of the text.
  public var isAnchoredAtStart: Bool { facts.value.isAnchoredAtStart }

  let expression: Expression
  let forwards: Program
  let backwards: Program
  /// Most patterns of a pack never meet a line, and are never asked.
  private let facts: Once<ExpressionFacts>

  /// Reads and compiles a pattern in time and memory that are bounded by `PatternLimits`.
  ///
  /// - Throws: `FormatError` at the place in the pattern that is wrong or not supported, or for a pattern whose
  ///   program would be too large.
  public init(_ source: String, options: Options = [], syntax: Syntax = .re2) throws(FormatError) {
    let parsed =
      switch syntax {
      case .re2: try RE2Parser.parse(source, options: options)
      case .ecma262: try ECMA262Parser.parse(source, options: options)
      }
    let forwards = try ProgramBuilder.compile(parsed.expression, isReversed: false)
    guard forwards.states.count * 2 * parsed.groupNames.count <= PatternLimits.captureTable else {
      throw FormatError(.regex, .limitExceeded(name: "pattern groups", limit: PatternLimits.captureTable))
    }
    let expression = parsed.expression
    self.source = source
    self.expression = expression
    self.forwards = forwards
    backwards = try ProgramBuilder.compile(parsed.expression, isReversed: true)
    groupNames = parsed.groupNames
    facts = Once { ExpressionFacts(expression) }
  }

  /// The number of groups, the whole match among them.
  public var groupCount: Int { groupNames.count }

  /// Whether there is a match. Makes a `Matcher` for the one call; for many texts keep one.
  public func isMatch(in text: Span<UInt8>) -> Bool { Matcher(self).isMatch(in: text) }

  /// The first match that begins at or after a byte offset. Makes a `Matcher` for the one call.
  public func firstMatch(in text: Span<UInt8>, from start: Int = 0) -> Match? {
    Matcher(self).firstMatch(in: text, from: start)
  }

  /// All matches in order, without overlaps. Makes a `Matcher` for the one call.
  public func matches(in text: Span<UInt8>, limit: Int = .max) -> [Match] {
    Matcher(self).matches(in: text, limit: limit)
  }
}
