/// What the process answers: the table of DESIGN.md, the same for every command.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Clean, PROVEN, PASS, COMPLETE, valid, GREEN.
  case clean = 0
  /// Findings at or above the threshold, FAIL or CONFLICT, invalid, RED.
  case findings = 1
  /// PARTIAL, MISSING, WAITING, YELLOW, drift.
  case incomplete = 2
  /// DESIGNED.
  case designed = 3
  /// An input could not be read or is corrupt, or the tool itself failed: no verdict.
  case noVerdict = 4
  /// The command line was wrong.
  case usage = 64

  /// The graver of two outcomes: no verdict, then DESIGNED, PARTIAL, findings, clean.
  package func combined(with other: ExitStatus) -> ExitStatus {
    rawValue >= other.rawValue ? self : other
  }

  /// The status in one or two words, for the last line on a terminal.
  package var name: String {
    switch self {
    case .clean: "clean"
    case .findings: "findings"
    case .incomplete: "incomplete"
    case .designed: "designed only"
    case .noVerdict: "no verdict"
    case .usage: "usage error"
    }
  }
}
