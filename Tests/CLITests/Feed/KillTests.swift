import Formats
import Glibc
import Testing

/// A kill at any moment leaves files that parse, as they were or as they were to become.
@Suite struct KillTests {
  private static let killCount = 120
  private static let fixed = ["DOD_ROOT": ".", "SOURCE_DATE_EPOCH": "1767225600"]

  /// Runs the binary again and again, each time killed a little later, from its first moment to beyond its end.
  private func kill(
    _ arguments: [String], in workspace: Workspace, before: () throws -> Void = {}, check: () throws -> Void
  ) throws {
    let clock = ContinuousClock()
    let usual = try clock.measure { _ = try workspace.run(arguments, environment: Self.fixed) }
    let microseconds = usual.components.seconds * 1_000_000 + usual.components.attoseconds / 1_000_000_000_000
    var killed = 0
    for step in 1...Self.killCount {
      try before()
      let delay = microseconds * Int64(step) / Int64(Self.killCount)
      let seconds = "\(delay / 1_000_000).\(String(String(1_000_000 + delay % 1_000_000).dropFirst()))"
      let outcome = try workspace.run(
        arguments, environment: Self.fixed, through: ["timeout", "--signal=KILL", seconds])
      if outcome.status == 128 + SIGKILL { killed += 1 }
      try check()
    }
    // How many depends on the machine; that some were cut off is what the test is about.
    #expect(killed > 0)
  }

  @Test func `an update of the registry`() throws {
    var entries = Sample.project(.proven)
    let padding = String(repeating: "# what people wrote here stays\n", count: 4_000)
    let registry = "phases:\n  OPS: {verdict: DESIGNED, requires: []}\n"
    let path = "dod/registry.yaml"
    entries[path] = .file(padding + registry)
    let workspace = try Workspace(entries)
    let old = try workspace.bytes(of: path)
    let arguments = ["dod", "--update-status-phase", "OPS"]
    #expect(try workspace.run(arguments, environment: Self.fixed).status == 0)
    let new = try workspace.bytes(of: path)
    let isChanged = old != new
    #expect(isChanged)
    try kill(arguments, in: workspace, before: { try workspace.put(.bytes(old), at: path) }) {
      let found = try workspace.bytes(of: path)
      let isWhole = found == old || found == new
      #expect(isWhole, "\(found.count) bytes")
      for name in workspace.names(in: "observability/reports/dod_checker") where name.hasSuffix(".json") {
        _ = try JSON.read(try workspace.bytes(of: "observability/reports/dod_checker/\(name)"))
      }
    }
  }

  @Test func `a run that is being recorded`() throws {
    let feed = "observability/logs/activity_feed.jsonl"
    let workspace = try Workspace([feed: "{\"phase_id\":\"P\",\"action\":\"note\"}", "src/a.py": "a\n"])
    var last = try workspace.bytes(of: feed)
    try kill(["run", "--phase", "P", "--input", "src", "--", "true"], in: workspace) {
      let found = try workspace.bytes(of: feed)
      let isLonger = found.starts(with: last)
      #expect(isLonger)
      #expect(throws: Never.self) { try JSONLines.read(found) }
      last = found
    }
  }
}
