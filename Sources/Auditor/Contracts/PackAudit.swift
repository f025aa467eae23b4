import Formats
package import Rules

/// Lints an interface pack (LINT_RULES): reads its catalogue, its gate map, its contracts and whatever these refer to, all
/// below the pack root.
package struct PackAudit: Sendable {
  private let root: String

  /// An audit of the pack below a folder.
  package init(root: String) {
    self.root = root
  }

  /// Reads and judges. Never throws: what could not be read is in the outcome.
  package func run() -> PackResult {
    do {
      return PackGathering(try RootedFolder(root)).run()
    } catch {
      var outcome = PackResult()
      outcome.unevaluated.append(
        Unevaluated(area: .contracts, location: Location(path: root), message: error.explanation))
      return outcome
    }
  }
}

/// One pass over a pack.
private struct PackGathering {
  private let files: PackFiles
  private var search: PackSearch
  private var outcome = PackResult()
  private var fragments: [String: PackFragments] = [:]

  init(_ root: RootedFolder) {
    files = PackFiles(root)
    search = PackSearch(root, files)
  }

  consuming func run() -> PackResult {
    var pass = self
    pass.lint()
    pass.outcome.findings = PackFinding.listing(pass.outcome.findings)
    pass.outcome.inputs = pass.files.inputs.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    pass.outcome.unevaluated += pass.files.failures.map {
      Unevaluated(area: .contracts, location: Location(path: $0.path), message: $0.explanation)
    }
    return pass.outcome
  }

  private mutating func lint() {
    let catalogue = document(PackLayout.catalogue, list: "outputs")
    let gateMap = document(PackLayout.gateMap, list: "gates")
    guard let catalogue, let gateMap else { return }
    let pack = InterfacePack(catalogue: catalogue, gateMap: gateMap)
    (outcome.outputCount, outcome.gateCount) = (pack.outputCount, pack.gateCount)
    outcome.findings += pack.identityFindings + pack.templateFindings + pack.gateFindings
    for reference in pack.references { judge(reference) }
    judgeContracts()
  }

  /// The catalogue or the gate map; nil, with a finding, for what is none (LINT_RULES section 1).
  private mutating func document(_ path: String, list: String) -> Value? {
    switch files.fact(at: path) {
    case .document(let document):
      guard let problem = InterfacePack.shapeProblem(document, list: list) else { return document }
      outcome.findings.append(PackFinding(.fileInvalid, path, path: path, at: problem.position, problem.message))
    case .absent: outcome.findings.append(PackFinding(.fileInvalid, path, path: path, at: nil, "there is no such file"))
    case .outside:
      outcome.findings.append(
        PackFinding(.fileInvalid, path, path: path, at: nil, "it leads out of the pack root and was not read"))
    case .malformed(let error): noteMalformed(path, error)
    case .unreadable: break
    }
    return nil
  }

  private mutating func noteMalformed(_ path: String, _ error: FormatError) {
    outcome.findings.append(
      PackFinding(
        .fileInvalid, path, path: path, at: error.position, "invalid \(error.format.rawValue): \(error.problem)"))
  }
}

extension PackGathering {
  private mutating func judge(_ written: InterfacePack.WrittenReference) {
    let reference = written.reference
    do throws(FileError) {
      switch try search.find(reference) {
      case .failure(let refusal): outcome.findings.append(written.finding(refusal.rule, refusal.message))
      case .success(let path): judge(written, in: path)
      }
    } catch {
      note(error)
    }
  }

  private mutating func judge(_ written: InterfacePack.WrittenReference, in path: String) {
    switch files.fact(at: path) {
    case .document(let document):
      let known = fragments[path] ?? PackFragments(document)
      fragments[path] = known
      if known.pointer(written.reference.fragment) == nil {
        outcome.findings.append(
          written.finding(.referenceFragment, "\(path) has no '\(written.reference.fragment)'"))
      }
    case .malformed(let error): noteMalformed(path, error)
    case .outside: outcome.findings.append(written.finding(.referenceEscape, "\(path) leads out of the pack root"))
    case .absent: outcome.findings.append(written.finding(.referenceFile, "there is no file \(path)"))
    case .unreadable: break
    }
  }

  private mutating func note(_ error: FileError) {
    outcome.unevaluated.append(
      Unevaluated(area: .contracts, location: Location(path: error.path), message: error.explanation))
  }
}

extension PackGathering {
  /// Contracts and their references (LINT_RULES section 6).
  private mutating func judgeContracts() {
    let metaschema: JSONSchema
    do {
      outcome.contracts = try search.contractPaths()
      metaschema = try PackContract.metaschema()
    } catch let error as FileError {
      return note(error)
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .contracts, location: Location(path: "."), message: "\(error)"))
      return
    }
    let resources = files.resources
    for path in outcome.contracts {
      switch files.fact(at: path) {
      case .document(let document):
        var told: [(path: String, error: FormatError)] = []
        outcome.findings += PackContract(path: path, document: document).findings(
          metaschema: metaschema, baseURI: PackFiles.uri(of: path), resources: resources
        ) { uri in
          guard let (target, fact) = files.fact(ofURI: uri), case .malformed(let error) = fact else { return false }
          told.append((target, error))
          return true
        }
        for file in told { noteMalformed(file.path, file.error) }
      case .malformed(let error): noteMalformed(path, error)
      case .outside:
        outcome.findings.append(
          PackFinding(.fileInvalid, path, path: path, at: nil, "it leads out of the pack root and was not read"))
      case .absent:
        outcome.findings.append(
          PackFinding(.fileInvalid, path, path: path, at: nil, "it vanished while the pack was read"))
      case .unreadable: break
      }
    }
  }
}
