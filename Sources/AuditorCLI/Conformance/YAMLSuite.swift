import Formats

extension ConformanceSuite {
  /// YAML 1.2 streams, given as text.
  static let yaml = ConformanceSuite(name: "yaml") { row, _, result in
    let text = Array(try row.requiredText("text").utf8)
    let documents = try YAML.readStream(text).documents
    let events = try YAML.events(text)
    result.key("documents")
    result.beginArray()
    for document in documents { result.value(document) }
    result.endArray()
    result.key("events")
    result.string(events.joined(separator: "\n") + "\n")
  }
}
