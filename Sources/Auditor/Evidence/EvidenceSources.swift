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
    do {
      let run = try read(request) { try RunRequest($0) }
      let policy = try read(policy) { try RunPolicy($0) }
      let mapPath = gateMap ?? "\(pack)/\(PackLayout.gateMap)"
      let cataloguePath = catalogue ?? "\(pack)/\(PackLayout.catalogue)"
      let map = try read(mapPath) { try GateMap($0, path: mapPath) }
      let outputs = try read(cataloguePath) { try OutputCatalogue($0, path: cataloguePath) }
      return try EvidenceAudit(
        EvidenceAudit.Request(
          run: run, policy: policy, gateMap: map, catalogue: outputs, contracts: EvidenceContracts(pack: pack),
          platformRunID: platformRunID, createdAt: createdAt, now: now, priorAttempts: priorAttempts, root: root,
          rootName: root == nil ? nil : run.engineRoot ?? root,
          store: ReceiptStore(root: store, writes: writesReceipts)), jobs: jobs
      ).run()
    } catch let failure as Failure {
      throw failure
    } catch let error as FileError {
      throw failure(error.path, "cannot \(error.operation.rawValue): \(error.explanation)")
    } catch {
      throw failure(pack, "\(error)")
    }
  }

  private func read<Model>(_ path: String, _ decode: (Value) throws -> Model) throws -> Model {
    let document: Value
    do {
      document = try StructuredFile.read(path, role: "evidence").document
    } catch {
      throw Failure(gap: error.unevaluated(.gates, path: path))
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
        area: .gates, location: Location(path: path, line: position?.line, column: position?.column), message: message))
  }
}
