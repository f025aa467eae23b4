import Formats

/// What the cases of a suite, or the suites of a report, add up to.
struct JUnitCounts {
  private(set) var tests = 0
  private(set) var failures = 0
  private(set) var errors = 0
  private(set) var skipped = 0
  private var milliseconds = 0

  /// No case yet.
  init() {}

  /// Counts one more.
  mutating func add(_ testCase: JUnitCase) {
    tests += 1
    milliseconds += max(testCase.milliseconds, 0)
    switch testCase.outcome {
    case .passed: break
    case .failure: failures += 1
    case .error: errors += 1
    case .skipped: skipped += 1
    }
  }

  init(sumOf parts: [JUnitCounts]) {
    for part in parts {
      tests += part.tests
      failures += part.failures
      errors += part.errors
      skipped += part.skipped
      milliseconds += part.milliseconds
    }
  }

  /// The attributes that suites and the root have in common.
  func write(to writer: inout XMLWriter) throws(FormatError) {
    try writer.attribute("tests", "\(tests)")
    try writer.attribute("failures", "\(failures)")
    try writer.attribute("errors", "\(errors)")
    try writer.attribute("time", Self.seconds(milliseconds))
  }

  /// A decimal number with three places, never an exponent: Ant's XSD and Jenkins read nothing else alike.
  static func seconds(_ milliseconds: Int) -> String {
    let milliseconds = max(milliseconds, 0)
    let fraction = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)"
  }
}
