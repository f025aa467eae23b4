import Formats
import Rules
import Testing

@testable import Reports

@Suite("The past that a ledger tells")
struct LedgerHistoryTests {
  private let world: LedgerWorld
  private static let day: Int64 = 86_400_000

  /// Four runs of one repository, and one of another.
  init() throws {
    world = try LedgerWorld()
    let runs: [(findings: [Finding], verdict: String)] = [
      ([LedgerWorld.finding("a"), LedgerWorld.finding("b"), LedgerWorld.finding("c", rule: "secret.key")], "DESIGNED"),
      ([LedgerWorld.finding("a"), LedgerWorld.finding("c", rule: "secret.key", waivedUntil: "1970-02-01")], "PROVEN"),
      ([LedgerWorld.finding("c", rule: "secret.key", waivedUntil: "1970-02-01")], "PROVEN"),
      ([LedgerWorld.finding("c", rule: "secret.key", waivedUntil: "1970-02-01"), LedgerWorld.finding("d")], "PARTIAL"),
    ]
    for (number, run) in runs.enumerated() {
      try world.record(
        LedgerWorld.run(run.findings, at: Int64(number) * Self.day),
        phases: [LedgerRun.Phase(phaseID: "OPS", verdict: run.verdict, missingCount: 0)])
    }
    try world.record(LedgerWorld.run([LedgerWorld.finding("a")], at: 9 * Self.day), target: "bank")
  }

  private func history(_ target: String? = nil) throws -> LedgerHistory {
    try Ledger.open(world.path()).history(of: target)
  }

  @Test("counts are those of the runs, by family")
  func families() throws {
    let history = try history()
    #expect(history.targets.map(\.name) == ["bank", "shop"])
    let shop = history.targets[1]
    #expect(shop.runs.map(\.open) == [3, 1, 0, 1] && shop.runs.map(\.accepted) == [0, 1, 1, 1])
    #expect(
      shop.families == [
        .init(name: "hard-path", open: [2, 1, 0, 1], appeared: [2, 0, 0, 1], fixed: [0, 1, 1, 0]),
        .init(name: "secret", open: [1, 0, 0, 0], appeared: [1, 0, 0, 0], fixed: [0, 0, 0, 0]),
      ])
    for (place, run) in shop.runs.enumerated() {
      #expect(shop.families.reduce(0) { $0 + $1.open[place] } == run.open)
    }
    #expect(try self.history("bank").targets.map(\.runs.count) == [1])
    #expect(try self.history("nobody").targets.isEmpty)
  }

  @Test("a verdict that fell from PROVEN is told, with its run")
  func phases() throws {
    let phase = try #require(try history("shop").targets[0].phases.first)
    #expect(phase.verdicts == ["DESIGNED", "PROVEN", "PROVEN", "PARTIAL"])
    #expect(phase.changes.map(\.run) == [0, 1, 3] && phase.changes.map(\.isFall) == [false, false, true])
  }

  @Test("the text has bars, changes and ends, and fits the terminal")
  func text() throws {
    func text(_ day: String, width: Int = 100) throws -> String {
      TrendText(
        try history("shop"), style: TerminalStyle(hasColor: false), width: width,
        today: try #require(CivilDate(parsing: day)), shownRuns: 60
      ).text
    }
    let shown = try text("1970-01-22")
    #expect(shown.contains("█▄▁▄  3 → 1"), "\(shown)")
    #expect(shown.contains("fell from PROVEN since 1970-01-04, run 4"), "\(shown)")
    #expect(shown.contains("1970-02-01  10 days left") && shown.contains("team@example.org"), "\(shown)")
    #expect(try text("1970-02-02").contains("over"))
    #expect(!shown.contains("\u{1B}"))
    for line in try text("1970-01-22", width: 40).split(separator: "\n") { #expect(line.unicodeScalars.count <= 100) }
    let empty = TrendText(
      LedgerHistory(targets: []), style: TerminalStyle(hasColor: false), width: 80,
      today: CivilDate(dayNumber: 0), shownRuns: 60)
    #expect(empty.text == "no run is recorded yet\n")
  }

  @Test(
    "bars go from nothing to the greatest, and a few values share one where there is no room",
    arguments: [
      ([0, 0, 0], 8, "▁▁▁"), ([0, 1, 7], 8, "▁▂█"), ([1_000], 8, "█"), ([], 8, ""), ([0, 9, 0, 9, 0, 9], 3, "███"),
    ] as [([Int], Int, String)])
  func bars(values: [Int], room: Int, bars: String) {
    #expect(TrendText.sparkline(values, room) == bars)
  }

  @Test("the JSON tells the same")
  func json() throws {
    let root = try JSON.read(try history().json)
    let shop = try #require(root["targets"]?[1])
    #expect(shop["runs"]?.count == 4 && shop["families"]?[0]?["open"]?[3]?.integer == 1)
    #expect(shop["phases"]?[0]?["changes"]?[2]?["fell_from_proven"]?.boolean == true)
    #expect(shop["accepted_until"]?[0]?["until"]?.text == "1970-02-01")
  }
}
