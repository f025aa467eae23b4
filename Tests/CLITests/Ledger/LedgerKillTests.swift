import Formats
import Glibc
import Testing

/// A kill at any moment leaves a ledger that opens, that verifies, and that holds the run or does not.
@Suite struct LedgerKillTests {
  /// `make ledger-kills` has more of them.
  private static let killCount = getenv("AUDITOR_LEDGER_KILLS").flatMap { Int(String(cString: $0)) } ?? 60

  /// The report of a run of some findings.
  private static func report(_ count: Int, salt: Int) -> String {
    var text = """
      {"schema_version":"auditor.dod_report/1","ts":"2026-01-01T00:00:00Z","git_head":null,"tool":{"name":"auditor",\
      "version":"1","rule_pack_digest":"sha256:0"},"scope":{"kind":"tree"},"summary":{"exit_status":1,"unevaluated":0},\
      "coverage":{"files_scanned":1},"phases":{},"gates":[]}

      """
    for number in 0..<count {
      let print = SHA256.digest(Array("\(salt) \(number)".utf8)).hex.prefix(32)
      text += """
        {"rule_id":"hard-path.home","level":"error","message":"m","path":"src/\(number).py","line":1,"fingerprint":"\(print)"}

        """
    }
    return text
  }

  @Test func `runs that are killed while they are recorded`() throws {
    let workspace = try Workspace([
      "even.jsonl": .file(Self.report(100, salt: 0)), "odd.jsonl": .file(Self.report(100, salt: 1)),
    ])
    // A new one now and then, so that making it is cut off too and checking it stays quick.
    var ledger = "../audits-0.sqlite"
    func words(_ step: Int) -> [String] {
      ["ledger", "record", "--ledger", ledger, "--target", "t", step.isMultiple(of: 2) ? "even.jsonl" : "odd.jsonl"]
    }
    let clock = ContinuousClock()
    let usual = try clock.measure { _ = try workspace.run(words(0)) }
    let microseconds = usual.components.seconds * 1_000_000 + usual.components.attoseconds / 1_000_000_000_000
    var runs: Int64 = 1
    var killed = 0
    var kept = 0
    for step in 1...Self.killCount {
      if step % 30 == 0 {
        ledger = "../audits-\(step).sqlite"
        runs = 0
      }
      // Not in order, so that long and short ones follow each other.
      let delay = microseconds * Int64(step * 37 % Self.killCount + 1) / Int64(Self.killCount)
      let seconds = "\(delay / 1_000_000).\(String(String(1_000_000 + delay % 1_000_000).dropFirst()))"
      let outcome = try workspace.run(words(step), through: ["timeout", "--signal=KILL", seconds])
      if outcome.status == 128 + SIGKILL { killed += 1 }
      if runs == 0, workspace.names(in: "..").allSatisfy({ "../\($0)" != ledger }) { continue }
      let verdict = try workspace.run("ledger", "verify", "--json", "--ledger", ledger)
      #expect(verdict.status == 0, "\(verdict)")
      let found = try verdict.json()["runs"]?.integer ?? -1
      let isWhole = found == runs || found == runs + 1
      #expect(isWhole, "\(found) runs after \(runs)")
      if outcome.status == 0 { #expect(found == runs + 1) }
      if found > runs { kept += 1 }
      runs = found
    }
    #expect(killed > 0 && kept < Self.killCount, "\(killed) killed, \(kept) kept")
  }
}
