/// All ignore files of a work tree, for questions about any path: the answers of `git check-ignore -v -n --no-index`.
public struct IgnoreTree: Sendable {
  private let exclude: IgnoreFile?
  private let files: [[UInt8]: IgnoreFile]

  /// Gathers the ignore files, one a folder (a second one of the same base replaces the first), and
  /// `.git/info/exclude`, which comes after all of them.
  public init(_ files: [IgnoreFile], exclude: IgnoreFile? = nil) {
    self.exclude = exclude
    self.files = Dictionary(files.map { ($0.base, $0) }) { _, last in last }
  }

  /// The pattern that decides about a path from the root: for a path in an ignored folder the one that ignores the topmost
  /// such folder (ignore files in there are not read), else the path's own. Nil when none matches.
  public func decision(for path: Span<UInt8>, isDirectory: Bool) -> IgnoreDecision? {
    var rules = IgnoreRules(exclude: exclude)
    var folder: [UInt8] = []
    if let file = files[folder] { rules.append(file) }
    for index in path.indices {
      if path[index] == UInt8(ascii: "/") {
        if let decision = rules.decision(for: folder.span, isDirectory: true), !decision.isNegated { return decision }
        if let file = files[folder] { rules.append(file) }
      }
      folder.append(path[index])
    }
    return rules.decision(for: path, isDirectory: isDirectory)
  }

  /// Whether a path, or a folder it is in, is ignored.
  public func isIgnored(_ path: Span<UInt8>, isDirectory: Bool) -> Bool {
    guard let decision = decision(for: path, isDirectory: isDirectory) else { return false }
    return !decision.isNegated
  }

  /// Answers for an array as `decision(for:isDirectory:)` does for a span.
  public func decision(for path: [UInt8], isDirectory: Bool) -> IgnoreDecision? {
    decision(for: path.span, isDirectory: isDirectory)
  }

  /// Answers for an array as `isIgnored(_:isDirectory:)` does for a span.
  public func isIgnored(_ path: [UInt8], isDirectory: Bool) -> Bool { isIgnored(path.span, isDirectory: isDirectory) }
}
