import Formats

extension ConformanceSuite {
  /// CommonMark with GFM's tables and task items: what a document holds, field by field.
  static let markdown = ConformanceSuite(name: "markdown") { row, _, result in
    let document = try MarkdownDocument.read(Array(try row.requiredText("text").utf8))
    document.writeFields(to: &result)
  }
}
