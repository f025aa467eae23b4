/// One thread's workspace for one pattern: what was learned about the pattern in earlier searches makes later ones fast.
///
/// A class for identity: it is changed by every search and must not be shared between threads.
public final class Matcher {
  /// The pattern that is looked for.
  public let pattern: Pattern
  private lazy var isAnchoredAtStart = pattern.isAnchoredAtStart
  private var forwards: LazyDFA
  private var backwards: LazyDFA?
  private var threads: PikeVM?

  /// Costs next to nothing; tables grow as searches need them, up to `PatternLimits.automatonBytes` a direction.
  public init(_ pattern: Pattern) {
    self.pattern = pattern
    forwards = LazyDFA(pattern.forwards, .first)
  }

  /// Bytes read and program states visited so far.
  var steps: Int { forwards.steps + (backwards?.steps ?? 0) + (threads?.steps ?? 0) }

  /// Whether there is a match that begins at or after a byte offset. Stops at the first byte that decides it.
  public func isMatch(in text: Span<UInt8>, from start: Int = 0) -> Bool {
    end(in: text, start..<text.count, latestStart: nil, isEarliest: true) != nil
  }

  /// Where the first match is that begins at or after a byte offset.
  ///
  /// - Parameters:
  ///   - text: any bytes; what is no UTF-8 is matched by `\C` only.
  ///   - start: where the search begins. Conditions such as `\b` see what stands before it.
  ///   - latestStart: where the match has to begin at the latest: with a literal found at `hit`,
  ///     `hit - maximumOffset` and `hit` are the bounds of the match's beginning, and the search ends as soon as
  ///     nothing that began by then can match any more.
  ///   - end: nothing from here on is taken, but conditions see it; nil is the end of the text.
  public func firstRange(
    in text: Span<UInt8>, from start: Int = 0, latestStart: Int? = nil, end limit: Int? = nil
  ) -> Range<Int>? {
    let limit = min(limit ?? text.count, text.count)
    guard start <= limit, let end = end(in: text, start..<limit, latestStart: latestStart, isEarliest: false) else {
      return nil
    }
    if isAnchoredAtStart || end == start { return start..<end }
    if backwards == nil { backwards = LazyDFA(pattern.backwards, .longest) }
    guard let begin = backwards?.start(in: text, start..<end) else { return nil }
    return begin..<end
  }

  /// The first match that begins at or after a byte offset, with its groups.
  public func firstMatch(in text: Span<UInt8>, from start: Int = 0) -> Match? {
    firstRange(in: text, from: start).map { match(in: text, at: $0) }
  }

  /// The groups of a match that `firstRange` has found.
  public func match(in text: Span<UInt8>, at range: Range<Int>) -> Match {
    guard pattern.groupCount > 1 else { return Match(range: range, groups: [range]) }
    if threads == nil { threads = PikeVM(pattern.forwards, slotCount: 2 * pattern.groupCount) }
    let groups = threads?.match(in: text, range, isAnchored: true) ?? [range]
    return Match(range: range, groups: groups)
  }

  /// All matches in order, without overlaps: each search begins where the last match ended. An empty match where the
  /// last match ended is not taken; the search then goes on one character later.
  ///
  /// Each search is linear; a pattern that looks far ahead before it settles for less (`a.*b|a`) reads on each time.
  public func matches(in text: Span<UInt8>, limit: Int = .max) -> [Match] {
    var found: [Match] = []
    var position = 0
    var lastEnd = -1
    while found.count < limit, position <= text.count, let range = firstRange(in: text, from: position) {
      if range.isEmpty, range.lowerBound == lastEnd {
        position = Matcher.place(after: position, in: text)
        continue
      }
      found.append(match(in: text, at: range))
      position = range.upperBound
      lastEnd = range.upperBound
    }
    return found
  }

  private func end(in text: Span<UInt8>, _ range: Range<Int>, latestStart: Int?, isEarliest: Bool) -> Int? {
    if isAnchoredAtStart, range.lowerBound > 0 { return nil }
    return forwards.end(
      in: text, range, isAnchored: isAnchoredAtStart, latestStart: latestStart, isEarliest: isEarliest)
  }

  /// One character later: the next byte that does not continue one.
  private static func place(after position: Int, in text: Span<UInt8>) -> Int {
    var next = position + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}
