import Formats
import Rules

/// The phases of one repository, followed run by run: who is PROVEN, and who was.
struct OrgPhases {
  private struct State {
    var verdict: String?
    /// The run since which it is PROVEN no more, after it was.
    var fellAt: Int?
  }

  private let runs: [LedgerHistory.Run]
  private var states: [String: State] = [:]
  private var seen: Set<String> = []
  private var place = -1
  /// After each run: phases by verdict.
  private(set) var tallies: [[Verdict: Int]] = []

  init(_ runs: [LedgerHistory.Run]) { self.runs = runs }

  /// Takes a verdict; they come in the order of runs.
  mutating func take(_ phase: String, _ verdict: String, at run: Int) {
    close(before: run)
    seen.insert(phase)
    set(phase, verdict, at: run)
  }

  /// Closes all runs, after the last verdict.
  mutating func finish() { close(before: runs.count) }

  /// A run that judged the whole tree and did not judge a phase says that there is none of that name any more.
  private mutating func close(before run: Int) {
    while place < run {
      if place >= 0 {
        if runs[place].isComplete {
          for (phase, state) in states where state.verdict != nil && !seen.contains(phase) {
            set(phase, nil, at: place)
          }
        }
        var tally: [Verdict: Int] = [:]
        for case let verdict? in states.values.map(\.verdict) {
          if let verdict = Verdict(rawValue: verdict) { tally[verdict, default: 0] += 1 }
        }
        tallies.append(tally)
      }
      seen = []
      place += 1
    }
  }

  private mutating func set(_ phase: String, _ verdict: String?, at run: Int) {
    var state = states[phase] ?? State()
    let proven = Verdict.proven.rawValue
    if verdict == proven { state.fellAt = nil } else if state.verdict == proven { state.fellAt = run }
    state.verdict = verdict
    states[phase] = state
  }

  /// Phases that were PROVEN and are not, by name.
  ///
  /// - Parameter window: the first run that the question calls new.
  func falls(window: Int, _ approvals: [String: LedgerHistory.Approval]) -> [OrgTarget.Fall] {
    states.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap { phase, state in
      guard let place = state.fellAt else { return nil }
      return OrgTarget.Fall(
        phaseID: phase, verdict: state.verdict, run: runs[place].number, time: runs[place].time,
        isNew: place >= window, approval: approvals[phase])
    }
  }
}
