import Formats
package import Rules

/// Classifies the evidence of a run: COMPLETE, WAITING, FAIL or CONFLICT (EVIDENCE_RULES sections 3 and 4). Nothing
/// outside the engine root and the run store is read.
package struct EvidenceAudit: Sendable {
  /// What is to be classified, all of it read.
  package struct Request: Sendable {
    /// The run request.
    package var run: RunRequest
    /// The policy profile.
    package var policy: RunPolicy
    /// The gates of the interface pack.
    package var gateMap: GateMap
    /// The outputs of the interface pack.
    package var catalogue: OutputCatalogue
    /// The contracts of the interface pack.
    package var contracts: EvidenceContracts
    /// The platform's own run, part of the paths of receipts.
    package var platformRunID: String
    /// When the plan was made.
    package var createdAt: RunTime
    /// When the evidence is looked at.
    package var now: RunTime
    /// Engine attempts that are finished.
    package var priorAttempts: Int64
    /// The engine root on disk; nil when there is none.
    package var root: String?
    /// The engine root as it enters paths; nil when there is none.
    package var rootName: String?
    /// Instance receipts.
    package var store: ReceiptStore

    /// A request.
    package init(
      run: RunRequest, policy: RunPolicy, gateMap: GateMap, catalogue: OutputCatalogue, contracts: EvidenceContracts,
      platformRunID: String, createdAt: RunTime, now: RunTime, priorAttempts: Int64, root: String?, rootName: String?,
      store: ReceiptStore
    ) {
      self.run = run
      self.policy = policy
      self.gateMap = gateMap
      self.catalogue = catalogue
      self.contracts = contracts
      self.platformRunID = platformRunID
      self.createdAt = createdAt
      self.now = now
      self.priorAttempts = priorAttempts
      self.root = root
      self.rootName = rootName
      self.store = store
    }
  }

  private let request: Request
  private let jobs: Int

  /// An audit of one run; gates are hashed on so many threads.
  package init(_ request: Request, jobs: Int = WorkerThreads.coreCount) {
    self.request = request
    self.jobs = jobs
  }

  /// Classifies.
  ///
  /// - Throws: what keeps the evidence from being read (`FileError`), a plan from being made (`FormatError`); never for
  ///   evidence that is missing, broken or wrong.
  package func run() throws -> EvidenceVerdict {
    var verdict = EvidenceVerdict(runID: request.run.runID)
    do {
      verdict.plan = try RunPlan(
        request.run, policy: request.policy, gateMap: request.gateMap, catalogue: request.catalogue,
        createdAt: request.createdAt)
    } catch let error as GateRequestError {
      switch error {
      case .unknownOutput: verdict.reason = .unknownOutput
      case .unknownGate: verdict.reason = .unknownGate
      }
      verdict.detail = "\(error)"
      return verdict
    }
    guard let plan = verdict.plan else { return verdict }
    if plan.strategy == .forceInvoke, let reason = try attemptProblem() {
      verdict.reason = reason
      return verdict
    }
    guard let root = request.root, let name = request.rootName, !name.isEmpty else {
      verdict.reason = .engineRootMissing
      return verdict
    }
    var pass = EvidencePass(request: request, plan: plan, root: try RootedFolder(root), name: name, jobs: jobs)
    try pass.collect(&verdict)
    return verdict
  }

  /// What a forced engine attempt fails with; nil when it succeeds (EVIDENCE_RULES section 3).
  private func attemptProblem() throws -> EvidenceVerdict.Reason? {
    let (number, overflow) = request.priorAttempts.addingReportingOverflow(1)
    if overflow || number > request.policy.attemptLimit { return .attemptLimit }
    guard request.contracts.engineInvocation.isValid(try request.run.invocation()) else { return .invocationInvalid }
    guard let root = request.root, request.rootName?.isEmpty == false else { return .engineRootMissing }
    let folder = try RootedFolder(root)
    let bytes: [UInt8]
    do {
      bytes = try folder.read("run_receipt.json", limit: SourceLimits.bytes)
    } catch {
      if error.isAbsence { return .engineReceiptMissing }
      throw error
    }
    guard let receipt = try? JSON.read(bytes), request.contracts.engineReceipt.isValid(receipt) else {
      return .engineReceiptInvalid
    }
    return request.run.isNamed(by: receipt) ? nil : .engineReceiptMismatch
  }
}

/// One pass over the evidence below an engine root, in the order of the rules: the first verdict ends it.
private struct EvidencePass {
  let request: EvidenceAudit.Request
  let plan: RunPlan
  let root: RootedFolder
  let name: String
  let jobs: Int
  private var missingOutputs: [String] = []
  private var missingGates: [String] = []
  /// The first locator of each output, in their order.
  private var located: [(output: CatalogueOutput, locator: Value)] = []

