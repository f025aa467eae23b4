import Scanning

/// A pattern that checks keep: compiled once, and used for short texts by any thread.
struct LineMatching: Sendable {
  private let matcher: SharedMatcher?

  /// RE2 syntax. A test holds every pattern of the checks to it.
  init(_ source: String) {
    matcher = (try? Pattern(source)).map(SharedMatcher.init)
  }

  var isUsable: Bool { matcher != nil }

  func matches(_ bytes: ArraySlice<UInt8>) -> Bool { matcher?.isMatch(in: bytes.span) ?? false }

  func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

  /// The first match, or nil.
  func first(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    matcher?.firstRange(in: bytes.span).map {
      $0.lowerBound + bytes.startIndex..<$0.upperBound + bytes.startIndex
    }
  }
}
