import Rules

/// Findings by rule, gravest first, and those that somebody accepted.
extension AuditPage {
  func writeFindings(_ html: inout HTMLWriter) {
    writeGroups(open, &html) { finding, html in writeOpen(finding, &html) }
  }

  func writeAccepted(_ html: inout HTMLWriter) {
    html.block("p", text: "These count for nothing above, because somebody said why. Each says who and until when.")
    writeGroups(accepted, &html) { finding, html in
      writeOpen(finding, &html)
      guard let suppression = finding.suppression else { return }
      html.block("div", ["class": "accepted"]) { html in
        html.chip(suppression.kind.words, .plain)
        html.gap()
        html.text(suppression.reason.isEmpty ? "no reason is given" : suppression.reason)
        if let owner = suppression.owner { html.text(" (\(owner))", most: 120) }
        if let until = suppression.until { html.text(", until \(until)", most: 40) }
      }
    }
  }

  /// Of the most findings in all, rules that come first take their part first.
  private func writeGroups(
    _ groups: [FindingGroup], _ html: inout HTMLWriter, _ line: (Finding, inout HTMLWriter) -> Void
  ) {
    var left = PageLimits.findings
    let isLong = groups.reduce(0) { $0 + $1.first.count } > 200
    for group in groups.prefix(PageLimits.rules) {
      let isOpen = group.level > .note && !isLong
      html.block("details", ["class": "rule", "open": isOpen ? "" : nil]) { html in
        writeSummary(of: group, &html)
        if let fix = group.first.first?.remediation, !fix.isEmpty {
          html.block("p") { html in
            html.element("strong", text: "What to do: ")
            html.sentence(fix)
            html.gap()
            html.code("auditor rules explain \(group.ruleID)", most: 120)
          }
        }
        let shown = group.first.prefix(left)
        left -= shown.count
        html.block("ol", ["class": "places"]) { html in
          for finding in shown { html.block("li") { html in line(finding, &html) } }
        }
        html.more(group.count - shown.count)
      }
    }
    let rest = groups.dropFirst(PageLimits.rules)
    html.more(rest.reduce(0) { $0 + $1.count }, " findings of \(counted(rest.count, "more rule"))")
  }

  private func writeSummary(of group: FindingGroup, _ html: inout HTMLWriter) {
    html.block("summary") { html in
      html.element("h3") { $0.code(group.ruleID, most: 120) }
      html.gap()
      html.chip(group.level.rawValue, Tone(group.level))
      html.element("span", ["class": "count"], text: " \(counted(group.count, "finding"))")
    }
  }

  private func writeOpen(_ finding: Finding, _ html: inout HTMLWriter) {
    html.place(finding.location)
    html.gap()
    html.sentence(finding.message)
    if let snippet = finding.snippet, !snippet.isEmpty {
      html.block("div", ["class": "snippet"]) { $0.code(snippet, most: PageLimits.snippet) }
    }
    if !finding.evidence.isEmpty, !finding.ruleID.hasPrefix("dod.contradiction") {
      html.block("div", ["class": "soft"]) { html in
        html.text("rests on ")
        for (place, text) in finding.evidence.prefix(6).enumerated() {
          if place > 0 { html.text(", ") }
          html.code(text, most: 200)
        }
        if finding.evidence.count > 6 { html.text(" and \(finding.evidence.count - 6) more") }
      }
    }
  }
}

extension Finding.Suppression.Kind {
  /// Who accepted it, in a word or two.
  fileprivate var words: String {
    switch self {
    case .inSource: "a comment in the file"
    case .waiver: "a waiver"
    case .baseline: "the baseline"
    }
  }
}
