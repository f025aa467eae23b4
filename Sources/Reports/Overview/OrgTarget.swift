package import Formats
package import Rules

/// One repository of an overview.
package struct OrgTarget: Sendable {
  /// A finding that is new, or that stayed and changed.
  package struct Change: Sendable, Hashable {
    /// What it was; nil where it was not there.
    package let was: State?
    /// What it is.
    package let state: State
    /// The rule.
    package let rule: String
    /// Where.
    package let path: String
    /// The line at which it was when it was recorded.
    package let line: Int?

    /// It counts, and did not, or at a lower level.
    package var isWorse: Bool { OrgTarget.isWorse(state, than: was) }
  }

  /// How a finding is judged.
  package struct State: Sendable, Hashable {
    /// How grave it is.
    package let level: Severity
    /// Why it does not count: `waiver`, `baseline`, `in_source`; nil where it counts.
    package let accepted: String?
    /// The last day on which it does not.
    package let until: String?

    /// Whether it counts.
    package var isCounted: Bool { accepted == nil }

    /// In words: `error`, `warning, accepted (waiver until 2026-12-31)`.
    package var words: String {
      guard let accepted else { return level.rawValue }
      return "\(level.rawValue), accepted (\(accepted)\(until.map { " until \($0)" } ?? ""))"
    }
  }

  /// A phase that was PROVEN and is not.
  package struct Fall: Sendable, Hashable {
    /// Its id.
    package let phaseID: String
    /// What it is; nil where it is judged no more.
    package let verdict: String?
    /// The run since which it is PROVEN no more.
    package let run: Int64
    /// The time of that run.
    package let time: Timestamp
    /// Since what the question calls new.
    package let isNew: Bool
    /// Who signed it off last, and when.
    package let approval: LedgerHistory.Approval?
  }

  /// Its name.
  package let name: String
  /// How many runs there are.
  package let runCount: Int
  /// The last of them.
  package let last: LedgerHistory.Run
  /// Its first run is part of what the question calls new.
  package let hasJoined: Bool
  /// Open findings after each of the latest runs, oldest first.
  package let series: [Int]
  /// New findings that count, by level.
  package let appeared: [Severity: Int]
  /// Findings that counted and are gone.
  package let fixed: Int
  /// Findings that stayed, at another level or otherwise accepted.
  package let drifting: Int
  /// The gravest of the new ones, as many as are told one by one.
  package let newest: [Change]
  /// The drifting ones, those that got worse first, as many as are told one by one.
  package let drifted: [Change]
  /// Phases by verdict.
  package let verdicts: [Verdict: Int]
  /// Phases that fell from PROVEN and are not PROVEN again.
  package let falls: [Fall]
  /// What is accepted until some day, the earliest first.
  package let endings: [LedgerHistory.Ending]
  /// Drifting findings that got worse and fail by the question's threshold.
  package let worse: Int

  /// New findings that count.
  package var appearedCount: Int { appeared.values.reduce(0, +) }

  /// What the last run answered.
  var status: ExitStatus { Int32(exactly: last.exitStatus).flatMap(ExitStatus.init(rawValue:)) ?? .noVerdict }

  /// It counts, and did not, or at a lower level.
  static func isWorse(_ state: State, than was: State?) -> Bool {
    guard state.isCounted else { return false }
    guard let was, was.isCounted else { return true }
    return state.level > was.level
  }

  /// Days since the last run.
  package func age(on day: CivilDate) -> Int { day.dayNumber - last.time.date.dayNumber }
}
