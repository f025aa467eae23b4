import Formats
package import Rules

/// The rules of a pack as a list.
package struct RuleListing {
  private let pack: RulePack

  /// A list of a pack's rules.
  package init(_ pack: RulePack) {
    self.pack = pack
  }

  /// A line a rule: id, level, message.
  package var text: String {
    let width = pack.rules.map(\.id.count).max() ?? 0
    return pack.rules.map { rule in
      "\(padded(rule.id, width))  \(padded(rule.severity.rawValue, 7))  \(printable(rule.message))\n"
    }.joined()
  }

  /// One object: the pack's digest and its rules.
  package func json() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("rule_pack_digest", "sha256:\(pack.digest)")
    json.list("rules", pack.rules) { rule, json in
      json.beginObject()
      json.member("id", rule.id)
      json.member("family", rule.family)
      json.member("severity", rule.severity.rawValue)
      json.member("status", rule.status.rawValue)
      json.member("message", rule.message)
      json.member("languages", rule.languages.sorted())
      json.member("remediation", rule.remediation)
      json.member("defined_at", rule.origin.description)
      json.endObject()
    }
    json.endObject()
    json.newline()
    return json.takeBytes()
  }
}