  init(request: EvidenceAudit.Request, plan: RunPlan, root: RootedFolder, name: String, jobs: Int) {
    self.request = request
    self.plan = plan
    self.root = root
    self.name = name
    self.jobs = jobs
  }

  mutating func collect(_ verdict: inout EvidenceVerdict) throws {
    guard try locateOutputs(&verdict), try verifyGates(&verdict) else { return }
    guard !verdict.gates.contains(where: { $0.status == .fail || $0.status == .conflict }) else {
      verdict.reason = .conflict
      return
    }
    guard try proveInstances(&verdict) else { return }
    let missing = missingOutputs + missingGates
    guard missing.isEmpty else {
      verdict.missing = missing
      verdict.reason = request.now < plan.deadline ? .waiting : .missingAtDeadline
      return
    }
    let hash = try EvidenceBundle.hash(
      locators: verdict.locators, receipts: verdict.gateReceipts, policyRevision: request.policy.revision(),
      instanceReceipts: verdict.instanceReceipts)
    verdict.bundleHash = hash
    guard try checkOraclePack(&verdict) else { return }
    verdict.readyMessageID = EvidenceIdentity.readyMessageID(
      platformRunID: request.platformRunID, runID: request.run.runID, seal: hash)
  }

  private mutating func locateOutputs(_ verdict: inout EvidenceVerdict) throws -> Bool {
    for output in plan.intendedOutputs {
      let path = request.run.filled(output.pathTemplate)
      guard let digest = try OutputFiles(root: root).digest(at: path) else {
        if !output.isOptional { missingOutputs.append(output.id) }
        continue
      }
      let locator = try request.run.locator(
        of: output, path: EvidencePaths.joined(name, path), digest: digest)
      if let error = request.contracts.locator.validate(locator).first {
        verdict.reason = .locatorInvalid
        verdict.detail = "\(output.id): \(error)"
        return false
      }
      verdict.locators.append(locator)
      if !located.contains(where: { $0.output.id.utf8.elementsEqual(output.id.utf8) }) {
        located.append((output, locator))
      }
    }
    return true
  }

  private mutating func verifyGates(_ verdict: inout EvidenceVerdict) throws -> Bool {
    let gathered = plan.requiredGates.map { gate in
      GateGathering(gate, root: root, pins: request.run.gatePins(gate))
    }
    let finished = GateHashing(root: root, jobs: jobs).finish(gathered)
    for (gathering, end) in zip(gathered, finished) {
      if let failure = (gathering.failures + end.failures).first { throw failure }
      verdict.gates.append(end.result)
    }
    for (gate, result) in zip(plan.requiredGates, verdict.gates) {
      if result.status == .missing { missingGates.append(gate.id) }
      guard case .next(let paths) = gate.paths(with: request.run.gatePins(gate)),
        let receipt = try request.run.receipt(of: gate, result, paths: paths, root: name)
      else { continue }
      if let error = request.contracts.gateReceipt.validate(receipt).first {
        verdict.reason = .receiptInvalid
        verdict.detail = "\(gate.id): \(error)"
        return false
      }
      verdict.gateReceipts.append(receipt)
    }
    return true
  }

  private func proveInstances(_ verdict: inout EvidenceVerdict) throws -> Bool {
    let prefix = "fraud-platform/\(request.platformRunID)/sr"
    for (output, locator) in located where EvidenceIdentity.scopeParts(output.scope).isInstance {
      do {
        let made = try request.run.pins.instanceReceipt(
          partitions: output.partitions, locator: locator, prefix: prefix)
        verdict.instanceReceipts.append(
          try request.store.settled(made.receipt, at: made.path, schema: request.contracts.instanceReceipt))
      } catch let refusal as InstanceReceipt.Refusal {
        verdict.reason = refusal.reason
        verdict.detail = output.id
        return false
      }
    }
    return true
  }

  private func checkOraclePack(_ verdict: inout EvidenceVerdict) throws -> Bool {
    let bytes: [UInt8]
    do {
      bytes = try root.read(OraclePack.manifestName, limit: SourceLimits.bytes)
    } catch {
      guard error.isAbsence else { throw error }
      verdict.oraclePack = try request.run.oraclePack(root: name, manifest: nil)
      return true
    }
    guard let manifest = try? JSON.read(bytes), request.contracts.oraclePack.isValid(manifest) else {
      verdict.reason = .oraclePackInvalid
      return false
    }
    guard request.run.isWorld(of: manifest) else {
      verdict.reason = .oraclePackMismatch
      return false
    }
    verdict.oraclePack = try request.run.oraclePack(root: name, manifest: manifest)
    return true
  }
}
