import Formats

extension ConformanceSuite {
  /// RFC 8259 texts, given as bytes.
  static let json = ConformanceSuite(name: "json") { row, _, result in
    let value = try JSON.read(try row.requiredBytes("data_b64"))
    result.key("documents")
    result.beginArray()
    result.value(value)
    result.endArray()
  }
}
