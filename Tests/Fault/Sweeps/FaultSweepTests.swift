import Auditor
import Glibc
import Testing

/// Every call that a command makes fails, one at a time, in every way in which such a call can; each run is held to the same
/// promises. `AUDITOR_FAULT_POINTS` says how many calls of each name are tried (`make fault-long`: 60).
@Suite("Whatever the system refuses, a run tells and leaves nothing by halves", .serialized)
struct FaultSweepTests {
  private static let points = getenv("AUDITOR_FAULT_POINTS").flatMap { Int(String(cString: $0)) } ?? 1

  @Test func `calls that fail`() throws {
    try sweep("failing calls", [.error(EIO), .error(ENOSPC), .error(EMFILE), .error(EINTR), .error(EAGAIN), .short])
  }

  @Test func `signals in the middle of any call`() throws {
    try sweep("signals", [.signal(SIGTERM), .signal(SIGINT), .signal(SIGHUP), .signal(SIGKILL)])
  }

  private struct Case: Sendable {
    let command: FaultCommand
    let fault: Fault
    let usual: FaultBench.Outcome
  }

  private func sweep(_ name: String, _ kinds: [Fault.Kind]) throws {
    let bench = try FaultBench()
    var cases: [Case] = []
    for command in FaultCommand.all {
      let usual = try bench.run(command)
      try #require(usual.status == 0, "\(command): \(usual.complaints)\n\(usual.output)")
      for (call, made) in usual.log.sorted(by: { $0.key < $1.key }) {
        guard let total = Int(made) else { continue }
        for (index, kind) in kinds.enumerated() where Fault.canMeet(call, kind) {
          cases += Self.places(total, turn: cases.count + index).map { place in
            Case(command: command, fault: Fault(call: call, first: place, kind: kind), usual: usual)
          }
        }
      }
    }
    let all = cases
    let tallies = IndexedWork.run(jobs: WorkerThreads.coreCount, count: all.count) { indices in
      var tally = FaultTally()
      while let index = indices.next() {
        let one = all[index]
        do {
          let copy = try bench.copy()
          defer { TemporaryTree.remove(copy) }
          let outcome = try bench.run(one.command.words, in: copy, one.fault)
          let judge = FaultJudge(command: one.command, fault: one.fault, usual: one.usual)
          try judge.enter(outcome, into: &tally) { try bench.run(one.command.words, in: copy) }
        } catch {
          Issue.record("\(one.command): \(one.fault): the test could not be made: \(error)")
        }
      }
      return tally
    }
    var tally = FaultTally()
    for part in tallies { tally.add(part) }
    print(tally.line("\(name) of \(FaultCommand.all.count) commands"))
    for broken in tally.broken { Issue.record("\(broken)") }
    #expect(tally.cases == all.count && tally.cases > 100)
  }

  /// Which of so many calls fail: spread over all of them, in each turn others.
  private static func places(_ total: Int, turn: Int) -> [Int] {
    if total <= points { return Array(1...max(1, total)) }
    return Array(Set((0..<points).map { ($0 * total + (turn * 7919) % total) / points % total + 1 })).sorted()
  }
}
