import Testing

@testable import Scanning

/// Steps are bytes read and program states visited; time is not measured.
@Suite("Matching takes linear time")
struct LinearTimeTests {
  private static func steps(_ pattern: Pattern, _ text: [UInt8]) -> Int {
    let matcher = Matcher(pattern)
    _ = matcher.firstMatch(in: text.span)
    return matcher.steps
  }

  @Test(
    "Patterns that ruin backtracking take steps in proportion to the text",
    arguments: ["(a*)*b", "(a|aa)*c", "(a+a+)+b", "(?:a?){20}a{20}b", "(a|b|ab)*$x", "(?:(?:a*)*)*b", "\\b(a+)+\\bb"])
  func automatonIsLinear(source: String) throws {
    let pattern = try Pattern(source)
    let short = LinearTimeTests.steps(pattern, [UInt8](repeating: UInt8(ascii: "a"), count: 2_000))
    let long = LinearTimeTests.steps(pattern, [UInt8](repeating: UInt8(ascii: "a"), count: 20_000))
    #expect(long <= 10 * short)
    #expect(short <= 2_000 * 2 + 100 * pattern.forwards.states.count)
  }

  @Test("Following groups is linear too", arguments: ["(a*)*", "(a|aa)*", "((a+)(a+))+", "(?:(a?)){20}a{20}"])
  func groupsAreLinear(source: String) throws {
    let pattern = try Pattern(source)
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 5_000)
    var threads = PikeVM(pattern.forwards, slotCount: 2 * pattern.groupCount)
    #expect(threads.match(in: text.span, 0..<text.count, isAnchored: true) != nil)
    #expect(threads.steps <= 2 * pattern.forwards.states.count * (text.count + 1))
  }

  @Test("An automaton with far too many states stays linear and within its memory")
  func forgettingIsLinear() throws {
    let pattern = try Pattern("(?:a|b)*a(?:a|b){14}c")
    var numbers = SeededNumbers(state: 1)
    let text = (0..<20_000).map { _ in numbers.pick([UInt8(ascii: "a"), UInt8(ascii: "b")]) }
    var automaton = LazyDFA(pattern.forwards, .first, budget: 20_000)
    #expect(automaton.end(in: text.span, 0..<text.count, isAnchored: false) == nil)
    #expect(automaton.restarts > 10)
    #expect(automaton.table.count * 4 <= 20_000)
    #expect(automaton.steps <= 4 * pattern.forwards.states.count * text.count)
  }
}
