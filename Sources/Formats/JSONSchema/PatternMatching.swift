/// A compiled regular expression, as `pattern`, `patternProperties` and `format: regex` need it.
///
/// The engine stands above this module, so callers bring it; JSON Schema asks for ECMA-262 syntax in Unicode mode.
public protocol PatternMatching: Sendable {
  /// Does the pattern match anywhere in this UTF-8 text?
  func isFound(in utf8: Span<UInt8>) -> Bool
}

/// Compiles one pattern, or refuses it with the place of the mistake inside the pattern.
public typealias PatternCompiler = @Sendable (_ pattern: String) throws(FormatError) -> any PatternMatching
