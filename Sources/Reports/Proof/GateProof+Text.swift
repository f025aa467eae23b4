package import Rules

extension GateProof {
  /// The proof for a person: a line a mutation, and last whether the check can fail.
  package func text(style: TerminalStyle) -> String {
    if let refusal { return "\(style.bad("NOT PROVED"))  \(printable(subject)): \(printable(refusal))\n" }
    let width = results.map(\.mutation.id.count).max() ?? 0
    let lines = results.map { item in
      let name = item.mutation.id + String(repeating: " ", count: width - item.mutation.id.count)
      return "\(style.mark(item.outcome))  \(name)  \(item.mutation.deed)\n" + item.consequence(style)
    }
    return lines.joined() + "\n" + summary(style)
  }

  private func summary(_ style: TerminalStyle) -> String {
    let score = "\(killed) of \(applied.count) mutations turned it red"
    if applied.isEmpty { return "\(style.bad("NOT PROVED"))  \(printable(subject)): there was nothing to mutate\n" }
    return survivors.isEmpty
      ? "\(style.good("CAN FAIL"))  \(printable(subject)): \(score), each for the right reason\n"
      : "\(style.bad("CANNOT FAIL"))  \(printable(subject)): \(score); what survived would not be noticed\n"
  }
}

extension MutationResult {
  fileprivate func consequence(_ style: TerminalStyle) -> String {
    switch outcome {
    case .killed:
      let right = reasons.first { mutation.expected.contains($0) } ?? ""
      return style.faint("              \(right)\n")
    case .survived:
      return "              still green; expected \(mutation.expected.sorted().joined(separator: " or "))\n"
    case .misattributed:
      return "              red for \(reasons.joined(separator: ", ")), expected "
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
