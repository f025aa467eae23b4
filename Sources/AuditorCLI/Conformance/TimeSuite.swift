import Formats

extension ConformanceSuite {
  /// ISO 8601, RFC 3339 and epoch times.
  static let time = ConformanceSuite(name: "time") { row, _, result in
    let timestamp = try Timestamp(parsing: try row.requiredText("value"))
    result.key("ms")
    result.integer(timestamp.milliseconds)
  }
}
