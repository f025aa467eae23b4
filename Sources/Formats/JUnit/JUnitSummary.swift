/// What a JUnit XML document says about its tests: what its test cases add up to, and what its attributes declare.
///
/// JUnit XML has no standard; this follows what its producers have in common. Elements are known by their local name.
public struct JUnitSummary: Sendable, Hashable {
  /// Counts and seconds from the `testcase` elements themselves.
  public struct Totals: Sendable, Hashable {
    /// All test cases.
    public internal(set) var tests = 0
    /// Test cases with a `failure`.
    public internal(set) var failures = 0
    /// Test cases with an `error`; one that has a `failure` too counts as both.
    public internal(set) var errors = 0
    /// Test cases with neither that are `skipped`, or whose `status` is `notrun` or `disabled`.
    public internal(set) var skipped = 0
    /// The sum of the test cases' `time`, in seconds; what is absent or no number adds nothing.
    public internal(set) var time = 0.0
  }

  /// Counts that the document claims; nil where it claims none.
  public struct Declared: Sendable, Hashable {
    /// The claim of `tests`.
    public internal(set) var tests: Int?
    /// The claim of `failures`.
    public internal(set) var failures: Int?
    /// The claim of `errors`.
    public internal(set) var errors: Int?
    /// The claim of `skipped`, with `disabled` added where an element has both.
    public internal(set) var skipped: Int?
  }

  /// Counted.
  public let totals: Totals
  /// Claimed: the root's attributes or, where a `testsuites` root lacks one, the sum over its `testsuite` children.
  public let declared: Declared

  /// True when every declared count equals the counted one.
  public var isConsistent: Bool {
    (declared.tests ?? totals.tests) == totals.tests && (declared.failures ?? totals.failures) == totals.failures
      && (declared.errors ?? totals.errors) == totals.errors && (declared.skipped ?? totals.skipped) == totals.skipped
  }

  /// Reads a document.
  ///
  /// Refused: what `XMLReader` refuses (a document type declaration is), and a root other than `testsuites` and
  /// `testsuite`.
  public init(_ bytes: [UInt8]) throws(FormatError) {
    var reader = try XMLReader(bytes)
    var tally = JUnitTally()
    while let event = try reader.next() {
      switch event {
      case .start(let element): try tally.start(element)
      case .end: tally.end()
      case .text: break
      }
    }
    totals = tally.totals
    declared = tally.declared
  }
}
