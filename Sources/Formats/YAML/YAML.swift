/// Reads YAML 1.2 under the core schema, from UTF-8.
///
/// Values follow YAML 1.2.2: `null` and `~`, `true`, `false`, decimal, `0o` and `0x` integers, floats. Nothing of
/// YAML 1.1 is known: `yes`, `010`, `1:30`, `1_000` and dates are strings, `<<` is an ordinary key. Whole numbers of
/// 64 bits are exact, longer ones the nearest double. Tags that the core schema does not know are dropped, aliases
/// stand for the node that they name, duplicate keys are accepted and told. Nesting is bounded by
/// `SourceLimits.depth`, what aliases stand for by `SourceLimits.expandedNodes`.
public enum YAML {
  /// The one document of a stream; a stream without documents is null.
  ///
  /// - Throws: `FormatError` at the first byte that cannot be right, or where a second document begins.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> Value {
    let documents = try readStream(bytes).documents
    if documents.count > 1 {
      throw FormatError(
        .yaml, .unexpected(found: "a second document", expected: "one document"), at: documents[1].position)
    }
    return documents.first ?? Value.missingDocument(in: bytes)
  }

  /// All documents of a stream, with the keys that stood twice. An empty stream has none.
  ///
  /// - Throws: `FormatError` at the first byte that cannot be right.
  public static func readStream(_ bytes: [UInt8]) throws(FormatError) -> ValueStream {
    try checkEncoding(bytes, as: .yaml)
    var reader = try YAMLReader(bytes)
    return try reader.stream()
  }

  /// The events of a stream, one a line, in the notation of the YAML test suite (`+MAP`, `=VAL :text`, …).
  ///
  /// - Throws: as `readStream`.
  public static func events(_ bytes: [UInt8]) throws(FormatError) -> [String] {
    try checkEncoding(bytes, as: .yaml)
    var reader = try YAMLReader(bytes, recorder: YAMLEventRecorder(bytes))
    _ = try reader.stream()
    return reader.recorder?.lines ?? []
  }
}

extension Value {
  /// What a stream without documents is worth.
  fileprivate static func missingDocument(in source: [UInt8]) -> Value {
    var builder = ValueBuilder(source: source)
    let root = builder.null(source.count..<source.count)
    return Value(storage: builder.storage(), index: root)
  }
}
