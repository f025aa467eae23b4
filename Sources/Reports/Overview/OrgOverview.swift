package import Formats
package import Rules

/// Many repositories at one glance, from the ledger that keeps their runs: what is new, fixed or drifting, which phases fell
/// from PROVEN, what is accepted not much longer, and who was not looked at. Texts, pages and alerts are renderings of it.
package struct OrgOverview: Sendable {
  /// What is asked.
  package struct Question: Sendable {
    /// The day as of which everything is told; later runs are left out.
    package var day: CivilDate
    /// The day on which it is asked, which is what the age of a run goes by.
    package var today: CivilDate
    /// What came since this day is new; nil: what came with the last run of each repository.
    package var since: CivilDate?
    /// An acceptance that ends within so many days is told.
    package var within = 14
    /// A repository whose last run is older than so many days is told.
    package var staleAfter = 3
    /// The least level at which something new makes the exit status 1.
    package var threshold = FailureThreshold.error
    /// The days of the series.
    package var dayCount = 30

    /// A question about a day.
    package init(day: CivilDate, today: CivilDate) {
      self.day = day
      self.today = today
    }

    /// The last day that can have been looked at.
    var lastDay: CivilDate { min(day, today) }
  }

  /// A family of rules over all repositories.
  package struct Family: Sendable, Hashable {
    /// `hard-path`, `dod`, …
    package let name: String
    /// Findings that count.
    package internal(set) var open = 0
    /// Findings that are new.
    package internal(set) var appeared = 0
    /// Findings that are gone.
    package internal(set) var fixed = 0
    /// Findings that stayed and changed.
    package internal(set) var drifting = 0
    /// Repositories in which some count.
    package internal(set) var targets = 0
  }

  /// How things stood at the end of a day.
  package struct Day: Sendable, Hashable {
    /// Which.
    package let date: CivilDate
    /// Repositories that had been looked at by then.
    package internal(set) var targets = 0
    /// Findings that counted, by level.
    package internal(set) var open: [Severity: Int] = [:]
    /// Phases by verdict.
    package internal(set) var verdicts: [Verdict: Int] = [:]

    /// All findings that counted.
    package var openCount: Int { open.values.reduce(0, +) }
  }

  /// What was asked.
  package let question: Question
  /// Repositories by name.
  package let targets: [OrgTarget]
  /// The series, oldest first; days before the first run are left out.
  package let days: [Day]
  /// Families with anything to tell, those with most open findings first.
  package let families: [Family]
  /// Everything that somebody should look at, gravest first, then by kind and name.
  package let alerts: [OrgAlert]

  init(_ question: Question, targets: [OrgTarget], days: [Day], families: [Family]) {
    self.question = question
    self.targets = targets
    self.days = days
    self.families = families
    alerts = targets.flatMap { $0.alerts(question) }.sorted(by: OrgAlert.precedes)
  }

  /// The gravest alert's: 4 where a repository has no verdict of these days, or there is none at all; 1 where something got
  /// worse; 2 where something drifts, ends or stays fallen; 0 otherwise, whatever was open before.
  package var exitStatus: ExitStatus { targets.isEmpty ? .noVerdict : alerts.first?.status ?? .clean }

  /// How it stands, in one clause.
  var headline: String {
    if targets.isEmpty { return "no run is recorded by \(question.day)" }
    let isWorse = alerts.contains { $0.status == .findings }
    let hasGap = alerts.contains { $0.status == .noVerdict }
    if isWorse { return "something got worse" + (hasGap ? ", and not everything has a verdict" : "") }
    if hasGap { return "not everything has a verdict" }
    return "nothing got worse" + (exitStatus == .clean ? "" : "; something is due")
  }

  /// How many repositories answered so in their last run.
  package func count(_ status: ExitStatus) -> Int { targets.count { $0.last.exitStatus == Int(status.rawValue) } }

  /// What the last runs answered: `4 clean, 1 with findings`.
  var statusWords: String {
    let words = ExitStatus.allCases.compactMap { status in
      let count = count(status)
      return count > 0 ? "\(grouped(count)) \(Self.words(status))" : nil
    }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  /// A status as that of a repository.
  static func words(_ status: ExitStatus) -> String {
    switch status {
    case .findings: "with findings"
    case .noVerdict: "without a verdict"
    default: status.name
    }
  }

  /// Repositories, those with the gravest answer and most changes first.
  var byGravity: [OrgTarget] {
    func weight(_ target: OrgTarget) -> [Int] {
      [target.last.exitStatus, target.appearedCount + target.drifting, target.last.errors, target.last.open]
    }
    return targets.map { (target: $0, weight: weight($0)) }.sorted { left, right in
      left.weight == right.weight
        ? left.target.name.utf8.lexicographicallyPrecedes(right.target.name.utf8)
        : right.weight.lexicographicallyPrecedes(left.weight)
    }.map(\.target)
  }

  /// Sums over all repositories.
  func sum(_ count: (OrgTarget) -> Int) -> Int { targets.reduce(0) { $0 + count($1) } }
}
