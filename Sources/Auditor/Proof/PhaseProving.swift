import Formats
package import Rules

/// Shows that a PROVEN phase could lose its verdict: mutates a private copy of what the verdict rests on and judges that.
package struct PhaseProving: Sendable {
  private let settings: DoDSettings
  private let phase: String
  private let environment: [String: String]

  /// A proof of one phase; the copy goes to the folder for temporary files.
  package init(_ phase: String, settings: DoDSettings, environment: [String: String]) {
    self.phase = phase
    self.settings = settings
    self.environment = environment
  }

  /// Proves. Nothing of the project is changed.
  ///
  /// - Parameter progress: told how many of how many mutations were judged.
  package func run(progress: (Int, Int) -> Void = { _, _ in }) -> ProofSet {
    let outcome = DoDAudit(settings: settings, selection: .phase(phase), environment: environment).run()
    guard outcome.unevaluated.isEmpty, let result = outcome.phases.first else {
      return ProofSet(subject: "dod", proofs: [], unevaluated: outcome.unevaluated)
    }
    guard result.verdict == .proven else {
      let refusal = "the phase is \(result.verdict.rawValue): only what is PROVEN can be proved able to fail"
      return ProofSet(subject: "dod", proofs: [GateProof(subject: phase, refusal: refusal)])
    }
    do {
      return ProofSet(subject: "dod", proofs: [try prove(result, outcome.inputs, progress)])
    } catch let error as FileError {
      return refused(error.path, error.explanation)
    } catch {
      return refused(phase, "\(error)")
    }
  }

  private func refused(_ path: String, _ message: String) -> ProofSet {
    ProofSet(
      subject: "dod", proofs: [],
      unevaluated: [Unevaluated(area: .dod, location: Location(path: path), message: "not proved: \(message)")])
  }

  private func prove(
    _ result: PhaseResult, _ inputs: [InputRecord], _ progress: (Int, Int) -> Void
  ) throws -> GateProof {
    let copy = try EvidenceCopy(environment: environment)
    let root = try RootedFolder(settings.root)
    for input in inputs where input.role != "evidence" || !input.path.hasPrefix("/") {
      let source = input.path.hasPrefix("/") ? input.path : "\(settings.root)/\(input.path)"
      if input.path.hasPrefix("/") {
        _ = try copy.add(Array(EvidenceCopy.outside(source).utf8), try FileReader.read(source))
      } else {
        try copy.copy(Array(input.path.utf8), from: root)
      }
    }
    for check in result.evidence.pathChecks where check.exists {
      guard let path = PathText.relative(check.path, root: settings.root) else { continue }
      if (try? FileStatus.of(check.path))?.isFolder == true { try copy.makeFolder(Array(path.utf8)) }
    }
    if let repository = try GitRepository.containing(settings.root, environment: environment) {
      let text = "gitdir: \(try repository.directory())\n"
      _ = try copy.add(Array(".git".utf8), Array(text.utf8))
    }
    let trial = PhaseTrial(
      phase: phase, original: result, root: settings.root, copy: copy, settings: settings.moved(into: copy),
      environment: environment)
    guard trial.judge()?.verdict == .proven else {
      return GateProof(subject: phase, refusal: "a copy of what it rests on is not PROVEN: it leans on files elsewhere")
    }
    var results: [MutationResult] = []
    for mutation in PhaseMutation.allCases {
      results.append(try trial.result(of: mutation))
      progress(results.count, PhaseMutation.allCases.count)
    }
    return GateProof(subject: phase, results: results)
  }
}

/// What one phase's verdict rests on in a private copy, to be mutated one way at a time.
private struct PhaseTrial {
  let phase: String
  let original: PhaseResult
  /// The root of the project.
  let root: String
  let copy: EvidenceCopy
  let settings: DoDSettings
  let environment: [String: String]

  func judge() -> PhaseResult? {
    DoDAudit(settings: settings, selection: .phase(phase), environment: environment).run().phases.first
  }

