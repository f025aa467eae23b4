import Rules

/// Reality bundles, and the evidence of scenario runs.
extension AuditPage {
  private static let mostReasons = 10

  func writeReality(_ html: inout HTMLWriter) {
    html.block(
      "p",
      text:
        "Seven gates are recomputed over each bundle; every claim in it is compared with the files, and none is believed."
    )
    let bundles = run.reality.filter { $0.result.status != .green } + run.reality.filter { $0.result.status == .green }
    html.table("Reality bundles", columns: ["Bundle", "Verdict", "Gates", "What is wrong"], bundles) { bundle, html in
      html.head { $0.code(bundle.path) }
      html.cell { html in
        html.chip(bundle.result.status.rawValue, Tone(bundle.result.status.exitStatus))
        html.gap()
        html.name(bundle.result.verdict.rawValue)
      }
      html.cell { html in
        for gate in bundle.result.gates where gate.isTargeted {
          html.block("div") { html in
            html.chip(gate.result, gate.reasons.isEmpty ? .good : .bad)
            html.text(" \(gate.number) \(gate.title)")
          }
        }
        if bundle.result.targeted.isEmpty { html.text("none was targeted") }
      }
      html.cell { writeReasons(of: bundle, &$0) }
    }
    if let first = bundles.first { html.commands(["auditor reality \(quoted(first.path))"]) }
  }

  private func writeReasons(of bundle: RealityRun, _ html: inout HTMLWriter) {
    let all = bundle.result.allReasons
    if all.isEmpty { return html.text("nothing") }
    for reason in all.prefix(Self.mostReasons) {
      html.block("div") { html in
        html.code(reason.code)
        html.gap()
        html.sentence(reason.explanation)
        html.gap()
        html.place(bundle.place(of: reason))
      }
    }
    if all.count > Self.mostReasons { html.block("div", text: "and \(grouped(all.count - Self.mostReasons)) more") }
  }

  func writeEvidenceRuns(_ html: inout HTMLWriter) {
    let runs =
      run.evidence.filter { $0.verdict.status != .complete } + run.evidence.filter { $0.verdict.status == .complete }
    html.table("Scenario runs", columns: ["Request", "Class", "Why", "Gates"], runs) { classified, html in
      let verdict = classified.verdict
      html.head { html in
        html.code(classified.request)
        html.block("div", ["class": "soft"]) { html in
          html.text("run ")
          html.code(verdict.runID, most: 80)
        }
      }
      html.cell { $0.chip(verdict.status.rawValue, Tone(verdict.status.exitStatus)) }
      html.cell { html in
        html.text(
          [verdict.reason?.rawValue, verdict.detail.isEmpty ? nil : verdict.detail].compactMap { $0 }.joined(
            separator: ": "))
        if verdict.reason == nil, verdict.detail.isEmpty {
          html.text("all that it needs is there and sealed as it was")
        }
        if !verdict.missing.isEmpty {
          html.block("div", text: "Missing:")
          html.places(verdict.missing)
        }
      }
      html.cell { html in
        for gate in verdict.gates.prefix(Self.mostReasons) {
          html.block("div") { html in
            html.chip(gate.status.rawValue, Tone(gate.status))
            html.gap()
            html.name(gate.gateID)
          }
        }
        html.more(verdict.gates.count - Self.mostReasons)
      }
    }
  }
}
