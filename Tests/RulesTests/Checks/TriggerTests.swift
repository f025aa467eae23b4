import Scanning
import Testing

@testable import Rules

@Suite("What sets checks off")
struct TriggerTests {
  @Test("every trigger is a pattern with literals of two bytes or more", arguments: SemanticCheck.allCases)
  func literals(check: SemanticCheck) throws {
    for trigger in check.triggers.joined() {
      let required = try #require(try Pattern(trigger).requiredLiterals, "\(trigger)")
      #expect(required.minimumLength >= 2, "\(required.literals.map { String(decoding: $0.bytes, as: UTF8.self) })")
    }
    #expect(check.triggers.allSatisfy { !$0.isEmpty && $0.allSatisfy { SemanticCheck.program(of: $0) != nil } })
  }

  @Test(
    "every way to drop a status brings the check to a file",
    arguments: [
      "pytest || true", "set +e", "set -x +e", "pytest; true", "pytest\nexit 0", "pytest; :", "pytest;:", "\t-pytest",
      "\t@-pytest", "\t @ -pytest", "\t  -pytest",
    ])
  func dropping(script: String) {
    #expect(script.split(separator: "\n").contains { LineMatching(ExitStatusChecks.dropping).matches(String($0)) })
  }

  @Test("the patterns of checks can be used")
  func patterns() {
    #expect(VerdictWords.record.isUsable && VerdictWords.announcement.isUsable && VerdictWords.refusal.isUsable)
    #expect(FileRole.recordSigns.isUsable)
    #expect(VerdictWords.record.matches(#"{\"verdict\":\"PASS\"}"#))
    #expect(VerdictWords.announcement.matches("gate 2: PASS"))
    #expect(!VerdictWords.announcement.matches("BYPASS"))
  }
}
