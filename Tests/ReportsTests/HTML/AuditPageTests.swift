import Formats
import Rules
import Testing

@testable import Reports

/// The page is well-formed, complete in itself, small whatever was found, and takes nothing of the tree for markup.
@Suite struct AuditPageTests {
  private let hostile = "</code><script>alert(1)</script>\u{1B}[31m\u{202E}cod.exe\u{0}\u{FFFE} ]]> &amp; \"'"

  /// Read once: that is the slow part of a test.
  private static let rules = Result { try RulePack.builtIn().rules }

  private func run(
    findings: [Finding] = [], phases: [PhaseResult] = [], unevaluated: [Unevaluated] = [], inputs: [InputRecord] = [],
    graph: PhaseGraph = PhaseGraph(), gates: [GateResult] = [], contracts: [ContractResult] = []
  ) throws -> AuditRun {
    var coverage = Coverage()
    coverage.filesSeen = 3
    coverage.filesScanned = 2
    coverage.skipped = [.binary: 1]
    var run = AuditRun(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      time: Timestamp(milliseconds: 1_767_225_600_000), gitHead: nil, threshold: .error,
      rules: try Self.rules.get(), inputs: inputs, findings: findings, phases: phases, gates: gates,
      contracts: contracts, unevaluated: unevaluated, coverage: coverage)
    run.phaseGraph = graph
    run.root = "/home/somebody/ledger"
    return run
  }

  private func finding(
    _ index: Int, rule: String = "hard-path.home", message: String = "m", snippet: String? = nil,
    suppressed: Bool = false
  ) -> Finding {
    Finding(
      ruleID: rule, level: .error, message: message, location: Location(path: "f\(index).py", line: 2, column: 7),
      snippet: snippet, remediation: "r", suppression: suppressed ? .init(kind: .waiver, reason: "known") : nil)
  }

  private func phase(
    _ id: String, claims: String = "", registry: PhaseRegistry, evidence: String = "a"
  ) throws -> PhaseResult {
    let text = Array("- **Gate**: G1\npath: \(evidence)\n\(claims)".utf8)
    var facts = PhaseFacts(
      phaseID: id, root: "/home/somebody/ledger", documentPath: "/home/somebody/ledger/docs/DOD__\(id).md",
      document: try DocumentFacts(text, path: "docs/DOD__\(id).md"), commit: .unnamed,
      activity: ActivityFacts(activity: PhaseActivity(), chain: [nil, nil, nil], feedPath: "feed"),
      evidence: EvidenceFacts(), registry: registry, registryArtifact: nil,
      policy: OperationalPolicy(isRequired: false))
    facts.documentClaims = DocumentClaims(try MarkdownDocument.read(text))
    return PhaseResult(judging: facts)
  }

  private func registry(_ text: String) throws -> PhaseRegistry {
    try PhaseRegistry(try YAML.readStream(Array(text.utf8)), path: "registry.yaml")
  }

  private func full() throws -> AuditRun {
    let registry = try registry("phases: {A: {verdict: PROVEN, requires: [B]}, B: {verdict: DESIGNED}, C: {}}")
    let phases = try ["A", "B", "C"].map { id in
      try phase(id, claims: "## Verdict\n\nPROVEN\n\n- [x] all done\n", registry: registry)
    }
    let graph = PhaseGraph(
      registry, computed: Dictionary(uniqueKeysWithValues: phases.map { ($0.phaseID, $0.verdict) }),
      documented: ["A", "B", "C"])
    return try run(
      findings: phases.flatMap(\.findings) + graph.findings + [finding(1), finding(2, suppressed: true)],
      phases: phases, unevaluated: [Unevaluated(area: .gates, location: Location(path: "map"), message: "broken")],
      inputs: [
        InputRecord(path: "docs/DOD__A.md", role: "dod", sha256: String(repeating: "a", count: 64), byteCount: 1_234)
      ], graph: graph,
      contracts: [ContractResult(path: "s.json", schemaID: nil, status: "wrong", isUsable: false)])
  }

  private func outlines() throws -> [PageOutline] {
    let past = PastRun(
      time: Timestamp(milliseconds: 0), gitHead: nil, exitStatus: .clean, verdicts: [.proven: 1], openFindings: [:])
    return [
      try PageOutline(AuditPage(try run()).bytes()), try PageOutline(AuditPage(try full()).bytes()),
      try PageOutline(AuditPage(try full(), history: [past, past]).bytes()),
    ]
  }

