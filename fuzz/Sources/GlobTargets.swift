import Formats

extension FuzzTarget {
  /// Input: ignore file, divider, a path a line.
  static let gitignore = FuzzTarget(
    name: "gitignore", promise: "a decision names a line of the file; rules and tree agree; `!` alone un-ignores"
  ) { bytes in
    guard let (text, paths) = FuzzInput.halves(bytes) else { return }
    let file = IgnoreFile(text, base: [], source: ".gitignore")
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    var rules = IgnoreRules()
    rules.append(file)
    let tree = IgnoreTree([file])
    for path in paths.split(separator: 0x0A).prefix(50).map(Array.init) where isPath(path) {
      for isDirectory in [false, true] {
        let decision = rules.decision(for: path, isDirectory: isDirectory)
        if let decision { expectWritten(decision, lines) }
        let isIgnored = rules.isIgnored(path, isDirectory: isDirectory)
        expect(isIgnored == (decision.map { !$0.isNegated } ?? false), "ignored, and not by its decision")
        let inTree = tree.decision(for: path, isDirectory: isDirectory)
        if !path.contains(UInt8(ascii: "/")) {
          expect(inTree?.line == decision?.line, "rules and tree decide differently about a name in the root")
        }
        if isIgnored { expect(inTree != nil, "a path is ignored by the rules and not in the tree") }
      }
    }
  }

  private static func expectWritten(_ decision: IgnoreDecision, _ lines: [ArraySlice<UInt8>]) {
    expect((1...lines.count).contains(decision.line), "line \(decision.line) of \(lines.count)")
    var line = lines[decision.line - 1]
    if decision.line == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    expect(line.starts(with: decision.text), "the deciding pattern does not stand on its line")
    expect(decision.isNegated == (decision.text.first == UInt8(ascii: "!")), "`!` and only `!` negates")
  }

  /// Paths from a root, as a tree walk makes them.
  private static func isPath(_ path: [UInt8]) -> Bool {
    path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
  }

  /// Input: glob, divider, a path a line.
  static let glob = FuzzTarget(
    name: "glob", promise: "matching agrees with a plain backtracking matcher; covering follows from matching"
  ) { bytes in
    guard let (text, paths) = FuzzInput.halves(bytes), let pattern = String(validating: text, as: UTF8.self) else {
      return
    }
    do throws(FormatError) {
      let glob = try Glob(pattern)
      for path in paths.split(separator: 0x0A).prefix(50).map(Array.init) where isPath(path) {
        let matches = glob.matches(path)
        if matches { expect(glob.matches(path, isDirectory: true), "a file matches, a folder of its name does not") }
        if matches { expect(glob.covers(path), "what matches is not covered") }
        if let expected = PlainGlob(text)?.matches(path) {
          expect(matches == expected, "'\(pattern)' \(matches ? "matches" : "does not match") '\(show(path))'")
        }
      }
    } catch {
      PositionCheck(text).check(error)
    }
  }

  private static func show(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}

/// Globs of literals, `?`, `*` and `**` only, matched by plain backtracking: slow, and short enough to be seen right.
private struct PlainGlob {
  private let segments: [[UInt8]]

  /// Nil for globs that it does not know, or that would take too long.
  init?(_ pattern: [UInt8]) {
    guard pattern.count <= 12, !pattern.contains(where: { "[]{}\\,".utf8.contains($0) }) else { return nil }
    var parts = pattern.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
    if parts.count == 1 { parts.insert(Array("**".utf8), at: 0) }
    if parts.first?.isEmpty ?? false { parts.removeFirst() }
    // Folders only, double slashes, and a `**` at the end or as a part of a name have rules of their own.
    guard parts.allSatisfy({ !$0.isEmpty }), parts.last != Array("**".utf8) else { return nil }
    for part in parts where part.count != 2 && Self.holdsTwoStars(part) { return nil }
    segments = parts
  }

  private static func holdsTwoStars(_ part: [UInt8]) -> Bool {
    zip(part, part.dropFirst()).contains { $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "*") }
  }

  func matches(_ path: [UInt8]) -> Bool? {
    guard path.count <= 24 else { return nil }
    let names = path.split(separator: UInt8(ascii: "/")).map(Array.init)
    return matches(segments[...], names[...])
  }

  private func matches(_ segments: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
    guard let segment = segments.first else { return names.isEmpty }
    if segment == Array("**".utf8) {
      return (0...names.count).contains { matches(segments.dropFirst(), names.dropFirst($0)) }
    }
    guard let name = names.first, matches(segment[...], name[...]) else { return false }
    return matches(segments.dropFirst(), names.dropFirst())
  }

  private func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == UInt8(ascii: "*") {
      return (0...name.count).contains { matches(pattern.dropFirst(), name.dropFirst($0)) }
    }
    guard let byte = name.first, first == UInt8(ascii: "?") || first == byte else { return false }
    return matches(pattern.dropFirst(), name.dropFirst())
  }
}
