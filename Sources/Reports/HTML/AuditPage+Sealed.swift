import Rules

/// Gates, contracts and bundles.
extension AuditPage {
  func writeGates(_ html: inout HTMLWriter) {
    html.block("p", text: "A flag is never believed: the digest of the sealed evidence is recomputed and compared.")
    let gates = run.gates.sorted { $0.status > $1.status }
    html.table("Gates", columns: ["Gate", "Status", "Why", "Digests"], gates) { gate, html in
      html.head { $0.name(gate.gateID) }
      html.cell { $0.chip(gate.status.rawValue, Tone(gate.status)) }
      html.cell { html in
        html.text(gate.reason.description)
        if !gate.differingMembers.isEmpty {
          html.block("div", text: "These differ:")
          html.places(gate.differingMembers)
        }
      }
      html.cell { writeDigests(gate, &$0) }
    }
    html.block("p", text: "How a gate's digest is recomputed with nothing but a shell:")
    let maps = run.inputs.filter { $0.role == "gate-map" }.map(\.path)
    let first = quoted(gates.first?.gateID ?? "GATE")
    html.commands(
      (maps.isEmpty ? ["MAP"] : maps.prefix(5).map(quoted)).map { "auditor gates explain \(first) --gate-map \($0)" })
  }

  private func writeDigests(_ gate: GateResult, _ html: inout HTMLWriter) {
    switch (gate.expectedDigest, gate.actualDigest) {
    case (let sealed?, let actual?) where sealed == actual: html.code(actual, most: 80)
    case (nil, nil): html.text("neither is known")
    case (let sealed, let actual):
      html.block("div") { html in
        html.text("sealed ")
        html.code(sealed ?? "unknown", most: 80)
      }
      html.block("div") { html in
        html.text("recomputed ")
        html.code(actual ?? "not possible", most: 80)
      }
    }
  }

  func writeContracts(_ html: inout HTMLWriter) {
    let contracts = run.contracts.filter { !$0.isUsable } + run.contracts.filter(\.isUsable)
    html.table("Contract schemas", columns: ["Schema", "", "What is wrong"], contracts) { contract, html in
      html.head { $0.code(contract.path) }
      html.cell { $0.chip(contract.isUsable ? "usable" : "invalid", contract.isUsable ? .good : .bad) }
      html.cell(contract.isUsable ? "nothing" : contract.status)
    }
  }

  func writeBundles(_ html: inout HTMLWriter) {
    html.table(
      "Runtime evidence bundles", columns: ["Bundle", "Verdict", "What is wrong", "Promotable"],
      run.bundles.filter { !$0.validation.isValid } + run.bundles.filter(\.validation.isValid)
    ) { bundle, html in
      html.head { $0.code(bundle.path) }
      html.cell { $0.chip(bundle.verdict, Tone(bundle)) }
      html.cell { html in
        let errors = bundle.validation.errors
        if errors.isEmpty { html.text("nothing") }
        for error in errors.prefix(8) {
          html.block("div") { html in
            html.text(error.code.meaning)
            if let path = error.path {
              html.gap()
              html.code(path)
            }
          }
        }
        if errors.count > 8 { html.block("div", text: "and \(errors.count - 8) more") }
      }
      html.cell(
        bundle.promotability.isPromotable
          ? "yes" : "no: " + bundle.promotability.reasons.map(\.rawValue).joined(separator: ", "))
    }
    if let first = run.bundles.first { html.commands(["auditor bundle validate \(quoted(first.path))"]) }
  }
}
