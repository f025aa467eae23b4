import Formats
import Rules

/// An overview of many repositories as one page: how it stands and what to look at first, then repository by repository.
///
/// As `AuditPage`, it is complete in itself, stays small however many there are, and is the same for the same overview.
package struct OrgPage {
  let overview: OrgOverview
  private let generator: String

  /// A page about an overview.
  ///
  /// - Parameter toolVersion: what writes it.
  package init(_ overview: OrgOverview, toolVersion: String) {
    self.overview = overview
    generator = "auditor \(toolVersion)"
  }

  /// The page, UTF-8.
  package func bytes() -> [UInt8] {
    let subject = Self.repositories(overview.targets.count)
    return PageFrame(
      title: "\(subject): \(overview.headline) (auditor)", kind: "Overview", subject: subject, generator: generator,
      facts: facts,
      closing: { html in
        html.text("It tells what the ledger holds; 'auditor ledger verify' says whether that is as it was written.")
      }, sections: sections
    ).bytes(answer: writeAnswer)
  }

  private var facts: [(name: String, content: (inout HTMLWriter) -> Void)] {
    let question = overview.question
    let runs = overview.targets.map(\.last.time).max()
    return [
      ("As of", { $0.element("time", ["datetime": "\(question.day)"], text: "\(question.day)") }),
      (
        "Last run",
        { html in
          guard let runs else { return html.text("none") }
          html.element("time", ["datetime": runs.rfc3339], text: runs.rfc3339)
        }
      ),
      ("New is", { $0.text(question.since.map { "what came since \($0)" } ?? "what came with the last runs") }),
      ("Fails on", { $0.text(question.threshold.rawValue) }),
    ]
  }

  private var sections: [PageFrame.Section] {
    var list: [PageFrame.Section] = []
    func add(_ id: String, _ title: String, _ count: Int?, _ body: @escaping (OrgPage) -> (inout HTMLWriter) -> Void) {
      if count != 0 { list.append(PageFrame.Section(id: id, title: title, count: count, body: body(self))) }
    }
    add("alerts", "What to look at", overview.alerts.count, OrgPage.writeAlerts)
    add("repositories", "Repositories", overview.targets.count, OrgPage.writeTargets)
    add("new", "New findings", overview.sum(\.appearedCount), OrgPage.writeNew)
    add("drifting", "Drifting findings", overview.sum(\.drifting), OrgPage.writeDrifting)
    add("fell", "Fell from PROVEN", overview.sum(\.falls.count), OrgPage.writeFalls)
    add(
      "endings", "Accepted not much longer", overview.sum { $0.endings(by: overview.question).count },
      OrgPage.writeEndings)
    add("rules", "Rules", overview.families.count, OrgPage.writeFamilies)
    add("history", "Day by day", overview.days.count, OrgPage.writeHistory)
    add("reproduce", "Reproduce it", nil, OrgPage.writeReproduction)
    return list
  }

  private static func repositories(_ count: Int) -> String {
    count == 1 ? "1 repository" : "\(grouped(count)) repositories"
  }

  // MARK: The first screen

  private func writeAnswer(_ html: inout HTMLWriter) {
    let status = overview.exitStatus
    html.block("div", ["class": "verdict \(Tone(status).rawValue)"]) { html in
      html.block("h2", ["id": "answer-title"]) { $0.sentence(overview.headline) }
      html.block("p") { html in
        html.element("span", ["class": "status"], text: "exit status \(status.rawValue)")
        html.text(" \(numbers)")
      }
    }
    html.block("div", ["class": "halves"]) { html in
      half(
        "Worse, or without a verdict", "worse", overview.alerts.filter { $0.status.isUrgent }, none: "Nothing.", &html)
      half("Due, or worth knowing", "due", overview.alerts.filter { !$0.status.isUrgent }, none: "Nothing.", &html)
    }
  }

  private var numbers: String {
    let open = Severity.words([
      .error: overview.sum(\.last.errors), .warning: overview.sum(\.last.warnings), .note: overview.sum(\.last.notes),
    ])
    let phases = Verdict.allCases.compactMap { verdict in
      let count = overview.sum { $0.verdicts[verdict] ?? 0 }
      return count > 0 ? "\(grouped(count)) \(verdict.rawValue)" : nil
    }
    var sentences = ["Last runs: \(overview.statusWords)."]
    sentences.append(
      "Findings: \(grouped(overview.sum(\.appearedCount))) new, \(grouped(overview.sum(\.fixed))) fixed, "
        + "\(grouped(overview.sum(\.drifting))) drifting; open: \(open).")
    if !phases.isEmpty { sentences.append("Phases: \(phases.joined(separator: ", ")).") }
    return sentences.joined(separator: " ")
  }

  private func half(
    _ title: String, _ id: String, _ alerts: [OrgAlert], none: String, _ html: inout HTMLWriter
  ) {
    html.block("div", ["class": "half"]) { html in
      html.block("h3", ["id": id], text: title)
      if alerts.isEmpty { return html.block("p", text: none) }
      html.block("ul", ["class": "points", "aria-labelledby": id]) { html in
        for alert in alerts.prefix(PageLimits.answer) {
          html.block("li") { html in
            html.chip(alert.chip, Tone(alert))
            html.gap()
            html.element("a", ["href": "#alerts"]) { $0.text(alert.target, most: 120) }
            html.element("span", ["class": "why"]) { $0.text(" \(alert.words)", most: 220) }
          }
        }
      }
      let rest = alerts.count - PageLimits.answer
      if rest > 0 { html.block("p", ["class": "more"], text: "and \(grouped(rest)) more below.") }
    }
  }
}

extension ExitStatus {
  fileprivate var isUrgent: Bool { self == .findings || self == .noVerdict }
}

extension Tone {
  /// What got worse is bad, what is due doubtful, what is only told plain.
  init(_ alert: OrgAlert) {
    switch alert.status {
    case .clean: self = .plain
    case .incomplete: self = .doubtful
    default: self = .bad
    }
  }
}
