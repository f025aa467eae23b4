import Rules
import Testing

/// Claims against what was computed. A proven phase stands behind each unless the case says otherwise.
@Suite struct DoDContradictionsTests {
  private static let proof =
    "- **Phase / Task ID**: P\n- **Gate**: G1\n- **Commit SHA**: abcd\n"

  private func findings(
    _ text: String, registry: String = "{}", _ change: (inout PhaseWorld) -> Void = { _ in }
  ) throws -> [Finding] {
    var world = PhaseWorld()
    world.document = Self.proof + text
    world.registry = registry
    change(&world)
    return try world.judged().findings.filter { $0.ruleID.hasPrefix("dod.contradiction-") }
  }

  private func told(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.ruleID.dropFirst("dod.contradiction-".count)) \($0.level.rawValue) \($0.location.line ?? 0)" }
  }

  @Test func `an honest document says nothing`() throws {
    let text = """
      ## 4. Evidence
      - [x] Activity event: `started`
      - [x] Activity event: `verified`
      - [x] Feature implemented (commit referenced)
      - [x] Auto-Checker result = **PROVEN**
      - [x] No prerequisite phases required
      - [x] Somebody looked at it
      ## Verdict
      - PROVEN
      exit 0 = PROVEN, exit 2 = PARTIAL, exit 3 = DESIGNED
      """
    #expect(try told(findings(text)) == [])
  }

  @Test(arguments: [
    ("- [x] Activity event: `verified`", "box error 4"), ("- [x] Auto-Checker result = **PROVEN**", "box error 4"),
    ("- [x] `auditor dod --phase P` exits with 0", "box error 4"),
    ("- [x] The feed has `started`, `completed` and `verified` of one run", "box error 4"),
    ("- [x] Execution hash stored", "box error 4"), ("- [ ] Activity event: `verified`", nil),
    ("- [ ] Activity event: `started`", nil), ("- [x] It looks good", nil),
  ]) func `a ticked box against the evidence`(box: String, expected: String?) throws {
    let found = try findings(box + "\n- [ ] open\n") { $0.feed.removeLast() }
    #expect(told(found) == [expected].compactMap { $0 })
    #expect(found.allSatisfy { !$0.evidence.isEmpty })
  }

  @Test func `an open box against the evidence is a note, where boxes are used`() throws {
    #expect(try told(findings("- [ ] Activity event: `started`\n")) == [])
    #expect(try told(findings("- [x] Looked\n- [ ] Activity event: `started`\n")) == ["box note 5"])
  }

  @Test func `boxes about what comes first`() throws {
    let registry = "phases: {P: {requires: [A]}, A: {verdict: PARTIAL}}"
    let text = "- [x] Required prior Phase(s) **PROVEN**\n- [x] No prerequisite phases required\n- [ ] x\n"
    let found = try findings(text, registry: registry)
    #expect(told(found) == ["box error 4", "box error 5"])
    #expect(found[0].message.contains("A is PARTIAL") && found[0].evidence == ["registry.yaml:1:10"], "\(found)")
  }

  @Test func `a commit that is not there`() throws {
    let found = try findings("- [x] Feature implemented (commit referenced)\n- [ ] x\n") {
      $0.commit = .unreachable(isShallow: false)
    }
    #expect(told(found) == ["box error 4"])
    #expect(found[0].evidence == ["docs/DOD__P.md:3"])
  }

  @Test func `all boxes ticked`() throws {
    #expect(try told(findings("- [x] a\n- [x] b\n") { $0.feed = [] }) == ["all-ticked warning 4"])
  }

  @Test(arguments: [
    ("PROVEN", 3, []), ("PARTIAL", 3, ["verdict-line note 5"]), ("DESIGNED", 3, ["verdict-line note 5"]),
    ("PROVEN", 2, ["verdict-line error 5"]), ("PARTIAL", 2, []), ("DESIGNED", 2, ["verdict-line note 5"]),
    ("PROVEN", 0, ["verdict-line error 5"]), ("PARTIAL", 0, ["verdict-line error 5"]), ("DESIGNED", 0, []),
  ]) func `the verdict line`(line: String, events: Int, expected: [String]) throws {
    let found = try findings("## Verdict\n- **\(line)**\n") { $0.feed.removeLast(3 - events) }
    #expect(told(found) == expected)
    if events == 2, line == "PROVEN" { #expect(found[0].evidence.contains("feed.jsonl")) }
  }

  @Test func `a target below the verdict line`() throws {
    let text = "- **Target Status**: DESIGNED → PARTIAL\n## Verdict\nPROVEN\n"
    let found = try findings(text)
    #expect(told(found) == ["target-status warning 4"])
    #expect(found[0].evidence == ["docs/DOD__P.md:6"])
    #expect(try told(findings("- **Target Status**: DESIGNED → PROVEN\n## Verdict\nPROVEN\n")) == [])
  }

  @Test func `exit statuses with another meaning`() throws {
    #expect(try told(findings("exit 0 = PROVEN, exit 1 = PARTIAL\n")) == ["exit-code warning 4"])
  }

  @Test func `files that are cited and absent`() throws {
    let text = "- **Test Suite**: `a/test_b.py`\n- **Spec**: `a/SPEC.md`\n- **Other**: `a/there.md`\n"
    let found = try findings(text) { $0.absentCitations = ["a/test_b.py", "a/SPEC.md"] }
    #expect(told(found) == ["cited-file error 4", "cited-file warning 5"])
  }

  @Test func `a commit from which HEAD does not descend`() throws {
    let found = try findings("") { $0.isCommitOutsideHistory = true }
    #expect(told(found) == ["commit-not-in-history error 3"])
  }

  @Test func `sections of the template that are missing`() throws {
    let template = PhaseFacts.Template(path: "docs/DOD_TEMPLATE.md", numbers: ["0", "1", "2", "7"])
    let found = try findings("## 0. A\n## 7. B\n") { $0.template = template }
    #expect(told(found) == ["section-missing warning 0"])
    #expect(found[0].message.contains("1, 2") && found[0].evidence == ["docs/DOD_TEMPLATE.md"])
    #expect(try told(findings("## 0. A\n## 1. C\n## 2. D\n## 7. B\n") { $0.template = template }) == [])
  }

  @Test(arguments: [
    ("PROVEN", "PARTIAL", ["registry-artifact error 1"]), ("PROVEN", "PROVEN", []),
    ("PARTIAL", nil, ["registry-verdict note 1"]), ("DESIGNED", nil, ["registry-verdict note 1"]),
    ("GREAT", nil, ["registry-verdict warning 1"]),
  ]) func `the registry against its report and the evidence`(
    registered: String, artifact: String?, expected: [String]
  ) throws {
    let registry = "phases: {P: {verdict: \(registered), evidence_path: r.json}}"
    let found = try findings("", registry: registry) {
      $0.artifact = .readable
      $0.artifactVerdict = artifact
    }
    #expect(told(found) == expected)
  }

  @Test(arguments: [("abcd", []), ("ABCDEF", []), ("ab", []), ("ffff", ["registry-commit warning 1"])])
  func `the registry's commit`(commit: String, expected: [String]) throws {
    let registry = "phases: {P: {verdict: PROVEN, evidence_path: r.json, commit_sha: \(commit)}}"
    #expect(try told(findings("", registry: registry) { $0.artifact = .readable }) == expected)
  }
}