  @Test func anEmptyRunIsAPageThatSaysSo() throws {
    let page = try PageOutline(AuditPage(try run()).bytes())
    #expect(page.text.contains("Clean: nothing stands against it"))
    #expect(page.text.contains("Nothing is left open."))
    #expect(page.text.contains("1 binary; 2 of 3 files were read"))
    #expect(!page.ids.contains("findings") && !page.ids.contains("phases") && !page.ids.contains("history"))
  }

  @Test func theAnswerComesFirstWithItsReasons() throws {
    let page = try PageOutline(AuditPage(try full()).bytes())
    let answer = try #require(page.text.firstRange(of: "What is not, and why"))
    let details = try #require(page.text.firstRange(of: "Claims of each phase against the recomputed verdict"))
    #expect(answer.lowerBound < details.lowerBound)
    #expect(page.text.contains("No verdict: something could not be evaluated"))
    #expect(page.text.contains("3 phases: 0 PROVEN"))
    #expect(page.text.contains("'a' is claimed as evidence and is not there"), "paths are told without the root")
    #expect(!page.text.contains("/home/somebody"))
    #expect(page.text.contains("The document says PROVEN, the evidence says"))
    #expect(page.text.contains(String(repeating: "a", count: 64)))
  }

  @Test func everyLinkLeadsSomewhereAndEveryIDIsThereOnce() throws {
    for page in try outlines() {
      #expect(Set(page.ids).count == page.ids.count)
      for link in page.links where link.hasPrefix("#") {
        #expect(page.ids.contains(String(link.dropFirst())), "\(link)")
      }
      #expect(page.links.allSatisfy { $0.hasPrefix("#") || $0 == "data:," }, "nothing is asked for over a network")
    }
  }

