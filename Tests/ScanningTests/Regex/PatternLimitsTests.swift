import Formats
import Testing

@testable import Scanning

@Suite("Patterns and texts that mean harm")
struct PatternLimitsTests {
  private static func limitName(_ source: String, _ syntax: Pattern.Syntax = .re2) -> String? {
    do throws(FormatError) {
      _ = try Pattern(source, syntax: syntax)
      return nil
    } catch {
      if case .limitExceeded(let name, _) = error.problem { return name }
      return "\(error)"
    }
  }

  @Test("Each limit has its name")
  func namesLimits() {
    let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
    #expect(PatternLimitsTests.limitName(deep) == "pattern depth")
    #expect(PatternLimitsTests.limitName(deep, .ecma262) == "pattern depth")
    #expect(PatternLimitsTests.limitName("\\pL{1000}") == "pattern program size")
    #expect(PatternLimitsTests.limitName("(?:a{30000}){30000}", .ecma262) == "pattern program size")
    #expect(PatternLimitsTests.limitName("a{1001}") == "pattern repeat count")
    #expect(PatternLimitsTests.limitName("(a{100}){11}") == "pattern repeat count")
    #expect(PatternLimitsTests.limitName(String(repeating: "(a)", count: 3_000)) == "pattern groups")
  }

  @Test("Repeating nothing, however often, costs nothing")
  func repeatsNothing() throws {
    let source = "(?:(?:(?:){1000000}|^){1000000}(?:a{0}){1000000}){1000000}"
    #expect(try Pattern(source, syntax: .ecma262).forwards.states.count < 50)
  }

  @Test("Patterns as deep as allowed work")
  func worksAtTheLimit() throws {
    let levels = 900
    let source = String(repeating: "(", count: levels) + "a" + String(repeating: ")", count: levels)
    #expect(found(try Pattern(source), in: "bab") == ["a"])
  }

  @Test("Bytes that are no UTF-8 match \\C only, and nothing crashes")
  func takesAnyBytes() throws {
    let text: [UInt8] = [0xFF, 0x61, 0xC3, 0xE2, 0x82, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0x62]
    #expect(try Pattern("(?s).").matches(in: text.span).map(\.range) == [1..<2, 12..<13])
    #expect(try Pattern("[^b]").matches(in: text.span).map(\.range) == [1..<2])
    #expect(try Pattern("\\C").matches(in: text.span).count == text.count)
    #expect(try Pattern("a\\C+b").firstMatch(in: text.span)?.range == 1..<13)
    #expect(try Pattern("").matches(in: text.span).map(\.range.lowerBound) == [0, 1, 2, 3, 5, 8, 12, 13])
  }

  @Test("An empty text is searched like any other")
  func searchesNothing() throws {
    let nothing: [UInt8] = []
    #expect(try Pattern("^$").matches(in: nothing.span).map(\.range) == [0..<0])
    #expect(try Pattern("a").firstMatch(in: nothing.span) == nil)
    #expect(try Pattern("a").firstMatch(in: nothing.span, from: 5) == nil)
  }
}
