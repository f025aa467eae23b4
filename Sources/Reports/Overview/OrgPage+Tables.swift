import Formats
import Rules

/// The tables below the first screen.
extension OrgPage {
  func writeAlerts(_ html: inout HTMLWriter) {
    html.table("The gravest first", columns: ["Repository", "What", "In words"], overview.alerts) { alert, html in
      html.head { $0.code(alert.target, most: 120) }
      html.cell { $0.chip(alert.chip, Tone(alert)) }
      html.cell(alert.words)
    }
  }

  func writeTargets(_ html: inout HTMLWriter) {
    let columns = ["Repository", "Last run", "Answer", "Open", "Run by run", "Changes", "Phases"]
    html.table("Those with the gravest answer first", columns: columns, overview.byGravity) { target, html in
      html.head { html in
        html.code(target.name, most: 120)
        if target.hasJoined { html.element("span", ["class": "soft"], text: " first looked at") }
      }
      html.cell { html in
        html.element(
          "time", ["class": "whole", "datetime": target.last.time.rfc3339], text: "\(target.last.time.date)")
        if target.age(on: overview.question.lastDay) > overview.question.staleAfter {
          html.gap()
          html.chip("not looked at since", .bad)
        }
      }
      html.cell { $0.chip(target.status.name, Tone(target.status)) }
      html.cell { html in
        html.text(grouped(target.last.open))
        if target.last.errors > 0 {
          html.element("span", ["class": "soft"], text: " (\(counted(target.last.errors, "error")))")
        }
      }
      html.cell { $0.bars(target.series) }
      html.cell(changes(of: target))
      html.cell { html in
        let counts = Verdict.allCases.compactMap { verdict in target.verdicts[verdict].map { (verdict, $0) } }
        if counts.isEmpty { html.text("none") }
        for (verdict, count) in counts {
          html.chip("\(grouped(count)) \(verdict.rawValue)", Tone(verdict))
          html.gap()
        }
      }
    }
  }

