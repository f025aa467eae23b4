import Formats
import Rules

/// What every suite of a run says of it.
struct JUnitHead: Sendable {
  private let properties: [JUnitProperty]
  private let timestamp: String

  init(tool: AuditRun.Tool, time: Timestamp) {
    properties = [
      JUnitProperty(name: "tool", value: tool.words),
      JUnitProperty(name: "rule_pack_digest", value: "sha256:\(tool.rulePackDigest)"),
    ]
    timestamp = String(time.rfc3339.prefix(19))
  }

  func suite(_ name: String, _ eachCase: @escaping JUnitSuite.Cases) -> JUnitSuite {
    JUnitSuite(name: name, properties: properties, timestamp: timestamp, eachCase: eachCase)
  }
}
