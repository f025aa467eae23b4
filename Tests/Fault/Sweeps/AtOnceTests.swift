import Auditor
import Formats
import Glibc
import Testing

/// Several runs at one moment, with one ledger and one folder of reports.
@Suite("Runs at once do not mix", .serialized)
struct AtOnceTests {
  private static func words(_ folder: String) -> [String] {
    [
      "audit", ".", "--rules", "../rule.yaml", "--jobs", "1", "--json", "--reports-dir", folder, "--ledger",
      "../out/ledger.sqlite", "--quiet",
    ]
  }

  @Test("each run is recorded, and the reports are those of one of them", arguments: [2, 10])
  func runs(count: Int) throws {
    let bench = try FaultBench()
    let copy = try bench.copy()
    defer { TemporaryTree.remove(copy) }
    // Each as if it were on a day of its own: its reports can be told from those of the others.
    let days = 1...count
    let outcomes = IndexedWork.run(jobs: count, count: count) { indices in
      var answers: [(day: Int, outcome: Result<FaultBench.Outcome, any Error>)] = []
      while let index = indices.next() {
        answers.append(
          (index + 1, Result { try bench.run(Self.words("../out/reports"), in: copy, epoch: (index + 1) * 86_400) }))
      }
      return answers
    }.joined()
    var printed: [Int: [UInt8]] = [:]
    for (day, outcome) in outcomes {
      let outcome = try outcome.get()
      #expect(outcome.status == 0, "\(outcome.complaints)")
      printed[day] = Array(outcome.output.utf8)
    }
    let folder = "\(copy)/out/reports"
    let files = try TemporaryTree.files(below: ["out/reports"], of: copy)
    let latest = files["out/reports/dod_report.latest.json"]
    let last = try #require(days.first { printed[$0] == latest }, "the latest report is that of no run")
    for name in try FolderListing.names(in: folder) { #expect(!name.hasSuffix(".tmp"), "\(name)") }
    for day in days {
      let stamp = try #require(try JSON.read(printed[day] ?? [])["ts"]?.text).filter { $0.isNumber || $0 == "T" }
      let own = try FolderListing.names(in: folder).filter { $0.hasPrefix(stamp.prefix(8)) }
      #expect(own.count == 1, "\(stamp): \(own)")
      for name in own { #expect(files["out/reports/\(name)"] == printed[day]) }
    }
    // What the same run writes that has the folder to itself.
    _ = try bench.run(
      Self.words("../out/alone").filter { $0 != "--ledger" && $0 != "../out/ledger.sqlite" }, in: copy,
      epoch: last * 86_400)
    let alone = try FileReader.read("\(copy)/out/alone/junit.xml")
    #expect(try FileReader.read("\(folder)/junit.xml") == alone)
    let checked = try bench.run(["ledger", "verify", "--ledger", "../out/ledger.sqlite", "--json"], in: copy)
    let verdict = try JSON.read(Array(checked.output.utf8))
    #expect(verdict["status"]?.text == "INTACT" && verdict["runs"]?.integer == Int64(count), "\(checked.output)")
    print(
      "fault: \(count) runs at once: \(printed.count) ended well, the ledger holds \(verdict["runs"]?.integer ?? 0)")
  }
}
