import Formats
import Rules
import Testing

@testable import Reports

/// OSCAL assessment results: every identifier is one, every link leads somewhere, and nothing is satisfied that nobody judged.
@Suite struct OSCALResultsTests {
  private static let rules = Result { try RulePack.builtIn().rules }
  private let hostile = " \u{1B}[31m\u{202E}<script>\n"

  private func results(
    _ findings: [Finding] = [], gaps: Int = 0, inputs: [InputRecord] = [], contracts: [ContractResult] = []
  ) throws -> Value {
    var coverage = Coverage()
    coverage.filesScanned = 1
    let run = AuditRun(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      time: Timestamp(milliseconds: 1_767_225_600_000), gitHead: nil, threshold: .error, rules: try Self.rules.get(),
      inputs: inputs, findings: findings, phases: [], gates: [], contracts: contracts,
      unevaluated: (0..<gaps).map { Unevaluated(area: .dod, location: Location(path: "p\($0)"), message: hostile) },
      coverage: coverage)
    #expect(OSCALResults(run).bytes() == OSCALResults(run).bytes())
    return try #require(try JSON.read(OSCALResults(run).bytes())["assessment-results"])
  }

  private func finding(_ rule: String, _ level: Severity = .error) -> Finding {
    Finding(
      ruleID: rule, level: level, message: hostile, location: Location(path: "a b\(hostile)", line: 1), remediation: "r"
    )
  }

  private func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-")
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts[2].hasPrefix("5") && "89ab".contains(parts[3].prefix(1))
      && text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  private func isToken(_ text: String) -> Bool {
    text.unicodeScalars.first?.properties.isAlphabetic == true
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_.".utf8.contains($0)
      }
  }

  @Test func everyIdentifierIsOneAndThereOnce() throws {
    let document = try results(
      [finding("hard-path.home"), finding(hostile)], gaps: 3,
      inputs: [InputRecord(path: hostile, role: "feed", sha256: "00", byteCount: 1)],
      contracts: [ContractResult(path: hostile, schemaID: nil, status: "", isUsable: false)])
    let result = try #require(document["results"]?[0])
    let observations = try #require(result["observations"]).texts(of: "uuid")
    let findings = try #require(result["findings"])
    let resources = try #require(document["back-matter"]?["resources"]).texts(of: "uuid")
    let all =
      observations + findings.texts(of: "uuid") + resources + [
        document["uuid"]?.text ?? "", result["uuid"]?.text ?? "",
      ]
    #expect(all.allSatisfy(isUUID) && Set(all).count == all.count)
    #expect(document["import-ap"]?["href"]?.text == "#\(resources[0])")
    for finding in findings.elements {
      #expect(observations.contains(finding["related-observations"]?[0]?["observation-uuid"]?.text ?? ""))
      #expect(isToken(finding["target"]?["target-id"]?.text ?? ""))
      #expect(finding["description"]?.text.isEmpty == false)
    }
  }

  @Test func whatNobodyJudgedIsNotSatisfied() throws {
    let findings = try #require(
      try results([finding("a.b"), finding("c.d", .note)], gaps: 1)["results"]?[0]?["findings"])
    let states = findings.elements.map { finding in
      let status = finding["target"]?["status"]
      return
        "\(finding["target"]?["target-id"]?.text ?? "") \(status?["state"]?.text ?? "") \(status?["reason"]?.text ?? "")"
    }
    #expect(
      states == [
        "unevaluated.dod.1 not-satisfied other", "rule.a.b not-satisfied fail", "rule.c.d satisfied pass",
        "rules.silent satisfied pass",
      ])
  }

  @Test func namesOfOtherTextAreOtherTokens() {
    #expect(OSCALNames.token("phase", "PHASE_1") == "phase.PHASE_1")
    #expect(OSCALNames.token("phase", "a b") != OSCALNames.token("phase", "a_b"))
    #expect(isToken(OSCALNames.token("phase", hostile)))
  }

  @Test func aHundredThousandFindingsMakeASmallDocument() throws {
    let many = (0..<100_000).map { index in
      Finding(ruleID: "a.b", level: .error, message: "m", location: Location(path: "f\(index)"), remediation: "r")
    }
    let observation = try #require(try results(many)["results"]?[0]?["observations"]?[0])
    #expect(observation["relevant-evidence"]?.count == PageLimits.findingsOfRule)
    #expect(observation["remarks"]?.text == "99,980 more findings: see the dod_report.")
  }
}

extension Value {
  fileprivate func texts(of key: String) -> [String] { elements.map { $0[key]?.text ?? "" } }
}
