package import Formats

/// Which paths a rule or a scan is about: included by one pattern (or none given), excluded by none.
package struct PathFilter: Sendable {
  private struct Pattern: Sendable {
    let source: String
    let glob: Glob
  }

  private let include: [Pattern]
  private let exclude: [Pattern]

  /// Patterns relative to the audited root; see `Glob`.
  ///
  /// - Throws: `FormatError` for a malformed pattern.
  package init(include: [String] = [], exclude: [String] = []) throws(FormatError) {
    self.include = try PathFilter.compile(include)
    self.exclude = try PathFilter.compile(exclude)
  }

  /// Every path.
  package static let everything = PathFilter()

  private init() {
    include = []
    exclude = []
  }

  /// The patterns, as written, that match none of these paths: most often a typing error.
  package func patternsWithoutFiles(among paths: [[UInt8]]) -> [String] {
    (include + exclude).filter { pattern in !paths.contains { pattern.glob.matches($0.span) } }.map(\.source)
  }

  /// Whether a path relative to the root passes.
  package func accepts(_ path: String) -> Bool {
    include.isEmpty && exclude.isEmpty || accepts(Array(path.utf8))
  }

  /// The same for the bytes of a path.
  package func accepts(_ path: [UInt8]) -> Bool {
    (include.isEmpty || PathFilter.holds(include, path.span)) && !PathFilter.holds(exclude, path.span)
  }

  /// Asked for every file and rule: a span hands out no copies.
  private static func holds(_ patterns: [Pattern], _ path: Span<UInt8>) -> Bool {
    let patterns = patterns.span
    for index in patterns.indices where patterns[index].glob.matches(path) { return true }
    return false
  }

  private static func compile(_ patterns: [String]) throws(FormatError) -> [Pattern] {
    var compiled: [Pattern] = []
    for pattern in patterns { compiled.append(Pattern(source: pattern, glob: try Glob(pattern))) }
    return compiled
  }
}
