import Formats
import Testing

@testable import Rules

@Suite("Evidence tells")
struct EvidenceTellsTests {
  /// The honest chain with files as its evidence.
  private static func world(_ files: [String: String], hashes: Bool = false) -> ForensicWorld {
    var world = ForensicWorld.honest {
      $0.evidence = files.keys.sorted()
      $0.run = "run-7f"
      if hashes { $0.hashes = files.mapValues { SHA256.digest(Array($0.utf8)).hex } }
    }
    for (path, text) in files { world.files[path] = .init(text) }
    return world
  }

  @Test(
    "files that say nothing but a result",
    arguments: [
      ("", Tell.Strength?.some(.weak)), (" \n", .weak), ("{}", .weak), (" [ ]\n", .weak), ("OK\n", .weak),
      ("true", .weak),
      ("1", .weak),
      ("okay", nil), ("42", nil), (#"{"status":"ok"}"#, .weak), (#"{"verdict":"PROVEN"}"#, .strong),
      (#"{"phase":"P","proven":true,"ts":1}"#, .strong), (#"{"a":{"result":"pass"},"b":[{"tool":"x"}]}"#, .weak),
      (#"{"status":"ok","failed":0}"#, nil), (#"{"status":"ok","checks":["a"]}"#, nil), (#"{"phase":"P"}"#, nil),
      (#"{"status":"ok","note":"verdict: PROVEN"}"#, .strong), (#"{"status":"ok","note":"not yet PROVEN"}"#, .weak),
      ("PHASE_9: PROVEN\n", .strong), ("2026-01-02T03:04:05Z P is PROVEN", .strong), ("NOT PROVEN", nil),
      ("UNPROVEN", nil),
      ("17 of 17 checks: PROVEN", nil), ("Phase 15.5.3: PROVEN", .strong), ("PROVEN by 3 tests", nil),
      (String(repeating: "very ", count: 23) + "PROVEN", nil), (#"[{"verdict":"PROVEN"}]"#, nil),
    ])
  func hollow(text: String, strength: Tell.Strength?) throws {
    #expect(try Self.world(["out/a": text]).strength(.evidenceAssertsVerdict) == strength)
  }

  @Test("all evidence must be there and hollow")
  func hollowAmongOthers() throws {
    #expect(try Self.world(["a": "OK", "b": #"{"checks":3}"#]).strength(.evidenceAssertsVerdict) == nil)
    var absent = Self.world(["a": "OK", "b": "OK"])
    absent.files["b"] = nil
    #expect(try absent.strength(.evidenceAssertsVerdict) == nil)
    #expect(try Self.world(["docs/DOD__P.md": "# P"]).strength(.evidenceAssertsVerdict) == .strong)
    #expect(try Self.world(["registry.yaml": "phases: {}"]).strength(.evidenceAssertsVerdict) == .strong)
    #expect(try Self.world(["docs/guide.md": "# P"]).strength(.evidenceAssertsVerdict) == nil)
  }

  private static let report = #"{"generated_at":"2026-02-02T03:04:05Z","failed":0}"#

  @Test(
    "the bytes of another run's evidence are strong, where runs cannot share them by chance",
    arguments: [
      (report, Tell.Strength?.some(.strong)), (#"{"at":1770000000137,"failed":0,"x":1}"#, .strong),
      (#"{"failed":0,"checks":"all","host":"alpha"}"#, nil), ("2026-02-02T03:04:05Z", nil),
    ])
  func shared(text: String, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.files = ["q.json": .init(text), "p.json": .init(text), "own.json": .init(#"{"rss":77,"at":"now"}"#)]
    var chain = ForensicWorld.Chain([1_000, 2_011, 4_444])
    chain.evidence = ["q.json"]
    world.prove("Q", chain)
    chain = .init([101_000, 112_011, 124_444])
    chain.evidence = ["p.json"]
    world.prove("P", chain)
    #expect(try world.strength(.evidenceShared) == strength)
    #expect(try world.strength(.evidenceShared, of: "Q") == nil)
    var manifest = world
    chain.evidence = ["p.json", "own.json"]
    manifest.lines.removeLast(3)
    manifest.prove("P", chain)
    #expect(try manifest.strength(.evidenceShared) == nil)
  }

  @Test(
    "a path that three phases of two runs cite is weak",
    arguments: [(["a", "b", "b"], Tell.Strength?.some(.weak)), (["a", "a", "a"], nil), (["x-P", "x-Q", "x-R"], nil)])
  func sharedPath(runs: [String], strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    for (place, run) in runs.enumerated() {
      let start = Int64(place) * 40_000
      var chain = ForensicWorld.Chain([start, start + 3_011 + Int64(place) * 717, start + 9_444], run: run)
      chain.evidence = ["result.json"]
      world.prove(["P", "Q", "R"][place], chain)
    }
    #expect(try world.strength(.evidenceShared) == strength)
  }

  /// Three phases with reports; `text` makes one from phase and run.
  private static func templates(
    tools: [String] = ["t", "t", "t"], runs: [String] = ["r1a", "r2b", "r3c"], text: (String, String) -> String
  ) -> ForensicWorld {
    var world = ForensicWorld()
    for (place, phase) in ["PHASE_A", "PHASE_B", "PHASE_C"].enumerated() {
      let start = Int64(place) * 40_000
      var chain = ForensicWorld.Chain(
        [start, start + 3_011 + Int64(place) * 717, start + 9_444], tool: tools[place], run: runs[place])
      chain.evidence = ["\(phase).json"]
      world.files["\(phase).json"] = .init(text(phase, runs[place]))
      world.prove(phase, chain)
    }
    return world
  }

  private static func report(_ phase: String, _ run: String, _ measured: String) -> String {
    #"{"phase":"\#(phase)","id":"\#(run)","at":"2026-02-0\#(phase.utf8.count)T03:04:05Z",\#(measured)}"#
  }

  @Test(
    "one text with names replaced is strong when it holds a measurement",
    arguments: [
      (#""duration_ms":5733"#, Tell.Strength?.some(.strong)), (#""duration_ms":570"#, .strong),
      (#""duration_ms":57"#, nil),
      (#""duration_ms":5700"#, nil), (#""total_duration_ms":5733"#, nil), (#""pipeline":{"duration_ms":5733}"#, nil),
      (#""tests":5733"#, nil), (#""firewall_port":8443"#, nil), (#""wall_s":0.123"#, .strong),
      (#""latency":"5.73s""#, .strong),
      (#""elapsed_ms":1770000000137"#, nil),
    ])
  func templated(measured: String, strength: Tell.Strength?) throws {
    let world = Self.templates { Self.report($0, $1, measured) }
    for phase in ["PHASE_A", "PHASE_B", "PHASE_C"] {
      #expect(try world.strength(.evidenceTemplated, of: phase) == strength)
    }
  }

  @Test("measurements in text belong to the name before them")
  func templatedText() throws {
    let log = Self.templates { "run \($1) of \($0.lowercased())\n12 checks, took 5733 ms\n" }
    #expect(try log.strength(.evidenceTemplated, of: "PHASE_B") == .strong)
    let total = Self.templates { "run \($1) of \($0.lowercased())\nthe pipeline took 5733 ms\n" }
    #expect(try total.strength(.evidenceTemplated, of: "PHASE_B") == nil)
  }

  @Test("one run is weak, the first of several tools is spared, what was measured differs")
  func templatedGroups() throws {
    let one = Self.templates(runs: ["r1a", "r1a", "r1a"]) { Self.report($0, $1, #""duration_ms":5733"#) }
    #expect(try one.strength(.evidenceTemplated, of: "PHASE_B") == .weak)
    let tools = Self.templates(tools: ["t", "u", "u"]) { Self.report($0, $1, #""duration_ms":5733"#) }
    #expect(try tools.strength(.evidenceTemplated, of: "PHASE_A") == nil)
    #expect(try tools.strength(.evidenceTemplated, of: "PHASE_B") == .strong)
    let honest = Self.templates { Self.report($0, $1, #""duration_ms":573\#($0.utf8.last ?? 0),"tests":24"#) }
    #expect(try honest.strength(.evidenceTemplated, of: "PHASE_B") == nil)
  }

  @Test(
    "evidence is stale by its own time, else by its modification time",
    arguments: [
      (ForensicWorld.File(#"{"generated_at":"\#(ForensicWorld.iso(-19_800))"}"#), Tell.Strength?.some(.weak)),
      (.init(#"{"generated_at":"\#(ForensicWorld.iso(-19_700))"}"#), nil),
      (.init(#"{"a":{"ts":"\#(ForensicWorld.iso(-900_000))"}}"#), .weak),
      (.init(#"{"a":{"b":{"ts":"\#(ForensicWorld.iso(-900_000))"}}}"#), nil),
      (.init(#"{"ts":"2020-01-01T00:00:00"}"#), nil), (.init(#"{"ts":12.5}"#), nil),
      (.init("log", modified: -19_800), .weak), (.init("log", modified: -19_700), nil),
      (.init("log", modified: -900_000, isTracked: true), nil), (.init("log", modified: 900_000), nil),
      (.init("log"), nil),
      (.init(#"{"ts":"\#(ForensicWorld.iso(110_000))"}"#, modified: -900_000), nil),
    ])
  func stale(file: ForensicWorld.File, strength: Tell.Strength?) throws {
    var world = Self.world(["a": ""])
    world.files["a"] = file
    #expect(try world.strength(.evidenceStale) == strength)
    // One file that is young is enough.
    var two = Self.world(["a": "", "b": ""])
    two.files = ["a": file, "b": .init("log", modified: 110_000)]
    #expect(try two.strength(.evidenceStale) == nil)
  }

  @Test(
    "evidence that is younger than its verification is strong when the chain names its digest",
    arguments: [(Int64(250_876), true, Tell.Strength?.some(.strong)), (250_875, true, nil), (900_000, false, nil)])
  func future(at: Int64, isHashed: Bool, strength: Tell.Strength?) throws {
    let world = Self.world(["a": #"{"finished_at":"\#(ForensicWorld.iso(at))"}"#], hashes: isHashed)
    #expect(try world.strength(.evidenceFuture) == strength)
  }

  /// A chain of Q before, and the chain of P, whose evidence is `text`.
  private static func foreign(
    _ text: String, other: [String] = ["q.json"], phase: String = "Q", at start: Int64 = 1_000
  ) -> ForensicWorld {
    var world = world(["p.json": text])
    var chain = ForensicWorld.Chain([start, start + 3_011, start + 9_444], run: "run-of-q")
    chain.evidence = other
    world.prove(phase, chain)
    return world
  }

  @Test(
    "evidence that names only the run of another chain is strong",
    arguments: [
      (#"{"run_id":"run-of-q"}"#, Tell.Strength?.some(.strong)), ("run_id=run-of-q, ok", .strong),
      ("run_id: 'run-of-q'", .strong),
      (#"{"run_id":"somebody"}"#, nil), (#"{"run_id":"run-of-q","by":"run-7f"}"#, nil), (#"{"id":"run-of-q"}"#, nil),
      (#"{"a":[{"run_id":"run-of-q"},{"run_id":"run-7f"}]}"#, nil),
    ])
  func foreignRun(text: String, strength: Tell.Strength?) throws {
    #expect(try Self.foreign(text).strength(.evidenceForeignRun) == strength)
  }

  @Test("a review cites what it reviewed, and a later run of the phase overwrote the file")
  func foreignRunOpenly() throws {
    let text = #"{"run_id":"run-of-q"}"#
    #expect(try Self.foreign(text, other: ["p.json"]).strength(.evidenceForeignRun) == .weak)
    #expect(try Self.foreign(text, phase: "P", at: 1_000).strength(.evidenceForeignRun) == .strong)
    // The later run of P is not complete yet, but has proven Q.
    var later = Self.foreign(text, at: 500_000)
    later.add(
      at: ForensicWorld.start + 520_000,
      #"{"phase_id":"P","action":"started","tool":"pipeline","run_id":"run-of-q","ts_epoch_ms":1770000520137}"#)
    #expect(try later.strength(.evidenceForeignRun) == nil)
  }

  @Test(
    "fixtures prove nothing, unless the run made them",
    arguments: [
      ("tests/fixtures/a.json", "{}", Tell.Strength?.some(.strong)), ("x/__mocks__/a.json", "[3]", .strong),
      ("out/dummy_evidence.json", "[3]", .strong), ("out/mockingbird.json", "[3]", nil), ("fixtures", "[3]", nil),
      ("tests/fixtures/a.json", #"{"run":"run-7f"}"#, nil),
      ("tests/fixtures/a.json", #"{"ts":"\#(ForensicWorld.iso(120_000))"}"#, nil),
      ("tests/fixtures/a.json", #"{"ts":"\#(ForensicWorld.iso(-120_000))"}"#, .strong),
    ])
  func fixture(path: String, text: String, strength: Tell.Strength?) throws {
    #expect(try Self.world([path: text]).strength(.fixtureAsProof) == strength)
    #expect(try Self.world([path: text, "out/own.json": "[4]"]).strength(.fixtureAsProof) == nil)
  }

  @Test("a feed among fixtures is weak")
  func fixtureFeed() throws {
    var world = ForensicWorld.honest()
    world.feedPath = "/r/tests/fixtures/feed.jsonl"
    #expect(try world.strength(.fixtureAsProof) == .weak)
    world.feedPath = "/fixtures/feed.jsonl"
    #expect(try world.strength(.fixtureAsProof) == nil)
  }

  @Test("every pattern is one")
  func patterns() {
    #expect(EvidencePatterns.uniqueMark != nil && EvidencePatterns.variable != nil)
    #expect(EvidencePatterns.runID != nil && EvidencePatterns.namedNumber != nil)
  }
}
