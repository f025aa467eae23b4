import Formats
package import Rules

/// Loads the contract schemas that a configuration names and says which can be used. Nothing outside the root is read,
/// nothing is fetched.
package struct ContractAudit: Sendable {
  /// What the base URI of a contract begins with; its path below the root follows.
  private static let scheme = "contract:///"
  /// What a file in a named folder must end with to count as a contract. A file that is named itself may end in anything.
  private static let endings = [".schema.json", ".schema.yaml", ".schema.yml"]

  private let root: String
  private let paths: [String]

  /// An audit of contracts below a root; the paths, relative to it, name files or folders.
  package init(root: String, paths: [String]) {
    self.root = root
    self.paths = paths
  }

  /// Loads and judges. Never throws: what could not be read is in the outcome.
  package func run() -> ContractOutcome {
    var outcome = ContractOutcome()
    let folder: RootedFolder
    do {
      folder = try RootedFolder(root)
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .contracts, location: Location(path: "."), message: error.explanation))
      return outcome
    }
    let contracts = files(below: folder, &outcome).compactMap { load($0, folder, &outcome) }
    var resources = SchemaResources()
    for contract in contracts.reversed() {
      if contract.hasAbsoluteID, let id = contract.schemaID { resources.add(contract.document, uri: id) }
    }
    resources.add(prefix: Self.scheme) { uri in
      let path = String(uri.dropFirst(Self.scheme.count))
      do {
        return try Self.parse(try folder.read(path, limit: SourceLimits.bytes), path: path)
      } catch let error as FileError where error.isAbsence || error.isOutside {
        return nil
      }
    }
    for contract in contracts {
      let judged = contract.judged(baseURI: Self.scheme + contract.path, resources: resources)
      outcome.contracts.append(judged.result)
      if let finding = judged.finding { outcome.findings.append(finding) }
    }
    outcome.contracts.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    outcome.findings += Contract.repeatedIDs(among: contracts)
    return outcome
  }

  /// The files that the paths name, each once, in byte order.
  private func files(below folder: RootedFolder, _ outcome: inout ContractOutcome) -> [String] {
    var found: Set<String> = []
    for path in paths {
      do {
        guard try folder.inspect(path) == .folder else {
          found.insert(path)
          continue
        }
        let inside = try folder.tree(path).filter { $0.kind == .file || $0.kind == .linkToFile }
          .map { String(decoding: joined(Array(path.utf8), $0.path), as: UTF8.self) }
          .filter { name in Self.endings.contains { name.hasSuffix($0) } }
        found.formUnion(inside)
        if inside.isEmpty {
          outcome.fail(path, "the folder holds no contract (\(Self.endings.map { "*\($0)" }.joined(separator: ", ")))")
        }
      } catch {
        outcome.fail(path, error.explanation)
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func load(_ path: String, _ folder: RootedFolder, _ outcome: inout ContractOutcome) -> Contract? {
    let bytes: [UInt8]
    do {
      bytes = try folder.read(path, limit: SourceLimits.bytes)
    } catch {
      outcome.fail(path, error.explanation)
      return nil
    }
    outcome.inputs.append(
      InputRecord(path: path, role: "contract", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count))
    do {
      return Contract(path: path, document: try Self.parse(bytes, path: path))
    } catch {
      outcome.fail(path, "invalid \(error.format.rawValue): \(error.problem)", at: error.position)
      return nil
    }
  }

  private static func parse(_ bytes: [UInt8], path: String) throws(FormatError) -> Value {
    try path.hasSuffix(".json") ? JSON.read(bytes) : YAML.read(bytes)
  }
}

/// What a contract audit found; paths are relative to the root.
package struct ContractOutcome: Sendable {
  /// Every contract that was named, in byte order of the paths.
  package var contracts: [ContractResult] = []
  /// Every contract that was read.
  package var inputs: [InputRecord] = []
  /// What could not be read; never a pass.
  package var unevaluated: [Unevaluated] = []
  /// What is wrong with contracts that could be read.
  package var findings: [Finding] = []

  /// Notes that something could not be read.
  fileprivate mutating func fail(_ path: String, _ message: String, at position: SourcePosition? = nil) {
    contracts.append(ContractResult(path: path, schemaID: nil, status: message, isUsable: false))
    unevaluated.append(
      Unevaluated(
        area: .contracts, location: Location(path: path, line: position?.line, column: position?.column),
        message: message))
  }
}
