import Formats
import Testing

@testable import Rules

@Suite("Copy, identity and history tells")
struct IdentityTellsTests {
  /// An original with given steps, and a later chain of P with the same or other ones.
  private static func copy(
    _ first: Int64, _ second: Int64, later: (Int64, Int64)? = nil, run: String? = nil
  ) -> ForensicWorld {
    var world = ForensicWorld()
    world.prove("Q", .init([1_000, 1_000 + first, 1_000 + first + second], run: run))
    let (a, b) = later ?? (first, second)
    world.prove("P", .init([500_123, 500_123 + a, 500_123 + a + b], run: run))
    return world
  }

  @Test(
    "the same steps to the millisecond are a copy, where they are long, different and not round",
    arguments: [
      (Int64(21_257), Int64(9_407), Tell.Strength?.some(.strong)), (480, 20, .strong), (481, 19, nil), (479, 20, nil),
      (19, 900, nil), (700, 700, nil), (600, 300, nil), (600, 301, .strong),
    ])
  func copied(first: Int64, second: Int64, strength: Tell.Strength?) throws {
    let world = Self.copy(first, second)
    #expect(try world.strength(.chainCopied) == strength)
    #expect(try world.strength(.chainCopied, of: "Q") == nil)
  }

  @Test("one millisecond apart, or under one run id, it is no copy")
  func notCopied() throws {
    #expect(try Self.copy(21_257, 9_407, later: (21_257, 9_408)).strength(.chainCopied) == nil)
    #expect(try Self.copy(21_257, 9_407, run: "one").strength(.chainCopied) == nil)
  }

  @Test("an orchestrator that closes phases at once copies nothing")
  func sameInstants() throws {
    var world = ForensicWorld()
    world.prove("Q", .init([1_000, 22_257, 31_664]))
    world.prove("P", .init([1_000, 22_257, 31_664]))
    world.lines.sort { _, _ in false }
    world.lines = world.lines.enumerated().map { .init(written: Int64($0.offset), text: $0.element.text) }
    #expect(try world.strength(.chainCopied) == nil)
  }

  @Test("a very regular check meets itself by chance", arguments: [(5, Tell.Strength?.some(.strong)), (6, nil)])
  func regular(others: Int, strength: Tell.Strength?) throws {
    var world = Self.copy(21_257, 9_407)
    for other in 1...others {
      let other = Int64(other)
      let start = 10_000_000 + other * 100_000
      world.prove("R", .init([start, start + 21_257 + other * 8, start + 21_257 + other * 8 + 9_407]))
    }
    #expect(try world.strength(.chainCopied) == strength)
  }

  @Test(
    "a tool of repair that the document does not name is foreign",
    arguments: [
      ("dod-remediator", "text", Tell.Strength?.some(.weak)), ("DOD_BACK-FILL", "text", .weak),
      ("fix_up", "text", .weak),
      ("unit_for_gemini", "text", nil), ("pipeline", "text", nil),
      ("dod-remediator", "repaired by `tools/dod-remediator.py`", nil), ("tools/fixup.sh", "uses fixup here", nil),
    ])
  func repair(tool: String, document: String, strength: Tell.Strength?) throws {
    var world = ForensicWorld.honest { $0.tool = tool }
    world.documents["P"] = document
    #expect(try world.strength(.foreignTool) == strength)
    world.documents = [:]
    #expect(try world.strength(.foreignTool) == nil)
  }

