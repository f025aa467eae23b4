package import Formats
import Scanning

/// A contract schema as it was read: a JSON Schema that other documents are held to.
package struct Contract: Sendable {
  /// Relative to the audited root.
  package let path: String
  /// The schema document.
  package let document: Value

  /// A document that claims to be a contract.
  package init(path: String, document: Value) {
    self.path = path
    self.document = document
  }

  /// The schema's `$id`, or nil.
  package var schemaID: String? { document["$id"]?.string }

  /// Whether the `$id` is a name of its own, with a scheme, and not a path beside the file.
  package var hasAbsoluteID: Bool { schemaID.map(Contract.isAbsolute) ?? false }

  /// Compiles the schema and says whether instances can be checked with it.
  ///
  /// - Parameters:
  ///   - baseURI: where the document stands; relative references start there.
  ///   - resources: where references lead.
  package func judged(baseURI: String, resources: SchemaResources) -> (result: ContractResult, finding: Finding?) {
    guard document.kind == .object || document.kind == .boolean else {
      return refused("a schema is a mapping or true or false, found \(document.kindName)", at: document.position)
    }
    do {
      _ = try JSONSchema(
        document, baseURI: baseURI, resources: resources, patterns: SchemaPattern.compiler)
    } catch {
      return refused("\(error.problem)", at: error.position)
    }
    return (ContractResult(path: path, schemaID: schemaID, status: "usable", isUsable: true), nil)
  }

  private func refused(_ message: String, at position: SourcePosition) -> (ContractResult, Finding?) {
    let finding = Finding(
      ruleID: "contracts.invalid-schema", level: .error, message: "no usable JSON Schema: \(message)",
      location: Location(path: path, line: position.line, column: position.column),
      remediation: "Correct the schema; until then nothing can be checked by this contract.")
    return (ContractResult(path: path, schemaID: schemaID, status: message, isUsable: false), finding)
  }

  /// RFC 3986, section 3.1: a letter, then letters, digits, `+`, `-` and `.` up to the first colon.
  private static func isAbsolute(_ uri: String) -> Bool {
    guard let colon = uri.utf8.firstIndex(of: UInt8(ascii: ":")), let first = uri.utf8.first else { return false }
    let isLetter = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    return isLetter(first)
      && uri.utf8[..<colon].allSatisfy { isLetter($0) || "0123456789+-.".utf8.contains($0) }
  }
}

extension Contract {
  /// Contracts that share one `$id`: a reference to it is a coin toss. One finding a contract behind the first.
  package static func repeatedIDs(among contracts: [Contract]) -> [Finding] {
    var first: [[UInt8]: Contract] = [:]
    var findings: [Finding] = []
    for contract in contracts where contract.hasAbsoluteID {
      guard let id = contract.schemaID else { continue }
      guard let earlier = first[Array(id.utf8)] else {
        first[Array(id.utf8)] = contract
        continue
      }
      let position = contract.document["$id"]?.position ?? contract.document.position
      findings.append(
        Finding(
          ruleID: "contracts.repeated-id", level: .error, message: "'\(id)' is already the $id of \(earlier.path)",
          location: Location(path: contract.path, line: position.line, column: position.column),
          evidence: [earlier.path], remediation: "Give each contract an $id of its own."))
    }
    return findings
  }
}
