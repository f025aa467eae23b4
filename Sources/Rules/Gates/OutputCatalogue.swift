package import Formats

/// The outputs of an interface pack, as far as gates are concerned: which there are and what reading them requires.
package struct OutputCatalogue: Sendable {
  /// What is wrong with entries, each at its line.
  package let findings: [Finding]
  private let requiredGates: [[UInt8]: [String]]

  /// Reads a catalogue: a mapping with a list of mappings under `outputs`.
  ///
  /// - Parameter path: how findings name the file.
  /// - Throws: `ShapeProblem` when the document is no catalogue at all.
  package init(_ document: Value, path: String) throws(ShapeProblem) {
    guard document.kind == .object else {
      throw ShapeProblem(at: document.position, "a catalogue is a mapping, found \(document.kindName)")
    }
    guard let list = document["outputs"], list.kind == .array else {
      throw ShapeProblem(at: document.position, "a catalogue needs a list of outputs under 'outputs'")
    }
    var problems: [ShapeProblem] = []
    var requiredGates: [[UInt8]: [String]] = [:]
    for entry in list.elements {
      var fields = ObjectFields(entry, what: "the output")
      let id = fields.requiredText("output_id")
      let gates = fields.texts("read_requires_gates")
      if let id, requiredGates.updateValue(gates, forKey: Array(id.utf8)) != nil {
        fields.problem(at: entry.position, "output '\(id)' is listed twice; this entry replaces the earlier")
      }
      // The other keys of an output are the contract lint's concern, so the reading is not finished here.
      problems += fields.problems
    }
    self.requiredGates = requiredGates
    findings = problems.map { Finding(gateMapProblem: $0, ruleID: "gates.catalogue-malformed", path: path) }
  }

  /// The gates that reading an output requires, or nil when the output is not in the catalogue.
  package func gatesRequired(by output: String) -> [String]? {
    requiredGates[Array(output.utf8)]
  }
}
