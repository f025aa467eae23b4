import Formats
import Rules

/// An overview for a person at a terminal: how it stands, what to look at, gravest first, then repository by repository.
package struct OrgText {
  private static let shownAlerts = 20
  private static let shownTargets = 30
  private static let shownFamilies = 8
  /// Columns under which a line holds only what decides.
  private static let broad = 76

  private let overview: OrgOverview
  private let style: TerminalStyle
  private let width: Int

  /// A rendering for so many columns.
  package init(_ overview: OrgOverview, style: TerminalStyle, width: Int) {
    self.overview = overview
    self.style = style
    self.width = max(32, width)
  }

  /// The whole text; the outcome is its last line.
  package var text: String {
    [head, alerts, targets, families, outcome].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: How it stands

  private var head: String {
    if overview.targets.isEmpty { return "" }
    let repositories = overview.targets.count == 1 ? "1 repository" : "\(grouped(overview.targets.count)) repositories"
    let plain = wrapped(
      "\(repositories) as of \(overview.question.day): \(overview.statusWords)", width: width, indent: 2)
    var text = style.strong(repositories) + plain.dropFirst(repositories.count) + "\n"
    let days = overview.days
    text += series("open", days.map(\.openCount))
    text += series("errors", days.map { $0.open[.error, default: 0] })
    if days.contains(where: { !$0.verdicts.isEmpty }) {
      text += series("PROVEN", days.map { $0.verdicts[.proven, default: 0] }, isMoreBetter: true)
    }
    let new = overview.sum(\.appearedCount)
    let since = overview.question.since.map { "since \($0)" } ?? "with the last runs"
    let changes =
      "\(grouped(new)) new, \(grouped(overview.sum(\.fixed))) fixed, \(grouped(overview.sum(\.drifting))) drifting \(since)"
    return text + wrapped("  " + changes, width: width, indent: 2) + "\n"
  }

  private func series(_ name: String, _ values: [Int], isMoreBetter: Bool = false) -> String {
    guard let first = values.first, let last = values.last else { return "" }
    let numbers = first == last ? grouped(last) : "\(grouped(first)) → \(grouped(last))"
    let isBetter = isMoreBetter ? last > first : last < first
    let shown = last == first ? numbers : isBetter ? style.good(numbers) : style.bad(numbers)
    let bars = TrendText.sparkline(values, max(8, min(values.count, width - 30)))
    return "  \(padded(name, 7)) \(bars)  \(shown)\n"
  }

  // MARK: What to look at

  private var alerts: String {
    var text = ""
    var last: OrgAlert?
    for alert in overview.alerts.prefix(Self.shownAlerts) {
      if alert.kind != last?.kind || alert.status != last?.status {
        text += (last == nil ? "" : "\n") + title(of: alert) + "\n"
      }
      last = alert
      text += "  " + wrapped(printable("\(alert.target): \(alert.words)"), width: width - 2, indent: 4) + "\n"
    }
    let more = overview.alerts.count - Self.shownAlerts
    return more > 0 ? text + style.faint("  and \(grouped(more)) more; --json tells all") + "\n" : text
  }

  private func title(of alert: OrgAlert) -> String {
    switch alert.status {
    case .clean: style.strong(alert.title)
    case .incomplete: style.doubtful(alert.title)
    default: style.bad(alert.title)
    }
  }

  // MARK: Repository by repository

  private var targets: String {
    let shown = overview.byGravity.prefix(Self.shownTargets)
    guard !shown.isEmpty else { return "" }
    let isBroad = width >= Self.broad
    let nameWidth = min(isBroad ? 28 : width - 26, shown.map { printable($0.name).unicodeScalars.count }.max() ?? 0)
    let columns = (isBroad ? ["open", "new", "fixed", "drift"] : ["open", "new"]).map { right($0, 6) }
    let gap = padded("", max(0, nameWidth + (isBroad ? 31 : 17) - 12))
    let end = isBroad ? "  last run" : ""
    var text = style.strong("Repositories") + style.faint(gap + columns.joined(separator: " ") + end) + "\n"
    for target in shown { text += line(target, nameWidth, isBroad) }
    let more = overview.targets.count - shown.count
    return more > 0 ? text + style.faint("  and \(grouped(more)) more; --json tells all") + "\n" : text
  }

  private func line(_ target: OrgTarget, _ nameWidth: Int, _ isBroad: Bool) -> String {
    let status = target.status
    let word = padded(status.name, 13)
    let shown = status == .clean ? style.good(word) : status == .incomplete ? style.doubtful(word) : style.bad(word)
    var line = "  \(padded(cut(printable(target.name), nameWidth), nameWidth))  \(shown)"
    if isBroad { line += "  " + padded(TrendText.sparkline(target.series, 12), 12) }
    line += right(target.last.open, 6)
    let new = target.appearedCount > 0 ? style.bad(right(target.appearedCount, 6)) : right(0, 6)
    line += " " + new
    if isBroad {
      line += " " + (target.fixed > 0 ? style.good(right(target.fixed, 6)) : right(0, 6))
      line += " " + (target.drifting > 0 ? style.doubtful(right(target.drifting, 6)) : right(0, 6))
      line += "  \(target.last.time.date)"
    }
    return line + "\n"
  }

  private func right(_ number: Int, _ width: Int) -> String {
    right(number == 0 ? "·" : grouped(number), width)
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
  }

  private func cut(_ text: String, _ width: Int) -> String {
    let text = SecretMask.masked(text)
    let scalars = text.unicodeScalars
    return scalars.count <= width ? text : String(String.UnicodeScalarView(scalars.prefix(width - 1))) + "…"
  }

  // MARK: Rules, and the end

  private var families: String {
    let shown = overview.families.prefix(Self.shownFamilies)
    guard !shown.isEmpty else { return "" }
    var text = style.strong("Rules") + "\n"
    let nameWidth = min(24, shown.map { printable($0.name).unicodeScalars.count }.max() ?? 0)
    for family in shown {
      let changes = [
        family.appeared > 0 ? "\(grouped(family.appeared)) new" : nil,
        family.fixed > 0 ? "\(grouped(family.fixed)) fixed" : nil,
        family.drifting > 0 ? "\(grouped(family.drifting)) drifting" : nil,
      ].compactMap { $0 }
      let places = family.targets == 1 ? "1 repository" : "\(grouped(family.targets)) repositories"
      let note = ([family.open > 0 ? "in \(places)" : nil] + changes).compactMap { $0 }.joined(separator: ", ")
      let name = padded(cut(printable(family.name), nameWidth), nameWidth)
      text += wrapped("  \(name) \(right(family.open, 6))  \(note)", width: width, indent: nameWidth + 11) + "\n"
    }
    let more = overview.families.count - shown.count
    return more > 0 ? text + style.faint("  and \(grouped(more)) more; --json tells all") + "\n" : text
  }

  private var outcome: String {
    let status = overview.exitStatus
    let words = overview.headline
    let shown = status == .clean ? style.good(words) : status == .incomplete ? style.doubtful(words) : style.bad(words)
    let plain = wrapped("Outcome: \(words) (exit \(status.rawValue))", width: width, indent: 2) + "\n"
    guard let place = plain.firstRange(of: words) else { return plain }
    return style.strong("Outcome:") + " " + shown + plain[place.upperBound...]
  }
}
