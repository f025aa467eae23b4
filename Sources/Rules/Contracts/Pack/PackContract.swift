package import Formats
import Scanning

/// A contract of an interface pack: whether it is a JSON Schema, and where its references lead (LINT_RULES section 6).
package struct PackContract: Sendable {
  /// Below the pack root.
  package let path: String
  private let document: Value

  /// A contract as it was read.
  package init(path: String, document: Value) {
    self.path = path
    self.document = document
  }

  /// How contracts of a pack are understood: a relative `$id` names a contract and does not move its references.
  package static let options = JSONSchema.Options(ignoresRelativeIdentifiers: true)

  /// What is wrong with the contract: that it is no schema, or each `$ref` that leads nowhere.
  ///
  /// - Parameters:
  ///   - metaschema: see `metaschema()`.
  ///   - baseURI: where the contract was found.
  ///   - resources: where references lead.
  ///   - isTold: whether a reference to this document needs no finding, for the document has one itself.
  package func findings(
    metaschema: JSONSchema, baseURI: String, resources: SchemaResources, isTold: (_ documentURI: String) -> Bool
  ) -> [PackFinding] {
    if let error = metaschema.validate(document).first {
      let place = error.instancePointer.isEmpty ? "the top" : error.instancePointer
      return [invalid(at: error.instancePosition, "at \(place): \(error.message)")]
    }
    let outline: SchemaOutline
    do {
      outline = try SchemaOutline(document, baseURI: baseURI, resources: resources, options: Self.options)
    } catch {
      return [invalid(at: error.position, "\(error.problem)")]
    }
    for pattern in outline.patterns {
      if let problem = Self.mistake(in: pattern.text) { return [invalid(at: pattern.position, problem)] }
    }
    return outline.references.compactMap { reference in
      guard reference.problem != nil, !isTold(reference.document) else { return nil }
      return PackFinding(
        .contractReference, "\(path)#\(reference.pointer)", path: path, at: reference.position,
        "'\(reference.text)' leads nowhere")
    }
  }

  /// The schema of schemas; only an embedded document is needed for it.
  package static func metaschema() throws(FormatError) -> JSONSchema {
    try JSONSchema(
      try JSON.read(Array(#"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#.utf8)),
      patterns: SchemaPattern.compiler)
  }

  private func invalid(at position: SourcePosition, _ message: String) -> PackFinding {
    PackFinding(.contractInvalid, path, path: path, at: position, message)
  }

  /// What is wrong with a regular expression; nil for one that is right, and for one that only this engine refuses.
  private static func mistake(in pattern: String) -> String? {
    do {
      _ = try SchemaPattern(pattern)
      return nil
    } catch {
      switch error.problem {
      case .unsupported, .limitExceeded: return nil
      default: return "the pattern '\(pattern)' is no regular expression: \(error.problem)"
      }
    }
  }
}
