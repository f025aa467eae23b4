import Formats
import Rules
import Testing

@testable import Reports

/// What goes into a capsule, what does not, and that its list of digests names all of it.
@Suite struct CapsuleTests {
  private static let rules = Result { try RulePack.builtIn() }

  private func input(_ path: String, _ role: String, _ digit: String = "a") -> InputRecord {
    InputRecord(path: path, role: role, sha256: String(repeating: digit, count: 64), byteCount: 1)
  }

  private func capsule(_ inputs: [InputRecord], _ findings: [Finding] = []) throws -> Capsule {
    let pack = try Self.rules.get()
    return try Capsule(
      AuditRun(
        tool: .init(name: "auditor", version: "1", rulePackDigest: pack.digest), time: Timestamp(milliseconds: 0),
        gitHead: nil, threshold: .error, rules: pack.rules, inputs: inputs + pack.sources, findings: findings,
        phases: [], gates: [], contracts: [], unevaluated: [], coverage: Coverage()))
  }

  private func absence(_ path: String, in capsule: Capsule) throws -> String? {
    let manifest = try #require(capsule.made.first { $0.path == "capsule.json" })
    return try JSON.read(manifest.bytes)["inputs"]?.elements.first { $0["path"]?.text == path }?["not_here"]?.text
  }

  @Test func whatVerdictsRestOnIsCopiedAndSourceFilesAreNot() throws {
    let made = try capsule([input("feed.jsonl", "feed"), input("a.py", "source"), input("feed.jsonl", "source")])
    #expect(made.copied.map(\.path) == ["evidence/feed.jsonl"])
    #expect(try absence("a.py", in: made) == "a source file: the repository has it")
    #expect(try absence("feed.jsonl", in: made) == nil)
    #expect(made.made.contains { $0.path == "rules/core.yaml" })
  }

  @Test(arguments: ["/etc/passwd", "../feed", "a/../../feed", "./a", "a//b"])
  func nothingFromOutsideOfTheTreeIsCopied(path: String) throws {
    let made = try capsule([input(path, "feed")])
    #expect(made.copied.isEmpty)
    #expect(try absence(path, in: made) == "it lies outside the audited tree")
  }

  @Test func aFileWithASecretIsNotPassedOn() throws {
    let secret = try #require(try Self.rules.get().rules.first(where: \.isSecret))
    let finding = Finding(
      ruleID: secret.id, level: .error, message: "m", location: Location(path: "auditor.yaml", line: 1),
      remediation: "r", suppression: .init(kind: .waiver, reason: "known"))
    let made = try capsule([input("auditor.yaml", "config"), input("feed", "feed")], [finding])
    #expect(made.copied.map(\.path) == ["evidence/feed"])
    #expect(try absence("auditor.yaml", in: made) == "a secret was found in it")
    let readMe = try #require(made.made.first { $0.path == "README.txt" })
    #expect(
      String(decoding: readMe.bytes, as: UTF8.self).contains("  1 input: a secret was found in it\n    auditor.yaml\n"))
  }

  @Test func theListOfDigestsNamesEverythingOnce() throws {
    let made = try capsule([input("b\\c", "feed"), input("a", "evidence", "b")])
    let sums = try #require(made.made.last)
    #expect(sums.path == "SHA256SUMS")
    #expect(made.digest == SHA256.digest(sums.bytes).hex)
    let lines = String(decoding: sums.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.count == made.made.count - 1 + made.copied.count)
    #expect(lines.contains("\\\(String(repeating: "a", count: 64))  evidence/b\\\\c"))
    #expect(lines.contains { $0.hasSuffix("  verify.sh") })
  }
}
