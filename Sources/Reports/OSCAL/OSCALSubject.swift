import Rules

/// Something that was judged, as OSCAL tells it.
struct OSCALSubject {
  /// Whether it holds.
  enum State {
    case satisfied
    case failed
    /// Nobody can say.
    case unevaluated

    /// OSCAL's word for why.
    var reason: String {
      switch self {
      case .satisfied: "pass"
      case .failed: "fail"
      case .unevaluated: "other"
      }
    }
  }

  /// `phase`, `gate`, …; a token.
  let kind: String
  /// Its own name among those.
  let name: String
  let title: String
  let description: String
  let state: State
  var evidence: [(path: String, description: String)] = []
  var remarks: String?

  private static let mostCharacters = 1_000
  private static let mostGaps = 1_000

  private init(_ kind: String, _ name: String, _ title: String, _ description: String, _ state: State) {
    self.kind = kind
    self.name = name
    self.title = Self.shown(title)
    self.description = Self.shown(description.isEmpty ? title : description)
    self.state = state
  }

  /// Text of the tree: nothing hidden in it, and not longer than people read.
  private static func shown(_ text: String) -> String {
    let text = SecretMask.masked(text)
    let part = text.unicodeScalars.prefix(mostCharacters)
    let rest = part.count == text.unicodeScalars.count ? "" : " … (\(text.utf8.count) bytes in all)"
    return printable(String(String.UnicodeScalarView(part))) + rest
  }

  /// Everything that a run judged.
  static func all(of run: AuditRun) -> [OSCALSubject] {
    gaps(of: run) + run.phases.map { phase($0, run) } + run.gates.map(gate) + run.contracts.map(contract)
      + run.bundles.map(bundle) + run.reality.map(reality) + run.evidence.map(evidence) + rules(of: run)
  }

  private static func gaps(of run: AuditRun) -> [OSCALSubject] {
    var gaps = run.unevaluated.prefix(mostGaps).enumerated().map { place, gap in
      var subject = OSCALSubject(
        "unevaluated", "\(gap.area.rawValue).\(place + 1)", "\(gap.area.rawValue): \(gap.location)", gap.message,
        .unevaluated)
      subject.evidence = [(gap.location.path, shown("\(gap.location): \(gap.message)"))]
      return subject
    }
    if run.unevaluated.count > mostGaps, !gaps.isEmpty {
      gaps[gaps.count - 1].remarks =
        "\(run.unevaluated.count - mostGaps) more could not be evaluated: see the dod_report."
    }
    return gaps
  }

  private static func phase(_ phase: PhaseResult, _ run: AuditRun) -> OSCALSubject {
    let below: (String) -> String = { path in
      guard let root = run.root, path.hasPrefix(root + "/") else { return path }
      return String(path.dropFirst(root.count + 1))
    }
    let missing = phase.missing.map { $0.requirement.words(below) }
    let mode = phase.forensics.map { "; the proof is taken for \($0.words)" } ?? ""
    var subject = OSCALSubject(
      "phase", phase.phaseID, "Phase \(phase.phaseID) is \(phase.verdict.rawValue)",
      (missing.isEmpty ? "Nothing is missing" : missing.joined(separator: "; ")) + mode,
      phase.verdict == .proven ? .satisfied : .failed)
    let digests = Dictionary(phase.evidence.hashChecks.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    subject.evidence = phase.evidence.paths.prefix(PageLimits.rows).map { path in
      let digest = digests[path].map { check in
        check.expected == check.actual
          ? "sha256 \(check.actual), as recorded" : "sha256 \(check.actual), recorded \(check.expected)"
      }
      return (below(path), digest ?? "named as evidence, without a digest")
    }
    return subject
  }

  private static func gate(_ gate: GateResult) -> OSCALSubject {
    OSCALSubject(
      "gate", gate.gateID, "Gate \(gate.gateID) is \(gate.status.rawValue)",
      "\(gate.reason.description); sealed \(gate.expectedDigest ?? "unknown"), recomputed \(gate.actualDigest ?? "unknown")",
      gate.status == .pass ? .satisfied : .failed)
  }

  private static func contract(_ contract: ContractResult) -> OSCALSubject {
    var subject = OSCALSubject(
      "contract", contract.path, "Contract \(contract.path)", contract.status, contract.isUsable ? .satisfied : .failed)
    subject.evidence = [(contract.path, "the schema")]
    return subject
  }

  private static func bundle(_ bundle: BundleResult) -> OSCALSubject {
    let errors = bundle.validation.errors.prefix(20).map { "\($0.code.rawValue) \($0.path ?? "")" }
    var subject = OSCALSubject(
      "bundle", bundle.path, "Bundle \(bundle.path) is \(bundle.verdict)", errors.joined(separator: "; "),
      bundle.validation.isValid ? .satisfied : .failed)
    subject.evidence = [(bundle.path, "the bundle")]
    return subject
  }

  private static func reality(_ bundle: RealityRun) -> OSCALSubject {
    let reasons = bundle.result.allReasons.prefix(20).map(\.code)
    var subject = OSCALSubject(
      "reality", bundle.path, "Reality of \(bundle.path): \(bundle.result.verdict.rawValue)",
      reasons.joined(separator: "; "), bundle.result.status == .green ? .satisfied : .failed)
    subject.evidence = [(bundle.path, "the bundle")]
    return subject
  }

  private static func evidence(_ run: EvidenceRun) -> OSCALSubject {
    let why = [run.verdict.reason?.rawValue, run.verdict.detail].compactMap { $0 } + run.verdict.missing
    var subject = OSCALSubject(
      "run", run.request, "Evidence of \(run.verdict.runID) is \(run.verdict.status.rawValue)",
      why.filter { !$0.isEmpty }.joined(separator: "; "), run.verdict.status == .complete ? .satisfied : .failed)
    subject.evidence = [(run.request, "the request")]
    return subject
  }

  /// A rule with open findings is not satisfied where they fail the run; those that found nothing are one subject.
  private static func rules(of run: AuditRun) -> [OSCALSubject] {
    let groups = FindingGroup.groups(of: run.findings) { $0.suppression == nil }
    let loud = groups.map { group in
      var subject = OSCALSubject(
        "rule", group.ruleID, "\(group.ruleID): \(counted(group.count, "finding"))", group.first.first?.message ?? "",
        run.threshold.isReached(by: group.level) ? .failed : .satisfied)
      subject.evidence = group.first.map { ($0.location.path, shown("\($0.location): \($0.message)")) }
      if group.count > group.first.count {
        subject.remarks = "\(counted(group.count - group.first.count, "more finding")): see the dod_report."
      }
      return subject
    }
    let names = Set(groups.map(\.ruleID))
    let quiet = run.rules.filter { !names.contains($0.id) }
    if quiet.isEmpty || run.coverage.filesScanned == 0 { return loud }
    return loud + [
      OSCALSubject(
        "rules", "silent", "\(counted(quiet.count, "rule")) without open findings",
        quiet.map(\.id).joined(separator: ", "), .satisfied)
    ]
  }
}
