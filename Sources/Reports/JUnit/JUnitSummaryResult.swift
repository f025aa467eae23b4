package import Formats

/// What `junit summarize` found out about one file, ready to be printed.
package struct JUnitSummaryResult {
  private let path: String
  private let summary: JUnitSummary
  private let schemaErrors: [FormatError]?

  /// `schemaErrors`: what a schema says against the file; nil where none was asked.
  package init(path: String, summary: JUnitSummary, schemaErrors: [FormatError]?) {
    self.path = path
    self.summary = summary
    self.schemaErrors = schemaErrors
  }

  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var result = JSONWriter(.pretty)
    result.beginObject()
    summary.write(to: &result)
    if let schemaErrors {
      result.key("xsd")
      result.beginObject()
      result.key("valid")
      result.boolean(schemaErrors.isEmpty)
      result.key("errors")
      result.beginArray()
      for error in schemaErrors { result.string("\(path):\(error)") }
      result.endArray()
      result.endObject()
    }
    result.endObject()
    result.newline()
    return result.takeBytes()
  }

  /// Lines for people: the totals, then everything that contradicts the file.
  package func text() -> [UInt8] {
    let totals = summary.totals
    let declared = summary.declared
    var lines = [
      "\(path): \(totals.tests) tests, \(totals.failures) failures, \(totals.errors) errors, "
        + "\(totals.skipped) skipped, \(totals.time) s"
    ]
    for (name, claimed, counted) in [
      ("tests", declared.tests, totals.tests), ("failures", declared.failures, totals.failures),
      ("errors", declared.errors, totals.errors), ("skipped", declared.skipped, totals.skipped),
    ] {
      if let claimed, claimed != counted { lines.append("\(path): declares \(claimed) \(name), has \(counted)") }
    }
    lines += (schemaErrors ?? []).map { "\(path):\($0)" }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
