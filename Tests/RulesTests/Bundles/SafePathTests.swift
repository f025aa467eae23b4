import Formats
import Rules
import Testing

@Suite("Names and digests of bundles")
struct SafePathTests {
  @Test(
    "a path is safe by its spelling", arguments: ["a", "a/b.json", "...", "a/..b", ".hidden/x", "é/ü", "ab:c", "1:x"])
  func safe(path: String) { #expect(SafePath.isSafe(path)) }

  @Test(
    "or it is not",
    arguments: [
      "", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/..", "../a", "a/../b", "C:x", "c:/x", "a\\b", "\\\\host",
      "a\u{0}b",
      "a\nb", "\u{1F}", "a\tb",
    ])
  func unsafe(path: String) { #expect(!SafePath.isSafe(path)) }

  @Test("what an artifact states about itself")
  func statement() {
    func stated(_ text: String, _ path: String) -> String? {
      SelfStatement.schemaVersion(of: Array(text.utf8), path: path)?.sourceText
    }
    #expect(stated(#"{"schema_version": "v"}"#, "a.json") == "\"v\"")
    #expect(stated(#"{"schema_version": 3}"#, "a.json") == "3")
    #expect(stated(#"{"schema_version": null}"#, "a.json") == nil)
    #expect(stated(#"[{"schema_version": "v"}]"#, "a.json") == nil)
    #expect(stated(#"{"schema_version": "v""#, "a.json") == nil)
    #expect(stated("\n \r\n{\"schema_version\": \"v\"}\n{", "a.jsonl") == "\"v\"")
    #expect(stated("", "a.jsonl") == nil)
    #expect(stated(#"{"schema_version": "v"}"#, "a.md") == nil)
    #expect(stated(#"{"schema_version": "v"}"#, "a.JSON") == nil)
  }

  @Test("the canonical form of a plan")
  func canonical() throws {
    let plan = try JSON.read(
      Array(
        #"{"world_id": "w", "lanes": {"b": [1, {"z": null, "a": -0}], "é": true, "a": "\"\\\n\r\t\b\f\u007f/é😀"}, "plan_id": "p", "profiles": 0, "controls": "", "notes": 1}"#
          .utf8))
    // Hashed by another implementation of the same rule.
    let expected =
      #"{"apply_preflight_profile": null, "controls": {}, "lanes": {"a": "\"\\\n\r\t\b\f\u007f/\u00e9\ud83d\ude00", "b": [1, {"a": 0, "z": null}], "\u00e9": true}, "plan_id": "p", "profiles": [], "registry_id": null, "schema_versions": {}}"#
    #expect(PlanDigest.digest(of: plan) == SHA256.digest(Array(expected.utf8)).hex)
  }
}
