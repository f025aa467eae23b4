/// How much of a run a page shows. What is left out is counted there, and stands in the JSON report.
enum PageLimits {
  /// Characters of a text.
  static let text = 600
  /// Bytes of a word that is not broken, so that columns stay readable.
  static let whole = 26
  /// Characters of a line of a file.
  static let snippet = 300
  /// Marks on one character; more only serve to paint over what stands near.
  static let marks = 4
  /// Findings of one rule.
  static let findingsOfRule = 20
  /// Findings in all.
  static let findings = 1_000
  /// Rules with findings, each with its count.
  static let rules = 300
  /// Rows of any other list.
  static let rows = 500
  /// Rows of a list about one phase.
  static let rowsOfPhase = 100
  /// Bytes of all that is told about phases one by one; those that come then are named with their verdict.
  static let phaseBytes = 2_000_000
  /// Evidence files with their digests.
  static let inputs = 2_000
  /// What each half of the answer lists.
  static let answer = 14
  /// Phases of a drawing: more cannot be read.
  static let drawnPhases = 120
  /// Ties between them.
  static let drawnTies = 400
  /// Runs of a drawing, the latest ones.
  static let drawnRuns = 60
}
