import Auditor
import Rules
import Testing

@Suite("DoD runs")
struct DoDAuditTests {
  @Test("judge every phase that has a document, and name every file that decided something")
  func all() throws {
    let world = try DoDWorld()
    try world.registry("phases:\n  P:\n    verdict: DESIGNED\n")
    try world.document("Q", "nothing\n")
    let outcome = try world.judged()
    #expect(outcome.phases.map(\.phaseID) == ["P", "Q"])
    #expect(outcome.phases.map(\.verdict) == [.proven, .partial])
    #expect(outcome.exitStatus == .incomplete)
    #expect(Set(outcome.inputs.map(\.role)) == ["dod", "evidence", "feed", "registry"])
    #expect(outcome.gitHead?.utf8.count == 40)
  }

  @Test("judge a named phase without a document, feed or registry")
  func absent() throws {
    let world = try DoDWorld()
    let outcome = try world.judged(.phase("NONE"))
    #expect(outcome.phases.map(\.verdict) == [.partial])
    #expect(outcome.unevaluated.isEmpty)
  }

  @Test("give no verdict for what is not UTF-8, with file and line, and judge the others")
  func undecodable() throws {
    let world = try DoDWorld()
    try AtomicFile.write([0x0A, 0x0A, 0xFF], to: world.root + "/docs/dod/DOD__BAD.md")
    let outcome = try world.judged()
    #expect(outcome.exitStatus == .noVerdict)
    #expect(outcome.phases.map(\.phaseID) == ["P"])
    #expect(outcome.unevaluated.map(\.location.description) == ["docs/dod/DOD__BAD.md:3:1"])
    try AtomicFile.write(Array("{}\n".utf8) + [0xC0, 0x80], to: world.root + "/observability/logs/activity_feed.jsonl")
    #expect(try world.judged(.phase("P")).unevaluated.map(\.location.line) == [2])
  }

  @Test("pass over lines that are no JSON, and say so; where operational proof is required they are an error")
  func badLines() throws {
    let world = try DoDWorld()
    try world.feed(["{", "", "[1]", #"{"phase_id":"P","action":"started","ts":1}"#])
    let outcome = try world.judged(.phase("P"))
    #expect(outcome.phases.first?.activity.eventCount == 1)
    #expect(outcome.findings.filter { $0.ruleID == "dod.feed-line-skipped" }.map(\.location.line) == [1])
    world.variables = ["LUKA_REQUIRE_OPERATIONAL_PROOF": "1"]
    try world.repository.write("dod:\n  operational_proof: [P]\n", to: "auditor.yaml")
    let strict = try world.judged(.phase("P"))
    #expect(strict.phases.isEmpty)
    #expect(strict.unevaluated.first?.message.hasPrefix("activity_feed_parse_failure:") == true)
  }

  @Test(
    "close the gate on a registry that cannot be understood",
    arguments: [
      "phases:\n  P:\n    requires: A\n", "phases: [P]\n", "a: [\n",
    ])
  func closedGate(registry: String) throws {
    let world = try DoDWorld()
    try world.registry(registry)
    let outcome = try world.judged()
    #expect(outcome.exitStatus == .noVerdict)
    #expect(outcome.phases.isEmpty)
  }

  @Test("judge under no other exit-code contract")
  func contract() throws {
    let world = try DoDWorld()
    try world.repository.write("frozen: false\n", to: "core/governance/tier3_abi.yaml")
    #expect(try world.judged().exitStatus == .noVerdict)
    world.variables = ["DOD_TIER3_ABI_PATH": "absent.yaml"]
    #expect(try world.judged().exitStatus == .noVerdict)
  }

  @Test("look at evidence as it is: folders are no content, long names and NULs are absent")
  func evidence() throws {
    let world = try DoDWorld()
    let long = String(repeating: "n", count: 300)
    try world.feed([
      #"{"phase_id":"P","action":"started","ts":1,"evidence":["proof","\#(long)","proof/a.txt\u0000x"],"hashes":{"proof":"aa"}}"#
    ])
    let missing = try #require(try world.judged(.phase("P")).phases.first).evidence.missing.map(\.code)
    let root = world.root
    #expect(
      missing == [
        "evidence.path_missing:\(root)/\(long)", "evidence.path_missing:\(root)/proof/a.txt\0x",
        "evidence.path_unreadable:\(root)/proof",
      ])
  }

  @Test("with nothing but fixtures are no pass")
  func fixtures() throws {
    let world = try DoDWorld()
    try world.registry("phases:\n  P:\n    kind: fixture\n")
    let outcome = try world.judged()
    #expect(outcome.exitStatus == .designed)
    #expect(outcome.findings.contains { $0.ruleID == "dod.only-fixtures" })
    #expect(try world.judged(.phase("P")).exitStatus == .clean)
  }

  @Test("refuse a feed path that climbs, and phases that are no file names")
  func names() throws {
    let world = try DoDWorld()
    #expect(try world.judged(.phase("../P")).exitStatus == .noVerdict)
    world.variables = ["LUKA_ACTIVITY_FEED_JSONL": "logs\\..\\feed.jsonl"]
    #expect(throws: DoDError.feedTraversal("logs\\..\\feed.jsonl")) { try world.settings() }
  }
}
