import Scanning
import Testing

@testable import Rules

@Suite("What sets checks off")
struct TriggerTests {
  @Test("every trigger is a pattern with literals of three bytes or more", arguments: SemanticCheck.allCases)
  func literals(check: SemanticCheck) throws {
    let pattern = try Pattern(check.trigger)
    #expect(pattern.requiredLiterals != nil)
    #expect(check.triggerProgram != nil)
  }

  @Test("the patterns of checks can be used")
  func patterns() {
    #expect(VerdictWords.record.isUsable && VerdictWords.announcement.isUsable && VerdictWords.refusal.isUsable)
    #expect(VerdictWords.record.matches(#"{\"verdict\":\"PASS\"}"#))
    #expect(VerdictWords.announcement.matches("gate 2: PASS"))
    #expect(!VerdictWords.announcement.matches("BYPASS"))
  }
}
