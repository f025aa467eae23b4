package import Formats

/// The outputs of an interface pack, as far as gates are concerned: which there are and what reading them requires.
package struct OutputCatalogue: Sendable {
  /// What is wrong with entries, each at its line.
  package let findings: [Finding]
  private let outputs: [[UInt8]: CatalogueOutput]

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
    var outputs: [[UInt8]: CatalogueOutput] = [:]
    for entry in list.elements {
      var fields = ObjectFields(entry, what: "the output")
      let id = fields.requiredText("output_id")
      let gates = fields.texts("read_requires_gates")
      if let id, outputs.updateValue(CatalogueOutput(id, entry, gates), forKey: Array(id.utf8)) != nil {
        fields.problem(at: entry.position, "output '\(id)' is listed twice; this entry replaces the earlier")
      }
      // The other keys of an output are the contract lint's concern, so the reading is not finished here.
      problems += fields.problems
    }
    self.outputs = outputs
    findings = problems.map { Finding(gateMapProblem: $0, ruleID: "gates.catalogue-malformed", path: path) }
  }

  /// The gates that reading an output requires, or nil when the output is not in the catalogue.
  package func gatesRequired(by output: String) -> [String]? {
    self.output(output)?.requiredGates
  }

  /// The output with this id, compared byte for byte; of equal ones the last.
  package func output(_ id: String) -> CatalogueOutput? { outputs[Array(id.utf8)] }
}

/// An output as evidence about it is looked for.
package struct CatalogueOutput: Sendable {
  /// Its id.
  package let id: String
  /// Where it lies below the engine root, without white space at the ends.
  package let pathTemplate: String
  /// The tokens that tell one instance of it from another.
  package let partitions: [String]
  /// What it is told apart by, in one word.
  package let scope: String
  /// A run is complete without it.
  package let isOptional: Bool
  let requiredGates: [String]

  init(_ id: String, _ entry: Value, _ requiredGates: [String]) {
    self.id = id
    self.requiredGates = requiredGates
    pathTemplate = trimmedText(entry.member("path_template")?.label ?? "")
    partitions = entry.names("partitions").map(\.text)
    scope = entry.member("scope")?.label ?? ""
    isOptional = entry.member("availability")?.label == "optional"
  }
}
