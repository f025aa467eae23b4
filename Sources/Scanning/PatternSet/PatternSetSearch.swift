/// A line on which a pattern of a set matches.
public struct LineMatch: Sendable, Hashable {
  /// The index of the pattern in its set.
  public let pattern: Int
  /// The offset at which the line begins.
  public let lineStart: Int
}

/// One thread's workspace for a set of patterns: what was learned in earlier texts makes later ones fast.
///
/// A class for identity: it is changed by every search and must not be shared between threads.
public final class PatternSetSearch {
  private var pass: PatternPass

  /// Costs next to nothing; tables grow as searches need them, up to `PatternLimits.automatonBytes` a pattern.
  public init(_ set: PatternSet) { pass = PatternPass(set) }

  /// Bytes read by automata and program states visited so far; what the kernels read is the text, once.
  var steps: Int { pass.steps }

  /// Every line of a text on which a pattern matches, once a pattern, ordered by pattern and place.
  ///
  /// Takes time linear in the text, times the number of patterns at worst.
  ///
  /// - Parameter selection: which patterns of the set are looked for; nil for all of them.
  public func matches(in text: Span<UInt8>, among selection: PatternSelection? = nil) -> [LineMatch] {
    pass.matches(in: text, among: selection)
  }
}
