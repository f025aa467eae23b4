import Formats
import Rules

/// What this build calls itself.
enum Version {
  /// Semantic version; CHANGELOG.md has an entry for each.
  static let number = "0.1.0"

  /// Name, version and, where the build was told, the commit.
  static var line: String { tool(rules: "").words }

  /// The same and the digest of the rules it carries, as one JSON object.
  static var json: [UInt8] {
    let identity = tool(rules: RulePack.builtInDigest)
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("name", identity.name)
    json.member("version", identity.version)
    json.member("commit", identity.commit)
    json.member("rule_pack_digest", "sha256:\(identity.rulePackDigest)")
    json.endObject()
    json.newline()
    return json.takeBytes()
  }

  private static func tool(rules digest: String) -> AuditRun.Tool {
    AuditRun.Tool(name: "auditor", version: number, commit: BuildOrigin.commit, rulePackDigest: digest)
  }
}
