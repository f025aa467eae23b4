import Scanning

/// A pattern that checks keep: compiled once, and used for short texts by any thread.
struct LineMatching: Sendable {
  private let pattern: Pattern?

  /// RE2 syntax. A test holds every pattern of the checks to it.
  init(_ source: String) {
    pattern = try? Pattern(source)
  }

  var isUsable: Bool { pattern != nil }

  func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = Array(bytes)
    return pattern?.isMatch(in: text.span) ?? false
  }

  func matches(_ text: String) -> Bool { matches(Array(text.utf8)[...]) }

  /// The first match, or nil.
  func first(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let text = Array(bytes)
    return pattern?.firstMatch(in: text.span).map {
      $0.range.lowerBound + bytes.startIndex..<$0.range.upperBound + bytes.startIndex
    }
  }
}
