import Formats
import Rules
import Testing

/// What is read out of a definition of done.
@Suite struct DocumentClaimsTests {
  private static let document = """
    # DoD — PHASE_7

    ## Metadata & Revision History
    - **Version**: v1.1

    ## 0. Metadata (MANDATORY)
    - **Phase / Task ID**: PHASE_7
    - **Target Status**: DESIGNED → PARTIAL → PROVEN
    - **Evidence Path**: reports/proof.json

    ---

    ## 1. Code State
    - [x] Implemented in `core/seal.py` (commit referenced)
    - [ ] Later: `core/later.py`
    - [X] `and/or`, `origin/main`, `ref://x`, `*.py`, `core/../x.py`, `/abs/a.py`, `--a/b.c`, `rules/`

    ## 4. Evidence

    ### Notes / Links (Evidence pointers)
    - **Modules**:
      - `core/timeline.py` (non-fatal)
    - **Test Suites**:
      - `core/verify/timeline.py`
    - **Verification Commands**:
      - `python3 -m pytest core/verify/test_seal.py -v`
      - `FLAG=1 tools/check.sh --json`
    - `core/unlabelled.py`

    ## 7. Gate
    - [ ] Auto-Checker result = **PROVEN**

    ## Verdict (Strict)
    - **PROVEN**

    ### Exit Code Expectations
    - `dod_checker`: exit 0 = PROVEN, exit 2 = PARTIAL, exit 3 = DESIGNED
    """

  private func claims(_ text: String) throws -> DocumentClaims {
    DocumentClaims(try MarkdownDocument.read(Array(text.utf8)))
  }

  @Test func `sections, with their numbers and lines`() throws {
    let claims = try claims(Self.document)
    #expect(claims.sectionNumbers == ["0", "1", "4", "7"])
    #expect(claims.sections.first { $0.number == "4" }?.title == "Evidence")
    #expect(claims.sections.first { $0.number == "4" }?.line == 18)
  }

  @Test(arguments: [
    ("## 2 Running", "2"), ("## 2) Running", "2"), ("## 4.1. More", "4.1"), ("## 4.1", "4.1"), ("## 2nd thoughts", nil),
    ("## .5", nil), ("## Notes 3", nil),
  ]) func `numbers of headings`(heading: String, number: String?) throws {
    #expect(try claims(heading).sections.first?.number == number)
  }

  @Test func `boxes, with their section`() throws {
    let boxes = try claims(Self.document).boxes
    #expect(boxes.map(\.isTicked) == [true, false, true, false])
    #expect(boxes.map(\.section) == ["1", "1", "1", "7"])
    #expect(boxes.last?.text == "Auto-Checker result = PROVEN")
  }

  @Test func `files that are pointed to, and nothing that only looks like one`() throws {
    let citations = try claims(Self.document).citations
    #expect(
      Set(citations.map(\.path)) == [
        "core/seal.py", "rules/", "core/timeline.py", "core/verify/timeline.py", "core/verify/test_seal.py",
        "tools/check.sh", "reports/proof.json",
      ])
    #expect(Set(citations.filter(\.isTest).map(\.path)) == ["core/verify/timeline.py", "core/verify/test_seal.py"])
    #expect(citations.first { $0.path == "core/timeline.py" }?.line == 22)
  }

  @Test func `commands, the target, the verdict and what exit statuses mean`() throws {
    let claims = try claims(Self.document)
    #expect(
      claims.commands.map(\.text) == ["python3 -m pytest core/verify/test_seal.py -v", "FLAG=1 tools/check.sh --json"])
    #expect(claims.targetStatus?.verdict == .proven && claims.targetStatus?.line == 8)
    #expect(claims.verdictLine?.verdict == .proven && claims.verdictLine?.line == 34)
    #expect(claims.exitCodes.map(\.status) == [0, 2, 3])
    #expect(claims.exitCodes.map(\.verdict) == [.proven, .partial, .designed])
    #expect(claims.metadata.first { $0.key == "Version" }?.value == "v1.1")
  }

  @Test(arguments: [
    ("## Verdict\n- **DESIGNED** / **PARTIAL** / **PROVEN**\n", nil),
    ("## Verdict\n\nIt is PARTIAL.\n", Verdict.partial),
    ("## 8. Verdict\nPROVEN, and PROVEN again\n", .proven), ("## Verdict\nNOT PROVEN\n", nil),
    ("## Verdict\nUNPROVEN\n", nil),
    ("## Result\nPROVEN\n", nil), ("## Verdict\nnone yet\n\nDESIGNED\n", .designed),
    ("- **Verdict**: PROVEN\n", .proven),
    ("## Verdict\n### Exit Code Expectations\nexit 0 = PROVEN\n", nil), ("", nil),
  ]) func `one verdict is a claim, a choice is none`(text: String, verdict: Verdict?) throws {
    #expect(try claims(text).verdictLine?.verdict == verdict)
  }

  @Test func `any text can be read`() throws {
    var source = SystemRandomNumberGenerator()
    let pieces = [
      "# ", "## 1. ", "- [x] ", "- [ ] ", "**a**: ", "`", "a/b.c", "\n", " ", "PROVEN", "exit 0 = ", "Verdict", "  ",
    ]
    for _ in 0..<300 {
      let text = (0..<40).map { _ in pieces.randomElement(using: &source) ?? "" }.joined()
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      let claims = try claims(text)
      let found = claims.boxes.map(\.line) + claims.citations.map(\.line) + claims.exitCodes.map(\.line)
      #expect(found.allSatisfy { (1...lines).contains($0) }, "\(text)")
    }
  }
}
