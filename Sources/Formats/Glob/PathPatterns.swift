/// One compiled path pattern: numbers only, so that going through hundreds of them per path moves no references. Its bytes
/// and elements lie in the arenas of the `PathPatterns` it belongs to.
struct PathPattern: Sendable {
  /// How a pattern is matched; the first two cover nearly all ignore files and need no wildcard run.
  enum Shape: UInt8, Sendable {
    /// A name at any depth, letter for letter: `node_modules`.
    case literalName
    /// The end of a name at any depth: `*.o`.
    case nameSuffix
    /// A name at any depth with other wildcards.
    case name
    /// A path from the base, its literal start and then wildcards: `/build`, `src/*.c`.
    case path
    /// Malformed or empty.
    case never
  }

  var shape: Shape
  var isDirectoryOnly: Bool
  /// The byte that a match ends with, or -1 when that is open.
  var lastByte: Int16 = -1
  /// A match has no fewer bytes.
  var minimumCount: Int
  /// The literal name, suffix or start of the path.
  var literalStart = 0
  var literalCount = 0
  /// The elements behind the literal.
  var opsStart = 0
  var opsCount = 0
}

/// Patterns that were compiled into common arenas.
struct PathPatterns: Sendable {
  private(set) var patterns: [PathPattern] = []
  private var literals: [UInt8] = []
  private var ops: [UInt32] = []
  private var sets: [WildcardSet] = []
  /// The numbers of the patterns, ascending within each bucket; a bucket for each last byte and one for open ones.
  private var byLastByte: [Int32] = []
  private var bucketEnds: [Int32] = []

  /// Whether the pattern of an index matches a path. `path` is relative to the base of the patterns, its name begins at
  /// `nameStart`.
  func matches(_ index: Int, _ path: Span<UInt8>, nameStart: Int, isDirectory: Bool) -> Bool {
    let pattern = patterns[index]
    if pattern.isDirectoryOnly && !isDirectory { return false }
    let textStart = pattern.shape == .path ? 0 : nameStart
    let count = path.count - textStart
    guard count >= pattern.minimumCount, count > 0 else { return false }
    if pattern.lastByte >= 0, pattern.lastByte != Int16(path[path.count - 1]) { return false }
    switch pattern.shape {
    case .literalName:
      return count == pattern.literalCount && hasLiteral(pattern, path, at: textStart)
    case .nameSuffix:
      return hasLiteral(pattern, path, at: path.count - pattern.literalCount)
    case .name, .path:
      guard hasLiteral(pattern, path, at: textStart) else { return false }
      if pattern.opsCount == 0 { return count == pattern.literalCount }
      return Wildcard.matches(
        ops.span.extracting(pattern.opsStart..<(pattern.opsStart + pattern.opsCount)), sets.span,
        path.extracting((textStart + pattern.literalCount)...))
    case .never:
      return false
    }
  }

  /// The last pattern that matches a path, or nil. Only those are tried that can end with the path's last byte, which
  /// leaves a few of hundreds; `sortByLastByte` must have been called.
  func lastMatch(_ path: Span<UInt8>, nameStart: Int, isDirectory: Bool) -> Int? {
    guard path.count > 0, !bucketEnds.isEmpty else { return nil }
    let bucket = Int(path[path.count - 1])
    let closedStart = bucket == 0 ? 0 : Int(bucketEnds[bucket - 1])
    let openStart = Int(bucketEnds[Self.openBucket - 1])
    var closed = Int(bucketEnds[bucket])
    var open = Int(bucketEnds[Self.openBucket])
    while true {
      let lastClosed = closed > closedStart ? Int(byLastByte[closed - 1]) : -1
      let lastOpen = open > openStart ? Int(byLastByte[open - 1]) : -1
      let candidate = max(lastClosed, lastOpen)
      guard candidate >= 0 else { return nil }
      if matches(candidate, path, nameStart: nameStart, isDirectory: isDirectory) { return candidate }
      if candidate == lastClosed { closed -= 1 } else { open -= 1 }
    }
  }

  /// Prepares `lastMatch`, when all patterns are there.
  mutating func sortByLastByte() {
    var counts = [Int32](repeating: 0, count: Self.openBucket + 1)
    for pattern in patterns where pattern.shape != .never { counts[Self.bucket(of: pattern)] += 1 }
    var next: [Int32] = []
    var total: Int32 = 0
    for count in counts {
      next.append(total)
      total += count
    }
    byLastByte = [Int32](repeating: 0, count: Int(total))
    for index in patterns.indices where patterns[index].shape != .never {
      let bucket = Self.bucket(of: patterns[index])
      byLastByte[Int(next[bucket])] = Int32(truncatingIfNeeded: index)
      next[bucket] += 1
    }
    bucketEnds = next
  }

