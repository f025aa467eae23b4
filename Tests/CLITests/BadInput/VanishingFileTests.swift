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
  }

  @Test func `a tree that changes all the time ends in whole reports`() throws {
    let workspace = try Workspace(Sample.project(.proven))
    // It ends with the shell that began it, even when that is killed.
    let churn =
      "while kill -0 $$; do mkdir -p src/x; echo y > src/x/a.py; rm -rf src/x; ln -sfn /etc src/x; rm src/x; done"
    let runs = "for i in 1 2 3 4 5; do \"$0\" audit --quiet --json > ../run$i.json; echo $?; done"
    let outcome = try workspace.start(["sh", "-c", "(\(churn)) 2> /dev/null & \(runs); kill $!", BuiltBinary.path])
    let statuses = outcome.output.split(separator: "\n").compactMap { Int64($0) }
    #expect(statuses.count == 5, "\(outcome)")
    for (index, status) in statuses.enumerated() {
      let report = try workspace.json(of: "../run\(index + 1).json")
      #expect(status == (report.gaps.isEmpty ? 0 : 4), "\(report.gaps)")
      #expect(report.at("summary", "exit_status")?.integer == status)
      #expect(report.at("phases", "OPS", "verdict")?.text == "PROVEN")
    }
  }
}
