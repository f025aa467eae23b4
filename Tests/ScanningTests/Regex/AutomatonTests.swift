import Testing

@testable import Scanning

@Suite("The lazy automaton agrees with the thread machine")
struct AutomatonTests {
  @Test("On made patterns and texts, from every place", arguments: 0..<12)
  func agrees(seed: Int) throws {
    var numbers = SeededNumbers(state: UInt64(seed))
    for _ in 0..<60 {
      let source = numbers.pattern(depth: 1 + numbers.next(below: 4))
      let pattern = try Pattern(source, options: numbers.next(below: 4) == 0 ? .caseInsensitive : [])
      let matcher = Matcher(pattern)
      var threads = PikeVM(pattern.forwards, slotCount: 2 * pattern.groupCount)
      for _ in 0..<8 {
        let text = numbers.text()
        let start = numbers.next(below: text.count + 1)
        let expected = threads.match(in: text.span, start..<text.count, isAnchored: false)
        let match = matcher.firstMatch(in: text.span, from: start)
        #expect(match?.groups == expected, "\(source) in \(text) from \(start)")
        #expect(matcher.isMatch(in: text.span, from: start) == (expected != nil), "\(source) in \(text)")
      }
    }
  }

  @Test("While it forgets its states all the time", arguments: 0..<4)
  func agreesWithoutMemory(seed: Int) throws {
    var numbers = SeededNumbers(state: 100 + UInt64(seed))
    for _ in 0..<60 {
      let source = numbers.pattern(depth: 3)
      let pattern = try Pattern(source)
      var automaton = LazyDFA(pattern.forwards, .first, budget: 1)
      var threads = PikeVM(pattern.forwards, slotCount: 2)
      for _ in 0..<5 {
        let text = numbers.text()
        let expected = threads.match(in: text.span, 0..<text.count, isAnchored: false)?[0]?.upperBound
        #expect(
          automaton.end(in: text.span, 0..<text.count, isAnchored: false) == expected, "\(source) in \(text)")
      }
    }
  }

  @Test("When the match has to begin, and to end, within bounds", arguments: 0..<4)
  func agreesWithinBounds(seed: Int) throws {
    var numbers = SeededNumbers(state: 200 + UInt64(seed))
    for _ in 0..<60 {
      let source = numbers.pattern(depth: 3)
      let pattern = try Pattern(source)
      let matcher = Matcher(pattern)
      var threads = PikeVM(pattern.forwards, slotCount: 2)
      for _ in 0..<5 {
        let text = numbers.text()
        let start = numbers.next(below: text.count + 1)
        let end = start + numbers.next(below: text.count - start + 1)
        let latest = start + numbers.next(below: end - start + 1)
        var expected: Range<Int>?
        for place in start...latest where expected == nil {
          expected = threads.match(in: text.span, place..<end, isAnchored: true)?[0]
        }
        #expect(
          matcher.firstRange(in: text.span, from: start, latestStart: latest, end: end) == expected,
          "\(source) in \(text) from \(start) to \(latest), \(end)")
      }
    }
  }

  @Test("Conditions inside loops see the next byte in time")
  func waitsForConditions() throws {
    #expect(found(try Pattern("(?m)(?:$|\n)*"), in: "\n\n") == ["", "", ""])
    #expect(found(try Pattern("(?:\\b|a)*"), in: "aa") == ["", "a"])
  }
}
