/// What a reader returns: the documents of one input, and what it noticed on the way.
public struct ValueStream: Sendable {
  /// The documents in order. JSON has exactly one; YAML may have none or many; JSON Lines one a line.
  public let documents: [Value]
  /// Keys that stand twice in one object. Readers accept them; a policy may not.
  public let duplicateKeys: [DuplicateKey]
}

/// A key that an object already had.
public struct DuplicateKey: Sendable, Hashable {
  /// The key's text.
  public let key: String
  /// Where it first stood.
  public let first: SourcePosition
  /// Where it stands again.
  public let again: SourcePosition
}
