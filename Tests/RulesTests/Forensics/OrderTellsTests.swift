import Testing

@testable import Rules

@Suite("Order and runtime tells")
struct OrderTellsTests {
  /// A dispatcher and a second runtime, which agree, and a chain that is written when `written` says.
  private static func world(_ written: [Int64], _ at: [Int64] = [100_211, 121_468, 130_875]) -> ForensicWorld {
    var world = ForensicWorld()
    world.beat()
    world.beat("watcher", run: "loop-2", from: 1, every: 7)
    var chain = ForensicWorld.Chain(at)
    chain.written = written
    world.prove("P", chain)
    return world
  }

  private static let written: [(Int64, Tell.Strength?)] = [(30_500, nil), (26_500, .strong)]

  @Test("a line before the moment it names is strong beyond the skew bound", arguments: written)
  func ahead(written: Int64, strength: Tell.Strength?) throws {
    // The dispatcher's next line is 118.8 or 122.8 s before the time of `verified`.
    let world = Self.world([written, written + 1, written + 2], [120_211, 141_468, 150_875])
    #expect(try world.strength(.fileOrder) == strength)
  }

  @Test("late lines are natural")
  func late() throws {
    #expect(try Self.world([400_000, 400_001, 400_002]).strength(.fileOrder) == nil)
  }

  @Test("a witness needs three lines before the event")
  func fewLinesBefore() throws {
    #expect(try Self.world([9_000, 9_001, 9_002], [300_211, 321_468, 330_875]).strength(.fileOrder) == .strong)
    #expect(try Self.world([5_000, 5_001, 5_002], [300_211, 321_468, 330_875]).strength(.fileOrder) == nil)
  }

  @Test("a stream with which nobody agrees is no live witness")
  func aloneOrApart() throws {
    var alone = ForensicWorld()
    alone.beat()
    var chain = ForensicWorld.Chain([300_211, 321_468, 330_875])
    chain.written = [20_000, 20_001, 20_002]
    alone.prove("P", chain)
    #expect(try alone.strength(.fileOrder) == nil)
    // Batches: the other runtime writes everything at once, half of it far from where it stands.
    var batches = alone
    for beat in 0..<40 {
      let time = ForensicWorld.start + Int64(beat) * 15_000
      batches.add(
        at: ForensicWorld.start + 300_000, #"{"action":"tick","tool":"w","run_id":"x","ts_epoch_ms":\#(time)}"#)
    }
    #expect(try batches.strength(.fileOrder) == nil)
  }

  @Test("lines that stand together while others wrote are weak, and not beside a marker")
  func burst() throws {
    let world = Self.world([400_000, 400_001, 400_002])
    #expect(try world.strength(.burstAppend) == .weak)
    #expect(try world.forensics().mode == .operational)
    var marked = world
    marked.add(at: ForensicWorld.start + 399_999, #"{"action":"FLUSH","tool":"pipeline"}"#)
    #expect(try marked.strength(.burstAppend) == nil)
    var distant = world
    distant.add(at: ForensicWorld.start + 370_000, #"{"action":"flush","tool":"pipeline"}"#)
    #expect(try distant.strength(.burstAppend) == .weak)
  }

  @Test(
    "two lines of the witness must fall into the span, less two seconds at both ends",
    arguments: [(Int64(13_000), Tell.Strength?.some(.weak)), (6_000, nil)])
  func burstSpan(length: Int64, strength: Tell.Strength?) throws {
    let world = Self.world([400_000, 400_001, 400_002], [100_211, 100_999, 100_211 + length])
    #expect(try world.strength(.burstAppend) == strength)
  }

  @Test("a chain that others interrupt is no burst")
  func interrupted() throws {
    #expect(try Self.world([400_000, 410_000, 420_000]).strength(.burstAppend) == nil)
  }

  @Test("beyond its limit the timeline says nothing")
  func cut() throws {
    let judge = try Self.world([9_000, 9_001, 9_002], [300_211, 321_468, 330_875]).judge(mostTimed: 20)
    #expect(judge.judge("P").tells.isEmpty)
  }

  @Test(
    "silence is strong of the chain's own tool and weak of all others, beyond ten medians and the skew bound",
    arguments: [
      ("dispatcher", Int64(-20)..<Int64(252), Tell.Strength?.some(.strong)), ("dispatcher", 0..<248, nil),
      ("pipeline", -20..<252, .weak), ("pipeline", 0..<248, nil),
    ])
  func silent(tool: String, silence: Range<Int64>, strength: Tell.Strength?) throws {
    var world = ForensicWorld()
    world.beat(from: -400, except: silence)
    world.prove("P", .init([100_211, 121_468, 130_875], tool: tool))
    #expect(try world.strength(.heartbeatSilent) == strength)
  }

  @Test("one tool that beats is enough, and a chain before the first heartbeat is not judged")
  func beating() throws {
    var world = ForensicWorld()
    world.beat(from: -400, except: -40..<300)
    world.prove("P", .init([100_211, 121_468, 130_875]))
    #expect(try world.strength(.heartbeatSilent) == .weak)
    var other = world
    other.beat("watcher", run: "w")
    #expect(try other.strength(.heartbeatSilent) == nil)
    var early = ForensicWorld()
    early.beat(from: 300)
    early.prove("P", .init([100_211, 121_468, 130_875]))
    #expect(try early.strength(.heartbeatSilent) == nil)
  }
}
