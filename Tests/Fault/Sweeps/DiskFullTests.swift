import Auditor
import Glibc
import Rules
import Testing

/// Reports and ledger on a disk that fills up at every step: a file system in memory where one may be mounted, and everywhere
/// writes that fail from the n-th on.
@Suite("A full disk leaves the old reports or the new, and is told", .serialized)
struct DiskFullTests {
  private static let audit = [
    "audit", ".", "--rules", "../rule.yaml", "--no-cache", "--jobs", "1", "--reports-dir", "../out/reports", "--ledger",
    "../out/ledger.sqlite",
  ]

  @Test(arguments: [true, false]) func `an audit with less and less room`(mounting: Bool) throws {
    let bench = try FaultBench()
    let usual = try bench.run(Self.audit, in: try bench.copy())
    try #require(usual.status == 0, "\(usual)")
    let kilobytes = [0, 4, 8, 16, 32, 48, 64, 96, 128, 160, 192, 256, 320, 384, 512]
    var tally = FaultTally()
    var isMounted = mounting
    for (step, room) in kilobytes.enumerated() {
      let copy = try bench.copy()
      defer { TemporaryTree.remove(copy) }
      var fault = Fault(call: "write", first: step + 1, count: 0, kind: .error(ENOSPC))
      let outcome: FaultBench.Outcome
      if isMounted, (try? mount(room, on: copy)) != nil {
        defer { try? TemporaryTree.script("umount out", in: copy) }
        outcome = try bench.run(Self.audit, in: copy)
      } else {
        isMounted = false
        if step.isMultiple(of: 2) { fault = Fault(call: "pwrite", first: step * 5 + 1, count: 0, kind: .error(ENOSPC)) }
        outcome = try bench.run(Self.audit, in: copy, fault)
      }
      let judge = FaultJudge(
        command: FaultCommand(name: "audit with \(room) kB left", words: Self.audit), fault: fault, usual: usual)
      try judge.enter(outcome, into: &tally) { outcome }
      try expectOldOrNew(outcome, usual, of: bench, "\(room) kB")
    }
    print(tally.line(isMounted ? "full disk (tmpfs)" : "full disk (writes that fail)"))
    for broken in tally.broken { Issue.record("\(broken)") }
    #expect(tally.cases == kilobytes.count)
    #expect(tally.endings[.told, default: 0] > 0 && tally.endings[.absorbed, default: 0] > 0, "\(tally.endings)")
  }

  @Test func `standard output that takes nothing is told, and a reader that goes away is not`() throws {
    let bench = try FaultBench()
    let copy = try bench.copy()
    defer { TemporaryTree.remove(copy) }
    try TemporaryTree.script(
      """
      cd tree
      ! "$1" scan . --rules ../rule.yaml --no-cache --json > /dev/full 2> ../said || exit 9
      "$1" scan . --rules ../rule.yaml --no-cache --json > /dev/full 2> /dev/null || test $? = \(ExitStatus.noVerdict.rawValue)
      grep -q 'standard output: cannot write: No space left on device' ../said
      { "$1" scan . --rules ../rule.yaml --no-cache --json 2> ../said; echo $? > ../status; } | true
      test "$(cat ../status)" = 0
      test ! -s ../said
      """, [FaultBench.binary], in: copy)
  }

  /// The reports are those of the run before, all of them, or those of this run.
  private func expectOldOrNew(
    _ outcome: FaultBench.Outcome, _ usual: FaultBench.Outcome, of bench: FaultBench, _ what: String
  ) throws {
    let old = try bench.copy()
    defer { TemporaryTree.remove(old) }
    let before = try TemporaryTree.files(below: ["out/reports"], of: old)
    let names = ["dod_report.latest.json", "junit.xml", "report.html"]
    let isOld = names.allSatisfy { outcome.files["out/reports/\($0)"] == before["out/reports/\($0)"] }
    let isNew = names.allSatisfy { outcome.files["out/reports/\($0)"] == usual.files["out/reports/\($0)"] }
    #expect(isOld || isNew, "\(what): \(outcome.complaints)")
  }

  /// A file system in memory that holds what `out` held and has so much room left.
  private func mount(_ kilobytes: Int, on copy: String) throws {
    try TemporaryTree.script(
      """
      mv out before
      mkdir out
      mount -t tmpfs -o size=4m none out 2> /dev/null || { rmdir out; mv before out; exit 1; }
      cp -a before/. out
      free=$(df --output=avail -k out | tail -1)
      head -c $(( (free - \(kilobytes)) * 1024 )) /dev/zero > out/filler
      """, in: copy)
  }
}
