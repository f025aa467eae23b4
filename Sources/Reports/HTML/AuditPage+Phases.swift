import Rules

/// Each phase: what its verdict rests on, what is missing and how to see it for oneself.
extension AuditPage {
  func writePhases(_ html: inout HTMLWriter) {
    PhaseGraphDrawing(run.phaseGraph, phases: run.phases).write(to: &html)
    let most = html.byteCount + PageLimits.phaseBytes
    for (place, phase) in run.phases.prefix(PageLimits.rows).enumerated() {
      html.block("details", ["id": "phase-\(place + 1)", "class": "phase", "open": isOpen(phase)]) { html in
        html.block("summary") { html in
          html.element("h3") { $0.text(phase.phaseID, most: 120) }
          html.gap()
          html.chip(phase.verdict.rawValue, Tone(phase.verdict))
          if let forensics = phase.forensics {
            html.gap()
            html.chip("proof: \(forensics.words)", Tone(forensics))
          }
          if phase.isFixture {
            html.gap()
            html.chip("fixture", .plain)
          }
        }
        if html.byteCount < most {
          write(phase, &html)
        } else {
          html.block("p", text: "\(counted(phase.missing.count, "requirement")) missing; the JSON report has the rest.")
        }
      }
    }
    html.more(run.phases.count - PageLimits.rows)
  }

  /// What is not proven is what a reader came for.
  private func isOpen(_ phase: PhaseResult) -> String? {
    phase.verdict == .proven && phase.forensics?.mode != .synthetic || run.phases.count > 60 ? nil : ""
  }

  private func write(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    writeDocument(phase, &html)
    writeMissing(phase, &html)
    writeChain(phase, &html)
    writeEvidence(phase.evidence, &html)
    writeForensics(phase, &html)
    writeClaimedCommands(phase, &html)
    html.block("p", text: "Judge this phase again, in the root of the tree:")
    html.commands(["auditor dod --phase \(quoted(phase.phaseID)) --forensics"])
  }

  private func writeDocument(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    html.block("p", ["class": "soft"]) { html in
      html.code(shown(phase.documentPath))
      if let commit = phase.document.value(.commitSHA) {
        html.text(" · about commit ")
        html.code(commit, most: 64)
        if !phase.isCommitReachable { html.text(" (not in this repository)") }
      }
      if let gate = phase.document.value(.gate) { html.text(" · gate \(gate)", most: 120) }
    }
  }

  private func writeMissing(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    if phase.missing.isEmpty {
      return html.block(
        "p", text: phase.verdict == .proven ? "Nothing is missing." : "No single requirement is missing.")
    }
    html.table(
      "What is missing", columns: ["Missing", "Code", "See", "What to do"], phase.missing, most: PageLimits.rowsOfPhase
    ) { item, html in
      html.head { $0.sentence(item.requirement.words(shown)) }
      html.cell { $0.code(codeText(item)) }
      html.cell { $0.place(item.location.at(shown(item.location.path))) }
      html.cell { $0.sentence(item.requirement.remediation) }
    }
  }

  /// The code with its path as the rest of the page has it.
  private func codeText(_ item: MissingItem) -> String {
    guard let colon = item.code.firstIndex(of: ":") else { return item.code }
    return item.code[...colon] + shown(String(item.code[item.code.index(after: colon)...]))
  }

  private func writeChain(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    html.block("p") { html in
      html.element("strong", text: "Chain: ")
      for action in ActivityAction.allCases {
        let isThere = phase.activity.seen.contains(action)
        html.chip("\(action.rawValue)\(isThere ? "" : " absent")", isThere ? .good : .bad)
        html.gap()
      }
      let order = phase.activity.latestOrderOK ? "the latest of each follow each other in time" : "no valid order"
      html.text(
        "\(order); \(counted(phase.activity.eventCount, "event")) of the phase in the feed; declared \(phase.activity.proofMode.rawValue)."
      )
    }
    guard !phase.gate.prerequisites.isEmpty else { return }
    html.block("p") { html in
      html.element("strong", text: "Comes after: ")
      for prerequisite in phase.gate.prerequisites.prefix(40) {
        html.text("\(prerequisite.phaseID), ", most: 120)
        html.text("in the registry \(prerequisite.verdict)", most: 60)
        html.text(prerequisite.phaseID == phase.gate.prerequisites.last?.phaseID ? "." : "; ")
      }
    }
  }

