import Rules

/// The first screen: what is proven, what is not, and why.
extension AuditPage {
  func writeAnswer(_ html: inout HTMLWriter) {
    let status = run.exitStatus
    html.block("div", ["class": "verdict \(Tone(status).rawValue)"]) { html in
      html.block("h2", ["id": "answer-title"], text: headline)
      html.block("p") { html in
        html.element("span", ["class": "status"], text: "exit status \(status.rawValue)")
        html.text(" \(numbers)")
      }
    }
    html.block("div", ["class": "halves"]) { html in
      half("What is proven", "proven", proven, none: "Nothing.", &html)
      half("What is not, and why", "unproven", unproven, none: "Nothing is left open.", &html)
    }
    html.block("p", ["class": "blind"]) { html in
      html.element("strong", text: "Not looked at: ")
      html.text(passedOver)
      html.element("a", ["href": "#coverage"], text: "What was looked at")
      html.text(".")
    }
  }

  private var headline: String {
    switch run.exitStatus {
    case .clean: run.phases.isEmpty ? "Clean: nothing stands against it" : "Proven: everything that was claimed holds"
    case .findings: "Findings: something does not hold"
    case .incomplete: "Incomplete: not everything is proven"
    case .designed: "Designed only: a part of it exists only on paper"
    case .noVerdict: "No verdict: something could not be evaluated"
    case .usage: "No verdict"
    }
  }

  /// Everything in figures, in sentences.
  private var numbers: String {
    var sentences: [String] = []
    if !run.phases.isEmpty {
      let verdicts = Verdict.allCases.map { "\(run.count($0)) \($0.rawValue)" }.joined(separator: ", ")
      sentences.append("\(counted(run.phases.count, "phase")): \(verdicts).")
    }
    if !run.gates.isEmpty {
      sentences.append("\(run.gates.count { $0.status == .pass }) of \(counted(run.gates.count, "gate")) PASS.")
    }
    if !run.bundles.isEmpty {
      sentences.append(
        "\(run.bundles.count { $0.validation.isValid }) of \(counted(run.bundles.count, "bundle")) valid.")
    }
    let open = Severity.allCases.reversed().map { counted(levels[$0, default: 0], $0.rawValue) }
    let suppressed = accepted.reduce(0) { $0 + $1.count }
    sentences.append(
      "Open findings: \(open.joined(separator: ", "))" + (suppressed > 0 ? "; \(grouped(suppressed)) accepted." : "."))
    sentences.append(
      run.unevaluated.isEmpty
        ? "Everything that was asked for could be evaluated."
        : "\(counted(run.unevaluated.count, "thing")) could not be evaluated, so there is no verdict on the whole.")
    return sentences.joined(separator: " ")
  }

  /// What was passed over, as a sentence.
  var passedOver: String {
    let reasons = Coverage.SkipReason.allCases.compactMap { reason in
      run.coverage.skipped[reason].map { "\(grouped($0)) \(reason.words)" }
    }
    let files = "\(grouped(run.coverage.filesScanned)) of \(counted(run.coverage.filesSeen, "file")) were read"
    return (reasons.isEmpty ? "nothing was passed over" : reasons.joined(separator: ", ")) + "; \(files). "
  }
}

// MARK: - The two halves

extension AuditPage {
  /// One line of a half.
  private struct Point {
    let name: String
    let word: String
    let tone: Tone
    let link: String
    let why: String
    var remark: (word: String, tone: Tone)?
  }

  private func half(
    _ title: String, _ id: String, _ points: [Point], none: String, _ html: inout HTMLWriter
  ) {
    html.block("div", ["class": "half"]) { html in
      html.block("h3", ["id": id], text: title)
      if points.isEmpty { return html.block("p", text: none) }
      html.block("ul", ["class": "points", "aria-labelledby": id]) { html in
        for point in points.prefix(PageLimits.answer) {
          html.block("li") { html in
            html.chip(point.word, point.tone)
            html.gap()
            if let remark = point.remark {
              html.chip(remark.word, remark.tone)
              html.gap()
            }
            html.element("a", ["href": "#\(point.link)"]) { $0.text(point.name, most: 120) }
            html.element("span", ["class": "why"]) { $0.text(" \(point.why)", most: 220) }
          }
        }
      }
      let rest = points.count - PageLimits.answer
      if rest > 0 { html.block("p", ["class": "more"], text: "and \(grouped(rest)) more below.") }
    }
  }

  private var proven: [Point] {
    run.phases.enumerated().filter { $1.verdict == .proven }.map { place, phase in
      Point(
        name: phase.phaseID, word: phase.verdict.rawValue, tone: .good, link: "phase-\(place + 1)",
        why: proof(of: phase),
        remark: phase.forensics.flatMap { $0.mode == .operational ? nil : ("proof: \($0.words)", Tone($0)) })
    }
      + run.gates.filter { $0.status == .pass }.map {
        Point(name: $0.gateID, word: $0.status.rawValue, tone: .good, link: "gates", why: $0.reason.description)
      }
      + run.bundles.filter(\.validation.isValid).map {
        Point(name: $0.path, word: $0.verdict, tone: .good, link: "bundles", why: "index, digests and documents agree")
      }
      + run.reality.filter { $0.result.status == .green }.map {
        Point(
          name: $0.path, word: $0.result.verdict.rawValue, tone: .good, link: "reality",
          why: "the evidence on disk proves every gate that was targeted")
      }
      + run.evidence.filter { $0.verdict.status == .complete }.map {
        Point(
          name: $0.request, word: $0.verdict.status.rawValue, tone: .good, link: "runs",
          why: "everything that the run needs is there and sealed as it was")
      } + usable + quietRules
  }

