public import Formats
import Synchronization

/// This module's engine, as JSON Schema's `pattern` needs it: ECMA-262 syntax, any thread.
public final class SchemaPattern: PatternMatching {
  private let pattern: Pattern
  private let matcher: Mutex<Matcher>

  /// Compiles one pattern.
  ///
  /// - Throws: `FormatError` at the place in the pattern that is wrong or not supported.
  public init(_ source: String) throws(FormatError) {
    let pattern = try Pattern(source, syntax: .ecma262)
    self.pattern = pattern
    matcher = Mutex(Matcher(pattern))
  }

  /// Does the pattern match anywhere in this text? A thread that finds the shared workspace taken uses a new one.
  public func isFound(in utf8: Span<UInt8>) -> Bool {
    matcher.withLockIfAvailable { $0.isMatch(in: utf8) } ?? Matcher(pattern).isMatch(in: utf8)
  }

  /// The parameter that `JSONSchema` asks for.
  public static let compiler: PatternCompiler = { source throws(FormatError) in try SchemaPattern(source) }
}
