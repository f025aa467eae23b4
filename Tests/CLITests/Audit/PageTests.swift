import Formats
import Testing

/// `report`: one page for somebody who was not there, of the same run that `audit` makes.
@Suite struct PageTests {
  private let time = ["SOURCE_DATE_EPOCH": "1767225600"]

  @Test func thePageIsWrittenBesideTheReportsAndAnswersAsTheAuditDoes() throws {
    let workspace = try Workspace(ReportTests.mixed)
    let outcome = try workspace.run(["report"], environment: time)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.output == "./reports/report.html: incomplete (exit 2)\n")
    #expect(workspace.names(in: "reports") == ["report.html"])
    let page = try workspace.bytes(of: "reports/report.html")
    _ = try workspace.run(["audit"], environment: time)
    #expect(try workspace.bytes(of: "reports/report.html") == page)
  }

  @Test func thePageGoesWhereItIsWanted() throws {
    let workspace = try Workspace(ReportTests.mixed)
    let printed = try workspace.run(["report", "--out", "-"], environment: time)
    #expect(workspace.names(in: "reports").isEmpty)
    let written = try workspace.run(["report", "--out", "../review/page.html"], environment: time)
    #expect(written.status == 2)
    #expect(try workspace.bytes(of: "../review/page.html") == printed.standardOutput)
    #expect(printed.output.hasPrefix("<!DOCTYPE html>\n"))
  }

  @Test func whatItTellsIsWhatTheReportHolds() throws {
    let workspace = try Workspace(ReportTests.mixed)
    _ = try workspace.run(["audit"], environment: time)
    let page = String(decoding: try workspace.bytes(of: "reports/report.html"), as: UTF8.self)
    let report = try workspace.json(of: "reports/dod_report.latest.json")
    for input in try #require(report["inputs"]).elements where input["role"]?.text != "source" {
      #expect(page.contains(input["sha256"]?.text ?? "?"), "\(input["path"]?.text ?? "")")
    }
    for finding in try #require(report["findings"]).elements { #expect(page.contains(finding["rule_id"]?.text ?? "?")) }
    #expect(!page.contains(workspace.enclosure), "where the tree lay is nobody's business")
  }

  @Test func theListOfDigestsIsOneThatSha256sumTakes() throws {
    let workspace = try Workspace(Sample.project(.proven, gate: .sealed, and: ["dod/DOD__a'b.md": "# ü\n"]))
    let page = try workspace.run(["report", "--out", "-"], environment: time).output
    let start = try #require(page.firstRange(of: "sha256sum --check &lt;&lt;&#39;END&#39;"))
    let block = page[start.upperBound...].prefix { $0 != "&" }
    let end = try #require(page[start.upperBound...].firstRange(of: "END</code>"))
    #expect(!block.isEmpty)
    var lines = String(page[start.upperBound..<end.lowerBound])
    for tag in ["<code>", "</code>", "<code class=\"whole\">"] { lines = lines.replacing(tag, with: "") }
    try workspace.put(.file(lines.replacing("&#39;", with: "'")), at: "../list")
    let checked = try workspace.start(["sha256sum", "--check", "--strict", "../list"])
    #expect(checked.status == 0, "\(checked)")
    #expect(checked.output.contains("dod/DOD__a'b.md: OK"))
  }

  @Test func noSecretOfTheTreeIsOnThePage() throws {
    let workspace = try Workspace(
      Sample.project(source: "AWS = \"AKIAIOSFODNN7EXAMPLQ\"\nTOKEN = \"ghp_16C7e42F292c6912E7710c838347Ae178B4a\"\n"))
    let page = try workspace.run(["report", "--out", "-"]).output
    #expect(page.contains("secret."))
    #expect(!page.contains("16C7e42F292c6912E7710c838347Ae178B4a") && !page.contains("AKIAIOSFODNN7EXAMPLQ"))
  }
}
