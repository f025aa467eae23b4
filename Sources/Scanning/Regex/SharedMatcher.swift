import Synchronization

/// Matchers of one pattern that threads share, so that what one search learned makes the next one fast, whichever thread
/// does it. For patterns that are used for many short texts.
public final class SharedMatcher: Sendable {
  /// A matcher that one thread at a time may use.
  private final class Place: Sendable {
    let matcher: Mutex<Matcher>

    init(_ pattern: Pattern) { matcher = Mutex(Matcher(pattern)) }
  }

  /// The pattern that is looked for.
  public let pattern: Pattern
  private let places: [Place]

  /// As many threads as places search without making a matcher of their own.
  private static let placeCount = 4

  /// Costs next to nothing; tables grow as searches need them.
  public init(_ pattern: Pattern) {
    self.pattern = pattern
    places = (0..<SharedMatcher.placeCount).map { _ in Place(pattern) }
  }

  /// Whether there is a match.
  public func isMatch(in text: Span<UInt8>) -> Bool {
    for place in places {
      if let answer = place.matcher.withLockIfAvailable({ $0.isMatch(in: text) }) { return answer }
    }
    return Matcher(pattern).isMatch(in: text)
  }

  /// Where the first match is.
  public func firstRange(in text: Span<UInt8>) -> Range<Int>? {
    for place in places {
      if let answer = place.matcher.withLockIfAvailable({ $0.firstRange(in: text) }) { return answer }
    }
    return Matcher(pattern).firstRange(in: text)
  }
}
