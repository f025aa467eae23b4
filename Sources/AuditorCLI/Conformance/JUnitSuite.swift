import Formats

extension ConformanceSuite {
  /// JUnit XML documents: what they count, what they declare, and whether the two agree.
  static let junit = ConformanceSuite(name: "junit") { row, _, result in
    let summary = try JUnitSummary(Array(try row.requiredText("xml").utf8))
    summary.write(to: &result)
  }
}

extension JUnitSummary {
  /// The fields of a summary, into an open object.
  func write(to result: inout JSONWriter) {
    result.key("totals")
    result.beginObject()
    for (name, count) in [
      ("tests", totals.tests), ("failures", totals.failures), ("errors", totals.errors), ("skipped", totals.skipped),
    ] {
      result.key(name)
      result.integer(count)
    }
    result.key("time")
    result.real(totals.time)
    result.endObject()
    result.key("declared")
    result.beginObject()
    for (name, count) in [
      ("tests", declared.tests), ("failures", declared.failures), ("errors", declared.errors),
      ("skipped", declared.skipped),
    ] {
      guard let count else { continue }
      result.key(name)
      result.integer(count)
    }
    result.endObject()
    result.key("consistent")
    result.boolean(isConsistent)
  }
}
