import Formats
package import Rules

/// Shows that gates which pass can fail: mutates a private copy of each gate's evidence and verifies the copy.
package struct GateProving: Sendable {
  private let request: GateAudit.Request
  private let jobs: Int
  private let environment: [String: String]

  /// Proofs of the gates that a request requires; copies go to the folder for temporary files.
  package init(_ request: GateAudit.Request, jobs: Int = WorkerThreads.coreCount, environment: [String: String]) {
    self.request = request
    self.jobs = jobs
    self.environment = environment
  }

  /// Proves one gate after the other. Nothing below the root is changed.
  ///
  /// - Parameter progress: told how many of how many mutations were judged.
  package func run(progress: (Int, Int) -> Void = { _, _ in }) -> ProofSet {
    let audit = GateAudit(request, jobs: jobs)
    let outcome = audit.run()
    var gaps = outcome.unevaluated
    if let refusal = outcome.answer.refusal, gaps.isEmpty {
      gaps.append(gap(request.gateMap, refusal.message))
    }
    guard gaps.isEmpty, let required = audit.required() else {
      return ProofSet(subject: request.gateMap, proofs: [], unevaluated: gaps)
    }
    var proofs: [GateProof] = []
    for (place, (gate, result)) in zip(required, outcome.gates).enumerated() {
      guard result.status == .pass else {
        proofs.append(
          GateProof(
            subject: gate.id,
            refusal: "the gate is \(result.status.rawValue): only what passes can be proved able to fail"))
        continue
      }
      do throws(FileError) {
        proofs.append(
          try prove(gate) { done in
            progress(place * GateMutation.allCases.count + done, required.count * GateMutation.allCases.count)
          })
      } catch {
        gaps.append(gap(error.path, "\(gate.id) was not proved: \(error.explanation)"))
      }
    }
    return ProofSet(subject: request.gateMap, proofs: proofs, unevaluated: gaps)
  }

  private func gap(_ path: String, _ message: String) -> Unevaluated {
    Unevaluated(area: .gates, location: Location(path: path), message: message)
  }

  private func prove(_ gate: GateDefinition, _ progress: (Int) -> Void) throws(FileError) -> GateProof {
    let root = try RootedFolder(request.root)
    let gathering = GateGathering(gate, root: root, pins: request.pins)
    guard case .next(let paths) = gate.paths(with: request.pins), case .hash(let work) = gathering.state else {
      return GateProof(subject: gate.id, refusal: "the evidence changed while it was looked at")
    }
    let members = try GateHashing(root: root, jobs: 1).members(of: work, gate)
    let copy = try EvidenceCopy(environment: environment)
    try copy.makeFolder(Array(paths.bundle.utf8))
    for path in [paths.flag, paths.index].compactMap({ $0 }) { try copy.copy(Array(path.utf8), from: root) }
    for member in members { try copy.copy(member, from: root) }
    let trial = GateTrial(gate: gate, paths: paths, members: members, copy: copy, pins: request.pins)
    guard try trial.judge().status == .pass else {
      return GateProof(
        subject: gate.id, refusal: "a copy of its evidence does not pass: it leans on links or on more than its members"
      )
    }
    var results: [MutationResult] = []
    for mutation in GateMutation.allCases {
      results.append(try trial.result(of: mutation))
      progress(results.count)
    }
    return GateProof(subject: gate.id, results: results)
  }
}

/// One gate's evidence in a private copy, to be mutated one way at a time.
private struct GateTrial {
  let gate: GateDefinition
  let paths: GatePaths
  let members: [[UInt8]]
  let copy: EvidenceCopy
  let pins: GatePins

  func judge() throws(FileError) -> GateResult {
    let root = try RootedFolder(copy.path)
    let finished = GateHashing(root: root, jobs: 1).finish([GateGathering(gate, root: root, pins: pins)])
    guard let first = finished.first else {
      throw FileError(.read, path: copy.path, reason: .replaced)
    }
    return first.result
  }

  func result(of kind: GateMutation) throws(FileError) -> MutationResult {
    let mutation = kind.mutation
    guard let undo = try apply(kind) else { return MutationResult(mutation, .notApplicable) }
    let result = try judge()
    try undo()
    if result.status == .pass { return MutationResult(mutation, .survived) }
    let code = result.reason.code
    return MutationResult(
      mutation, mutation.expected.contains(code) ? .killed : .misattributed, reasons: [code])
  }

  /// Changes the copy; nil where there is nothing to change.
  private func apply(_ kind: GateMutation) throws(FileError) -> EvidenceCopy.Undo? {
    let filled = members.filter { (copy.size(of: $0) ?? 0) > 0 }
    switch kind {
    case .flipByte: return try filled.first.map { name throws(FileError) in try copy.flip(name, at: 0) }
    case .flipLastByte:
      return try filled.last.map { name throws(FileError) in try copy.flip(name, at: (copy.size(of: name) ?? 1) - 1) }
    case .dropByte:
      return try filled.last.map { name throws(FileError) in
        try copy.truncate(name, from: copy.size(of: name) ?? 1)
      }
    case .dropMember: return try filled.first.map { name throws(FileError) in try copy.remove(name) }
    case .addMember:
      guard gate.law.kind == .bundle else { return nil }
      return try copy.add(Array("\(paths.bundle)/auditor-probe".utf8), Array("probe\n".utf8))
    case .swapMembers:
      for other in filled.dropFirst() {
        guard let first = filled.first, try differs(other, from: first) else { continue }
        return try copy.swap(first, other)
      }
      return nil
    case .linkOut: return try members.first.map { name throws(FileError) in try copy.linkOut(name) }
    case .dropEntry: return try edit(index, GateEdit.withoutFirst)
    case .reorderEntries: return try edit(index, GateEdit.reordered)
    case .swapDigests: return try edit(index, GateEdit.digestsExchanged)
    case .editDigest: return try edit(index, GateEdit.digestEdited)
    case .editSeal: return try edit(paths.flag, GateEdit.seal)
    case .emptySeal: return try copy.rewrite(Array(paths.flag.utf8), [])
    case .dropSeal: return try copy.remove(Array(paths.flag.utf8))
    case .dropIndex: return try index.map { path throws(FileError) in try copy.remove(Array(path.utf8)) }
    case .dropBundle: return try copy.remove(Array(paths.bundle.utf8))
    }
  }

  /// The index, where the law reads it.
  private var index: String? { gate.law.kind == .bundle ? nil : paths.index }

  private func edit(
    _ path: String?, _ change: ([UInt8], HashLaw) -> [UInt8]?
  ) throws(FileError) -> EvidenceCopy.Undo? {
    guard let path, let edited = change(try FileReader.read("\(copy.path)/\(path)"), gate.law) else { return nil }
    return try copy.rewrite(Array(path.utf8), edited)
  }

  private func differs(_ first: [UInt8], from second: [UInt8]) throws(FileError) -> Bool {
    if copy.size(of: first) != copy.size(of: second) { return true }
    let paths = [first, second].map { Array("\(copy.path)/".utf8) + $0 }
    let answers = FileDigest.sha256(of: paths)
    switch (answers[0], answers[1]) {
    case (.success(let left), .success(let right)): return left.digest != right.digest
    case (.failure(let error), _), (_, .failure(let error)): throw error
    }
  }
}
