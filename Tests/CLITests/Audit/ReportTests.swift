import Formats
import Testing

/// The report set of `audit`: what is written, that its parts agree, and that it depends on the inputs alone.
@Suite struct ReportTests {
  static let mixed = Sample.project(.partial, gate: .tampered, source: Sample.badSource)

  @Test func `a run writes the latest report, a stamped copy and JUnit XML`() throws {
    let workspace = try Workspace(Self.mixed)
    let outcome = try workspace.run(["audit"], environment: ["SOURCE_DATE_EPOCH": "1767225600"])
    #expect(
      workspace.names(in: "reports") == [
        "20260101T000000000000Z_dod_report.json", "dod_report.latest.json", "junit.xml", "report.html",
      ], "\(outcome)")
    let latest = try workspace.bytes(of: "reports/dod_report.latest.json")
    #expect(try workspace.bytes(of: "reports/20260101T000000000000Z_dod_report.json") == latest)
    #expect(try JSON.read(latest)["ts"]?.text == "2026-01-01T00:00:00Z")
  }

  @Test func `reports go where they are wanted`() throws {
    let workspace = try Workspace(Self.mixed)
    _ = try workspace.run("audit", "--reports-dir", "../elsewhere/deep")
    #expect(workspace.names(in: "../elsewhere/deep").count == 4)
    #expect(workspace.names(in: "reports").isEmpty)
  }

  @Test(arguments: [
    Sample.project(), Sample.project(.proven, gate: .sealed), ReportTests.mixed,
    Sample.project(.designed, and: ["gates.map.yaml": "[", "dod/registry.yaml": "phases: ["]),
  ]) func `the totals of the report are those of the JUnit XML`(entries: [String: Entry]) throws {
    let workspace = try Workspace(entries)
    _ = try workspace.run("audit")
    let declared = try workspace.json(of: "reports/dod_report.latest.json").at("summary", "junit")
    let counted = try JUnitSummary(workspace.bytes(of: "reports/junit.xml"))
    #expect(counted.isConsistent)
    #expect(declared?["tests"]?.integer == Int64(counted.totals.tests))
    #expect(declared?["failures"]?.integer == Int64(counted.totals.failures))
    #expect(declared?["errors"]?.integer == Int64(counted.totals.errors))
    #expect(declared?["skipped"]?.integer == Int64(counted.totals.skipped))
  }

  @Test(arguments: [
    Sample.project(.proven, gate: .sealed), ReportTests.mixed, ["auditor.yaml": "scan: ["], ["auditor.yaml": ""], [:],
    Sample.project(.designed, gate: .missing, and: ["a.schema.json": "{}", "dod/registry.yaml": "["]),
  ]) func `every report is valid by the published schema`(entries: [String: Entry]) throws {
    let workspace = try Workspace(entries)
    _ = try workspace.run("audit")
    let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let schema = "/\(package)/reports/schema/dod_report.schema.json"
    let outcome = try workspace.run("schema", "validate", "--schema", schema, "reports/dod_report.latest.json")
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test func `the same inputs give the same bytes on any number of threads`() throws {
    var entries = Self.mixed
    for index in 0..<150 { entries["src/part\(index % 7)/module\(index).py"] = Sample.badSource }
    let workspace = try Workspace(entries)
    let time = ["SOURCE_DATE_EPOCH": "1"]
    let one = try workspace.run(["audit", "--jobs", "1", "--reports-dir", "../one", "--json"], environment: time)
    let many = try workspace.run(["audit", "--jobs", "8", "--reports-dir", "../many", "--json"], environment: time)
    #expect(one.standardOutput == many.standardOutput)
    #expect(try one.json()["findings"]?.count ?? 0 > 300)
    #expect(workspace.names(in: "../one") == workspace.names(in: "../many"))
    for name in workspace.names(in: "../one") {
      #expect(try workspace.bytes(of: "../one/\(name)") == workspace.bytes(of: "../many/\(name)"), "\(name)")
    }
  }

  @Test(arguments: [[], ["--reports-dir", "out"], ["--reports-dir", "."]])
  func `reports of an earlier run do not change the next`(options: [String]) throws {
    let workspace = try Workspace(Self.mixed)
    let arguments = ["audit", "--json"] + options
    let first = try workspace.run(arguments, environment: ["SOURCE_DATE_EPOCH": "1"])
    let later = try workspace.run(arguments, environment: ["SOURCE_DATE_EPOCH": "2"])
    let again = try workspace.run(arguments, environment: ["SOURCE_DATE_EPOCH": "1"])
    #expect(later.status == first.status)
    #expect(again.standardOutput == first.standardOutput)
  }

  @Test(arguments: [("tree", ".."), ("../tree", "."), ("../link", "."), ("ABSOLUTE", "/"), ("./../tree/", ".")])
  func `a report does not depend on where it was asked for`(root: String, folder: String) throws {
    let workspace = try Workspace(Self.mixed.merging(["../link": .link(to: "tree")]) { $1 })
    let time = ["SOURCE_DATE_EPOCH": "1", "GIT_CEILING_DIRECTORIES": workspace.enclosure]
    let inside = try workspace.run(["audit", "--json"], environment: time)
    let outside = try BuiltBinary.run(
      ["audit", "--json", root == "ABSOLUTE" ? workspace.root : root],
      in: folder == "/" ? "/" : "\(workspace.root)/\(folder)", environment: time)
    #expect(outside.output == inside.output, "\(outside.complaints)")
  }

  @Test func `what a killed run left behind does not change the next`() throws {
    let workspace = try Workspace(Sample.project(and: ["reports/dod_report.latest.json.77.tmp": Sample.badSource]))
    let report = try workspace.run("audit", "--json").json()
    #expect(report["findings"]?.count == 0)
    #expect(report.at("coverage", "files_seen")?.integer == 2)
  }

  @Test func `each format on standard output is the file of that name`() throws {
    let workspace = try Workspace(Self.mixed)
    let time = ["SOURCE_DATE_EPOCH": "1"]
    let json = try workspace.run(["audit", "--format", "json"], environment: time)
    #expect(try json.standardOutput == workspace.bytes(of: "reports/dod_report.latest.json"))
    #expect(try workspace.run(["audit", "--json"], environment: time).standardOutput == json.standardOutput)
    let junit = try workspace.run(["audit", "--format", "junit"], environment: time)
    #expect(try junit.standardOutput == workspace.bytes(of: "reports/junit.xml"))
    let page = try workspace.run(["audit", "--format", "html"], environment: time)
    #expect(try page.standardOutput == workspace.bytes(of: "reports/report.html"))
    let text = try workspace.run(["audit", "--format", "text"], environment: time)
    #expect(text.output.contains("src/area.py\n  1:9      error"))
    #expect(text.output.contains("Outcome: incomplete (exit 2)"))
  }

  @Test func `runs at once are all recorded`() throws {
    let workspace = try Workspace(Self.mixed)
    let script = "for i in 1 2 3 4; do \"$0\" audit >/dev/null 2>&1 & done; wait"
    _ = try workspace.start(["sh", "-c", script, BuiltBinary.path])
    let stamped = workspace.names(in: "reports").filter { $0.hasSuffix("_dod_report.json") }
    #expect(stamped.count == 4)
    let latest = try workspace.bytes(of: "reports/dod_report.latest.json")
    #expect(try stamped.contains { try workspace.bytes(of: "reports/\($0)") == latest })
    #expect(workspace.names(in: "reports").count == 7, "nothing temporary is left")
  }

  @Test func `a kill leaves the old reports or the new ones`() throws {
    var entries = Self.mixed
    for index in 0..<60 { entries["src/module\(index).py"] = Sample.badSource }
    let workspace = try Workspace(entries)
    _ = try workspace.run(["audit"], environment: ["SOURCE_DATE_EPOCH": "1"])
    for milliseconds in stride(from: 10, through: 130, by: 20) {
      let seconds = "0.\(milliseconds < 100 ? "0" : "")\(milliseconds)"
      _ = try workspace.start(["timeout", "--signal", "KILL", seconds, BuiltBinary.path, "audit"])
      let report = try workspace.json(of: "reports/dod_report.latest.json")
      #expect(report.at("summary", "exit_status")?.integer == 2)
      #expect(try JUnitSummary(workspace.bytes(of: "reports/junit.xml")).isConsistent)
      for name in workspace.names(in: "reports") where name.hasSuffix(".json") {
        #expect(throws: Never.self) { try workspace.json(of: "reports/\(name)") }
      }
    }
  }
}
