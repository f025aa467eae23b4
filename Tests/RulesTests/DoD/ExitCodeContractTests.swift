import Formats
import Rules
import Testing

@Suite("The exit-code contract")
struct ExitCodeContractTests {
  private static let published = """
    ABI_version: 3.0.0
    frozen: true
    exit_code_contract: {0: all non-fixture phases PROVEN, 3: missing proof, 4: registry/schema error}
    valid_verdicts: [PROVEN, DESIGNED, PARTIAL]
    proof_requirements:
      - reachable commit_sha (40 hex)
      - "activity chain: started -> completed -> verified"
      - taxonomy_ok = true
      - synthetic_detected = false
      - evidence_path must exist and be readable
    fixture_rule: [excluded in --all, included in explicit --phase]
    """

  @Test("as published is accepted")
  func published() throws {
    #expect(try problem(Self.published) == nil)
  }

  @Test(
    "that departs in anything is refused where it departs",
    arguments: [
      ("3.0.0", "3.0.1", 1), ("frozen: true", "frozen: yes", 2), ("missing proof", "no proof", 3),
      (", 4: registry/schema error", "", 3), ("[PROVEN,", "[PROVEN, OK,", 4), ("taxonomy_ok = true", "none", 6),
      ("fixture_rule", "fixtures", 1),
    ])
  func departs(from: String, to: String, line: Int) throws {
    let range = try #require(Self.published.firstRange(of: from))
    #expect(try problem(Self.published.replacingCharacters(in: range, with: to))?.position.line == line)
  }

  private func problem(_ text: String) throws -> (message: String, position: SourcePosition)? {
    ExitCodeContract.problem(in: try YAML.read(Array(text.utf8)))
  }
}

extension String {
  fileprivate func firstRange(of text: String) -> Range<String.Index>? { ranges(of: text).first }

  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
