import Testing

/// `auditor dod`: the checker by itself, with its own files and environment.
@Suite struct DoDCommandTests {
  /// Where the sample keeps its parts.
  private static let places = [
    "DOD_ROOT": ".", "DOD_DOCS_DIR": "dod", "DOD_REPORTS_DIR": "out", "LUKA_ACTIVITY_FEED_JSONL": "evidence/feed.jsonl",
    "DOD_PHASE_STATUS_PATH": "dod/registry.yaml",
  ]

  @Test(arguments: [(Sample.Phase.proven, Int32(0)), (.partial, 2), (.designed, 3)])
  func `the exit status is the verdict`(phase: Sample.Phase, status: Int32) throws {
    let workspace = try Workspace(Sample.project(phase))
    let outcome = try workspace.run(["dod", "--all", "--json"], environment: Self.places)
    #expect(outcome.status == status, "\(outcome)")
    #expect(try outcome.json()["results"]?.texts(of: "verdict") == [phase.rawValue.uppercased()])
    #expect(workspace.names(in: "out").contains("dod_report.latest.json"))
  }

  @Test(arguments: [
    ("dod/registry.yaml", Entry.file("phases: [\n"), "dod/registry.yaml:2:1: "),
    ("dod/DOD__OPS.md", .bytes([0x0A, 0xC3]), "dod/DOD__OPS.md:2:1: "),
    ("evidence/feed.jsonl", .bytes([0x7B, 0x0A, 0xFF]), "evidence/feed.jsonl:2:1: "),
    ("evidence/feed.jsonl", .fifo, "evidence/feed.jsonl: "),
  ]) func `what cannot be read gives no verdict, once and with its place`(
    path: String, entry: Entry, place: String
  ) throws {
    var entries = Sample.project(.proven)
    entries[path] = entry
    let workspace = try Workspace(entries)
    let outcome = try workspace.run(["dod", "--phase", "OPS", "--json"], environment: Self.places)
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.count(of: place) == 1, "\(outcome)")
    #expect(try outcome.json()["error"]?.text.contains(place) == true)
    #expect(workspace.names(in: "out").isEmpty)
  }

  @Test func `nothing to judge is no pass`() throws {
    let workspace = try Workspace(Sample.project())
    let outcome = try workspace.run(["dod", "--all"], environment: Self.places)
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("nothing to judge"))
  }

  @Test(arguments: [["dod", "--phase", "OSP", "--json"], ["signoff", "OSP", "--actor", "me"]])
  func `a mistyped phase is told by the one that was meant`(arguments: [String]) throws {
    let workspace = try Workspace(Sample.project(.proven))
    let outcome = try workspace.run(arguments, environment: Self.places)
    #expect(outcome.status != 0)
    #expect(outcome.complaints.contains("no document tells of OSP; did you mean 'OPS'?"), "\(outcome)")
    let meant = try workspace.run(arguments.map { $0 == "OSP" ? "OPS" : $0 }, environment: Self.places)
    #expect(!meant.complaints.contains("did you mean"), "\(meant)")
  }

  @Test func `a verdict is recorded, and comments stay`() throws {
    let registry: Entry = "# ours\nphases:\n  OPS: # the night shift\n    verdict: DESIGNED\n    requires: []\n"
    let workspace = try Workspace(Sample.project(.proven, and: ["dod/registry.yaml": registry]))
    let outcome = try workspace.run(["dod", "--update-status-phase", "OPS"], environment: Self.places)
    #expect(outcome.status == 0, "\(outcome)")
    let text = String(decoding: try workspace.bytes(of: "dod/registry.yaml"), as: UTF8.self)
    #expect(text.contains("# ours") && text.contains("# the night shift"))
    #expect(text.contains("verdict: PROVEN"), "\(text)")
    #expect(try workspace.run(["dod", "--all"], environment: Self.places).status == 0)
  }
}

extension String {
  /// How often a text occurs in this one.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
