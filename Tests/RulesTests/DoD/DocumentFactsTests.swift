import Formats
import Rules
import Testing

@Suite("DoD documents")
struct DocumentFactsTests {
  private static let digest = String(repeating: "a1", count: 32)

  @Test(
    "give the first match of each metadata line, with its line, whatever the line ends",
    arguments: ["\n", "\r\n", "\r"])
  func metadata(lineEnd: String) throws {
    let lines = [
      "# DoD", "- **Phase / Task ID**:  PHASE_A ", "  - **Gate**: G1", "- **Gate**: G2", "- **Commit SHA**: ",
      "- **Commit SHA**: abc123",
    ]
    let facts = try DocumentFacts(Array(lines.joined(separator: lineEnd).utf8), path: "d.md")
    #expect(facts.fields[.phaseID]?.value == "PHASE_A")
    #expect(facts.fields[.phaseID]?.line == 2)
    #expect(facts.fields[.gate]?.value == "G1")
    #expect(facts.fields[.commitSHA]?.line == 6)
    #expect(facts.fields[.relatedSOT] == nil)
    #expect(facts.hasMetadata)
  }

  @Test("without a gate, or with a blank one, have no metadata", arguments: ["", "- **Gate**: \n", "- **Gate**:   \n"])
  func noGate(line: String) throws {
    #expect(try !DocumentFacts(Array("- **Phase / Task ID**: A\n\(line)".utf8), path: "d.md").hasMetadata)
  }

  @Test(
    "name paths that end at a blank, a comma, a quote or a back-tick",
    arguments: [
      ("path: a/b.txt", ["a/b.txt"]), ("- file:c.md, and more", ["c.md"]), ("path: `x y`", ["x"]),
      ("profile: no", []), ("(path: z) file: \"q.json\"", ["z)", "q.json"]), ("Path: no", []), ("path:", []),
      ("path: é/ü.txt", ["é/ü.txt"]),
    ])
  func paths(line: String, expected: [String]) throws {
    #expect(try claims(line).paths.map(\.raw) == expected)
  }

  @Test("pair digests with paths on one line, else in order; a digest too many is told")
  func digests() throws {
    let digest = Self.digest
    let inline = try claims("path: a sha256: \(digest.uppercased()) file: b sha256: `\(digest)`")
    #expect(inline.hashes.map(\.rawPath) == ["a", "b"])
    #expect(inline.hashes.allSatisfy { $0.digest == digest })
    let apart = try claims("path: a\nfile: b\nsha256: \(digest)\nsha256: \(digest)\nsha256: \(digest)")
    #expect(apart.hashes.map(\.rawPath) == ["a", "b"])
    #expect(apart.hashes.map(\.source.line) == [3, 4])
    #expect(apart.unreadable.map(\.source.line) == [5])
    #expect(try claims("path: a sha256: abcdef0123456789").unreadable.count == 1)
  }

  @Test("that are not UTF-8 are refused with their place")
  func encoding() {
    #expect {
      try DocumentFacts([0x41, 0x0A, 0x42, 0xFF], path: "d.md")
    } throws: { error in
      (error as? FormatError)?.position == SourcePosition(offset: 3, line: 2, column: 2)
    }
  }

  private func claims(_ text: String) throws -> EvidenceClaims {
    try DocumentFacts(Array(text.utf8), path: "d.md").claims
  }
}