  @Test(
    "a tool that the document does not list is foreign unless it leaves other lines",
    arguments: [
      ("- **Tool**: `tools/prover.py`, other", Tell.Strength?.some(.weak)),
      ("- **Tool**: `ci/pipeline.sh`, other", nil),
      ("- **Tool**: prover\n\nthe pipeline runs it", nil), ("- **Owner**: prover", nil),
    ])
  func unlisted(document: String, strength: Tell.Strength?) throws {
    var world = ForensicWorld.honest()
    world.documents["P"] = document
    #expect(try world.strength(.foreignTool) == strength)
    world.add(at: ForensicWorld.start + 90_000, #"{"action":"pipeline_started","tool":"pipeline","ts":"2026-02-02"}"#)
    #expect(try world.strength(.foreignTool) == nil)
  }

  @Test(
    "a tool that is new to a phase with two chains of others is foreign",
    arguments: [(2, Tell.Strength?.some(.weak)), (1, nil)])
  func newTool(earlier: Int, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.documents["P"] = "nothing"
    for place in 0..<Int64(earlier) {
      let start = place * 50_000
      world.prove("P", .init([start, start + 7_001 + place * 313, start + 9_017], tool: "old"))
    }
    world.prove("P", .init([300_211, 321_468, 330_875], tool: "new"))
    #expect(try world.strength(.foreignTool) == strength)
    world.prove("P", .init([1_000, 7_468, 9_875], tool: "new"))
    #expect(try world.strength(.foreignTool) == nil)
  }

  @Test(
    "run ids that differ in the phase's name are weak from three phases on",
    arguments: [(3, Tell.Strength?.some(.weak)), (2, nil)])
  func derived(phases: Int, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    for place in 0..<Int64(phases) {
      let start = place * 50_000
      let phase = ["P", "Q-2", "Q_3"][Int(place)]
      world.prove(phase, .init([start, start + 7_001 + place * 313, start + 9_017], run: "sweep-\(phase)-77"))
    }
    #expect(try world.strength(.runIDDerived) == strength)
    var traced = world
    traced.add(
      at: ForensicWorld.start, #"{"action":"pipeline_started","tool":"t","pipeline_id":"sweep","ts":"2026-02-02"}"#)
    #expect(try traced.strength(.runIDDerived) == nil)
    var short = world
    short.add(
      at: ForensicWorld.start, #"{"action":"pipeline_started","tool":"t","pipeline_id":"swe","ts":"2026-02-02"}"#)
    #expect(try short.strength(.runIDDerived) == strength)
  }

  @Test(
    "a run id that is a digest of the phase is weak from twelve digits on",
    arguments: [
      (String(LegacyDigest.md5(Array("P".utf8)).prefix(12)), Tell.Strength?.some(.weak)),
      (String(LegacyDigest.sha1(Array("p".utf8)).prefix(20)), .weak), (SHA256.digest(Array("P".utf8)).hex, .weak),
      (String(SHA256.digest(Array("P".utf8)).hex.prefix(11)), nil),
      (String(SHA256.digest(Array("Q".utf8)).hex.prefix(12)), nil),
    ])
  func digest(run: String, strength: Tell.Strength?) throws {
    #expect(try ForensicWorld.honest { $0.run = run }.strength(.runIDDerived) == strength)
  }

  @Test("digests are those of their documents")
  func vectors() {
    #expect(LegacyDigest.md5(Array("".utf8)) == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(LegacyDigest.md5(Array("message digest".utf8)) == "f96b697d7cb7938d525a2f31aaf161d0")
    #expect(LegacyDigest.sha1(Array("abc".utf8)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(
      LegacyDigest.sha1(Array(String(repeating: "a", count: 200).utf8)) == "e61cfffe0d9195a525fc6cf06ca2d77119c24a40")
  }

  @Test(
    "a run id that returns after a day is weak",
    arguments: [(Int64(86_400_001), Tell.Strength?.some(.weak)), (86_400_000, nil)])
  func reused(distance: Int64, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.prove("Q", .init([0, 1_011, 2_357], run: "ci-1"))
    let start = 2_357 + distance
    world.prove("P", .init([start, start + 5_121, start + 9_001], run: "ci-1"))
    #expect(try world.strength(.runIDReused) == strength)
    #expect(try world.strength(.runIDReused, of: "Q") == strength)
  }

  private static let verified = ForensicWorld.start / 1_000 + 130

  private static func commit(
    _ authored: Int64, _ committed: Int64, parents: Int = 1, _ message: String = "split",
    _ changes: [String]? = ["/r/a.py"]
  ) -> CommitRecord {
    CommitRecord(
      name: "abcdef012345", authored: verified + authored, committed: verified + committed, parentCount: parents,
      message: message, changes: changes)
  }

  @Test(
    "a chain that ends before the cited commit is strong, unless the commit is a merge or paper",
    arguments: [
      (commit(122, 130), Tell.Strength?.some(.strong)), (commit(121, 900), nil), (commit(900, 121), nil),
      (commit(-900, 900), nil),
      (commit(900, 900, parents: 2), nil), (commit(900, 900, parents: 0), .strong),
      (commit(900, 900, "add it (#12)"), nil),
      (commit(900, 900, "x\n\nSee merge request a!1"), nil), (commit(900, 900, "Merge pull request #7 from x"), nil),
      (commit(900, 900, "Merged in b (x)"), nil), (commit(900, 900, "x\n\n(cherry picked from commit ab)"), nil),
      (commit(900, 900, "add (#x)"), .strong), (commit(900, 900, "x", nil), nil), (commit(900, 900, "x", []), nil),
      (commit(900, 900, "x", ["/r/a.MD", "/r/docs/x", "/r/registry.yaml", "/r/reports/y", "/r/logs/feed.jsonl"]), nil),
      (commit(900, 900, "x", ["/r/out/a.json"]), nil), (commit(900, 900, "x", ["/r/a.md", "/r/b"]), .strong),
    ])
  func history(commit: CommitRecord, strength: Tell.Strength?) throws {
    var world = ForensicWorld.honest { $0.evidence = ["out/a.json"] }
    world.commits["P"] = commit
    #expect(try world.strength(.beforeCommit) == strength)
  }

  @Test("commit objects are read as git stores them")
  func commitObject() throws {
    let text = "tree 1\nparent 2\nparent 3\nauthor A B <a@b> 17 +0100\ncommitter C <c> 18 -0230\n\nwords\n\nmore (#1)\n"
    let commit = try #require(CommitRecord(name: "n", object: Array(text.utf8)))
    #expect(commit.authored == 17 && commit.committed == 18 && commit.parentCount == 2)
    #expect(commit.message == "words\n\nmore (#1)\n")
    #expect(CommitRecord(name: "n", object: Array("tree 1\n".utf8)) == nil)
  }

  @Test(
    "a chain that begins after the registry called the phase proven is weak",
    arguments: [(Int64(4_000), Int64(4_121), Tell.Strength?.some(.weak)), (4_000, 4_119, nil), (3_599, 4_100, nil)])
  func afterReport(proven: Int64, begins: Int64, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.beat(to: 40)
    let start = begins * 1_000
    world.prove("P", .init([start, start + 5_121, start + 9_001]))
    world.registry = "{phases: {P: {verdict: PROVEN, last_verified_ts: '\(ForensicWorld.iso(proven * 1_000))'}}}"
    #expect(try world.strength(.afterReport) == strength)
    var known = world
    known.prove("P", .init([proven * 1_000 - 50_000, proven * 1_000 - 41_237, proven * 1_000 + 120_000]))
    #expect(try known.strength(.afterReport) == nil)
  }

  @Test("words of ids")
  func words() {
    #expect(IdentifierWords("CI-4711--Phase.2").text == "ci_4711_phase_2")
    #expect(IdentifierWords("sweep-phase_1_x").masked(phase: "PHASE-1") == "sweep_*_x")
    #expect(IdentifierWords("sweep-phase_10").masked(phase: "PHASE_1") == "sweep_phase_10")
    #expect(DocumentNames.plainName("`tools/ops/prover.v2.py`") == "prover.v2")
  }
}
