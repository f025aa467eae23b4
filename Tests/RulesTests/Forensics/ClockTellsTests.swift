import Testing

@testable import Rules

@Suite("Clock tells")
struct ClockTellsTests {
  /// Chains of phases one after the other, all events in equal steps.
  private static func sweep(phases: Int, step: Int64, start: Int64 = 100_000, runs: Bool = true) -> ForensicWorld {
    var world = ForensicWorld()
    world.beat()
    for phase in 0..<phases {
      let at = (0..<3).map { start + Int64(phase * 3 + $0) * step }
      world.prove(phase == 0 ? "P" : "P\(phase)", .init(at, run: runs ? "run-\(phase * phase + 17)" : "one"))
    }
    return world
  }

  @Test(
    "equal steps across phases are strong from ten milliseconds and six events on",
    arguments: [
      (2, Int64(1_000), Tell.Strength?.some(.strong)), (2, 10, .strong), (2, 9, nil), (1, 1_000, .weak), (1, 10, nil),
    ])
  func cadence(phases: Int, step: Int64, strength: Tell.Strength?) throws {
    #expect(try Self.sweep(phases: phases, step: step).strength(.uniformCadence) == strength)
  }

  @Test("equal steps point at the whole stretch")
  func cadenceLines() throws {
    let world = Self.sweep(phases: 3, step: 5_000)
    let tell = try #require(try world.forensics("P1").tells.first { $0.code == .uniformCadence })
    #expect(tell.events.count == 9)
    #expect(tell.explanation == "9 events of 'pipeline' in exact steps of 5000 ms")
  }

  @Test("steps near a grid with jitter are measurements")
  func jitter() throws {
    var world = ForensicWorld()
    world.prove("P", .init([1_000, 2_003, 2_999]))
    world.prove("Q", .init([4_001, 5_000, 6_002]))
    #expect(try world.forensics().tells.isEmpty)
  }

  @Test(
    "on whole seconds thirty events are needed",
    arguments: [(2, Tell.Strength?.some(.weak)), (9, .weak), (10, .strong)])
  func wholeSeconds(phases: Int, strength: Tell.Strength?) throws {
    // The world's start ends in 137 ms.
    let world = Self.sweep(phases: phases, step: 1_000, start: 100_863)
    #expect(try world.strength(.uniformCadence) == strength)
  }

  @Test("both steps equal are weak from 100 ms on", arguments: [(Int64(100), Tell.Strength?.some(.weak)), (99, nil)])
  func equalSteps(step: Int64, strength: Tell.Strength?) throws {
    let world = ForensicWorld.honest { $0.at = [100_000, 100_000 + step, 100_000 + 2 * step] }
    #expect(try world.strength(.uniformCadence) == strength)
  }

  @Test(
    "a tool whose chains all take the same is weak, from three chains on and below half a second",
    arguments: [
      ([1, 1, 1], Int64(1), Tell.Strength?.some(.weak)), ([1, 1], 1, nil), ([1, 2, 1], 1, nil),
      ([200, 200, 200], 299, .weak),
      ([200, 200, 200], 300, nil), ([0, 0, 0], 1, nil),
    ])
  func constantSteps(first: [Int64], second: Int64, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    for (place, step) in first.enumerated() {
      let start = Int64(place) * 61_013
      world.prove("P", .init([start, start + step, start + step + second]))
    }
    #expect(try world.strength(.uniformCadence) == strength)
  }

  @Test("the same milliseconds in six events of two runs, at four times, are strong")
  func residue() throws {
    var world = ForensicWorld()
    world.prove("P", .init([1_000, 3_000, 8_000]))
    world.prove("Q", .init([9_000, 12_000, 17_000]))
    #expect(try world.strength(.timestampsRound) == .strong)
    world.add(at: ForensicWorld.start, "")
    var one = ForensicWorld()
    one.prove("P", .init([1_000, 3_000, 8_000], run: "r"))
    one.prove("P", .init([9_000, 12_000, 17_000], run: "r"))
    #expect(try one.strength(.timestampsRound) == nil)
    var other = ForensicWorld()
    other.prove("P", .init([1_000, 3_000, 8_000]))
    other.prove("Q", .init([9_000, 12_000, 17_001]))
    #expect(try other.strength(.timestampsRound) == nil)
  }

  @Test("events of few different times are no rounded clock: an orchestrator closes phases at once")
  func sameInstants() throws {
    var world = ForensicWorld()
    world.prove("P", .init([1_000, 3_000, 8_000]))
    world.prove("Q", .init([1_000, 3_000, 8_000]))
    #expect(try world.forensics().tells.isEmpty)
  }

  @Test(
    "whole seconds among milliseconds are weak, from ten events of others on",
    arguments: [(Int64(36), Tell.Strength?.some(.weak)), (32, nil)])
  func wholeSecondClock(to last: Int64, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.beat(to: last)
    world.prove("P", .init([863, 3_863, 8_863]))
    #expect(try world.strength(.timestampsRound) == strength)
    #expect(try world.forensics().mode == .operational)
  }

  @Test(
    "a chain shorter than a tenth of the stated duration is weak",
    arguments: [
      (#"{"duration_ms":10001}"#, Tell.Strength?.some(.weak)), (#"{"duration_ms":10000}"#, nil),
      (#"[{"a":{"elapsed_s":20}}]"#, .weak), (#"{"wall_seconds":20}"#, nil), ("duration_ms: 20000", nil),
    ])
  func duration(text: String, strength: Tell.Strength?) throws {
    var world = ForensicWorld.honest {
      $0.at = [100_000, 100_400, 101_000]
      $0.evidence = ["out/a.json"]
    }
    world.files["out/a.json"] = .init(text)
    #expect(try world.strength(.zeroDuration) == strength)
  }

  @Test("a duration below a second says nothing about clocks")
  func shortDuration() throws {
    var world = ForensicWorld.honest {
      $0.at = [100_000, 100_001, 100_003]
      $0.evidence = ["out/a.json"]
    }
    world.files["out/a.json"] = .init(#"{"duration_ms":999}"#)
    #expect(try world.strength(.zeroDuration) == nil)
    world.files["out/a.json"] = .init(#"{"duration_ms":1000}"#)
    #expect(try world.strength(.zeroDuration) == .weak)
  }

  private static let gaps: [(Int64, Tell.Strength?)] = [
    (120_000, nil), (120_001, .strong), (-120_001, .strong), (900_000, .weak), (902_000, .weak), (902_001, .strong),
    (-3_600_000, .weak), (25_200_000, .weak), (50_400_000, .weak), (51_300_000, .strong),
  ]

  @Test("two clocks of one event that differ are strong, unless as zones do", arguments: gaps)
  func clocks(gap: Int64, strength: Tell.Strength?) throws {
    var world = ForensicWorld.honest { $0.clockGap = gap }
    // An event of the same tool with one time, so that the tool is no collector.
    world.prove("Q", .init([200_011, 210_322, 219_777]))
    #expect(try world.strength(.clockDisagreement) == strength)
  }

  @Test("a collector stamps the arrival of every event")
  func arrival() throws {
    let world = ForensicWorld.honest { $0.clockGap = 334_567 }
    #expect(try world.strength(.clockDisagreement) == .weak)
    let early = ForensicWorld.honest { $0.clockGap = -334_567 }
    #expect(try early.strength(.clockDisagreement) == .strong)
  }
}
