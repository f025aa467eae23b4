/// A path pattern of a rule pack (`paths: include`, `paths: exclude`), over `/`-separated paths from the root.
///
/// `?` is one byte but `/`; `*` any run without `/`; `**` as a whole segment any number of folders; `[a-z]`, `[!a-z]` and
/// `[[:alpha:]]` are sets; `{a,b}` is either; `\` takes the next byte as it is. A pattern without a `/` (but at its end)
/// matches a name at any depth, any other from the root; a `/` at its end asks for a folder. Matching takes
/// O(path × pattern) steps at worst.
public struct Glob: Sendable {
  /// The most patterns that the braces of one glob may stand for.
  public static let alternativesLimit = 1_000
  /// The most bytes of one glob.
  public static let bytesLimit = 4_096

  /// One reference to all of it: filters ask for every path of a tree, and what is asked may be copied.
  private final class Compiled: Sendable {
    let pattern: String
    let patterns: PathPatterns

    init(_ pattern: String, _ patterns: PathPatterns) {
      self.pattern = pattern
      self.patterns = patterns
    }
  }

  private let compiled: Compiled
  /// The pattern as it was written.
  public var pattern: String { compiled.pattern }

  /// Compiles a pattern; throws at an empty one, an unclosed set or brace, an unknown class or a `\` at the end, beyond `bytesLimit`, and where
  /// braces stand for more than `alternativesLimit` patterns.
  public init(_ pattern: String) throws(FormatError) {
    var patterns = PathPatterns()
    guard pattern.utf8.count <= Self.bytesLimit else {
      throw FormatError(.glob, .limitExceeded(name: "bytes of a glob", limit: Self.bytesLimit))
    }
    for alternative in try GlobBraces.expand(Array(pattern.utf8)) {
      guard alternative.contains(where: { $0 != UInt8(ascii: "/") }) else {
        throw FormatError(.glob, .invalid(what: "empty pattern", expected: "a name or path"))
      }
      if let defect = patterns.append(alternative.span, detachesPrefix: false) {
        throw FormatError(.glob, defect.problem(in: pattern))
      }
    }
    compiled = Compiled(pattern, patterns)
  }

  /// Whether the pattern matches a path itself.
  public func matches(_ path: Span<UInt8>, isDirectory: Bool = false) -> Bool {
    var nameStart = path.count
    while nameStart > 0, path[nameStart - 1] != UInt8(ascii: "/") { nameStart -= 1 }
    let compiled = compiled
    for index in compiled.patterns.patterns.indices
    where compiled.patterns.matches(index, path, nameStart: nameStart, isDirectory: isDirectory) {
      return true
    }
    return false
  }

  /// Whether the pattern matches a path itself.
  public func matches(_ path: [UInt8], isDirectory: Bool = false) -> Bool {
    matches(path.span, isDirectory: isDirectory)
  }

  /// Whether the pattern matches a file or a folder that the file is in.
  public func covers(_ path: Span<UInt8>) -> Bool {
    if matches(path) { return true }
    for index in path.indices
    where path[index] == UInt8(ascii: "/") && matches(path.extracting(..<index), isDirectory: true) {
      return true
    }
    return false
  }

  /// Whether the pattern matches a file or a folder that the file is in.
  public func covers(_ path: [UInt8]) -> Bool { covers(path.span) }
}

extension Glob: Hashable {
  /// Globs are equal when they are written alike.
  public static func == (left: Glob, right: Glob) -> Bool { left.pattern == right.pattern }

  /// Hashes the pattern as it was written.
  public func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}

extension WildcardCompiler.Defect {
  fileprivate func problem(in pattern: String) -> FormatError.Problem {
    switch self {
    case .unclosedSet: .invalid(what: "pattern '\(pattern)'", expected: "']' at the end of a set, or '\\['")
    case .unknownClass: .invalid(what: "pattern '\(pattern)'", expected: "a class such as [:alpha:] or [:digit:]")
    case .danglingEscape: .invalid(what: "pattern '\(pattern)'", expected: "a character after the last '\\'")
    }
  }
}
