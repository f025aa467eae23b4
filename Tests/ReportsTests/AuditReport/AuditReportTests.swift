import Formats
import Rules
import Testing

@testable import Reports

@Suite("The report set of a run")
struct AuditReportTests {
  private func finding(_ rule: String, _ path: String, _ level: Severity, suppressed: Bool = false) -> Finding {
    Finding(
      ruleID: rule, level: level, message: "m\u{1B}[31m]]>", location: Location(path: path, line: 3, column: 2),
      snippet: "s", remediation: "r",
      suppression: suppressed ? .init(kind: .inSource, reason: "known") : nil)
  }

  private func run(
    _ findings: [Finding] = [], unevaluated: [Unevaluated] = [], threshold: FailureThreshold = .error
  ) throws -> AuditRun {
    var coverage = Coverage()
    coverage.filesScanned = 2
    return AuditRun(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      time: Timestamp(milliseconds: 0), gitHead: nil, threshold: threshold, rules: try RulePack.builtIn().rules,
      inputs: [], findings: findings, phases: [], gates: [], contracts: [], unevaluated: unevaluated,
      coverage: coverage)
  }

  private let gap = Unevaluated(area: .scan, location: Location(path: "x"), message: "unreadable")

  @Test("the JSON declares the totals that the XML holds")
  func totalsAgree() throws {
    let run = try run(
      [
        finding("hard-path.home", "a.py", .error), finding("hard-path.home", "a.py", .error),
        finding("hard-path.home", "b.py", .error, suppressed: true), finding("hard-path.document", "c.md", .note),
        finding("suppression.unused", "a.py", .note),
      ], unevaluated: [gap])
    let declared = try #require(try JSON.read(AuditReportJSON(run).bytes())["summary"]?["junit"])
    let counted = try JUnitSummary(try AuditJUnit(run).report.xml())
    #expect(counted.isConsistent)
    #expect(declared["tests"]?.integer == Int64(counted.totals.tests))
    #expect(declared["failures"]?.integer == Int64(counted.totals.failures))
    #expect(declared["errors"]?.integer == Int64(counted.totals.errors))
    #expect(declared["skipped"]?.integer == Int64(counted.totals.skipped))
    #expect(counted.totals.failures == 1 && counted.totals.errors == 1 && counted.totals.skipped == 1)
  }

  @Test("what could not be evaluated makes the outcome 'no verdict', whatever else was found")
  func gapsWin() throws {
    #expect(try run(unevaluated: [gap]).exitStatus == .noVerdict)
    #expect(try run([finding("hard-path.home", "a", .error)], unevaluated: [gap]).exitStatus == .noVerdict)
    #expect(try run([finding("hard-path.home", "a", .error)]).exitStatus == .findings)
    #expect(try run([finding("hard-path.home", "a", .error, suppressed: true)]).exitStatus == .clean)
    #expect(try run([finding("hard-path.home", "a", .warning)]).exitStatus == .clean)
    #expect(try run([finding("hard-path.home", "a", .warning)], threshold: .warning).exitStatus == .findings)
    #expect(try run().exitStatus == .clean)
  }

  private func caseNames(_ report: JUnitReport) throws -> Set<String> {
    var names: Set<String> = []
    for suite in report.suites { try suite.eachCase { names.insert($0.className) } }
    return names
  }

  @Test("a passing rule has a case too, and an empty run still has cases")
  func passingCases() throws {
    let names = try caseNames(AuditJUnit(run()).report)
    for rule in try RulePack.builtIn().rules { #expect(names.contains("auditor.\(rule.id)")) }
  }

  @Test("nothing of the audited tree reaches a terminal as a control character")
  func terminalIsSafe() throws {
    let text = AuditText(
      try run([finding("hard-path.home", "a\u{1B}[2J.py", .error)]), style: TerminalStyle(hasColor: false)
    ).text
    #expect(!text.unicodeScalars.contains { $0.value == 0x1B })
    #expect(text.contains("Outcome: findings (exit 1)"))
  }

  @Test("the order of findings is total: any order in gives one order out")
  func order() throws {
    let findings = [
      finding("b.x", "a", .error), finding("a.x", "a", .error), finding("a.x", "B", .error), finding("a.x", "b", .note),
    ]
    let first = try AuditReportJSON(run(findings)).bytes()
    #expect(try AuditReportJSON(run(findings.reversed())).bytes() == first)
  }
}
