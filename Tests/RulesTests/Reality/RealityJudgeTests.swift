import Formats
import RealitySamples
import Rules
import Testing

/// What is done to an honest bundle, and the code that must be among the answer's.
struct RealityCase: CustomTestStringConvertible {
  let code: String
  let changes: [RealityFixture.Change]
  let facts: RealityFacts?

  init(_ code: String, _ changes: RealityFixture.Change..., facts: RealityFacts? = nil) {
    self.code = code
    self.changes = changes
    self.facts = facts
  }

  var testDescription: String { code }
}

@Suite struct RealityJudgeTests {
  @Test func anHonestBundleIsREAL() {
    let result = RealityFixture.honest.judge()
    #expect(result.allReasons.map(\.code) == [])
    #expect(result.status == .green)
    #expect(result.verdict == .real)
    #expect(result.targeted == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test(arguments: RealityCase.all)
  func eachRuleIsSeen(_ rule: RealityCase) {
    let fixture = RealityFixture.honest.changed(rule.changes)
    #expect(fixture.mistakes == [])
    let result = fixture.judge(rule.facts)
    #expect(result.allReasons.map(\.code).contains(rule.code))
    #expect(result.status != .green)
    #expect(result.verdict != .real)
    #expect(result.allReasons.allSatisfy { !$0.explanation.isEmpty })
  }

  @Test func aGateAloneIsGreenAndProvesNothing() {
    let result = RealityFixture.honest.judge(gates: [4])
    #expect(result.status == .green)
    #expect(result.verdict == .unproven)
    #expect(result.gates.map(\.result).filter { $0 == "NOT_TARGETED" }.count == 6)
  }

  @Test func theClaimNamesTheGates() {
    let fixture = RealityFixture.honest.changed([
      .write(.passFail, "TARGET GATES: 2, 3\nFINAL STATUS: GREEN\nGATE 1: PASS all of it\nGATE 7: NOT_TARGETED\n")
    ])
    let result = fixture.judge()
    #expect(result.targeted == [1, 2, 3])
    #expect(result.verdict == .real)
  }

  @Test func claimingLessThanWasProvedIsNoContradiction() {
    let claim = RealityFixture.honest.changed([.replace(.passFail, "GREEN", with: "YELLOW")])
    #expect(claim.judge().status == .green)
  }

  @Test func anAdmittedFailureIsYellow() {
    let result = RealityFixture.honest.changed([
      .replace(.storageState, #""before": 9, "after": 9"#, with: #""before": 9, "after": 8"#),
      .replace(.passFail, "GREEN", with: "YELLOW"), .replace(.passFail, "GATE 2: PASS", with: "GATE 2: FAIL"),
    ]).judge()
    #expect(result.allReasons.map(\.code) == ["GATE2.RECORDS_LOST"])
    #expect(result.status == .yellow)
    #expect(result.verdict == .hollow)
  }

  @Test func aDeclaredDifferenceIsNone() {
    let result = RealityFixture.honest.changed([
      .replace(
        .replayReport,
        #""safety_verdict": "HOLD", "approval_required": true, "trace_hash": "\#(holdTrace)"}, "declared_difference": null"#,
        with:
          #""safety_verdict": "ALLOW", "approval_required": true, "trace_hash": "\#(holdTrace)"}, "declared_difference": {"fields": ["safety_verdict"], "reason": "the policy was corrected"}"#
      )
    ])
    #expect(result.mistakes == [])
    #expect(result.judge().allReasons.map(\.code) == [])
  }

  @Test func aDatabaseThatAgreesIsGreen() {
    let facts = RealityFacts(
      database: .counted(
        rows: ["audit": 10], auditIDs: Set(RealityFixture.auditIDs.map(RealityDatabase.AuditIDCell.text))),
      composeDigest: SHA256.digest(Array("compose".utf8)))
    let fixture = RealityFixture.honest.changed(RealityFixture.inDatabase)
    #expect(fixture.mistakes == [])
    #expect(fixture.judge(facts, gates: [1, 2, 3]).allReasons.map(\.code) == [])
  }

  @Test func nothingAtAllIsNoArtifacts() {
    let result = RealityJudge.judge(
      RealityDocuments(runID: "gone", files: [.passFail: .content(Array("FINAL STATUS: GREEN\n".utf8))]),
      RealityFacts(database: nil, composeDigest: nil))
    #expect(result.reasons.map(\.code).contains("BUNDLE.NO_ARTIFACTS"))
    #expect(result.status == .red)
    #expect(result.verdict == .unproven)
  }

  @Test func aConfigHashMayBeCanonical() throws {
    let fixture = RealityFixture.honest
    let snapshot = try JSON.read(Array((fixture.texts[.configSnapshot] ?? "").utf8))
    let canonical = CanonicalJSON.digest(of: snapshot).hex
    let plain = RealityFixture.sha256(fixture.texts[.configSnapshot])
    for text in ["sha256:\(plain)", "\(plain)  config_snapshot.json\n"] {
      #expect(fixture.changed([.write(.configHash, text)]).judge().status == .green)
    }
    let result = fixture.changed([
      .write(.configHash, "sha256-canonical:\(canonical)"), .replace(.replayReport, plain, with: canonical),
    ]).judge()
    #expect(result.allReasons.map(\.code) == [])
  }

  private var holdTrace: String {
    RealityFixture.trace(["telemetry_ingested", "belief_formed", "intent_frozen", "operator_action", "intent_executed"])
  }
}
