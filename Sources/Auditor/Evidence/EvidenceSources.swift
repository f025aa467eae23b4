import Formats
package import Rules

/// The files that a classification starts from, as the process sees them.
package struct EvidenceSources: Sendable {
  /// The run request, JSON or YAML.
  package var request: String
  /// The policy profile, YAML or JSON.
  package var policy: String
  /// The interface pack, whose contracts the evidence is held to.
  package var pack: String
  /// The gate map; the pack's own when nil.
  package var gateMap: String?
  /// The catalogue; the pack's own when nil.
  package var catalogue: String?
  /// The engine root; nil for none.
  package var root: String?
  /// The engine root as it enters paths, where the request names none; `root` when nil.
  package var rootName: String?
  /// The run store; nil for none.
  package var store: String?
  /// New instance receipts are written into the store.
  package var writesReceipts = false

  /// Sources with what has no default.
  package init(request: String, policy: String, pack: String) {
    self.request = request
    self.policy = policy
    self.pack = pack
  }

  /// Something that a classification starts from cannot be used.
  package struct Failure: Error, CustomStringConvertible {
    /// The file, where in it, and what is wrong.
    package let gap: Unevaluated
    /// `PATH:LINE:COLUMN: MESSAGE`.
    package var description: String { "\(gap.location): \(gap.message)" }
  }

  /// Reads everything, and classifies.
  ///
  /// - Parameters:
  ///   - createdAt: when the plan was made.
  ///   - now: when the evidence is looked at.
  /// - Throws: `Failure` for what cannot be read; never for evidence that is missing, broken or wrong.
  package func classify(
    platformRunID: String, createdAt: RunTime, now: RunTime, priorAttempts: Int64, jobs: Int
  ) throws(Failure) -> EvidenceVerdict {
    try classified(
      platformRunID: platformRunID, createdAt: createdAt, now: now, priorAttempts: priorAttempts, jobs: jobs
    ).verdict
  }

  /// The same, with the records of the documents that it starts from.
  func classified(
    platformRunID: String, createdAt: RunTime, now: RunTime, priorAttempts: Int64, jobs: Int
  ) throws(Failure) -> (verdict: EvidenceVerdict, inputs: [InputRecord]) {
    var inputs: [InputRecord] = []
    do {
      let run = try read(request, &inputs) { try RunRequest($0) }
      let policy = try read(policy, &inputs) { try RunPolicy($0) }
      let mapPath = gateMap ?? "\(pack)/\(PackLayout.gateMap)"
      let cataloguePath = catalogue ?? "\(pack)/\(PackLayout.catalogue)"
      let map = try read(mapPath, &inputs) { try GateMap($0, path: mapPath) }
      let outputs = try read(cataloguePath, &inputs) { try OutputCatalogue($0, path: cataloguePath) }
      let verdict = try EvidenceAudit(
        EvidenceAudit.Request(
          run: run, policy: policy, gateMap: map, catalogue: outputs, contracts: EvidenceContracts(pack: pack),
          platformRunID: platformRunID, createdAt: createdAt, now: now, priorAttempts: priorAttempts, root: root,
          rootName: root == nil ? nil : run.engineRoot ?? rootName ?? root,
          store: ReceiptStore(root: store, writes: writesReceipts)), jobs: jobs
      ).run()
      return (verdict, inputs)
    } catch let failure as Failure {
      throw failure
    } catch let error as FileError {
      throw failure(error.path, "cannot \(error.operation.rawValue): \(error.explanation)")
    } catch {
      throw failure(pack, "\(error)")
    }
  }

  /// The time of a clock, as runs tell it.
  static func time(_ text: String, of request: String) throws(Failure) -> RunTime {
    do {
      return try RunTime(text)
    } catch {
      throw Failure(gap: Unevaluated(area: .evidence, location: Location(path: request), message: "\(error)"))
    }
  }

  private func read<Model>(
    _ path: String, _ inputs: inout [InputRecord], _ decode: (Value) throws -> Model
  ) throws -> Model {
    let document: Value
    do {
      let file = try StructuredFile.read(path, role: "evidence")
      inputs.append(file.input)
      document = file.document
    } catch {
      throw Failure(gap: error.unevaluated(.evidence, path: path))
    }
    do {
      return try decode(document)
    } catch let problem as ShapeProblem {
      throw failure(path, problem.message, at: problem.position)
    }
  }

  private func failure(_ path: String, _ message: String, at position: SourcePosition? = nil) -> Failure {
    Failure(
      gap: Unevaluated(
        area: .evidence, location: Location(path: path, line: position?.line, column: position?.column),
        message: message))
  }
}