  /// A file that a claim names, with what was found of it.
  private struct EvidenceRow {
    let path: String
    var isThere: Bool?
    var isReadable = true
    var expected: String?
    var actual: String?
  }

  private func writeEvidence(_ check: EvidenceCheck, _ html: inout HTMLWriter) {
    var rows: [EvidenceRow] = check.pathChecks.map {
      EvidenceRow(path: $0.path, isThere: $0.exists, isReadable: $0.isReadable)
    }
    let places = Dictionary(rows.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    for digest in check.hashChecks {
      if let place = places[digest.path] {
        rows[place].expected = digest.expected
        rows[place].actual = digest.actual
      } else {
        rows.append(
          EvidenceRow(path: digest.path, isThere: true, expected: digest.expected, actual: digest.actual))
      }
    }
    if rows.isEmpty { return html.block("p", text: "The feed and the document name no evidence file.") }
    html.table(
      "Evidence that the feed and the document name", columns: ["File", "Found", "SHA-256"], rows,
      most: PageLimits.rowsOfPhase
    ) { row, html in
      html.head { $0.code(shown(row.path)) }
      html.cell { html in
        switch (row.isThere, row.isReadable, row.expected == row.actual) {
        case (false?, _, _): html.chip("not there", .bad)
        case (_, false, _): html.chip("unreadable", .bad)
        case (_, _, false): html.chip("another digest", .bad)
        default: html.chip(row.expected == nil ? "there" : "as recorded", .good)
        }
      }
      html.cell { html in
        guard let expected = row.expected, let actual = row.actual else { return html.text("none is recorded") }
        if expected == actual { return html.code(actual) }
        html.block("div") { html in
          html.text("recorded ")
          html.code(expected)
        }
        html.block("div") { html in
          html.text("recomputed ")
          html.code(actual)
        }
      }
    }
  }

  private func writeForensics(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    guard let forensics = phase.forensics else { return }
    html.block("h4") { html in
      html.text("Is the proof believable? ")
      html.chip(forensics.words, Tone(forensics))
    }
    if forensics.tells.isEmpty {
      return html.block("p", text: "No sign was found that the chain is anything but the measurement of a run.")
    }
    html.table(
      "Signs, and what decided", columns: ["Sign", "Weight", "What was seen", "Look at"], forensics.tells
    ) { tell, html in
      html.head { $0.code(tell.code.name) }
      html.cell { $0.name(tell.strength.rawValue) }
      html.cell { $0.sentence(tell.explanation) }
      html.cell { html in
        if !tell.events.isEmpty {
          let lines = tell.events.prefix(12).map(String.init).joined(separator: ", ")
          html.block("div", text: "feed line \(lines)\(tell.events.count > 12 ? ", …" : "")")
        }
        html.places(tell.paths)
        if tell.events.isEmpty, tell.paths.isEmpty { html.text("the feed") }
      }
    }
  }

  private func writeClaimedCommands(_ phase: PhaseResult, _ html: inout HTMLWriter) {
    let commands = phase.claims.commands
    if commands.isEmpty { return }
    html.block("p", text: "Commands that the document gives for verifying it. They were not run:")
    html.commands(commands.prefix(20).map(\.text))
    html.more(commands.count - 20)
  }
}

/// A word for a POSIX shell.
func quoted(_ text: String) -> String {
  let safe = text.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "-_./=:@%+,".utf8.contains(byte)
  }
  return safe && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
