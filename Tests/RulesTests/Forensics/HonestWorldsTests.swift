import Testing

@testable import Rules

/// Work that looks unusual and is honest (FORENSICS_RULES section 5): no world of these may have a strong tell, nor be called
/// anything but operational.
@Suite("Honest worlds")
struct HonestWorldsTests {
  private static func check(
    _ world: ForensicWorld, _ phases: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let judge = try world.judge()
    for phase in phases {
      let forensics = judge.judge(phase)
      #expect(forensics.mode == .operational, "\(phase): \(forensics.tells)", sourceLocation: sourceLocation)
      #expect(!forensics.tells.contains { $0.strength == .strong }, sourceLocation: sourceLocation)
    }
  }

  /// Four phases one after the other; `shift` is the difference of the pipeline's clock.
  private static func pipeline(
    _ world: inout ForensicWorld, shift: Int64 = 0, second: Bool = false, written: Int64? = nil, run: String? = "ci-12"
  ) -> [String] {
    var start: Int64 = 300_000
    let phases = ["PHASE_A", "PHASE_B", "PHASE_C", "PHASE_D"]
    for (place, phase) in phases.enumerated() {
      let real = [start, start + 21_017 + Int64(place) * 1_733, start + 29_411 + Int64(place) * 2_011]
      var chain = ForensicWorld.Chain(
        real.map { second ? ($0 + shift) / 1_000 * 1_000 - ForensicWorld.start % 1_000 : $0 + shift }, run: run)
      chain.written = written.map { [$0, $0, $0] } ?? real
      world.prove(phase, chain)
      start = real[2] + 777 + Int64(place) * 31
    }
    return phases
  }

  private static func live() -> ForensicWorld {
    var world = ForensicWorld()
    world.beat(to: 1_200)
    world.beat("watcher", run: "loop-2", from: 1, to: 1_200, every: 7)
    return world
  }

  @Test(
    "clocks apart by almost two minutes, in milliseconds or whole seconds",
    arguments: [Int64(-119_000), -60_500, 60_500, 119_000])
  func skew(shift: Int64) throws {
    for second in [false, true] {
      var world = Self.live()
      let phases = Self.pipeline(&world, shift: shift, second: second)
      try Self.check(world, phases)
    }
  }

  @Test("events that a pipeline keeps until it ends, with run ids of number and phase")
  func buffered() throws {
    var world = Self.live()
    let phases = Self.pipeline(&world, written: 900_000, run: nil)
    try Self.check(world, phases)
  }

  @Test("heartbeats that are written in batches")
  func batches() throws {
    var world = Self.live()
    world.lines = world.lines.map { .init(written: $0.written / 300_000 * 300_000 + 300_000, text: $0.text) }
    let phases = Self.pipeline(&world)
    try Self.check(world, phases)
  }

  @Test("files of several runners, one behind the other")
  func concatenated() throws {
    var world = ForensicWorld()
    var phases: [String] = []
    for part in Int64(0)..<3 {
      var runner = ForensicWorld()
      runner.beat("runner-\(part)", run: "loop-\(part)")
      for phase in Int64(0)..<2 {
        let start = 100_011 + phase * 90_000 + part * 13_337
        runner.prove(
          "P\(part)\(phase)",
          .init([start, start + 31_000 + part * 77, start + 44_017 + phase * 31], tool: "runner-\(part)"))
        phases.append("P\(part)\(phase)")
      }
      world.lines += runner.lines.map { .init(written: $0.written + part * 10_000_000, text: $0.text) }
    }
    try Self.check(world, phases)
  }

  @Test("a nightly job at the same minute, and a very regular check")
  func nightly() throws {
    var world = ForensicWorld()
    for night in Int64(0)..<14 {
      let start = night * 86_400_000
      world.prove(
        "NIGHT",
        .init([start, start + 45_000 + night * night * 7 % 811, start + 47_000 + night * 131 % 907], run: "n\(night)"))
    }
    for check in Int64(0)..<300 {
      let start = check * 60_313
      world.prove(
        "CHECK",
        .init([start, start + 601 + check * 7 % 23, start + 660 + check * 11 % 31], tool: "watch", run: "w\(check)"))
    }
    try Self.check(world, ["NIGHT", "CHECK"])
  }

  @Test("a runtime that pauses its heartbeats while it works, and an outage of the dispatcher")
  func pauses() throws {
    var world = ForensicWorld()
    world.beat("agent", to: 1_200, except: 100..<700)
    world.prove("P", .init([100_500, 695_250, 699_875], tool: "agent"))
    try Self.check(world, ["P"])
    var outage = ForensicWorld()
    outage.beat(to: 3_000, except: 300..<2_000)
    outage.prove("P", .init([1_000_500, 1_195_250, 1_199_875]))
    try Self.check(outage, ["P"])
  }

  @Test("a whole-second clock with equal sleeps, where others have milliseconds")
  func sleeps() throws {
    var world = Self.live()
    for phase in Int64(0)..<3 {
      let start = 100_863 + phase * 3_000
      world.prove("P\(phase)", .init([start, start + 1_000, start + 2_000], tool: "verify.sh"))
    }
    try Self.check(world, ["P0", "P1", "P2"])
  }

  @Test("a rotated feed behind a registry that says PROVEN")
  func rotated() throws {
    var world = Self.live()
    let phases = Self.pipeline(&world)
    world.registry = "{phases: {PHASE_A: {verdict: PROVEN, last_verified_ts: '\(ForensicWorld.iso(-86_400_000))'}}}"
    try Self.check(world, phases)
  }
}
