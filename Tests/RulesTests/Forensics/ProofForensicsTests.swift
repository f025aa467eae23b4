import Testing

@testable import Rules

@Suite("Proof forensics")
struct ProofForensicsTests {
  @Test("an honest chain has nothing to tell")
  func honest() throws {
    let forensics = try ForensicWorld.honest().forensics()
    #expect(forensics.mode == .operational)
    #expect(forensics.tells.isEmpty)
  }

  @Test(
    "tells combine by strength and family",
    arguments: [
      ([], ProofForensics.Mode.operational), ([Tell(.uniformCadence, .strong, "x")], .synthetic),
      ([Tell(.foreignTool, .weak, "x")], .operational),
      (
        [Tell(.foreignTool, .weak, "x"), Tell(.runIDDerived, .weak, "x"), Tell(.runIDReused, .weak, "x")], .operational
      ),
      ([Tell(.foreignTool, .weak, "x"), Tell(.burstAppend, .weak, "x")], .suspect),
      ([Tell(.fixtureAsProof, .weak, "x"), Tell(.evidenceShared, .weak, "x")], .operational),
      ([Tell(.declared, .declared, "x")], .synthetic),
      ([Tell(.zeroDuration, .weak, "x"), Tell(.chainCopied, .strong, "x")], .synthetic),
    ])
  func combination(tells: [Tell], mode: ProofForensics.Mode) {
    #expect(ProofForensics(tells).mode == mode)
  }

  @Test("a code occurs once, with its greatest strength and all that it points at")
  func merging() {
    let tells = ProofForensics([
      Tell(.uniformCadence, .weak, "a", events: [3, 1]), Tell(.chainCopied, .strong, "c"),
      Tell(.uniformCadence, .strong, "b", events: [2, 3], paths: ["p"]),
    ]).tells
    #expect(tells.map(\.code) == [.chainCopied, .uniformCadence])
    #expect(tells[1].strength == .strong && tells[1].explanation == "b")
    #expect(tells[1].events == [1, 2, 3] && tells[1].paths == ["p"])
  }

  @Test("what a chain declares itself is all that is said of it")
  func declared() throws {
    var world = ForensicWorld.honest { $0.emitMode = "manual_append" }
    world.documents["P"] = "- **Tool**: other"
    #expect(try world.forensics().tells.map(\.code) == [.declared])
    #expect(try world.forensics().mode == .synthetic)
    #expect(try ForensicWorld.honest { $0.verifierMode = "review" }.forensics().tells.map(\.code) == [.declared])
    var fixture = ForensicWorld.honest()
    fixture.registry = "{phases: {P: {kind: fixture}}}"
    #expect(try fixture.forensics().tells.map(\.code) == [.declared])
    #expect(try fixture.forensics("NOBODY").tells.map(\.code) == [.incomplete])
  }

  @Test("a phase that was forged first and run for real later is judged by what it is now")
  func laterRun() throws {
    var world = ForensicWorld()
    world.beat()
    world.prove("P", .init([50_000, 51_000, 52_000], tool: "forger"))
    world.prove("Q", .init([53_000, 54_000, 55_000], tool: "forger"))
    world.prove("P", .init([100_211, 121_468, 130_875]))
    #expect(try world.forensics("P").tells.isEmpty)
    #expect(try world.forensics("Q").mode == .synthetic)
  }

  @Test("retries under one run id, parallel phases and a phase with a task are honest")
  func unusual() throws {
    var retry = ForensicWorld()
    retry.beat()
    for start in [Int64(100_000), 140_017, 180_255] {
      retry.prove("P", .init([start, start + 9_011 + start % 77, start + 12_007], run: "ci-7"))
    }
    #expect(try retry.forensics().tells.isEmpty)
    var parallel = ForensicWorld()
    parallel.beat()
    for place in Int64(0)..<4 {
      parallel.prove("P\(place)", .init([100_000, 130_000 + place * 417, 150_222 + place], run: "ci-8"))
    }
    for place in 0..<4 { #expect(try parallel.forensics("P\(place)").tells.isEmpty) }
    var tasks = ForensicWorld.honest()
    tasks.lines = tasks.lines.map {
      .init(written: $0.written, text: $0.text.replacing(#""phase_id":"P""#, with: #""phase_id":"P","task_id":"T""#))
    }
    #expect(try tasks.forensics("P").tells.isEmpty)
    #expect(try tasks.forensics("T").tells.isEmpty)
  }

  @Test(
    "feeds of any bytes are judged without harm",
    arguments: ["", "null\n", "{\"action\":\"started\"}", "[]", "{\"ts\":1e400}"])
  func oddities(text: String) throws {
    var world = ForensicWorld.honest()
    for place in 0..<30 { world.add(at: ForensicWorld.start + Int64(place) * 9_000, text) }
    #expect(try world.forensics().tells.isEmpty)
  }

  /// Phases under several tools, among them forged ones; every event has a place of its own in time.
  private static func crowd(_ generator: inout some RandomNumberGenerator) -> ForensicWorld {
    var world = ForensicWorld()
    world.beat(to: 300)
    for phase in 0..<Int.random(in: 2...6, using: &generator) {
      let start = Int64.random(in: 0..<280_000, using: &generator)
      let isForged = Bool.random(using: &generator)
      let steps =
        isForged
        ? (Int64(500), Int64(500))
        : (Int64.random(in: 21...9_000, using: &generator), Int64.random(in: 21...9_000, using: &generator))
      world.prove(
        "P\(phase)",
        .init([start, start + steps.0, start + steps.0 + steps.1], tool: "tool-\(phase)", run: "run-\(phase)"))
    }
    return world
  }

  @Test("the order of other phases' lines changes nothing for a phase with a tool of its own", arguments: 0..<40)
  func orderOfOthers(seed: UInt64) throws {
    var generator = Seeded(state: seed)
    let world = Self.crowd(&generator)
    let clock: Set<Tell.Code.RawValue> = [Tell.Code.fileOrder.rawValue, Tell.Code.burstAppend.rawValue]
    let before = try world.forensics("P0").tells.filter { !clock.contains($0.code.rawValue) }
    var mixed = world
    // Other phases' lines change places with one another; those of P0 and of the dispatcher stay.
    let others = mixed.lines.indices.filter {
      mixed.lines[$0].text.contains("phase_id") && !mixed.lines[$0].text.contains(#""P0""#)
    }
    let texts = others.map { mixed.lines[$0].text }.shuffled(using: &generator)
    for (place, text) in zip(others, texts) { mixed.lines[place].text = text }
    let after = try mixed.forensics("P0").tells.filter { !clock.contains($0.code.rawValue) }
    #expect(before.map(\.code) == after.map(\.code) && before.map(\.strength) == after.map(\.strength))
  }

  @Test("the same facts give the same tells, whoever is asked about first", arguments: 0..<10)
  func repeatable(seed: UInt64) throws {
    var generator = Seeded(state: seed)
    let world = Self.crowd(&generator)
    let judge = try world.judge()
    let phases = (0..<6).map { "P\($0)" }
    let forwards = phases.map { judge.judge($0) }
    let backwards = Array(phases.reversed().map { judge.judge($0) }.reversed())
    #expect(forwards == backwards)
    #expect(try phases.map { try world.forensics($0) } == forwards)
  }
}

/// SplitMix64: the same numbers for the same seed.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
