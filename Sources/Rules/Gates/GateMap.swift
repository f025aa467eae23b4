package import Formats

/// The gates of an interface pack, as a gate map defines them. Pure: made from a document that somebody else read.
package struct GateMap: Sendable {
  /// The gates in the order of the map; of two with one id only the last.
  package let gates: [GateDefinition]
  /// What is wrong with the map without making it unreadable: unknown, missing and repeated keys, wrong types, ids used
  /// twice. Each at its line.
  package let findings: [Finding]
  private let places: [[UInt8]: Int]

  /// Reads a gate map: a mapping with a list of mappings under `gates`. Entries without an id are found and left out.
  ///
  /// - Parameter path: how findings name the file.
  /// - Throws: `ShapeProblem` when the document is no gate map at all.
  package init(_ document: Value, path: String) throws(ShapeProblem) {
    guard document.kind == .object else {
      throw ShapeProblem(at: document.position, "a gate map is a mapping, found \(document.kindName)")
    }
    guard let list = document["gates"], list.kind == .array else {
      throw ShapeProblem(at: document.position, "a gate map needs a list of gates under 'gates'")
    }
    var problems: [ShapeProblem] = []
    var gates: [GateDefinition] = []
    var places: [[UInt8]: Int] = [:]
    for entry in list.elements {
      guard let gate = GateDefinition(entry, &problems) else { continue }
      if let earlier = places[Array(gate.id.utf8)] {
        problems.append(
          ShapeProblem(at: gate.position, "gate '\(gate.id)' is defined twice; this definition replaces the earlier"))
        gates[earlier] = gate
      } else {
        places[Array(gate.id.utf8)] = gates.count
        gates.append(gate)
      }
    }
    self.gates = gates
    self.places = places
    findings = problems.map { Finding(gateMapProblem: $0, ruleID: "gates.map-malformed", path: path) }
  }

  /// Gates with templates that these pins do not fill: they will be MISSING whatever the evidence is.
  package func unresolvedTemplates(with pins: GatePins, path: String) -> [Finding] {
    gates.compactMap { gate in
      guard case .settled(let result) = gate.paths(with: pins), case .unresolved(_, let template?) = result.reason
      else {
        return nil
      }
      return Finding(
        ruleID: "gates.unresolved-template", level: .warning,
        message: "gates/\(gate.id): '\(template)' needs more pins",
        location: Location(path: path, line: gate.position.line, column: gate.position.column),
        remediation: "Give each {name} with --pin name=value.")
    }
  }

  /// The gate with this id, compared byte for byte, or nil.
  package func gate(_ id: String) -> GateDefinition? {
    places[Array(id.utf8)].map { gates[$0] }
  }
}

extension Finding {
  /// A problem of a gate map or catalogue as a finding at its line.
  init(gateMapProblem problem: ShapeProblem, ruleID: String, path: String) {
    self.init(
      ruleID: ruleID, level: .warning, message: problem.message,
      location: Location(path: path, line: problem.position.line, column: problem.position.column),
      remediation: "Correct the entry; until then it is read as the message says, and never as a pass.")
  }
}
