import Rules
import Testing

@Suite("The verdict on a phase")
struct VerdictTests {
  private static let digest = String(repeating: "0f", count: 32)

  @Test("is PROVEN when commit, metadata, chain, evidence and gate hold; incomplete events alone do not lower it")
  func proven() throws {
    let result = try PhaseWorld().judged()
    #expect(result.verdict == .proven)
    #expect(codes(result) == ["taxonomy.incomplete_event"])
    #expect(result.missing.first?.location == Location(path: "feed.jsonl", line: 1))
  }

  @Test(
    "is PARTIAL without a commit, whatever else there is",
    arguments: [
      PhaseFacts.Commit.unnamed, .unreachable(isShallow: false), .unreachable(isShallow: true),
    ])
  func commit(commit: PhaseFacts.Commit) throws {
    var world = PhaseWorld()
    world.commit = commit
    world.feed = []
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(codes(result).contains("metadata.commit_sha_unreachable"))
    #expect(result.findings.map(\.ruleID) == (commit == .unreachable(isShallow: true) ? ["dod.shallow-history"] : []))
  }

  @Test(
    "is DESIGNED without a started, else PARTIAL",
    arguments: [
      ([], Verdict.designed), ([0], .partial), ([1], .designed), ([1, 2], .designed), ([0, 1], .partial),
      ([0, 2], .partial),
    ])
  func actions(kept: [Int], verdict: Verdict) throws {
    var world = PhaseWorld()
    world.feed = kept.map { world.feed[$0] }
    let result = try world.judged()
    #expect(result.verdict == verdict)
    #expect(codes(result).count { $0.hasPrefix("activity.") } == 3 - kept.count)
  }

