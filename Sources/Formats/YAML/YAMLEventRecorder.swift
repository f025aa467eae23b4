/// Keeps the events of a stream as lines, in the notation of the YAML test suite.
struct YAMLEventRecorder {
  private let source: [UInt8]
  private var entries: [String?] = []
  /// Resolved tags by where they stand.
  private var tags: [Int: [UInt8]] = [:]

  /// The lines, without places that nothing filled.
  var lines: [String] { entries.compactMap(\.self) }

  /// The number of the next entry.
  var count: Int { entries.count }

  init(_ source: [UInt8]) {
    self.source = source
  }

  mutating func add(_ event: String, _ properties: YAMLProperties = YAMLProperties(), text: String = "") {
    entries.append(line(event, properties, text))
  }

  mutating func keep(tag: [UInt8], at start: Int) { tags[start] = tag }

  mutating func alias(_ name: Range<Int>) {
    entries.append("=ALI *" + String(decoding: source[name], as: UTF8.self))
  }

  /// Keeps a place for the beginning of a collection that is known only later.
  mutating func reserve() -> Int {
    entries.append(nil)
    return entries.count - 1
  }

  mutating func fill(_ slot: Int?, _ event: String, _ properties: YAMLProperties = YAMLProperties()) {
    guard let slot else { return }
    entries[slot] = line(event, properties, "")
  }

  mutating func scalar(_ content: some Collection<UInt8>, _ style: YAMLScalar.Style, _ properties: YAMLProperties) {
    add("=VAL", properties, text: style.rawValue + Self.escaped(String(decoding: content, as: UTF8.self)))
  }

  private func line(_ event: String, _ properties: YAMLProperties, _ text: String) -> String {
    var parts = [event]
    if let anchor = properties.anchor { parts.append("&" + String(decoding: source[anchor], as: UTF8.self)) }
    if let tag = properties.tag {
      parts.append("<" + String(decoding: tags[tag.range.lowerBound] ?? [], as: UTF8.self) + ">")
    }
    if !text.isEmpty { parts.append(text) }
    return parts.joined(separator: " ")
  }

  /// Control characters and backslashes as the notation writes them.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{8}": result += "\\b"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
