/// Counts a JUnit document's test cases and gathers its claims, one event at a time.
struct JUnitTally {
  private enum Place {
    case suites, suite, testCase, other
  }

  private struct TestCase {
    let time: Double
    let isNotRun: Bool
    var hasFailure = false
    var hasError = false
    var hasSkipped = false
  }

  private(set) var totals = JUnitSummary.Totals()
  private var path: [Place] = []
  private var testCase: TestCase?
  private var root = JUnitSummary.Declared()
  private var children = JUnitClaims()

  /// What the whole document claims.
  var declared: JUnitSummary.Declared {
    JUnitSummary.Declared(
      tests: root.tests ?? children.sum(\.tests), failures: root.failures ?? children.sum(\.failures),
      errors: root.errors ?? children.sum(\.errors), skipped: root.skipped ?? children.sum(\.skipped))
  }

  mutating func start(_ element: XMLElement) throws(FormatError) {
    guard let parent = path.last else { return try startRoot(element) }
    switch (parent, element.name) {
    case (.suites, "testsuite"), (.suite, "testsuite"):
      if path.count == 1, parent == .suites { children.add(JUnitSummary.Declared(element)) }
      path.append(.suite)
    case (.suite, "testcase"):
      let status = element["status"]
      testCase = TestCase(
        time: JUnitNumber.seconds(element["time"]), isNotRun: status == "notrun" || status == "disabled")
      path.append(.testCase)
    case (.testCase, let name):
      mark(name)
      path.append(.other)
    default:
      path.append(.other)
    }
  }

  mutating func end() {
    guard path.popLast() == .testCase, let ended = testCase else { return }
    totals.tests += 1
    totals.time += ended.time
    if ended.hasFailure { totals.failures += 1 }
    if ended.hasError { totals.errors += 1 }
    if !ended.hasFailure, !ended.hasError, ended.hasSkipped || ended.isNotRun { totals.skipped += 1 }
    testCase = nil
  }

  private mutating func startRoot(_ element: XMLElement) throws(FormatError) {
    switch element.name {
    case "testsuites": path.append(.suites)
    case "testsuite": path.append(.suite)
    default:
      throw FormatError(
        .xml, .unexpected(found: "a root element '\(element.name)'", expected: "'testsuites' or 'testsuite'"),
        at: SourcePosition(offset: 0, line: element.line, column: 1))
    }
    root = JUnitSummary.Declared(element)
  }

  private mutating func mark(_ child: String) {
    switch child {
    case "failure": testCase?.hasFailure = true
    case "error": testCase?.hasError = true
    case "skipped": testCase?.hasSkipped = true
    default: break
    }
  }
}

/// The claims of the suites right under a `testsuites` root.
struct JUnitClaims {
  private var claims: [JUnitSummary.Declared] = []

  mutating func add(_ claim: JUnitSummary.Declared) { claims.append(claim) }

  /// The sum of one count, or nil when there is no suite or one does not claim it.
  func sum(_ count: (JUnitSummary.Declared) -> Int?) -> Int? {
    guard !claims.isEmpty else { return nil }
    var total = 0
    for claim in claims {
      guard let value = count(claim) else { return nil }
      total = total.addingClamped(value)
    }
    return total
  }
}

extension JUnitSummary.Declared {
  /// The claims of one `testsuites` or `testsuite` element.
  init(_ element: XMLElement) {
    tests = JUnitNumber.count(element["tests"])
    failures = JUnitNumber.count(element["failures"])
    errors = JUnitNumber.count(element["errors"])
    skipped = JUnitNumber.count(element["skipped"]).map { skipped in
      skipped.addingClamped(JUnitNumber.count(element["disabled"]) ?? 0)
    }
  }
}
