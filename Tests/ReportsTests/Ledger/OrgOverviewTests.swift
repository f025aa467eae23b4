import Formats
import Rules
import Testing

@testable import Reports

/// All repositories at one glance: what is new, gone, drifting, fallen and due, counted by hand.
@Suite struct OrgOverviewTests {
  private let world: LedgerWorld
  private static let day: Int64 = 86_400_000

  init() throws {
    world = try LedgerWorld()
    // Day by day: 'shop' gets worse, 'bank' is as ever, 'lake' is not looked at any more, 'mill' cannot be had.
    let a = LedgerWorld.finding("a"), b = LedgerWorld.finding("b", .warning)
    let waived = LedgerWorld.finding("c", rule: "secret.key", waivedUntil: "1970-01-20")
    try record("shop", 0, [a, b, waived], ["OPS": "PROVEN", "BILL": "PROVEN", "RUN": "PARTIAL"])
    try record("bank", 0, [a])
    try record("lake", 0, [])
    try record("shop", 9, [a, b, waived], ["OPS": "PROVEN", "BILL": "PROVEN", "RUN": "PARTIAL"])
    let graver = LedgerWorld.finding("b", .error), counted = LedgerWorld.finding("c", rule: "secret.key")
    try record("shop", 10, [graver, counted, LedgerWorld.finding("new")], ["OPS": "DESIGNED", "RUN": "PARTIAL"])
    try record("bank", 10, [a])
    try world.record(LedgerWorld.run(at: 10 * Self.day, isJudged: false), target: "mill")
  }

  private func record(
    _ target: String, _ day: Int64, _ findings: [Finding], _ phases: [String: String] = [:]
  ) throws {
    let rows = phases.map { LedgerRun.Phase(phaseID: $0.key, verdict: $0.value, missingCount: 0) }
    try world.record(LedgerWorld.run(findings, at: day * Self.day), target: target, phases: rows)
  }

  private func question(_ day: Int = 10, today: Int? = nil) -> OrgOverview.Question {
    OrgOverview.Question(day: CivilDate(dayNumber: day), today: CivilDate(dayNumber: today ?? day))
  }

  private func overview(_ question: OrgOverview.Question) throws -> OrgOverview {
    try Ledger.open(world.path()).overview(question)
  }

  private func shop(_ question: OrgOverview.Question) throws -> OrgTarget {
    try #require(try overview(question).targets.first { $0.name == "shop" })
  }

