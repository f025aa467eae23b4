import Formats
import Rules
import Testing

@testable import Reports

/// The formats that other tools take: nothing of the tree is taken for markup, and nothing is left out silently.
@Suite struct FindingFormatTests {
  private let hostile = "m ]]>|`x`<script>alert(1)</script>\u{202E}%0A\n::error::no"

  private func finding(_ index: Int, _ level: Severity = .error, suppressed: Bool = false) -> Finding {
    Finding(
      ruleID: "hard-path.home", level: level, message: hostile,
      location: Location(path: "a b/ü,\(index).py", line: 2, column: 7, endLine: 2, endColumn: 9), snippet: "s",
      remediation: "r", fingerprint: "f\(index)",
      suppression: suppressed ? .init(kind: .inSource, reason: "known") : nil)
  }

  private func set(_ findings: [Finding], gaps: Int = 0) throws -> FindingSet {
    FindingSet(
      tool: .init(name: "auditor", version: "1.2.3", rulePackDigest: String(repeating: "0", count: 64)),
      rules: try RulePack.builtIn().rules, findings: FindingList(findings),
      unevaluated: (0..<gaps).map {
        Unevaluated(area: .scan, location: Location(path: "x\($0)"), message: "unreadable")
      },
      exitStatus: .findings)
  }

  private func sarif(
    _ findings: [Finding], _ profile: SARIFReport.Profile, gaps: Int = 0, source: String? = nil
  ) throws -> Value {
    let report = SARIFReport(try set(findings, gaps: gaps), profile: profile, category: "shard-1") { _ in
      source.map { Array($0.utf8) }
    }
    let bytes = try WholeReport.bytes(report.write)
    return try #require(try JSON.read(bytes)["runs"]?[0])
  }

  @Test func columnsAreUTF16Units() throws {
    let run = try sarif([finding(1)], .full, source: "one\nä𝄞 = 1\n")
    let place = try #require(run["results"]?[0]?["locations"]?[0]?["physicalLocation"])
    #expect(place["artifactLocation"]?["uri"]?.string == "a%20b/%C3%BC%2C1.py")
    // Six bytes stand before: two of ä, four of 𝄞, which are one and two units.
    #expect(place["region"]?["startColumn"]?.integer == 4)
    #expect(place["region"]?["endColumn"]?.integer == 6)
    let prints = run["results"]?[0]?["partialFingerprints"]
    #expect(prints?["primaryLocationLineHash"]?.string?.hasSuffix(":1") == true)
    #expect(prints?["auditorFingerprint/v1"]?.string == "f1")
  }

  @Test func suppressedFindingsAreLeftOutForGitHubAndKeptOtherwise() throws {
    let findings = [finding(1), finding(2, suppressed: true)]
    #expect(try sarif(findings, .github)["results"]?.count == 1)
    let full = try sarif(findings, .full)
    #expect(full["results"]?.count == 2)
    #expect(full["results"]?[1]?["suppressions"]?[0]?["justification"]?.string == "known")
  }

  @Test func aGapIsANotificationAndNoSuccess() throws {
    let invocation = try sarif([], .github, gaps: 1)["invocations"]?[0]
    #expect(invocation?["executionSuccessful"]?.boolean == false)
    #expect(invocation?["toolExecutionNotifications"]?.count == 1)
  }

  @Test func theGravestStayWhenGitHubTakesNoMore() throws {
    let many = (0..<SARIFReport.mostResults).map { finding($0, .note) } + [finding(99_999, .error)]
    let run = try sarif(many, .github)
    #expect(run["results"]?.count == SARIFReport.mostResults)
    #expect(run["results"]?.elements.contains { $0["level"]?.string == "error" } == true)
  }

  @Test func everyRuleOfAResultIsDescribed() throws {
    let own = Finding(
      ruleID: "dod.something", level: .error, message: "m", location: Location(path: "a"), remediation: "r")
    let run = try sarif([own], .github)
    let rules = try #require(run["tool"]?["driver"]?["rules"])
    let index = try #require(run["results"]?[0]?["ruleIndex"]?.integer)
    #expect(rules[Int(index)]?["id"]?.string == "dod.something")
    for rule in rules.elements {
      let text = try #require(rule["shortDescription"]?["text"]?.string)
      #expect(!text.isEmpty && text.unicodeScalars.count <= 1_024)
      #expect(rule["help"]?["text"]?.string?.isEmpty == false)
    }
  }

  @Test func annotationsCannotBeForgedByTheTree() throws {
    let text = try GitHubAnnotations(try set([finding(1)])).text()
    let lines = text.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines[0].hasPrefix("::error file=a b/ü%2C1.py,line=2,endLine=2,title=hard-path.home::m ]]>"))
    #expect(lines[0].contains("%250A%0A::error::no%0Ar"))
  }

  @Test func moreThanGitHubShowsIsSaid() throws {
    let text = try GitHubAnnotations(try set((0..<13).map { finding($0) })).text()
    #expect(text.split(separator: "\n").count == 10, "GitHub shows no eleventh")
    #expect(text.contains("::error title=auditor::4 more of level error"))
  }

  @Test func codeQualityHasOneEntryAFindingAndOneAGap() throws {
    let entries = try JSON.read(
      WholeReport.bytes(GitLabCodeQuality(try set([finding(1), finding(2, suppressed: true)], gaps: 1)).write))
    #expect(entries.elements.compactMap { $0["severity"]?.string } == ["blocker", "critical"])
    #expect(entries[1]?["location"]?["lines"]?["begin"]?.integer == 2)
    #expect(Set(entries.elements.compactMap { $0["fingerprint"]?.string }).count == 2)
  }

  @Test func markdownHoldsNoMarkupOfTheTree() throws {
    let text = try MarkdownSummary(try set([finding(1)], gaps: 1)).text()
    #expect(!text.contains("<script>"))
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| error") })
    #expect(row.contains("\\|\\`x\\`"))
    #expect(row.contains("no | `hard-path.home` |"))
  }

  @Test func markdownIsCutWithACount() throws {
    let text = try MarkdownSummary(try set((0..<5_000).map { finding($0) })).text()
    #expect(text.utf8.count < 64_000)
    #expect(text.contains("more findings; the report names all"))
  }
}
