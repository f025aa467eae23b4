import RealitySamples
import Rules
import Testing

/// A green bundle has to show that it can turn red.
@Suite struct RealityMutationTests {
  private func prove(_ fixture: RealityFixture, gates: Set<Int> = [], database: RealityDatabase? = nil) -> GateProof {
    RealityMutations(
      runID: RealityFixture.run, files: fixture.files, facts: RealityFacts(database: database, composeDigest: nil),
      gates: gates
    ).prove()
  }

  @Test func everyMutationOfAnHonestBundleIsKilled() {
    let proof = prove(.honest)
    #expect(proof.survivors.map(\.mutation.id) == [])
    #expect(proof.applied.count == proof.results.count)
    #expect(proof.exitStatus == .clean)
  }

  @Test(arguments: 1...7)
  func aGateAloneKillsWhatAttacksIt(_ gate: Int) {
    let proof = prove(.honest, gates: [gate])
    #expect(proof.survivors.map(\.mutation.id) == [])
    #expect(proof.applied.count > 3)
  }

  @Test func aDatabaseIsAttackedToo() {
    let ids = Set(RealityFixture.auditIDs.map(RealityDatabase.AuditIDCell.text))
    let proof = prove(
      .honest.changed(RealityFixture.inDatabase), database: .counted(rows: ["audit": 10], auditIDs: ids))
    #expect(proof.survivors.map(\.mutation.id) == [])
    #expect(proof.refusal == nil)
  }

  @Test func whatIsNotGreenProvesNothing() {
    let proof = prove(.honest.changed([.remove(.serviceLog)]))
    #expect(proof.refusal != nil)
    #expect(proof.exitStatus == .noVerdict)
  }

  @Test func aMutationThatChangesNothingIsNotCounted() {
    let proof = prove(.honest.changed([.remove(.operatorActions)]), gates: [1])
    #expect(proof.results.allSatisfy { $0.outcome == .killed })
    let without = prove(.honest, gates: [1]).results.map(\.mutation.id)
    #expect(!without.contains("hide-action"))
  }
}
