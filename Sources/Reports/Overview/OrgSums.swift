import Formats
import Rules

/// What all repositories of an overview add up to, gathered one repository after the other.
struct OrgSums {
  private let first: Int
  private var series: [OrgOverview.Day]
  private var places: [String: Int] = [:]
  private var totals: [OrgOverview.Family] = []

  init(_ question: OrgOverview.Question) {
    let last = question.lastDay.dayNumber
    first = last - question.dayCount + 1
    series = (first...max(first, last)).map { OrgOverview.Day(date: CivilDate(dayNumber: $0)) }
  }

  /// Days by the end of which some repository had been looked at.
  var days: [OrgOverview.Day] { Array(series.drop { $0.targets == 0 }) }

  /// Families that have anything to tell, those with most open findings first.
  var families: [OrgOverview.Family] {
    totals.filter { $0.open + $0.appeared + $0.fixed + $0.drifting > 0 }.sorted {
      ($1.open, $0.name) < ($0.open, $1.name)
    }
  }

  /// The place of the family that a rule belongs to.
  mutating func family(of rule: String) -> Int {
    let name = String(rule.prefix { $0 != "." })
    if let place = places[name] { return place }
    places[name] = totals.count
    totals.append(OrgOverview.Family(name: name))
    return totals.count - 1
  }

  /// Adds the findings of a repository.
  mutating func take(_ findings: OrgFindings) {
    for (family, counts) in findings.counts {
      totals[family].open += counts.open
      totals[family].appeared += counts.appeared
      totals[family].fixed += counts.fixed
      totals[family].drifting += counts.drifting
      if counts.open > 0 { totals[family].targets += 1 }
    }
  }

  /// Adds the runs of a repository: each counts from its day to the day of the next.
  mutating func take(_ runs: [LedgerHistory.Run], _ verdicts: [[Verdict: Int]]) {
    var next = 0
    for day in series.indices {
      while next < runs.count, runs[next].time.date <= series[day].date { next += 1 }
      guard next > 0 else { continue }
      let run = runs[next - 1]
      series[day].targets += 1
      for (level, count) in [(Severity.error, run.errors), (.warning, run.warnings), (.note, run.notes)] {
        series[day].open[level, default: 0] += count
      }
      for (verdict, count) in verdicts.indices.contains(next - 1) ? verdicts[next - 1] : [:] {
        series[day].verdicts[verdict, default: 0] += count
      }
    }
  }
}
