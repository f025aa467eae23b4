import Auditor
import Formats
import Rules
import Testing

/// A file that goes away between the walk and the scan. From outside that is a race, so the two steps are run here.
@Suite struct VanishingFileTests {
  @Test func `is told and counted, and the others are scanned`() throws {
    let workspace = try Workspace(["a.py": Sample.badSource, "gone.py": "x = 1\n", "swapped.py": "x = 1\n"])
    let listing = try TreeWalk().list(workspace.root)
    _ = try workspace.start(["rm", "gone.py", "swapped.py"])
    try workspace.put(.link(to: "a.py"), at: "swapped.py")
    let scan = TreeScan(
      root: workspace.root, rules: try RulePack.builtIn().rules, filter: .everything, jobs: 2,
      today: Timestamp(milliseconds: 0).date)
    let outcome = scan.run(listing) { _, _ in }
    #expect(outcome.findings.map(\.location.path) == ["a.py", "a.py"])
    #expect(outcome.unevaluated.map(\.location.path) == ["gone.py", "swapped.py"])
    #expect(outcome.coverage.skipped[.vanished] == 1)
    #expect(outcome.exitStatus(.error) == .noVerdict)
  }
}
