package import Formats
import Rules

/// A ledger's past for a person at a terminal: a line of small bars for each family of rules, and what became of phases.
package struct TrendText {
  private static let bars = Array("▁▂▃▄▅▆▇█")
  /// Bars of a line even where the terminal is narrow.
  private static let fewestBars = 8
  private static let shownFamilies = 12
  private static let shownEndings = 5

  private let history: LedgerHistory
  private let style: TerminalStyle
  private let width: Int
  private let today: CivilDate
  private let shownRuns: Int

  /// A rendering for so many columns; ends of acceptances are told by `today`, and at most so many runs are shown.
  package init(_ history: LedgerHistory, style: TerminalStyle, width: Int, today: CivilDate, shownRuns: Int) {
    self.history = history
    self.style = style
    self.width = width
    self.today = today
    self.shownRuns = shownRuns
  }

  /// The whole text.
  package var text: String {
    history.targets.isEmpty
      ? "no run is recorded yet\n" : history.targets.map { text(of: $0) }.joined(separator: "\n")
  }

  private func text(of target: LedgerHistory.Target) -> String {
    let runs = target.runs.suffix(shownRuns)
    guard let first = runs.first, let last = runs.last else { return "" }
    let days = first.time.date == last.time.date ? day(first.time) : "\(day(first.time)) to \(day(last.time))"
    var text = style.strong(printable(target.name)) + "  \(runs.count) of \(target.runs.count) runs, \(days)\n"
    let rows: [(name: String, values: [Int], note: String)] =
      [
        ("open", runs.map(\.open), "\(last.appeared) new, \(last.fixed) fixed in the last run"),
        ("errors", runs.map(\.errors), ""),
      ]
      + target.families.prefix(Self.shownFamilies).map { family in
        ("  " + family.name, Array(family.open.suffix(runs.count)), changes(of: family))
      }
    let nameWidth = min(24, rows.map { printable($0.name).unicodeScalars.count }.max() ?? 0)
    let barCount = max(Self.fewestBars, min(runs.count, width - nameWidth - 40))
    for row in rows { text += line(row.name, row.values, row.note, nameWidth, barCount) }
    let hidden = target.families.count - Self.shownFamilies
    let families = hidden == 1 ? "family" : "families"
    if hidden > 0 { text += style.faint("    and \(hidden) more \(families); --json tells all") + "\n" }
    return text + phases(of: target) + endings(of: target)
  }

  private func changes(of family: LedgerHistory.Family) -> String {
    let (appeared, fixed) = (family.appeared.last ?? 0, family.fixed.last ?? 0)
    return [appeared > 0 ? "\(appeared) new" : "", fixed > 0 ? "\(fixed) fixed" : ""].filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  private func line(_ name: String, _ values: [Int], _ note: String, _ nameWidth: Int, _ barCount: Int) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    let numbers = first == last ? "\(last)" : "\(first) → \(last)"
    let cell = note.isEmpty ? numbers : padded(numbers, 14)
    let shown = last < first ? style.good(cell) : last > first ? style.bad(cell) : cell
    let line = "  \(padded(printable(name), nameWidth))  \(Self.sparkline(values, barCount))  \(shown)"
    return note.isEmpty ? "\(line)\n" : "\(line)  \(style.faint(note))\n"
  }

  /// A bar for each value, from 0 to the greatest; where there is no room for all, for the last of each few.
  static func sparkline(_ values: [Int], _ barCount: Int) -> String {
    let greatest = max(values.max() ?? 0, 1)
    let count = min(values.count, barCount)
    return String(
      (0..<count).map { place in
        let value = values[(place + 1) * values.count / count - 1]
        return value <= 0 ? bars[0] : bars[max(1, (value * (bars.count - 1) + greatest - 1) / greatest)]
      })
  }

  private func phases(of target: LedgerHistory.Target) -> String {
    guard !target.phases.isEmpty else { return "" }
    var text = "  phases\n"
    let nameWidth = min(32, target.phases.map { printable($0.phaseID).unicodeScalars.count }.max() ?? 0)
    for phase in target.phases {
      let now = phase.changes.last
      var line = "    \(padded(printable(phase.phaseID), nameWidth))  \(verdict(now?.to ?? ""))"
      if let now, target.runs.indices.contains(now.run) {
        let run = target.runs[now.run]
        let since = "since \(day(run.time)), run \(run.number)"
        line += now.isFall ? "  " + style.bad("fell from PROVEN") + " \(since)" : "  \(style.faint(since))"
      }
      if let approval = target.approvals.last(where: { $0.phaseID == phase.phaseID }) {
        let signed = "signed off \(day(approval.time)) by \(printable(approval.actor))"
        let isStill = now?.to == Verdict.proven.rawValue
        line += isStill ? "  \(style.faint(signed))" : "  " + style.bad("\(signed), and no longer PROVEN")
      }
      text += line + "\n"
    }
    return text
  }

  private func endings(of target: LedgerHistory.Target) -> String {
    guard !target.endings.isEmpty else { return "" }
    var text = "  accepted for a time\n"
    for ending in target.endings.prefix(Self.shownEndings) {
      let end = CivilDate(parsing: ending.until)
      let isOver = end.map { $0 < today } ?? false
      let days = end.map { $0.dayNumber - today.dayNumber }
      let left = isOver ? style.bad("over") : days.map { "\($0) days left" } ?? ""
      let owner = ending.owner.map { "  \(printable($0))" } ?? ""
      text +=
        "    \(printable(ending.until))  \(padded(left, 13))  \(printable(ending.rule))  \(printable(ending.path))\(owner)\n"
    }
    let more = target.endings.count - Self.shownEndings
    return more > 0 ? text + style.faint("    and \(more) more") + "\n" : text
  }

  private func verdict(_ verdict: String) -> String {
    let word = padded(printable(verdict), 8)
    switch Verdict(rawValue: verdict) {
    case .proven: return style.good(word)
    case .partial: return style.doubtful(word)
    default: return style.bad(word)
    }
  }

  private func day(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }
}
