import Formats
import Scanning
import Testing

@testable import Rules

@Suite("The schema of rule packs")
struct RulePackSchemaTests {
  private func schema() throws -> JSONSchema {
    let bytes = try #require(EmbeddedFiles.bytes(named: RulePack.schemaName))
    return try JSONSchema(try JSON.read(bytes), patterns: SchemaPattern.compiler)
  }

  @Test("takes every built-in pack")
  func builtIn() throws {
    let schema = try schema()
    let names = EmbeddedFiles.names.filter { $0.hasPrefix("rules/") && $0.hasSuffix(".yaml") }
    #expect(!names.isEmpty)
    for name in names {
      let errors = schema.validate(try YAML.read(try #require(EmbeddedFiles.bytes(named: name))))
      #expect(errors.isEmpty, "\(name): \(errors.map { "\($0)" })")
    }
  }

  private static let sound = """
    rules:
      - id: family.variant
        message: "found"
        severity: warning
        pattern-regex: 'bad'
        metadata: {remediation: "write good", anything: else}
        examples: {match: ["bad"], ok: ["good"]}

    """

  @Test(
    "refuses what the reader refuses",
    arguments: [
      ("message:", "mesage:"), ("severity: warning", "severity: grave"), ("'bad'", "[]: 1"),
      ("family.variant", "Family"),
      ("pattern-regex: 'bad'", "languages: [python]"), ("pattern-regex: 'bad'", "repository: {}"),
      ("pattern-regex: 'bad'", "repository: {forbid-file: a, require-file: b}"),
      ("pattern-regex: 'bad'", "repository: {max-bytes: 1, begins-with: x}"),
      ("pattern-regex: 'bad'", "document: {}"), ("remediation:", "cure:"), ("ok: [\"good\"]", "good: [\"good\"]"),
      ("rules:", "rule:"), ("examples:", "in: [prose]\n    examples:"), ("examples:", "entropy: high\n    examples:"),
      ("examples:", "judge: nobody\n    examples:"), ("examples:", "judge: {grade: remark}\n    examples:"),
      ("examples:", "judge: {name: optimism, grade: bad}\n    examples:"),
    ])
  func refusals(what: String, instead: String) throws {
    let text = Self.sound.replacing(what, with: instead)
    let schema = try schema()
    #expect(throws: RulePackError.self) { try RulePack([PackSource(name: "p", bytes: Array(text.utf8))]) }
    let document = try? YAML.read(Array(text.utf8))
    #expect(document.map { !schema.isValid($0) } ?? true, "\(text)")
  }

  @Test("takes what the reader takes")
  func sound() throws {
    #expect(try schema().validate(try YAML.read(Array(Self.sound.utf8))).isEmpty)
  }
}
