import Formats
package import Rules

/// Shows that a valid runtime evidence bundle could be refused: mutates a private copy of it and validates the copy.
package struct BundleProving: Sendable {
  private let bundle: String
  private let root: String
  private let environment: [String: String]

  /// A proof of the bundle at a path, below a root; the copy goes to the folder for temporary files.
  package init(bundle: String, root: String, environment: [String: String]) {
    self.bundle = bundle
    self.root = root
    self.environment = environment
  }

  /// Proves. Nothing of the bundle is changed.
  ///
  /// - Parameter progress: told how many of how many mutations were judged.
  package func run(progress: (Int, Int) -> Void = { _, _ in }) -> ProofSet {
    let honest = BundleWork(bundle: bundle, root: root).validate()
    if let failure = honest.failures.first { return refused(failure.path, failure.explanation) }
    guard let place = honest.answer.place, honest.answer.errors.isEmpty else {
      let codes = honest.answer.errors.map(\.code.rawValue).joined(separator: ", ")
      return ProofSet(
        subject: root,
        proofs: [
          GateProof(
            subject: honest.answer.place?.shown ?? bundle,
            refusal: "the bundle is not valid (\(codes)): only what is can be proved able to fail")
        ])
    }
    do throws(FileError) {
      return ProofSet(subject: root, proofs: [try prove(place, progress)])
    } catch {
      return refused(error.path, error.explanation)
    }
  }

  private func refused(_ path: String, _ message: String) -> ProofSet {
    ProofSet(
      subject: root, proofs: [],
      unevaluated: [Unevaluated(area: .bundles, location: Location(path: path), message: "not proved: \(message)")])
  }

  private func prove(_ place: RunPlace, _ progress: (Int, Int) -> Void) throws(FileError) -> GateProof {
    let source = try RootedFolder(root)
    let copy = try EvidenceCopy(environment: environment)
    let index = try source.read(place.index)
    let artifacts = BundleEdit.paths(index).map { Array($0.utf8) }
    let own = try source.tree(place.directory).filter { $0.kind == .file || $0.kind == .linkToFile }
      .map { joined(Array(place.directory.utf8), $0.path) }
    for path in own + artifacts { try copy.copy(path, from: source) }
    let trial = BundleTrial(place: place, artifacts: artifacts, index: index, copy: copy)
    guard trial.errors().isEmpty else {
      return GateProof(subject: place.shown, refusal: "a copy of it is not valid: it leans on links or files elsewhere")
    }
    var results: [MutationResult] = []
    for mutation in BundleMutation.allCases {
      results.append(try trial.result(of: mutation))
      progress(results.count, BundleMutation.allCases.count)
    }
    return GateProof(subject: place.shown, results: results)
  }
}

/// A bundle in a private copy, to be mutated one way at a time.
private struct BundleTrial {
  let place: RunPlace
  let artifacts: [[UInt8]]
  let index: [UInt8]
  let copy: EvidenceCopy

  /// What validation has against the copy.
  func errors() -> [String] {
    let folder = place.directory.isEmpty ? copy.path : "\(copy.path)/\(place.directory)"
    let outcome = BundleWork(bundle: folder, root: copy.path).validate()
    return outcome.answer.errors.map(\.code.rawValue) + outcome.failures.map { _ in "unreadable" }
  }

  func result(of kind: BundleMutation) throws(FileError) -> MutationResult {
    let mutation = kind.mutation
    guard let undo = try apply(kind) else { return MutationResult(mutation, .notApplicable) }
    let codes = Set(errors()).sorted()
    try undo()
    if codes.isEmpty { return MutationResult(mutation, .survived) }
    let isRight = !mutation.expected.isDisjoint(with: codes)
    return MutationResult(mutation, isRight ? .killed : .misattributed, reasons: codes)
  }

  private func apply(_ kind: BundleMutation) throws(FileError) -> EvidenceCopy.Undo? {
    let filled = artifacts.filter { (copy.size(of: $0) ?? 0) > 0 }
    switch kind {
    case .flipByte: return try filled.last.map { name throws(FileError) in try copy.flip(name, at: 0) }
    case .dropByte:
      return try filled.last.map { name throws(FileError) in try copy.truncate(name, from: copy.size(of: name) ?? 1) }
    case .dropArtifact: return try filled.last.map { name throws(FileError) in try copy.remove(name) }
    case .swapArtifacts:
      // A status that says nothing ends validation before any digest is looked at.
      let others = filled.filter { !$0.elementsEqual(place.path(.runStatus).utf8) }
      guard let first = others.first, let last = others.last, first != last else { return nil }
      return try copy.swap(first, last)
    case .linkOut: return try filled.last.map { name throws(FileError) in try copy.linkOut(name) }
    case .dropIndex: return try copy.remove(Array(place.index.utf8))
    case .unfinished:
      let status = Array(place.path(.runStatus).utf8)
      guard copy.size(of: status) != nil,
        let edited = BundleEdit.unfinished(try FileReader.read("\(copy.path)/\(place.path(.runStatus))"))
      else { return nil }
      return try copy.rewrite(status, edited)
    default:
      guard let edited = BundleEdit.index(index, by: kind) else { return nil }
      return try copy.rewrite(Array(place.index.utf8), edited)
    }
  }
}
