import Scanning
import Testing

@testable import Rules

@Suite("What sets checks off")
struct TriggerTests {
  @Test("every trigger is a pattern with literals of three bytes or more", arguments: SemanticCheck.allCases)
  func literals(check: SemanticCheck) throws {
    for trigger in check.triggers {
      let required = try #require(try Pattern(trigger).requiredLiterals, "\(trigger)")
      #expect(required.minimumLength >= 3, "\(required.literals.map { String(decoding: $0.bytes, as: UTF8.self) })")
    }
    #expect(check.triggerPrograms.count == check.triggers.count)
  }

  @Test("the patterns of checks can be used")
  func patterns() {
    #expect(VerdictWords.record.isUsable && VerdictWords.announcement.isUsable && VerdictWords.refusal.isUsable)
    #expect(VerdictWords.record.matches(#"{\"verdict\":\"PASS\"}"#))
    #expect(VerdictWords.announcement.matches("gate 2: PASS"))
    #expect(!VerdictWords.announcement.matches("BYPASS"))
  }
}
