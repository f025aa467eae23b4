import Formats
package import Rules

/// Values with their origins, for people or as JSON.
package struct ExplanationReport {
  private let values: [(key: String, value: String, origin: String)]
  private let overridden: [AppliedPolicy.Override]

  /// Values in their order, and what a policy does not let count.
  package init(_ values: [(key: String, value: String, origin: String)], _ overridden: [AppliedPolicy.Override]) {
    self.values = values
    self.overridden = overridden
  }

  /// A line a value: key, value, origin.
  package func text(_ style: TerminalStyle) -> String {
    let keyWidth = values.map(\.key.count).max() ?? 0
    let valueWidth = values.map { printable($0.value).unicodeScalars.count }.filter { $0 <= 48 }.max() ?? 0
    var text = ""
    for value in values {
      text += "\(padded(value.key, keyWidth))  \(padded(printable(value.value), valueWidth))  "
      text += style.faint(printable(value.origin)) + "\n"
    }
    if overridden.isEmpty { return text }
    text += "\n" + style.strong("Does not count") + "\n"
    for override in overridden {
      text += "  \(printable(override.location.description))  \(override.key): \(printable(override.what))\n"
    }
    return text
  }

  /// One JSON object.
  package func json() -> [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      json.list("values", values) { value, json in
        json.beginObject()
        json.member("key", value.key)
        json.member("value", value.value)
        json.member("origin", value.origin)
        json.endObject()
      }
      json.list("overridden", overridden) { override, json in
        json.beginObject()
        json.member("key", override.key)
        json.member("what", override.what)
        json.member("path", override.location.path)
        json.member("line", override.location.line)
        json.endObject()
      }
      json.endObject()
    }
  }
}
