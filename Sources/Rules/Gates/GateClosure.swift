/// What somebody wants verified.
package struct GateSelection: Sendable, Equatable {
  /// Gates by id.
  package let gates: [String]
  /// Outputs by id: the gates that authorise them, and those that reading them requires.
  package let outputs: [String]

  /// A selection; an empty one means every gate of the map.
  package init(gates: [String] = [], outputs: [String] = []) {
    self.gates = gates
    self.outputs = outputs
  }
}

/// A request names something that does not exist: it cannot be served, and nothing is read for it.
package enum GateRequestError: Error, Sendable, Equatable {
  /// No gate of the map has this id; who asked for it, when it was not the user.
  case unknownGate(String, requiredBy: String?)
  /// The catalogue does not hold the output, or without one no gate authorises it.
  case unknownOutput(String)

  /// The reason as a word for programs.
  package var code: String {
    switch self {
    case .unknownGate: "UNKNOWN_GATE_ID"
    case .unknownOutput: "UNKNOWN_OUTPUT_ID"
    }
  }
}

extension GateRequestError: CustomStringConvertible {
  /// What is unknown, and who asked for it.
  package var description: String {
    switch self {
    case .unknownGate(let id, let dependent):
      "the gate map defines no gate '\(id)'" + (dependent.map { ", which \($0) requires" } ?? "")
    case .unknownOutput(let id):
      "output '\(id)' is not in the catalogue, or without a catalogue authorised by no gate"
    }
  }
}

extension GateMap {
  /// The gates that a selection requires, closed under upstream dependencies, in code point order. Cycles end.
  ///
  /// - Throws: `GateRequestError`: outputs are looked at before gates.
  package func requiredGates(
    for selection: GateSelection, catalogue: OutputCatalogue?
  ) throws(GateRequestError) -> [GateDefinition] {
    var pending: [(id: String, requiredBy: String?)] = []
    if selection.gates.isEmpty, selection.outputs.isEmpty { pending = gates.map { ($0.id, nil) } }
    for output in selection.outputs {
      pending += try startingGates(for: output, catalogue: catalogue).map { ($0, "output '\(output)'") }
    }
    pending += selection.gates.map { ($0, nil) }

    var required: [[UInt8]: GateDefinition] = [:]
    while let next = pending.popLast() {
      let key = Array(next.id.utf8)
      if required[key] != nil { continue }
      guard let gate = gate(next.id) else { throw .unknownGate(next.id, requiredBy: next.requiredBy) }
      required[key] = gate
      pending += gate.upstreamGates.map { ($0, "gate '\(gate.id)'") }
    }
    return required.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  private func startingGates(
    for output: String, catalogue: OutputCatalogue?
  ) throws(GateRequestError) -> [String] {
    let authorising = gates.filter { gate in
      gate.authorizedOutputs.contains { $0.utf8.elementsEqual(output.utf8) }
    }.map(\.id)
    guard let catalogue else {
      if authorising.isEmpty { throw .unknownOutput(output) }
      return authorising
    }
    guard let required = catalogue.gatesRequired(by: output) else { throw .unknownOutput(output) }
    return authorising + required
  }
}
