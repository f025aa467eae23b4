import Formats
@testable import Scanning

extension FuzzTarget {
  /// Input: a byte of options, pattern, divider, text.
  static let regex = FuzzTarget(
    name: "regex", promise: "matches lie within, in order, hold a required literal, and equal the Pike VM's"
  ) { bytes in
    guard let (head, text) = FuzzInput.halves(bytes), let flags = head.first,
      let source = String(validating: head.dropFirst(), as: UTF8.self)
    else { return }
    let syntax: Pattern.Syntax = flags & 16 == 0 ? .re2 : .ecma262
    do throws(FormatError) {
      let pattern = try Pattern(source, options: Pattern.Options(rawValue: flags & 15), syntax: syntax)
      RegexCheck(pattern: pattern, text: text).run()
    } catch {
      PositionCheck(Array(source.utf8)).check(error)
    }
  }
}

private struct RegexCheck {
  let pattern: Pattern
  let text: [UInt8]

  func run() {
    let matcher = Matcher(pattern)
    let matches = matcher.matches(in: text.span, limit: 50)
    var end = 0
    for match in matches {
      expect(match.range.lowerBound >= end && match.range.upperBound <= text.count, "\(match.range) overlaps")
      end = match.range.upperBound
      expect(match.groups.count == pattern.groupCount, "\(match.groups.count) groups of \(pattern.groupCount)")
      expect(match.groups.first == .some(match.range), "group 0 is the match")
      for case .some(let group) in match.groups {
        expect(group.lowerBound >= 0 && group.upperBound <= text.count, "a group lies outside of the text")
      }
      checkFacts(match.range)
    }
    expect(matcher.isMatch(in: text.span) == !matches.isEmpty, "there is a match, and there is none")
    expect(Matcher(pattern).matches(in: text.span, limit: 50) == matches, "a used matcher finds something else")
    // The other engine takes time by the size of the program times that of the text, and is not what is under fire.
    guard pattern.forwards.states.count * pattern.groupCount * (text.count + 1) <= 1 << 20 else { return }
    for start in Set([0, text.count / 2, end]) { checkAgainstThreads(from: start) }
  }

  /// What was derived from the pattern must be true of a match.
  private func checkFacts(_ range: Range<Int>) {
    expect(range.count >= pattern.minimumLength, "a match of \(range.count) bytes, at least \(pattern.minimumLength)")
    if let most = pattern.maximumLength {
      expect(range.count <= most, "a match of \(range.count) bytes, at most \(most)")
    }
    expect(!pattern.isAnchoredAtStart || range.lowerBound == 0, "an anchored match in the middle")
    guard let required = pattern.requiredLiterals else { return }
    let hasOne = required.literals.contains { literal in
      let latest = min(required.maximumOffset ?? .max, range.count)
      return (0...latest).contains { stands(literal, at: range.lowerBound + $0, before: range.upperBound) }
    }
    expect(hasOne, "a match without any of the literals that it must hold")
  }

  private func stands(_ literal: RequiredLiterals.Literal, at start: Int, before end: Int) -> Bool {
    guard start + literal.bytes.count <= end else { return false }
    return zip(text[start...], literal.bytes).allSatisfy { byte, wanted in
      byte == wanted || (literal.ignoresCase && (0x41...0x5A).contains(byte) && byte | 0x20 == wanted)
    }
  }

  private func checkAgainstThreads(from start: Int) {
    let found = Matcher(pattern).firstMatch(in: text.span, from: start)
    var threads = PikeVM(pattern.forwards, slotCount: 2 * pattern.groupCount)
    let groups = threads.match(in: text.span, start..<text.count, isAnchored: false)
    expect(
      found?.groups == groups, "from \(start) the automaton finds \(show(found?.groups)), the threads \(show(groups))")
  }

  private func show(_ groups: [Range<Int>?]?) -> String { groups.map { "\($0)" } ?? "nothing" }
}