  @Test func headingsAreInOrderAndLandmarksAreThere() throws {
    for page in try outlines() {
      #expect(page.headings.first == 1 && page.headings.count { $0 == 1 } == 1)
      for (left, right) in zip(page.headings, page.headings.dropFirst()) { #expect(right <= left + 1) }
      for landmark in ["header", "nav", "main", "footer"] { #expect(page.names.count { $0 == landmark } == 1) }
      #expect(page.names.count { $0 == "table" } == page.names.count { $0 == "caption" })
    }
  }

  @Test func nothingRunsAndNothingIsStyledByAttributes() throws {
    for page in try outlines() {
      #expect(!page.names.contains("script") && !page.names.contains("img") && !page.names.contains("iframe"))
      #expect(!page.attributes.contains("style"))
      #expect(page.attributes.allSatisfy { !$0.hasPrefix("on") })
    }
  }

  @Test func hostileTextIsShownAndIsNoMarkup() throws {
    let run = try run(
      findings: [finding(1, rule: hostile, message: hostile, snippet: hostile), finding(2, rule: hostile)],
      unevaluated: [Unevaluated(area: .scan, location: Location(path: hostile), message: hostile)],
      inputs: [InputRecord(path: hostile, role: hostile, sha256: hostile, byteCount: 1)],
      contracts: [ContractResult(path: hostile, schemaID: hostile, status: hostile, isUsable: false)])
    let bytes = AuditPage(run).bytes()
    let page = try PageOutline(bytes)
    #expect(!page.names.contains("script"))
    #expect(page.text.contains("</code><script>alert(1)</script>\\u{1b}[31m\\u{202e}cod.exe\\u{0}\\u{fffe} ]]> &amp;"))
    #expect(!bytes.contains(0x1B) && !bytes.contains(0))
    #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{202E}"))
  }

  @Test func marksThatPileUpAreTold() throws {
    let text = "a" + String(repeating: "\u{301}", count: 40)
    let page = try PageOutline(AuditPage(try run(findings: [finding(1, message: text)])).bytes())
    #expect(page.text.contains("\\u{301}\\u{301}"))
    #expect(
      try PageOutline(AuditPage(try run(findings: [finding(1, message: "an e\u{301}")])).bytes()).text.contains(
        "e\u{301}")
    )
  }

  @Test func aLineOfAMegabyteIsCutAndItsLengthTold() throws {
    let line = String(repeating: "x", count: 1 << 20)
    let bytes = AuditPage(try run(findings: [finding(1, message: line, snippet: line)])).bytes()
    #expect(bytes.count < 60_000)
    #expect(try PageOutline(bytes).text.contains("… cut here; 1,048,576 bytes in all"))
  }

  @Test func aHundredThousandFindingsMakeASmallPage() throws {
    let rules = try Self.rules.get().map(\.id)
    let findings = (0..<100_000).map { finding($0, rule: rules[$0 % rules.count], snippet: "some line of some file") }
    let bytes = AuditPage(try run(findings: findings)).bytes()
    #expect(bytes.count < 600_000, "\(bytes.count)")
    let page = try PageOutline(bytes)
    #expect(page.text.contains("100,000 errors"))
    #expect(page.text.contains("more; the JSON report has them all."))
  }

  @Test func aHundredThousandOfAnythingElseMakeASmallPage() throws {
    let inputs = (0..<100_000).map { InputRecord(path: "e\($0)", role: "evidence", sha256: "00", byteCount: $0) }
    let gaps = (0..<100_000).map { Unevaluated(area: .dod, location: Location(path: "p\($0)"), message: "m") }
    let rules = (0..<100_000).map { finding($0, rule: "rule\($0)") }
    let bytes = AuditPage(try run(findings: rules, unevaluated: gaps, inputs: inputs)).bytes()
    #expect(bytes.count < 1_500_000, "\(bytes.count)")
    #expect(try PageOutline(bytes).text.contains("99,500 more; the JSON report has them all."))
  }

  @Test func manyPhasesWithMuchEvidenceMakeAPageThatCanBeOpened() throws {
    let registry = try registry("phases: {}")
    let files = (0..<300).map { "path: evidence/\($0)-\(String(repeating: "x", count: 300))" }.joined(separator: "\n")
    let phases = try (0..<60).map { try phase("P\($0)", claims: files, registry: registry) }
    let bytes = AuditPage(try run(phases: phases)).bytes()
    #expect(bytes.count < 4_000_000, "\(bytes.count)")
    let page = try PageOutline(bytes)
    #expect(page.ids.contains("phase-60"))
    #expect(page.text.contains("missing; the JSON report has the rest."))
  }

  @Test func anyTextMakesAWellFormedPage() throws {
    var random = SplitMix(state: 20_261_120)
    let ranges: [ClosedRange<UInt32>] = [
      0...0x7F, 0x80...0x9F, 0x300...0x36F, 0x5D0...0x5EA, 0x2000...0x206F, 0xFDD0...0xFFFF, 0x1F300...0x1F9FF,
    ]
    let findings = (0..<400).map { index in
      var text = ""
      for _ in 0..<Int.random(in: 0..<80, using: &random) {
        let range = ranges.randomElement(using: &random) ?? 0...0x7F
        text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: range, using: &random)) ?? "<")
      }
      return Finding(
        ruleID: "r\(index % 50)\(text.prefix(3))", level: .error, message: text,
        location: Location(path: text, line: index),
        snippet: text, evidence: [text], remediation: text)
    }
    let page = try PageOutline(AuditPage(try run(findings: findings)).bytes())
    #expect(!page.text.unicodeScalars.contains { $0.isHidden && $0 != "\n" })
  }

  @Test func theSameRunIsTheSamePage() throws {
    #expect(AuditPage(try full()).bytes() == AuditPage(try full()).bytes())
  }

  @Test func phasesThatRequireEachOtherAreDrawn() throws {
    let registry = try registry("phases: {A: {requires: [B]}, B: {requires: [A]}, C: {requires: [C, D]}}")
    let graph = PhaseGraph(registry, computed: [:], documented: [])
    let page = try PageOutline(
      AuditPage(try run(phases: [phase("A", registry: registry)], graph: graph)).bytes())
    #expect(page.names.count { $0 == "svg" } == 1)
    #expect(page.text.contains("A: DESIGNED") || page.text.contains("A: PARTIAL"))
    #expect(page.text.contains("D: no document"))
  }

  @Test func historyIsDrawnWhenThereIsSome() throws {
    let past = (0..<80).map { day in
      PastRun(
        time: Timestamp(milliseconds: Int64(day) * 86_400_000), gitHead: nil, exitStatus: .incomplete,
        verdicts: [.proven: day, .partial: 80 - day], openFindings: [.error: 80 - day])
    }
    let page = try PageOutline(AuditPage(try run(), history: past).bytes())
    #expect(page.ids.contains("history"))
    #expect(page.text.contains("60 runs from 1970-01-22T00:00:00Z to 2026-01-01T00:00:00Z; PROVEN went from 21 to 0"))
    #expect(page.names.count { $0 == "rect" } == 2 * 59, "today's run has no phases")
  }
}

/// SplitMix64: the same texts in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
