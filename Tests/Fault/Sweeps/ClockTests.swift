import Auditor
import Formats
import Testing

/// The clock of the machine, an hour further back each time that somebody looks at it.
@Suite("A clock that goes back changes no verdict, no order and no record")
struct ClockTests {
  private static let back = Fault(call: "clock", first: 1, count: 0, kind: .back(3_600))

  @Test func `audits are whole, and the ledger holds each`() throws {
    let bench = try FaultBench()
    let copy = try bench.copy()
    defer { TemporaryTree.remove(copy) }
    let words = [
      "audit", ".", "--rules", "../rule.yaml", "--reports-dir", "../out/reports", "--ledger", "../out/ledger.sqlite",
      "--json",
    ]
    for _ in 0..<2 {
      let outcome = try bench.run(words, in: copy, Self.back, epoch: nil)
      #expect(outcome.status == 0, "\(outcome.complaints)")
      #expect(outcome.log["fired"] != nil, "nobody looked at the clock: the case tests nothing")
      let report = try JSON.read(Array(outcome.output.utf8))
      #expect(report["phases"]?["OPS"]?["verdict"]?.text == "PROVEN")
      #expect(outcome.files["out/reports/dod_report.latest.json"] == Array(outcome.output.utf8))
    }
    let verified = try bench.run(
      ["ledger", "verify", "--ledger", "../out/ledger.sqlite", "--json"], in: copy, Self.back, epoch: nil)
    let verdict = try JSON.read(Array(verified.output.utf8))
    #expect(verdict["status"]?.text == "INTACT" && verdict["runs"]?.integer == 2, "\(verified.output)")
  }

  @Test func `a run that is recorded ends after it began`() throws {
    let bench = try FaultBench()
    let copy = try bench.copy()
    defer { TemporaryTree.remove(copy) }
    let outcome = try bench.run(
      ["run", "--phase", "P", "--output", "made.txt", "--", "sh", "-c", "echo made > made.txt"], in: copy, Self.back,
      epoch: nil)
    #expect(outcome.status == 0, "\(outcome.complaints)")
    let feed = try JSONLines.read(try FileReader.read("\(copy)/tree/evidence/feed.jsonl"))
    let events = feed.filter { $0["phase_id"]?.text == "P" }
    #expect(events.map { $0["action"]?.text } == ["started", "completed", "verified"])
    let moments = events.compactMap { $0["ts_epoch_ms"]?.integer }
    #expect(moments.count == 3 && moments[0] < moments[1] && moments[1] < moments[2], "\(moments)")
  }

  @Test func `what was remembered of a file is not said of its next content`() throws {
    let bench = try FaultBench()
    let copy = try bench.copy()
    defer { TemporaryTree.remove(copy) }
    let words = ["scan", ".", "--rules", "../rule.yaml", "--json"]
    let first = try bench.run(words, in: copy, Self.back, epoch: nil)
    #expect(first.status == 0, "\(first.complaints)")
    // The same size, and a time that the clock of the runs has not come to yet.
    try TemporaryTree.script(
      """
      size=$(wc -c < tree/src/area.py)
      printf 'x = "HOME_OF_ALICE"%*s' $((size - 19)) '' > tree/src/area.py
      test "$(wc -c < tree/src/area.py)" = "$size"
      """, in: copy)
    let second = try bench.run(words, in: copy, Self.back, epoch: nil)
    #expect(second.status == 1, "\(second.complaints)")
    #expect(try JSON.read(Array(second.output.utf8))["findings"]?.elements.count == 1)
  }
}