  private func changes(of target: OrgTarget) -> String {
    let words = [(target.appearedCount, "new"), (target.fixed, "fixed"), (target.drifting, "drifting")].compactMap {
      $0.0 > 0 ? "\(grouped($0.0)) \($0.1)" : nil
    }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  func writeNew(_ html: inout HTMLWriter) {
    let rows = overview.targets.flatMap { target in target.newest.map { (target: target.name, change: $0) } }
    html.table("Findings that were not there", columns: ["Repository", "Level", "Rule", "Where"], rows) { row, html in
      html.head { $0.code(row.target, most: 120) }
      html.cell { $0.chip(row.change.state.level.rawValue, Tone(row.change.state.level)) }
      html.cell { $0.code(row.change.rule, most: 120) }
      html.cell { $0.code(row.change.path + (row.change.line.map { ":\($0)" } ?? "")) }
    }
    leftOut(overview.sum(\.appearedCount) - rows.count, &html)
  }

  func writeDrifting(_ html: inout HTMLWriter) {
    let rows = overview.targets.flatMap { target in target.drifted.map { (target: target.name, change: $0) } }
    html.block(
      "p", text: "They were there before and still are, at another level or otherwise accepted: nobody fixed anything.")
    html.table(
      "Findings that stayed and changed", columns: ["Repository", "Finding", "Was", "Is"], rows
    ) { row, html in
      html.head { $0.code(row.target, most: 120) }
      html.cell { $0.code(row.change.place) }
      html.cell(row.change.was?.words ?? "")
      html.cell { $0.chip(row.change.state.words, row.change.isWorse ? .bad : .doubtful) }
    }
    leftOut(overview.sum(\.drifting) - rows.count, &html)
  }

  func writeFalls(_ html: inout HTMLWriter) {
    let rows = overview.targets.flatMap { target in target.falls.map { (target: target.name, fall: $0) } }
    let columns = ["Repository", "Phase", "Is", "PROVEN until", "Signed off by"]
    html.table("Phases that were PROVEN and are not", columns: columns, rows) { row, html in
      html.head { $0.code(row.target, most: 120) }
      html.cell { $0.code(row.fall.phaseID, most: 120) }
      html.cell { html in
        let verdict = row.fall.verdict.flatMap(Verdict.init(rawValue:))
        html.chip(row.fall.verdict ?? "judged no more", verdict.map { Tone($0) } ?? .bad)
      }
      html.cell("run \(row.fall.run) of \(row.fall.time.date)\(row.fall.isNew ? "" : ", before what is new here")")
      html.cell(row.fall.approval.map { "\($0.actor), \($0.time.date)" } ?? "nobody")
    }
  }

  func writeEndings(_ html: inout HTMLWriter) {
    let rows = overview.targets.flatMap { target in
      target.endings(by: overview.question).map { (target: target.name, ending: $0) }
    }.sorted { ($0.ending.until, $0.target) < ($1.ending.until, $1.target) }
    let columns = ["Repository", "Until", "Finding", "Owner"]
    html.table("What counts again when nobody acts", columns: columns, rows) { row, html in
      html.head { $0.code(row.target, most: 120) }
      html.cell { html in
        html.name(row.ending.until)
        html.gap()
        guard let end = CivilDate(parsing: row.ending.until) else { return html.chip("no day", .bad) }
        let days = end.dayNumber - overview.question.day.dayNumber
        html.chip(days < 0 ? "over" : "\(counted(days, "day")) left", days < 0 ? .bad : .doubtful)
      }
      html.cell { $0.code("\(row.ending.rule) \(row.ending.path)") }
      html.cell(row.ending.owner ?? "nobody")
    }
  }

  func writeFamilies(_ html: inout HTMLWriter) {
    let columns = ["Family", "Open", "In repositories", "New", "Fixed", "Drifting"]
    html.table("Findings by family of rules", columns: columns, overview.families) { family, html in
      html.head { $0.code(family.name, most: 120) }
      for count in [family.open, family.targets, family.appeared, family.fixed, family.drifting] {
        html.cell(grouped(count))
      }
    }
  }

  func writeHistory(_ html: inout HTMLWriter) {
    let days = overview.days.map { day in
      PastRun(
        time: Timestamp(milliseconds: Int64(day.date.dayNumber) * 86_400_000), gitHead: nil, exitStatus: .clean,
        verdicts: day.verdicts, openFindings: day.open)
    }
    html.block("p", text: "Each repository counts as its latest run by the end of the day found it.")
    HistoryDrawing(days.suffix(PageLimits.drawnRuns), unit: "day").write(to: &html)
  }

  func writeReproduction(_ html: inout HTMLWriter) {
    let question = overview.question
    let since = question.since.map { " --since \($0)" } ?? ""
    let options =
      " --as-of \(question.day)\(since) --within \(question.within) --stale-after \(question.staleAfter) --fail-on \(question.threshold.rawValue)"
    html.block("p", text: "With the ledger, everything above, and more of it, as text, as JSON, and as this page:")
    html.commands([
      "auditor ledger verify --ledger LEDGER", "auditor trend --org --ledger LEDGER\(options)",
      "auditor trend --org --ledger LEDGER\(options) --json",
      "auditor trend --org --ledger LEDGER\(options) --format html > overview.html",
    ])
    html.block("p", text: "What was found in one repository, and where, the report of its run tells.")
  }

  private func leftOut(_ count: Int, _ html: inout HTMLWriter) {
    if count > 0 {
      html.block(
        "p", ["class": "more"], text: "\(grouped(count)) more, of which only the reports of their runs tell.")
    }
  }
}

extension HTMLWriter {
  /// A bar for each value, from 0 to the greatest; the cell beside it says how many there are in the end.
  fileprivate mutating func bars(_ values: [Int]) {
    let (width, height) = (4, 18)
    let greatest = max(values.max() ?? 0, 1)
    var path = ""
    for (place, value) in values.enumerated() {
      let tall = value <= 0 ? 1 : max(2, value * height / greatest)
      path += "M\(place * width) \(height)v-\(tall)h\(width - 1)v\(tall)z"
    }
    let total = max(1, values.count) * width
    block(
      "svg",
      [
        "class": "bars", "role": "img", "aria-label": "open findings from \(values.first ?? 0) to \(values.last ?? 0)",
        "viewBox": "0 0 \(total) \(height)", "width": "\(total)", "height": "\(height)",
      ]
    ) { $0.void("path", ["d": path]) }
  }
}
