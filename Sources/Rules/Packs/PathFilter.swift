package import Formats

/// Which paths a rule or a scan is about: included by one pattern (or none given), excluded by none.
package struct PathFilter: Sendable {
  private let include: [Glob]
  private let exclude: [Glob]

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

  /// Whether a path relative to the root passes.
  package func accepts(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    return (include.isEmpty || include.contains { $0.matches(bytes.span) })
      && !exclude.contains { $0.matches(bytes.span) }
  }

  private static func compile(_ patterns: [String]) throws(FormatError) -> [Glob] {
    var globs: [Glob] = []
    for pattern in patterns { globs.append(try Glob(pattern)) }
    return globs
  }
}
