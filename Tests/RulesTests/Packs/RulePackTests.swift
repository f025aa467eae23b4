import Formats
import Testing

@testable import Rules

@Suite("Rule packs")
struct RulePackTests {
  private let today = CivilDate(year: 2026, month: 6, day: 1) ?? CivilDate(dayNumber: 0)

  private func pack(_ text: String) throws(RulePackError) -> RulePack {
    try RulePack([PackSource(name: "pack.yaml", bytes: Array(text.utf8))])
  }

  private func problems(_ text: String) -> [String] {
    do throws(RulePackError) {
      _ = try pack(text)
      return []
    } catch {
      return error.problems.map { "\($0.location): \($0.message)" }
    }
  }

  private let sound = """
    rules:
      - id: family.variant
        message: "found {match}"
        severity: warning
        pattern-regex: 'bad'
        metadata: {remediation: "write good", anything: else}
        examples: {match: ["bad"], ok: ["good"]}

    """

  @Test("a sound rule loads, with its family and its place")
  func loads() throws {
    let rule = try #require(try pack(sound).rules.first)
    #expect(rule.family == "family")
    #expect(rule.isNamed(by: "family") && rule.isNamed(by: "family.variant") && !rule.isNamed(by: "fam"))
    #expect(rule.origin.description == "pack.yaml:2")
  }

  @Test("the digest names the content: same bytes, same digest")
  func digest() throws {
    #expect(try pack(sound).digest == pack(sound).digest)
    #expect(try pack(sound).digest != pack(sound + "# more\n").digest)
  }

  @Test(
    "what is wrong is told at its place, with what was probably meant",
    arguments: [
      (
        "severity: warning", "severity: warnin",
        "pack.yaml:4:15: severity 'warnin' is none of note, warning, error, did you mean 'warning'?"
      ),
      ("message:", "mesage:", "pack.yaml:3:5: unknown key 'mesage' in a rule, did you mean 'message'?"),
      ("'bad'", "'b(ad'", "pack.yaml:5:20: pattern 'b(ad'"),
      ("id: family.variant", "id: Family", "pack.yaml:2:9: rule id 'Family' must be family or family.variant"),
      ("severity:", "languages: [pyton]\n    severity:", "unknown language 'pyton', did you mean 'python'?"),
      ("severity:", "paths: {include: ['a{b']}\n    severity:", "glob"),
      ("ok: [\"good\"]", "ok: []", "examples needs 'ok'"),
      ("rules:\n", "rules: [\n", "YAML"),
    ])
  func refusals(part: String, replacement: String, expected: String) {
    #expect(sound.contains(part))
    let text = sound.replacing(part, with: replacement, maxReplacements: 1)
    let found = problems(text)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test("two rules of one id are refused")
  func twice() {
    let text = sound + sound.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    #expect(problems(text).contains { $0.contains("is defined twice, first at pack.yaml:2") })
  }

  @Test("an example that does not hold is told, both ways")
  func examples() throws {
    let wrong = sound.replacing("match: [\"bad\"]", with: "match: [\"fine\"]").replacing("\"good\"", with: "\"bad\"")
    let messages = PackExamples.failures(in: try pack(wrong).rules, today: today).map(\.message)
    #expect(messages == ["'match' example is not found", "'ok' example is reported"])
  }

  @Test("every example of the built-in packs holds, and every family has a page")
  func builtIn() throws {
    let pack = try RulePack.builtIn()
    #expect(!pack.rules.isEmpty)
    #expect(PackExamples.failures(in: pack.rules, today: today).isEmpty)
    for family in Set(pack.rules.map(\.family)) {
      let page = EmbeddedFiles.bytes(named: "rules/\(family).md").map { String(decoding: $0, as: UTF8.self) } ?? ""
      for heading in ["Why it matters", "Bad", "Good", "How to fix", "How to suppress", "What it does not see"] {
        #expect(page.contains("## \(heading)\n"), "rules/\(family).md lacks '\(heading)'")
      }
      for rule in pack.rules where rule.family == family {
        #expect(page.contains("`\(rule.id)`"), "rules/\(family).md does not name \(rule.id)")
      }
    }
  }
}
