package import Formats

/// What a reader made of a text, as JSON.
package struct ParsedText {
  private enum Content {
    case documents([Value])
    case markdown(MarkdownDocument)
  }

  private let content: Content

  /// Reads `yaml`, `json`, `jsonl` or `markdown`.
  ///
  /// - Throws: `FormatError` where the text is malformed.
  package init(_ bytes: [UInt8], language: String) throws(FormatError) {
    switch language {
    case "yaml": content = .documents(try YAML.readStream(bytes).documents)
    case "jsonl": content = .documents(try JSONLines.read(bytes))
    case "markdown": content = .markdown(try MarkdownDocument.read(bytes))
    default: content = .documents([try JSON.read(bytes)])
    }
  }

  /// `{"documents": […]}`, or the fields of a Markdown document; pretty, with a line end.
  package func json() -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    switch content {
    case .documents(let documents): json.list("documents", documents) { value, json in json.value(value) }
    case .markdown(let document): document.writeFields(to: &json)
    }
    json.endObject()
    json.newline()
    return json.takeBytes()
  }
}
