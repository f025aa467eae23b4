import Formats
package import Rules

/// Lints a gate map: everything that keeps its gates from being verified, before any evidence is there.
package struct GateLint: Sendable {
  private let gateMap: String
  private let catalogue: String?
  private let pins: GatePins?

  /// A lint of one gate map.
  ///
  /// - Parameters:
  ///   - catalogue: the outputs that gates may authorise; without one, nothing is said about outputs.
  ///   - pins: what the places of templates stand for; nil when that is not known yet.
  package init(gateMap: String, catalogue: String? = nil, pins: GatePins? = nil) {
    self.gateMap = gateMap
    self.catalogue = catalogue
    self.pins = pins
  }

  /// What was found, in the order of the files and lines.
  package struct Outcome: Sendable {
    /// What is wrong.
    package var findings: [Finding] = []
    /// Gates of the map.
    package var gateCount = 0
    /// What could not be read: no verdict.
    package var unevaluated: [Unevaluated] = []

    /// The exit status that stands for the outcome.
    package var exitStatus: ExitStatus { unevaluated.isEmpty ? (findings.isEmpty ? .clean : .findings) : .noVerdict }
  }

  /// Reads and judges. Never throws: what could not be read is in the outcome.
  package func run() -> Outcome {
    var outcome = Outcome()
    guard let map = document(gateMap, list: "gates", &outcome) else { return outcome }
    var outputs: Value?
    if let catalogue {
      guard let document = document(catalogue, list: "outputs", &outcome) else { return outcome }
      outputs = document
    }
    do {
      let gates = try GateMap(map, path: gateMap)
      let told = InterfacePack(catalogue: outputs, gateMap: map).gateMapFindings.map {
        $0.finding(area: "gates", at: $0.location.path == PackLayout.gateMap ? gateMap : catalogue ?? "")
      }
      // What the reader says of a place is said better by the rule that found the same place wanting.
      let places = Set(told.map(\.location))
      outcome.findings = told + gates.findings.filter { !places.contains($0.location) }
      if let pins { outcome.findings += gates.unresolvedTemplates(with: pins, path: gateMap) }
      outcome.findings.sort(by: Finding.precedes)
      outcome.gateCount = gates.gates.count
    } catch {
      outcome.unevaluated.append(gap(gateMap, error.message, at: error.position))
    }
    return outcome
  }

  private func document(_ path: String, list: String, _ outcome: inout Outcome) -> Value? {
    do {
      let document = try StructuredFile.read(path, role: "gate-map").document
      guard let problem = InterfacePack.shapeProblem(document, list: list) else { return document }
      outcome.unevaluated.append(gap(path, problem.message, at: problem.position))
    } catch {
      outcome.unevaluated.append(error.unevaluated(.gates, path: path))
    }
    return nil
  }

  private func gap(_ path: String, _ message: String, at position: SourcePosition) -> Unevaluated {
    Unevaluated(
      area: .gates, location: Location(path: path, line: position.line, column: position.column), message: message)
  }
}