  @Test("is taken back by a new started")
  func restarted() throws {
    var world = PhaseWorld()
    world.feed.append(#"{"phase_id":"P","action":"started","ts":"2026-01-02T00:00:00Z"}"#)
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(result.activity.orderOK)
    #expect(!result.activity.latestOrderOK)
    #expect(codes(result).contains("activity.order_invalid"))
  }

  @Test("is PARTIAL without metadata, with nothing missing")
  func metadata() throws {
    var world = PhaseWorld()
    world.document = "- **Gate**: G1\n"
    world.add(#""emit_mode":"m","verifier_mode":"v","tool":"t","run_id":"r","ts_epoch_ms":null"#)
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(result.missing.isEmpty)
  }

  @Test("rests on evidence: absent, unreadable, climbing and changed files are named with their claim")
  func evidence() throws {
    var world = PhaseWorld()
    world.document += "path: a\npath: ../b\npath: /x/c sha256: \(Self.digest)\n"
    world.evidence.states = ["/r/a": .unreadable, "/x/c": .readable]
    world.evidence.digests = ["/x/c": .digest(String(repeating: "1f", count: 32))]
    world.evidence.outsideRoot = ["/x/c"]
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(
      result.evidence.missing.map(\.code) == [
        "evidence.path_unreadable:/r/a", "evidence.path_traversal:../b", "evidence.hash_mismatch:/x/c",
      ])
    #expect(result.evidence.missing.map(\.location.line) == [4, 5, 6])
    #expect(result.findings.map(\.ruleID) == ["dod.evidence-outside-root"])
  }

  @Test("rests on what events claim in every form; what is no claim is told")
  func eventClaims() throws {
    var world = PhaseWorld()
    world.feed[0] = String(world.feed[0].dropLast()) + #","evidence":["a",{"path":"b","file":"c"},7],"hashes":{"d":9}}"#
    world.feed[1] = String(world.feed[1].dropLast()) + #","evidence":{"report":" e "}}"#
    world.feed[2] = String(world.feed[2].dropLast()) + #","evidence":"..\\f","hashes":{"../g":"SHA256:AB"}}"#
    let result = try world.judged()
    #expect(result.evidence.paths == ["/r/a", "/r/c", "/r/b", "/r/e", "/r/..\\f"])
    #expect(
      result.evidence.missing.map(\.code).suffix(2) == [
        "evidence.path_traversal:..\\f", "evidence.path_traversal:/r/../g",
      ])
    #expect(result.findings.map(\.ruleID) == ["dod.claim-not-understood", "dod.claim-not-understood"])
  }

  @Test("rests on the gate")
  func gate() throws {
    var world = PhaseWorld()
    world.registry = "phases:\n  P: {requires: [A, B, C]}\n  A: {verdict: PROVEN}\n  B: {verdict: proven}\n"
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(result.gate.missing.map(\.code) == ["gate.requires_not_proven:B", "gate.requires_not_proven:C"])
    #expect(result.gate.prerequisites.map(\.verdict) == ["PROVEN", "proven", "DESIGNED"])
  }

  @Test(
    "is PARTIAL where the registry claims PROVEN without an artifact",
    arguments: [
      ("{verdict: PROVEN}", FileState?.none, false), ("{verdict: PROVEN, evidence_path: a}", .absent, false),
      ("{verdict: PROVEN, evidence_path: a}", .readable, true), ("{verdict: PARTIAL}", nil, true),
      ("{verdict: PROVEN, evidence_path: ../a}", nil, false),
    ])
  func artifact(entry: String, artifact: FileState?, isIntact: Bool) throws {
    var world = PhaseWorld()
    world.registry = "phases:\n  P: \(entry)\n"
    world.artifact = artifact
    let result = try world.judged()
    #expect(result.isRegistryIntact == isIntact)
    #expect(result.verdict == (isIntact ? .proven : .partial))
    #expect(result.findings.contains { $0.ruleID == "dod.registry-contradicted" } == !isIntact)
  }

  @Test("is PARTIAL where the registry's entry is no mapping")
  func malformedEntry() throws {
    var world = PhaseWorld()
    world.registry = "phases:\n  P: PROVEN\n"
    let result = try world.judged()
    #expect(result.verdict == .partial)
    #expect(codes(result).contains("registry.entry_malformed"))
  }

  @Test(
    "asks targets for operational proof where it is required",
    arguments: [
      (
        #""emit_mode":"runtime_auto","verifier_mode":"operational_proof","tool":"t","run_id":"r","ts_utc":"z""#,
        [0, 0, 0],
        Verdict.proven, [String]()
      ),
      (
        #""emit_mode":"manual","verifier_mode":"operational_proof","tool":"t","run_id":"r","ts_utc":"z""#, [0, 0, 0],
        .partial, ["proof.synthetic_not_allowed"]
      ),
      (
        #""emit_mode":"runtime_auto","verifier_mode":"operational_proof","tool":"t","run_id":"r""#, [0, 0, 0],
        .partial, ["proof.synthetic_not_allowed", "taxonomy.incomplete_event"]
      ),
      (
        #""emit_mode":"runtime_auto","verifier_mode":"operational_proof","tool":"t","ts_utc":"z""#, [1, 2, 3],
        .partial, ["taxonomy.incomplete_event", "taxonomy.run_id_mismatch"]
      ),
    ] as [(String, [Int], Verdict, [String])])
  func operational(members: String, runs: [Int], verdict: Verdict, expected: [String]) throws {
    var world = PhaseWorld()
    world.policy = OperationalPolicy(isRequired: true, targets: ["*"])
    world.add(members)
    world.feed = zip(world.feed, [1, 2, 3]).map { $0.dropLast() + #","ts_epoch_ms":176722560\#($1)000}"# }
    if runs != [0, 0, 0] { world.feed = zip(world.feed, runs).map { $0.dropLast() + #","run_id":"\#($1)"}"# } }
    let result = try world.judged()
    #expect(result.verdict == verdict)
    #expect(codes(result) == expected)
  }

  @Test("over all phases counts no fixtures, and nothing but fixtures is no pass")
  func exitStatus() throws {
    var world = PhaseWorld()
    world.registry = "phases:\n  P: {kind: Fixture}\n"
    let fixture = try world.judged()
    let proven = try PhaseWorld().judged()
    world = PhaseWorld()
    world.feed = []
    let designed = try world.judged()
    #expect(PhaseResult.exitStatus(of: [fixture], overAllPhases: true) == .designed)
    #expect(PhaseResult.exitStatus(of: [fixture], overAllPhases: false) == .clean)
    #expect(PhaseResult.exitStatus(of: [fixture, proven], overAllPhases: true) == .clean)
    #expect(PhaseResult.exitStatus(of: [proven, designed], overAllPhases: true) == .designed)
  }

  private func codes(_ result: PhaseResult) -> [String] { result.missing.map(\.code) }
}
