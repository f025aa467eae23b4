/// One match, in byte offsets of the text that was searched.
public struct Match: Sendable, Hashable {
  /// The whole match.
  public let range: Range<Int>
  /// The groups by number: group 0 is the whole match; nil is a group that took no part.
  public let groups: [Range<Int>?]
}
