import Formats
import Rules
import Testing

@testable import Reports

/// As many findings as a scan gives them, made file by file when they are asked for.
struct ManyFindings: FindingSource {
  static let count = 100_000
  static let files = 200

  func eachFile(ofRule ruleID: String?, _ body: ([Finding]) throws -> Void) throws {
    if let ruleID, ruleID != "hard-path.home" { return }
    for file in 0..<Self.files { try body(Self.findings(file)) }
  }

  static func findings(_ file: Int) -> [Finding] {
    let path = "src/m\(file).py"
    return (0..<(count / files)).map { number in
      let print = String(repeating: "0", count: 24) + String(10_000_000 + file * 100_000 + number)
      return Finding(
        ruleID: "hard-path.home", level: number == 0 ? .error : .warning, message: "m",
        location: Location(path: path, line: number + 1, column: 1, endLine: number + 1, endColumn: 2), snippet: "s",
        remediation: "r", fingerprint: print)
    }
  }

  static var list: FindingList {
    var tally = FindingTally()
    for file in 0..<files { for finding in findings(file) { tally.add(finding) } }
    return FindingList(ManyFindings(), tally: tally)
  }
}

/// A hundred thousand findings: told completely, in small pieces, or with a count of what was left out.
@Suite struct ManyFindingsTests {
  static let set = Result {
    FindingSet(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      rules: try RulePack.builtIn().rules, findings: ManyFindings.list, unevaluated: [], exitStatus: .findings)
  }

  private final class Pieces {
    var largest = 0
    var whole: [UInt8] = []

    func take(_ bytes: [UInt8]) {
      largest = max(largest, bytes.count)
      whole += bytes
    }

    func count(of text: String) -> Int {
      let wanted = Array(text.utf8)
      var count = 0
      unsafe whole.withUnsafeBufferPointer { bytes in
        var place = 0
        while place + wanted.count <= bytes.count {
          if unsafe bytes[place] == wanted[0], unsafe bytes[place..<(place + wanted.count)].elementsEqual(wanted) {
            count += 1
          }
          place += 1
        }
      }
      return count
    }
  }

  @Test func scanJSONIsWrittenInPieces() throws {
    let pieces = Pieces()
    let report = ScanReport(
      findings: try Self.set.get().findings, unevaluated: [], coverage: Coverage(),
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)), scope: Scope(.tree)
    )
    try report.writeJSON { pieces.take($0) }
    #expect(pieces.largest < 1 << 18)
    #expect(pieces.count(of: "\"rule_id\"") == ManyFindings.count)
  }

  @Test func junitIsWrittenInPiecesAndItsTotalsHold() throws {
    let pieces = Pieces()
    try ScanJUnit(try Self.set.get(), threshold: .error, time: Timestamp(milliseconds: 0)).report.write(.compat) {
      pieces.take($0)
    }
    #expect(pieces.largest < 1 << 18)
    let summary = try JUnitSummary(pieces.whole)
    #expect(summary.isConsistent && summary.totals.failures == ManyFindings.files)
    #expect(pieces.count(of: ": warning: m") + pieces.count(of: ": error: m") == ManyFindings.count)
  }

  @Test func gitHubGetsTheGravestAndIsToldOfTheRest() throws {
    let pieces = Pieces()
    let report = SARIFReport(try Self.set.get(), profile: .github) { _ in nil }
    try report.write { pieces.take($0) }
    #expect(pieces.largest < 1 << 18)
    let run = try #require(try JSON.read(pieces.whole)["runs"]?[0])
    let levels = run["results"]?.elements.compactMap { $0["level"]?.string } ?? []
    #expect(levels.count == SARIFReport.mostResults && levels.count { $0 == "error" } == ManyFindings.files)
    let words = run["invocations"]?[0]?["toolExecutionNotifications"]?[0]?["message"]?["text"]?.string
    #expect(words == report.omission && words?.hasPrefix("75000 of 100000 findings are left out") == true)
  }

  @Test func gitLabGetsAll() throws {
    let pieces = Pieces()
    try GitLabCodeQuality(try Self.set.get()).write { pieces.take($0) }
    #expect(pieces.largest < 1 << 18)
    #expect(pieces.count(of: "\"fingerprint\"") == ManyFindings.count)
  }

  @Test func whatIsShortSaysHowManyItLeavesOut() throws {
    let set = try Self.set.get()
    let markdown = try MarkdownSummary(set).text()
    #expect(markdown.utf8.count < 64_000)
    let rows = markdown.split(separator: "\n").count { $0.hasPrefix("| error |") || $0.hasPrefix("| warning |") }
    #expect(markdown.contains("…and \(ManyFindings.count - rows) more findings"))
    let github = try GitHubAnnotations(set).text()
    #expect(github.split(separator: "\n").count == 20)
    #expect(github.contains("::\(ManyFindings.files - 9) more of level error"))
  }
}
