package import Rules

extension GateProof {
  /// The proof for a person: a line a mutation, and last whether the check can fail.
  package func text(style: TerminalStyle) -> String {
    if refusal != nil { return summary(style) }
    let width = results.map(\.mutation.id.count).max() ?? 0
    return results.map { $0.text(width: width, style) }.joined() + "\n" + summary(style)
  }

  /// Whether the check can fail, in a line, and when it was last seen red.
  fileprivate func summary(_ style: TerminalStyle) -> String {
    let name = printable(subject)
    if let refusal { return "\(style.bad("NOT PROVED"))  \(name): \(printable(refusal))\n" }
    if applied.isEmpty { return "\(style.bad("NOT PROVED"))  \(name): there was nothing to mutate\n" }
    let score = "\(killed) of \(applied.count) mutations turned it red"
    let line =
      survivors.isEmpty
      ? "\(style.good("CAN FAIL"))  \(name): \(score), each for the right reason\n"
      : "\(style.bad("CANNOT FAIL"))  \(name): \(score); what survived would not be noticed\n"
    guard let history else { return line }
    let seen = history.last.map { "\(printable($0.time)) (\(printable($0.report)))" }
    return line + "          last seen red: \(seen ?? "never"), in \(history.reportCount) reports\n"
  }
}

extension ProofSet {
  /// The proofs for a person: of each check a line and what it would not notice, with `isWhole` every mutation, and last
  /// the score.
  package func text(style: TerminalStyle, isWhole: Bool) -> String {
    var text = ""
    for proof in proofs {
      let width = proof.results.map(\.mutation.id.count).max() ?? 0
      text += proof.summary(style)
      let shown = isWhole ? proof.results : proof.survivors
      text += shown.map { $0.text(width: width, style) }.joined()
    }
    if applied == 0 { return text }
    let percent = killed * 1_000 / applied
    let blind = proofs.count { !$0.survivors.isEmpty }
    text += proofs.isEmpty ? "" : "\n"
    text += "\(style.strong("Mutation score:")) \(killed) of \(applied) (\(percent / 10).\(percent % 10) %)"
    text += blind == 0 ? "; every check can fail\n" : "; \(blind) of \(proofs.count) checks would miss something\n"
    return text
  }
}

extension MutationResult {
  fileprivate func text(width: Int, _ style: TerminalStyle) -> String {
    let name = mutation.id + String(repeating: " ", count: max(0, width - mutation.id.count))
    return "\(style.mark(outcome))  \(name)  \(printable(mutation.deed))\n" + consequence(style)
  }

  private func consequence(_ style: TerminalStyle) -> String {
    let place = place.map { " (\(printable($0.description)))" } ?? ""
    switch outcome {
    case .killed:
      let right = reasons.first { mutation.expected.contains($0.requirementCode) } ?? ""
      return style.faint("              \(printable(right))\n")
    case .survived:
      return "              not noticed\(place); expected \(mutation.expected.sorted().joined(separator: " or "))\n"
    case .misattributed:
      return "              red for \(printable(reasons.joined(separator: ", "))), expected "
        + "\(mutation.expected.sorted().joined(separator: " or "))\n"
    case .notApplicable: return ""
    }
  }
}

extension TerminalStyle {
  fileprivate func mark(_ outcome: MutationResult.Outcome) -> String {
    switch outcome {
    case .killed: good("killed      ")
    case .survived: bad("SURVIVED    ")
    case .misattributed: bad("WRONG REASON")
    case .notApplicable: faint("nothing     ")
    }
  }
}
