package import Formats

/// One gate as the gate map defines it: where its evidence lies, which law seals it, and what it stands for.
package struct GateDefinition: Sendable {
  /// Its name; compared byte for byte.
  package let id: String
  /// Where its entry begins in the gate map.
  package let position: SourcePosition
  /// The flag file, below the root; nil when the map does not say.
  package let flagTemplate: PathTemplate?
  /// The folder of evidence, below the root; nil when the map does not say.
  package let bundleTemplate: PathTemplate?
  /// The index file, below the root; nil or empty when the gate has none.
  package let indexTemplate: PathTemplate?
  /// How the digest is recomputed.
  package let law: HashLaw
  /// The outputs that may be used when the gate passes.
  package let authorizedOutputs: [String]
  /// The gates that must be verified with this one.
  package let upstreamGates: [String]
  /// What it is told apart by; grants tokens (`RunToken`). Empty when the map does not say.
  package let scope: String

  /// Keys that belong to a gate and do not bear on its verification.
  private static let otherKeys = [
    "segment", "index_schema_ref", "input_set_authority", "receipt_schema_ref", "receipts_emitted",
    "required_by_components", "description", "notes",
  ]

  /// Reads one entry; nil when it has no id, for then nothing can ask for it.
  init?(_ entry: Value, _ problems: inout [ShapeProblem]) {
    var fields = ObjectFields(entry, what: "the gate")
    let id = fields.requiredText("gate_id")
    flagTemplate = fields.template("passed_flag_path_template", isRequired: true)
    bundleTemplate = fields.template("bundle_root_template", isRequired: true)
    indexTemplate = fields.template("index_path_template", isRequired: false).flatMap { $0.text.isEmpty ? nil : $0 }
    authorizedOutputs = fields.texts("authorizes_outputs")
    upstreamGates = fields.texts("upstream_gate_dependencies")
    scope = fields.value("scope")?.label ?? ""
    for key in Self.otherKeys { _ = fields.value(key) }
    if let method = fields.value("verification_method") {
      var found: [ShapeProblem] = []
      law = HashLaw(method, &found)
      fields.take(found)
    } else {
      fields.missing("verification_method")
      law = .undeclared
    }
    position = entry.position
    problems += fields.finish()
    guard let id else { return nil }
    self.id = id
  }
}

extension ObjectFields {
  fileprivate mutating func template(_ key: String, isRequired: Bool) -> PathTemplate? {
    let value = value(key)
    guard let text = value?.string else {
      if let value {
        problem(at: value.position, "\(key) must be a text, found \(value.kindName)")
      } else if isRequired {
        missing(key)
      }
      return nil
    }
    return PathTemplate(text)
  }
}
