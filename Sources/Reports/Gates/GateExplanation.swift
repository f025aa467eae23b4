import Formats
package import Rules

/// A gate for somebody who has to understand it: where its evidence lies, what its digest is over, and how to recompute
/// that by hand.
package struct GateExplanation {
  private let gate: GateDefinition
  private let pins: GatePins

  /// An explanation of a gate, with the pins that are known.
  package init(_ gate: GateDefinition, pins: GatePins) {
    self.gate = gate
    self.pins = pins
  }

  /// The page.
  package var text: String {
    var lines = ["\(printable(gate.id)), line \(gate.position.line) of the gate map", ""]
    switch gate.paths(with: pins) {
    case .settled(let result): lines += ["  \(printable(result.reason.description))", ""]
    case .next(let paths): lines += places(paths) + recipe(GateRecipe(gate, paths: paths))
    }
    lines.append(list("stands for", gate.authorizedOutputs, none: "no output"))
    lines.append(list("verified with", gate.upstreamGates, none: "no other gate"))
    return lines.map { $0 + "\n" }.joined()
  }

  private func places(_ paths: GatePaths) -> [String] {
    var lines = ["  flag    \(printable(paths.flag))", "  bundle  \(printable(paths.bundle))"]
    if let index = paths.index { lines.append("  index   \(printable(index))") }
    return lines + [""]
  }

  private func recipe(_ recipe: GateRecipe) -> [String] {
    var lines = ["  \(recipe.law)"]
    if !recipe.excluded.isEmpty, gate.law.kind != .memberDigests {
      lines.append("  left out: \(recipe.excluded.map(printable).joined(separator: ", "))")
    }
    if recipe.commands.isEmpty { return lines + [""] }
    lines += ["", "  by hand, in the root:", "    \(printable(recipe.flagCommand))"]
    return lines + recipe.commands.map { "    \(printable($0))" } + [""]
  }

  private func list(_ what: String, _ ids: [String], none: String) -> String {
    "  \(what)  \(ids.isEmpty ? none : ids.map(printable).joined(separator: ", "))"
  }
}