  private var usable: [Point] {
    let count = run.contracts.count(where: \.isUsable)
    guard count > 0 else { return [] }
    return [
      Point(
        name: counted(count, "contract"), word: "usable", tone: .good, link: "contracts",
        why: "every schema and every reference in it resolves")
    ]
  }

  /// Rules that found nothing prove something only about what they were run over.
  private var quietRules: [Point] {
    let loud = Set((open + accepted).map(\.ruleID))
    let quiet = run.rules.count { !loud.contains($0.id) }
    guard quiet > 0, run.coverage.filesScanned > 0 else { return [] }
    return [
      Point(
        name: "\(grouped(quiet)) of \(counted(run.rules.count, "rule"))", word: "silent", tone: .good, link: "coverage",
        why: "found nothing in the \(counted(run.coverage.filesScanned, "file")) that were read")
    ]
  }

  private func proof(of phase: PhaseResult) -> String {
    var parts = ["started, completed and verified in order"]
    if !phase.evidence.pathChecks.isEmpty {
      parts.append("\(counted(phase.evidence.pathChecks.count, "evidence file")) there")
    }
    if !phase.evidence.hashChecks.isEmpty {
      parts.append("\(counted(phase.evidence.hashChecks.count, "digest")) recomputed")
    }
    return parts.joined(separator: ", ")
  }

  private var unproven: [Point] {
    let gaps = run.unevaluated.prefix(PageLimits.answer).map {
      Point(name: $0.location.description, word: "not evaluated", tone: .bad, link: "gaps", why: $0.message)
    }
    let phases = run.phases.enumerated().filter { $1.verdict != .proven }.map { place, phase in
      Point(
        name: phase.phaseID, word: phase.verdict.rawValue, tone: Tone(phase.verdict), link: "phase-\(place + 1)",
        why: reasons(of: phase))
    }
    let gates = run.gates.filter { $0.status != .pass }.map {
      Point(
        name: $0.gateID, word: $0.status.rawValue, tone: Tone($0.status), link: "gates", why: $0.reason.description)
    }
    let contracts = run.contracts.filter { !$0.isUsable }.map {
      Point(name: $0.path, word: "invalid", tone: .bad, link: "contracts", why: $0.status)
    }
    let bundles = run.bundles.filter { !$0.validation.isValid }.map {
      Point(
        name: $0.path, word: $0.verdict, tone: Tone($0), link: "bundles",
        why: $0.validation.errors.first?.code.meaning ?? "")
    }
    let reality = run.reality.filter { $0.result.status != .green }.map {
      Point(
        name: $0.path, word: $0.result.verdict.rawValue, tone: Tone($0.result.status.exitStatus), link: "reality",
        why: $0.result.allReasons.first?.explanation ?? "REAL needs gates 1, 2 and 3 to be targeted")
    }
    let runs = run.evidence.filter { $0.verdict.status != .complete }.map {
      Point(
        name: $0.request, word: $0.verdict.status.rawValue, tone: Tone($0.verdict.status.exitStatus), link: "runs",
        why: [$0.verdict.reason?.rawValue, $0.verdict.detail].compactMap { $0 }.joined(separator: ": "))
    }
    return gaps + phases + gates + bundles + reality + runs + contracts + openLevels
  }

  /// The findings, a line for each level that fails the run, or for the gravest.
  private var openLevels: [Point] {
    Severity.allCases.reversed().filter { levels[$0, default: 0] > 0 && $0 > .note }.map { level in
      let rules = open.filter { $0.level == level }
      let named = rules.prefix(3).map { "\($0.ruleID) (\(grouped($0.count)))" }.joined(separator: ", ")
      let rest = rules.count > 3 ? " and \(counted(rules.count - 3, "more rule"))" : ""
      return Point(
        name: counted(levels[level, default: 0], level.rawValue), word: "open", tone: Tone(level), link: "findings",
        why: named + rest)
    }
  }

  /// Events that the feed has not are one reason.
  private func told(_ requirements: [Requirement]) -> [String] {
    let absent = ActivityAction.allCases.filter { requirements.contains(.activity($0)) }
    let others = requirements.filter { if case .activity = $0 { false } else { true } }.map { $0.words(shown) }
    if absent.isEmpty { return others }
    return ["the feed has no \(absent.map(\.rawValue).joined(separator: ", no ")) event of the phase"] + others
  }

  private func reasons(of phase: PhaseResult) -> String {
    let missing = told(phase.missing.map(\.requirement))
    if missing.isEmpty {
      return phase.document.hasMetadata
        ? "no single thing is missing, but the chain is not whole"
        : "its document does not name both its phase and its gate"
    }
    return missing.prefix(2).joined(separator: "; ")
      + (missing.count > 2 ? "; and \(missing.count - 2) more" : "")
  }
}
