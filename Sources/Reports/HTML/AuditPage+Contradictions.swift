import Rules

/// What is claimed beside what was computed, both with their places.
extension AuditPage {
  func writeContradictions(_ html: inout HTMLWriter) {
    html.block(
      "p",
      text:
        "No box, verdict line or registry has a say in a verdict. This is what they say, beside what the evidence says."
    )
    writeMatrix(&html)
    if contradictionCount == 0 {
      return html.block("p", text: "No claim was found that the evidence does not bear out.")
    }
    html.table(
      "Each claim that does not hold, where it stands, and where to see that",
      columns: ["Claim", "Stands at", "See", ""],
      contradictions
    ) { finding, html in
      html.head { $0.sentence(finding.message) }
      html.cell { $0.place(finding.location) }
      html.cell { html in
        if finding.evidence.isEmpty { html.text("the document itself") }
        html.places(finding.evidence)
      }
      html.cell { html in
        html.chip(finding.level.rawValue, Tone(finding.level))
        html.gap()
        html.code(finding.ruleID)
      }
    }
    html.more(contradictionCount - contradictions.count)
  }

  /// Phase by phase: each claim about it, and the verdict.
  private func writeMatrix(_ html: inout HTMLWriter) {
    guard !run.phases.isEmpty else { return }
    let nodes = Dictionary(run.phaseGraph.nodes.map { ($0.phaseID, $0) }, uniquingKeysWith: { first, _ in first })
    html.table(
      "Claims of each phase against the recomputed verdict",
      columns: ["Phase", "Verdict line", "Ticked boxes", "Registry", "Recomputed"], Array(run.phases.enumerated())
    ) { numbered, html in
      let (place, phase) = numbered
      let document = shown(phase.documentPath)
      html.head { html in
        html.element("a", ["href": "#phase-\(place + 1)"]) { $0.name(phase.phaseID) }
      }
      html.cell { html in
        guard let line = phase.claims.verdictLine else { return html.text("none") }
        writeClaim(line.verdict.rawValue, of: phase, at: Location(path: document, line: line.line), &html)
      }
      html.cell { writeBoxes(of: phase, document, &$0) }
      html.cell { html in
        guard let node = nodes[phase.phaseID], let registered = node.registered else { return html.text("no entry") }
        writeClaim(registered, of: phase, at: node.location, &html)
      }
      html.cell { html in
        html.chip(phase.verdict.rawValue, Tone(phase.verdict))
        if phase.isFixture { html.text(" fixture") }
      }
    }
  }

  private func writeClaim(_ claimed: String, of phase: PhaseResult, at place: Location, _ html: inout HTMLWriter) {
    let (word, tone) = agreement(of: claimed, with: phase.verdict)
    html.text(claimed, most: 40)
    html.gap()
    html.chip(word, tone)
    html.gap()
    html.place(place)
  }

  private func agreement(of claimed: String, with verdict: Verdict) -> (String, Tone) {
    guard let claim = Verdict(rawValue: claimed) else { return ("no verdict", .doubtful) }
    if claim == verdict { return ("agrees", .good) }
    return claim.exitStatus.rawValue < verdict.exitStatus.rawValue ? ("claims more", .bad) : ("claims less", .plain)
  }

  /// Boxes claim something when all of them are ticked, or when one is that does not hold.
  private func writeBoxes(of phase: PhaseResult, _ document: String, _ html: inout HTMLWriter) {
    let boxes = phase.claims.boxes
    guard let first = boxes.first else { return html.text("none") }
    let ticked = boxes.count(where: \.isTicked)
    let untrue = phase.findings.filter { $0.ruleID == "dod.contradiction-box" && $0.level == .error }
    html.text("\(ticked) of \(boxes.count)")
    html.gap()
    if ticked == boxes.count, phase.verdict == .proven {
      html.chip("agrees", .good)
      html.gap()
    }
    if let contradicted = untrue.first {
      html.chip("\(untrue.count) not true", .bad)
      html.gap()
      html.place(contradicted.location)
    } else if ticked == boxes.count, phase.verdict != .proven {
      html.chip("claims more", .bad)
      html.gap()
      html.place(Location(path: document, line: first.line))
    } else {
      html.place(Location(path: document, line: first.line))
    }
  }
}

extension HTMLWriter {
  /// A place in a file, as editors open it.
  mutating func place(_ location: Location) {
    element("code", ["class": "place"]) { $0.text(location.description, most: 300) }
  }

  /// Several places or files, a line each.
  mutating func places(_ texts: [String]) {
    for text in texts.prefix(8) {
      block("div") { html in html.element("code", ["class": "place"]) { $0.text(text, most: 300) } }
    }
    if texts.count > 8 { block("div", text: "and \(grouped(texts.count - 8)) more") }
  }
}
