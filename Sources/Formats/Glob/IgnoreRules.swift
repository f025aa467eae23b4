/// The ignore files that apply in one folder of a walk.
///
/// A walk starts with the rules of the root and extends a copy with the ignore file of each folder it enters:
///
///     var rules = IgnoreRules(exclude: infoExclude)   // .git/info/exclude, below all others
///     rules.append(IgnoreFile(bytes, base: folder, source: "src/.gitignore"))
///     if rules.isIgnored(path.span, isDirectory: true) { … do not enter … }
///
/// Copying shares the compiled files. The questions are about a path alone, whose folders are known not to be ignored, as in
/// a walk that does not enter ignored folders; `IgnoreTree` answers for any path.
public struct IgnoreRules: Sendable {
  /// From the lowest precedence to the highest: from the root down.
  private var files: [IgnoreFile]

  /// Makes the rules of a root without an ignore file of its own.
  public init(exclude: IgnoreFile? = nil) {
    files = exclude.map { [$0] } ?? []
  }

  /// Adds the ignore file of a folder below all earlier ones.
  public mutating func append(_ file: IgnoreFile) {
    if !file.isEmpty { files.append(file) }
  }

  /// The same rules with the ignore file of a folder below.
  public func appending(_ file: IgnoreFile) -> IgnoreRules {
    var rules = self
    rules.append(file)
    return rules
  }

  /// The pattern that decides about a path from the root: in the deepest ignore file that has a match the last one, negated
  /// or not. Nil when none matches. Allocates nothing.
  public func decision(for path: Span<UInt8>, isDirectory: Bool) -> IgnoreDecision? {
    let nameStart = Self.nameStart(of: path)
    var index = files.count - 1
    while index >= 0 {
      if let match = files[index].lastMatch(path, nameStart: nameStart, isDirectory: isDirectory) {
        return IgnoreDecision(file: files[index], pattern: match)
      }
      index -= 1
    }
    return nil
  }

  /// Whether the decision about a path is to ignore it.
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

  private static func nameStart(of path: Span<UInt8>) -> Int {
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    return start
  }
}

/// The pattern that decides about a path.
public struct IgnoreDecision: Sendable {
  let file: IgnoreFile
  let pattern: Int

  /// The ignore file, as it was named when it was read.
  public var source: String { file.source }
  /// The line of the pattern, from 1; blank lines and comments count.
  public var line: Int { file.lineNumber(pattern) }
  /// The line without its line end and the blanks at its end, with its `!`.
  public var text: [UInt8] { file.text(pattern) }
  /// Whether the pattern takes the path back in (`!`).
  public var isNegated: Bool { file.isNegated(pattern) }
}