  func result(of kind: PhaseMutation) throws(FileError) -> MutationResult {
    let mutation = kind.mutation
    guard let undo = try apply(kind) else { return MutationResult(mutation, .notApplicable) }
    let judged = judge()
    try undo()
    guard let judged else { return MutationResult(mutation, .misattributed, reasons: ["unevaluated"]) }
    if judged.verdict == .proven { return MutationResult(mutation, .survived) }
    let codes = judged.missing.map(\.code)
    let isRight = codes.contains { mutation.expected.contains($0.requirementCode) }
    return MutationResult(mutation, isRight ? .killed : .misattributed, reasons: codes)
  }

  /// Changes the copy; nil where there is nothing to change.
  private func apply(_ kind: PhaseMutation) throws(FileError) -> EvidenceCopy.Undo? {
    switch kind {
    case .dropStarted: return try edit([feed]) { PhaseEdit.without(.started, of: phase, $0) }
    case .dropCompleted: return try edit([feed]) { PhaseEdit.without(.completed, of: phase, $0) }
    case .dropVerified: return try edit([feed]) { PhaseEdit.without(.verified, of: phase, $0) }
    case .reorderEvents: return try edit([feed]) { PhaseEdit.reordered(phase, $0) }
    case .flipByte:
      guard let file = hashed.first(where: { (copy.size(of: $0) ?? 0) > 0 }) else { return nil }
      return try copy.flip(file, at: 0)
    case .dropEvidence:
      guard let file = (hashed + claimed).first(where: { copy.size(of: $0) != nil }) else { return nil }
      return try copy.remove(file)
    case .swapDigests:
      let digests = original.evidence.hashChecks.map(\.expected)
      guard let first = digests.first, let other = digests.first(where: { $0 != first }) else { return nil }
      return try edit([feed, document]) { PhaseEdit.exchanged(first, other, $0) }
    case .editDigest:
      guard let digest = original.evidence.hashChecks.first?.expected, let last = digest.last else { return nil }
      return try edit([feed, document]) {
        PhaseEdit.replaced(digest, by: digest.dropLast() + (last == "0" ? "1" : "0"), $0)
      }
    case .forgeCommit:
      guard let commit = original.document.value(.commitSHA) else { return nil }
      return try edit([document]) {
        PhaseEdit.replaced(commit, by: String(repeating: "0", count: commit.utf8.count), $0)
      }
    case .revokePrerequisite:
      guard let first = original.gate.prerequisites.first?.phaseID else { return nil }
      return try edit([registry]) { PhaseEdit.revoked(first, $0) }
    case .inventPrerequisite: return try edit([registry]) { PhaseEdit.requiring("AUDITOR_PROBE", for: phase, $0) }
    }
  }

  private var feed: String { settings.feed }
  private var document: String { "\(settings.documents)/\(PathParts(original.documentPath).name)" }
  private var registry: String { settings.registry }

  /// Files below the root, as they are called in the copy.
  private var hashed: [[UInt8]] { original.evidence.hashChecks.compactMap { below($0.path) } }
  private var claimed: [[UInt8]] { original.evidence.pathChecks.compactMap { below($0.path) } }
  private func below(_ path: String) -> [UInt8]? { PathText.relative(path, root: root).map { Array($0.utf8) } }

  /// Edits those of some files of the copy that the edit has anything to say about.
  private func edit(_ paths: [String], _ change: ([UInt8]) -> [UInt8]?) throws(FileError) -> EvidenceCopy.Undo? {
    var undos: [EvidenceCopy.Undo] = []
    for path in paths where FileStatus.exists(path) {
      guard let edited = change(try FileReader.read(path)) else { continue }
      undos.append(try copy.rewrite(Array(path.utf8.dropFirst(copy.path.utf8.count + 1)), edited))
    }
    if undos.isEmpty { return nil }
    return { () throws(FileError) in
      for undo in undos { try undo() }
    }
  }
}

extension EvidenceCopy {
  /// Where a file that lies elsewhere stands in a copy.
  static func outside(_ path: String) -> String { ".outside\(path)" }
}

extension DoDSettings {
  /// The same parts in a private copy.
  fileprivate func moved(into copy: EvidenceCopy) -> DoDSettings {
    let old = root
    return DoDSettings(self, root: copy.path) { path in
      let below = PathText.relative(path, root: old) ?? EvidenceCopy.outside(path)
      return below == "." ? copy.path : "\(copy.path)/\(below)"
    }
  }
}
