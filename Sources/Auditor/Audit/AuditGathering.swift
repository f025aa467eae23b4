import Rules

/// What an audit has gathered so far, area by area.
struct AuditGathering {
  var gitHead: String?
  var inputs: [InputRecord] = []
  var findings: [Finding] = []
  var phases: [PhaseResult] = []
  var phaseGraph = PhaseGraph()
  var gates: [GateResult] = []
  var contracts: [ContractResult] = []
  var bundles: [BundleResult] = []
  var reality: [RealityRun] = []
  var evidence: [EvidenceRun] = []
  var unevaluated: [Unevaluated] = []
  var coverage = Coverage()

  mutating func take(_ outcome: ScanOutcome) {
    findings += outcome.findings
    inputs += outcome.inputs
    unevaluated += outcome.unevaluated
    coverage = outcome.coverage
  }

  /// Phases were asked for, so finding none is no pass.
  mutating func take(_ outcome: DoDOutcome, documents: String) {
    phases += outcome.phases
    phaseGraph = outcome.graph
    inputs += outcome.inputs
    findings += outcome.findings
    findings += outcome.phases.flatMap { ForensicFindings.of($0, feedPath: outcome.feedPath) }
    unevaluated += outcome.unevaluated
    gitHead = outcome.gitHead ?? gitHead
    coverage.phasesFound += outcome.phases.count
    if outcome.isEmpty {
      unevaluated.append(
        Unevaluated(
          area: .dod, location: Location(path: documents),
          message:
            "no document DOD__<PHASE>.md was found here; write one, or take the dod section out of the configuration"))
    }
  }

  mutating func take(_ outcome: GateOutcome, map: String, root: String) {
    gates += outcome.gates
    inputs += outcome.inputs.map { $0.below(root) }
    findings += outcome.findings.map { $0.at(relative($0.location.path, to: root)) }
    unevaluated += outcome.unevaluated.map { $0.below(root) }
    coverage.gatesFound += outcome.gates.count
    if let refusal = outcome.answer.refusal, outcome.unevaluated.isEmpty {
      unevaluated.append(Unevaluated(area: .gates, location: Location(path: map), message: refusal.message))
    } else if outcome.gates.isEmpty, outcome.unevaluated.isEmpty {
      unevaluated.append(
        Unevaluated(area: .gates, location: Location(path: map), message: "the gate map defines no gate to verify"))
    }
  }

  mutating func take(_ outcome: ContractOutcome) {
    contracts += outcome.contracts
    inputs += outcome.inputs
    findings += outcome.findings
    unevaluated += outcome.unevaluated
    coverage.contractsFound += outcome.contracts.count
  }

  mutating func take(_ outcome: BundleSurvey.Outcome) {
    bundles += outcome.bundles
    inputs += outcome.inputs
    findings += outcome.findings
    unevaluated += outcome.unevaluated
    coverage.bundlesFound += outcome.bundles.count
  }

  mutating func take(_ outcome: RealitySurvey.Outcome) {
    reality += outcome.runs
    inputs += outcome.inputs
    unevaluated += outcome.unevaluated
    coverage.realityFound += outcome.runs.count
  }

  mutating func take(_ run: EvidenceRun, inputs: [InputRecord]) {
    evidence.append(run)
    self.inputs += inputs
    coverage.evidenceFound += 1
  }

  mutating func take(_ result: PackResult, pack: String) {
    let folder = pack == "." ? "" : pack
    let place = { (path: String) in folder.isEmpty || path == "." ? (path == "." ? pack : path) : "\(folder)/\(path)" }
    findings += result.findings.map { $0.finding(below: folder) }
    inputs += result.inputs.map { input in
      InputRecord(path: place(input.path), role: input.role, sha256: input.sha256, byteCount: input.byteCount)
    }
    unevaluated += result.unevaluated.map { gap in
      Unevaluated(area: gap.area, location: gap.location.at(place(gap.location.path)), message: gap.message)
    }
    let broken: Set<String> = Set(
      result.findings.filter { $0.rule == .contractInvalid || $0.rule == .fileInvalid }.map(\.place))
    contracts += result.contracts.map { path in
      let isUsable = !broken.contains(path)
      return ContractResult(
        path: place(path), schemaID: nil, status: isUsable ? "usable" : "no usable JSON Schema", isUsable: isUsable)
    }
    coverage.contractsFound += result.contracts.count
  }

  /// A run that looked at nothing is an error, never a pass.
  mutating func complainIfNothingWasLookedAt() {
    guard coverage.filesScanned == 0 else { return }
    unevaluated.append(
      Unevaluated(
        area: .scan, location: Location(path: "."),
        message: "no file was scanned: the tree is empty, or everything in it is ignored or excluded"))
  }
}

extension InputRecord {
  /// The same record, its path relative to a root when it lies below.
  func below(_ root: String) -> InputRecord {
    InputRecord(path: relative(path, to: root), role: role, sha256: sha256, byteCount: byteCount)
  }
}

extension Unevaluated {
  /// The same gap, its path relative to a root when it lies below.
  func below(_ root: String) -> Unevaluated {
    Unevaluated(area: area, location: location.at(relative(location.path, to: root)), message: message)
  }
}

private func relative(_ path: String, to root: String) -> String {
  path.hasPrefix(root + "/") ? String(path.dropFirst(root.utf8.count + 1)) : path
}