  @Test func `new, fixed and drifting are counted against the run before`() throws {
    let shop = try shop(question())
    #expect(shop.appeared == [.error: 1] && shop.fixed == 1 && shop.drifting == 2 && shop.worse == 2)
    #expect(shop.newest.map(\.path) == ["new"])
    #expect(
      shop.drifted.map { "\($0.path): \($0.was?.words ?? "") → \($0.state.words)" } == [
        "b: warning → error", "c: error, accepted (waiver until 1970-01-20) → error",
      ])
    #expect(shop.drifted.allSatisfy(\.isWorse) && !shop.hasJoined && shop.series == [2, 2, 3])
    let families = try overview(question()).families
    #expect(
      families.map { [$0.open, $0.appeared, $0.fixed, $0.drifting, $0.targets] } == [
        [3, 1, 1, 1, 2], [1, 0, 0, 1, 1],
      ])
  }

  @Test func `what came and went since a day is neither new nor fixed`() throws {
    try record("shop", 11, [LedgerWorld.finding("a"), LedgerWorld.finding("late")])
    var question = question(11)
    question.since = CivilDate(dayNumber: 10)
    let shop = try shop(question)
    #expect(shop.newest.map(\.path) == ["late"], "'a' went and came, 'new' came and went")
    #expect(shop.fixed == 1 && shop.drifting == 0, "'b' counted and is gone, 'c' was accepted and is gone")
    question.since = CivilDate(dayNumber: 0)
    #expect(try self.shop(question).hasJoined)
  }

  @Test func `phases that fell are told with their run, and those that are judged no more`() throws {
    let falls = try shop(question()).falls
    #expect(
      falls.map { "\($0.phaseID) \($0.verdict ?? "gone") \($0.run) \($0.isNew)" } == [
        "BILL gone 5 true", "OPS DESIGNED 5 true",
      ])
    try record("shop", 11, [], ["OPS": "PARTIAL", "BILL": "PROVEN"])
    let later = try shop(question(11)).falls
    #expect(later.map { "\($0.phaseID) \($0.verdict ?? "gone") \($0.run) \($0.isNew)" } == ["OPS PARTIAL 5 false"])
    #expect(try shop(question(11)).verdicts == [.partial: 1, .proven: 1], "'RUN' is judged no more")
  }

  @Test func `an incomplete run takes no phase and no finding away`() throws {
    try world.record(LedgerWorld.run(at: 11 * Self.day, isJudged: false), target: "shop")
    let shop = try shop(question(11))
    #expect(shop.fixed == 0 && shop.falls.map(\.phaseID) == ["BILL", "OPS"] && shop.falls.allSatisfy { !$0.isNew })
  }

  @Test func `alerts come gravest first, and the first gives the exit status`() throws {
    let overview = try overview(question())
    #expect(
      overview.alerts.map { "\($0.status.rawValue) \($0.kind.rawValue) \($0.target)" } == [
        "4 no_verdict mill", "4 stale lake", "1 fell_from_proven shop", "1 fell_from_proven shop", "1 new shop",
        "1 drifting shop",
      ])
    #expect(overview.exitStatus == .noVerdict)
  }

  @Test(arguments: [
    ([], Rules.ExitStatus.noVerdict), (["bank"], .clean), (["bank", "shop"], .findings),
  ])
  func `the exit status says whether anything got worse`(targets: [String], status: Rules.ExitStatus) throws {
    let other = try LedgerWorld()
    try other.record(LedgerWorld.run([LedgerWorld.finding("x")], at: 0), target: "bank")
    if targets.isEmpty {
      #expect(try Ledger.open(other.path()).overview(question(-1)).exitStatus == status)
      return
    }
    for target in targets {
      for day in [0, 1] as [Int64] {
        let more = target == "shop" && day == 1 ? [LedgerWorld.finding("y")] : []
        try other.record(LedgerWorld.run([LedgerWorld.finding("x")] + more, at: day * Self.day), target: target)
      }
    }
    #expect(try Ledger.open(other.path()).overview(question(1)).exitStatus == status)
  }

  @Test func `a finding below the threshold is told and fails nothing`() throws {
    let other = try LedgerWorld()
    for findings in [[], [LedgerWorld.finding("x", .warning)]] {
      try other.record(LedgerWorld.run(findings, at: 0))
    }
    var question = question(0)
    #expect(try Ledger.open(other.path()).overview(question).alerts.map(\.status) == [.clean])
    question.threshold = .warning
    #expect(try Ledger.open(other.path()).overview(question).exitStatus == .findings)
  }

  @Test func `acceptances are due by the day that is asked about, also one to come`() throws {
    let other = try LedgerWorld()
    let waived = LedgerWorld.finding("c", waivedUntil: "1970-01-20")
    for _ in 0..<2 { try other.record(LedgerWorld.run([waived], at: 0)) }
    func alerts(_ day: Int, within: Int = 14) throws -> [String] {
      var question = question(day, today: 0)
      question.within = within
      return try Ledger.open(other.path()).overview(question).alerts.map(\.words)
    }
    #expect(try alerts(0).isEmpty)
    #expect(try alerts(0, within: 19) == ["1 within 19 days: 1970-01-20 hard-path.home c (team@example.org)"])
    #expect(try alerts(25) == ["1 over: 1970-01-20 hard-path.home c (team@example.org)"])
  }

  @Test func `an earlier day is told as it was`() throws {
    let overview = try overview(question(9))
    #expect(overview.targets.map(\.name) == ["bank", "lake", "shop"])
    #expect(try shop(question(9)).last.number == 4)
    #expect(overview.days.map { [$0.targets, $0.openCount] } == Array(repeating: [3, 3], count: 10))
    #expect(overview.days.last?.verdicts == [.proven: 2, .partial: 1])
    #expect(try self.overview(question()).days.last?.verdicts == [.designed: 1, .partial: 1])
  }

  @Test func `long lists are cut, with the gravest kept and all of them counted`() throws {
    let many = (0..<30).map { LedgerWorld.finding("n\($0)", $0 == 29 ? .error : .note) }
    try record("bank", 11, many)
    let bank = try #require(try overview(question(11)).targets.first)
    #expect(bank.appearedCount == 30 && bank.newest.count == 20 && bank.newest.first?.path == "n29")
  }

  @Test func `the text keeps to the terminal, with and without colour the same`() throws {
    let overview = try overview(question())
    for width in [40, 80, 120] {
      let text = OrgText(overview, style: TerminalStyle(hasColor: false), width: width).text
      for line in text.split(separator: "\n") { #expect(line.unicodeScalars.count <= width, "\(line)") }
      let coloured = OrgText(overview, style: TerminalStyle(hasColor: true), width: width).text
      #expect(coloured.contains("\u{1B}[31m"))
      #expect(coloured.replacing(/\u{1B}\[[0-9]*m/, with: "") == text)
    }
    let text = OrgText(overview, style: TerminalStyle(hasColor: false), width: 100).text
    let head = "4 repositories as of 1970-01-11: 1 clean, 2 with findings, 1 without a verdict\n"
    #expect(text.hasPrefix(head), "\(text)")
    #expect(text.hasSuffix("Outcome: something got worse, and not everything has a verdict (exit 4)\n"))
    let none = OrgText(try self.overview(question(-1)), style: TerminalStyle(hasColor: false), width: 80).text
    #expect(none == "Outcome: no run is recorded by 1969-12-31 (exit 4)\n")
  }

  @Test func `the page is a page, with links that lead somewhere, and takes no name for markup`() throws {
    let hostile = "<script>alert(1)</script>\u{202E}"
    try record(hostile, 10, [LedgerWorld.finding(hostile, rule: hostile)], [hostile: "PROVEN"])
    let bytes = OrgPage(try overview(question()), toolVersion: "1").bytes()
    let page = try PageOutline(bytes)
    #expect(Set(page.ids).count == page.ids.count)
    for link in page.links where link.hasPrefix("#") {
      #expect(page.ids.contains(String(link.dropFirst())), "\(link)")
    }
    #expect(page.headings.first == 1 && page.headings.count { $0 == 1 } == 1)
    for (left, right) in zip(page.headings, page.headings.dropFirst()) { #expect(right <= left + 1) }
    for landmark in ["header", "nav", "main", "footer"] { #expect(page.names.count { $0 == landmark } == 1) }
    #expect(!page.names.contains("script") && !page.attributes.contains("style"))
    #expect(page.text.contains("5 repositories") && page.text.contains("<script>alert(1)</script>\\u{202e}"))
    #expect(try PageOutline(OrgPage(try overview(question(-1)), toolVersion: "1").bytes()).text.contains("No run"))
  }

  @Test func `a page about many stays small`() throws {
    let target = try shop(question())
    let many = OrgOverview(question(), targets: Array(repeating: target, count: 5_000), days: [], families: [])
    let bytes = OrgPage(many, toolVersion: "1").bytes()
    #expect(bytes.count < 1_500_000, "\(bytes.count)")
    #expect(try PageOutline(bytes).text.contains("4,500 more"))
  }
}