  /// The bucket of patterns that may end with any byte.
  private static let openBucket = 256

  private static func bucket(of pattern: PathPattern) -> Int {
    pattern.lastByte < 0 ? openBucket : Int(pattern.lastByte)
  }

  private func hasLiteral(_ pattern: PathPattern, _ path: Span<UInt8>, at start: Int) -> Bool {
    let literals = literals.span
    for offset in 0..<pattern.literalCount where literals[pattern.literalStart + offset] != path[start + offset] {
      return false
    }
    return true
  }
}

extension PathPatterns {
  /// Compiles a pattern without its `!` (gitignore(5), "PATTERN FORMAT"): a slash at the end asks for a folder, one
  /// elsewhere ties the pattern to the base. Answers what is wrong with it; the pattern is there all the same and matches
  /// nothing.
  ///
  /// `detachesPrefix` compiles what follows the literal start by itself, as git does: `a**/b` is then `a` before `**/b`,
  /// and matches `ab`.
  @discardableResult
  mutating func append(_ pattern: Span<UInt8>, detachesPrefix: Bool) -> WildcardCompiler.Defect? {
    var body = pattern
    let isDirectoryOnly = body.count > 0 && body[body.count - 1] == UInt8(ascii: "/")
    if isDirectoryOnly { body = body.extracting(..<(body.count - 1)) }
    let isPath = Self.firstIndex(in: body) { $0 == UInt8(ascii: "/") } != nil
    if body.count > 0, body[0] == UInt8(ascii: "/") { body = body.extracting(1...) }
    guard body.count > 0 else {
      appendNever()
      return nil
    }
    let wildcard = Self.firstIndex(in: body, where: Self.isSpecial) ?? body.count
    if !isPath, wildcard == body.count {
      append(.literalName, body, isDirectoryOnly: isDirectoryOnly)
    } else if !isPath, body[0] == UInt8(ascii: "*"),
      Self.firstIndex(in: body.extracting(1...), where: Self.isSpecial) == nil
    {
      append(.nameSuffix, body.extracting(1...), isDirectoryOnly: isDirectoryOnly)
    } else {
      let isDetached = isPath && (detachesPrefix || wildcard == body.count)
      let literalCount = isDetached ? wildcard : 0
      var compiler = WildcardCompiler()
      do throws(WildcardCompiler.Defect) {
        try compiler.append(body.extracting(literalCount...))
      } catch {
        appendNever()
        return error
      }
      append(
        isPath ? .path : .name, body.extracting(..<literalCount), isDirectoryOnly: isDirectoryOnly, compiler)
    }
    return nil
  }

  private mutating func appendNever() {
    patterns.append(PathPattern(shape: .never, isDirectoryOnly: false, minimumCount: 0))
  }

  private mutating func append(
    _ shape: PathPattern.Shape, _ literal: Span<UInt8>, isDirectoryOnly: Bool,
    _ compiled: WildcardCompiler = WildcardCompiler()
  ) {
    var pattern = PathPattern(shape: shape, isDirectoryOnly: isDirectoryOnly, minimumCount: literal.count)
    pattern.literalStart = literals.count
    pattern.literalCount = literal.count
    for index in literal.indices { literals.append(literal[index]) }
    pattern.opsStart = ops.count
    pattern.opsCount = compiled.ops.count
    let setBase = UInt32(sets.count)
    for op in compiled.ops {
      ops.append(op >= WildcardOp.firstSet ? op + setBase : op)
      if !(WildcardOp.star...WildcardOp.directories).contains(op) { pattern.minimumCount += 1 }
    }
    sets += compiled.sets
    if let last = compiled.ops.last {
      pattern.lastByte = last < 256 ? Int16(last) : -1
    } else if literal.count > 0 {
      pattern.lastByte = Int16(literal[literal.count - 1])
    }
    patterns.append(pattern)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "\\")
  }

  private static func firstIndex(in bytes: Span<UInt8>, where isWanted: (UInt8) -> Bool) -> Int? {
    for index in bytes.indices where isWanted(bytes[index]) { return index }
    return nil
  }
}
