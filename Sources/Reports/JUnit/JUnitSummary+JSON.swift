package import Formats

extension JUnitSummary {
  /// Writes `totals`, `declared` and `consistent` into an open object; counts that the document does not declare are
  /// left out.
  package func write(to result: inout JSONWriter) {
    result.key("totals")
    result.beginObject()
    write(
      [
        ("tests", totals.tests), ("failures", totals.failures), ("errors", totals.errors), ("skipped", totals.skipped),
      ], to: &result)
    result.key("time")
    result.real(totals.time)
    result.endObject()
    result.key("declared")
    result.beginObject()
    write(
      [
        ("tests", declared.tests), ("failures", declared.failures), ("errors", declared.errors),
        ("skipped", declared.skipped),
      ], to: &result)
    result.endObject()
    result.key("consistent")
    result.boolean(isConsistent)
  }

  private func write(_ counts: [(name: String, count: Int?)], to result: inout JSONWriter) {
    for (name, count) in counts {
      guard let count else { continue }
      result.key(name)
      result.integer(count)
    }
  }
}
