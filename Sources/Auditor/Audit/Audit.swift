package import Formats
package import Rules

/// The main job: gathers everything that `auditor.yaml` (or, without one, discovery) names below a root, has it judged,
/// and returns it as one run. Writes nothing.
package struct Audit: Sendable {
  /// What was asked for on the command line.
  package struct Request: Sendable {
    /// The root of the audited tree, as the process sees it.
    package var root: String
    /// Rule packs that win over the configuration's.
    package var rulePacks: [String] = []
    /// Threads.
    package var jobs = WorkerThreads.coreCount
    /// Wins over the configuration's threshold.
    package var threshold: FailureThreshold?
    /// Only what the work tree has and the merge base of `HEAD` and this revision has not.
    package var since: String?
    /// Files of waivers that win over the configuration's.
    package var waivers: [String] = []
    /// A baseline that wins over the configuration's.
    package var baseline: String?
    /// Whether findings that the baseline accepts are left out.
    package var isNewOnly = false
    /// Whether earlier scans are made use of.
    package var cache = CacheRequest()
    /// Where reports are written, as the process sees it: reports of earlier runs are not part of the audited tree.
    package var reportsFolder: String
    /// The ledger that the run is to be recorded in, as the process sees it: no part of the audited tree either.
    package var ledger: String?
    /// The time of the run.
    package var now: Timestamp
    /// The day by which waivers, suppressions and rules are judged, where it is not that of the run.
    package var asOf: CivilDate?
    /// The environment, for the DoD variables and for git.
    package var environment: [String: String]
    /// What the tool calls itself.
    package var toolVersion: String
    /// Rules that were read for many trees; they stand for `rulePacks`.
    package var shared: SharedRules?
    /// What decides over the tree's own configuration; then `rulePacks`, `waivers` and `baseline` are not asked.
    package var policy: Policy?

    /// A request with what has no default.
    package init(
      root: String, reportsFolder: String, now: Timestamp, environment: [String: String], toolVersion: String
    ) {
      self.root = root
      self.reportsFolder = reportsFolder
      self.now = now
      self.environment = environment
      self.toolVersion = toolVersion
    }
  }

  let request: Request

  /// An audit of one tree.
  package init(_ request: Request) {
    self.request = request
  }

  /// Runs the audit.
  ///
  /// - Parameters:
  ///   - progress: told how many of how many files are scanned.
  ///   - say: told what is worth a word and is no part of the run.
  /// - Throws: `FileError` for a root that cannot be listed. Everything else is in the run; with a configuration or rule
  ///   packs that cannot be used it holds nothing but the reasons.
  package func run(
    progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void = { _ in }
  ) throws -> AuditRun {
    try run(try list(), progress: progress, say: say)
  }

  /// The files of the tree.
  ///
  /// - Throws: `FileError` for a root that cannot be listed.
  func list() throws -> TreeListing {
    try list(honouringIgnoreFiles: request.policy?.allowed.contains(.ignoreFiles) ?? true)
  }

  private func list(honouringIgnoreFiles isHonouring: Bool) throws -> TreeListing {
    let ownFolder = try belowRoot(request.reportsFolder)
    let ownLedger = try request.ledger.flatMap { try belowRoot($0) }
    let walk = TreeWalk(honoursIgnoreFiles: isHonouring) { path in
      ownFolder.map { ReportSet.writes(path, into: $0) } ?? false
        || ownLedger.map { LedgerPlace.writes(path, ledger: $0) } ?? false
    }
    return try walk.list(request.root)
  }

  /// Runs the audit over what has been listed.
  func run(
    _ listing: TreeListing, progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void = { _ in }
  ) throws -> AuditRun {
    try request.policy?.check(isOutsideOf: request.root)
    let inputs = try RootedInputs(root: request.root)
    do {
      let (written, input) = try configuration(for: listing, inputs)
      let ruling = try ruling(over: written, in: listing)
      let plan = try ScanPlan(
        ruling?.configuration ?? written, input: input, root: request.root, inputs: inputs,
        rulePacks: request.policy?.rulePacks ?? request.rulePacks, today: today, shared: request.shared)
      let waivers = request.policy?.waivers ?? request.waivers
      let acceptance = try Acceptance(
        Acceptance.Request(waivers: waivers, baseline: request.baseline, isNewOnly: request.isNewOnly),
        plan.configuration, root: request.root, inputs: inputs)
      return located(
        judge(
          try subject(of: listing), of: listing, by: plan, ruling, acceptance, inputs, progress: progress, say: say))
    } catch {
      return located(refused(Unevaluated.refusals(by: error)))
    }
  }

  /// What the policy makes of a configuration; nil without one.
  private func ruling(over written: Configuration, in listing: TreeListing) throws -> PolicyRuling? {
    guard let policy = request.policy else { return nil }
    let bundles = BundleSurvey.directories(among: listing.files.map(\.rawPath)).map {
      String(decoding: $0, as: UTF8.self)
    }
    var ruling = PolicyRuling(
      policy, over: written, found: Discovery.look(through: listing.files), bundles: bundles)
    if !policy.allowed.contains(.ignoreFiles) {
      ruling.note(ignored: listing.files.count - (try list(honouringIgnoreFiles: true)).files.count)
    }
    return ruling
  }

  private func subject(of listing: TreeListing) throws -> ScanSubject {
    guard let revision = request.since else {
      return ScanSubject(listing, scope: Scope(.tree))
    }
    let root = ResolvedPath.resolve(request.root, from: try WorkingDirectory.path(), environment: request.environment)
    return try .changed(
      since: revision, in: listing, isComplete: true, root: root, environment: request.environment)
  }

  private func judge(
    _ subject: ScanSubject, of listing: TreeListing, by plan: ScanPlan, _ ruling: PolicyRuling?,
    _ acceptance: Acceptance, _ inputs: RootedInputs, progress: @escaping @Sendable (Int, Int) -> Void,
    say: (String) -> Void
  ) -> AuditRun {
    var gathered = AuditGathering()
    gathered.inputs += plan.pack.sources + [plan.input].compactMap { $0 } + acceptance.inputs
    let scan = RootScan(
      root: request.root, plan: plan, jobs: request.jobs, today: today, salt: acceptance.salt,
      baseline: acceptance.baseline?.path, cache: request.cache, environment: request.environment)
    gathered.take(scan.run(subject, progress: progress, say: say))
    var ruling = ruling
    ruling?.lift(&gathered.findings)
    if let input = request.policy?.input { gathered.inputs.append(input) }
    let touched = subject.changes.map { _ in TouchedPaths(subject) }
    unlessStopped(.dod, &gathered) { auditPhases(plan.configuration, touched, into: &$0) }
    unlessStopped(.gates, &gathered) { auditGates(plan.configuration, inputs, touched, into: &$0, say: say) }
    unlessStopped(.contracts, &gathered) { auditContracts(plan.configuration, touched, into: &$0) }
    unlessStopped(.bundles, &gathered) { auditBundles(plan.configuration, in: listing, inputs, touched, into: &$0) }
    unlessStopped(.contracts, &gathered) { auditPacks(plan.configuration, inputs, touched, into: &$0) }
    unlessStopped(.reality, &gathered) { auditReality(plan, in: listing, inputs, touched, into: &$0) }
    unlessStopped(.evidence, &gathered) { auditEvidence(plan.configuration, inputs, touched, into: &$0) }
    let interruption = Interruption.name
    let isWhole = subject.scope.isWhole && interruption == nil
    if isWhole { gathered.complainIfNothingWasLookedAt() }
    acceptance.apply(
      to: &gathered.findings, pack: plan.pack, today: today, isWhole: isWhole, wasScanned: isWhole ? { _ in true } : nil
    )
    var run = AuditRun(
      tool: AuditRun.Tool(
        name: "auditor", version: request.toolVersion, commit: BuildOrigin.commit, rulePackDigest: plan.pack.digest),
      time: request.now, gitHead: gathered.gitHead ?? gitHead(&gathered),
      threshold: request.threshold ?? plan.configuration.failOn ?? .error, rules: plan.rules, inputs: gathered.inputs,
      findings: gathered.findings, phases: gathered.phases, gates: gathered.gates, contracts: gathered.contracts,
      bundles: gathered.bundles, reality: gathered.reality, evidence: gathered.evidence,
      unevaluated: gathered.unevaluated, coverage: gathered.coverage, scope: subject.scope)
    run.phaseGraph = gathered.phaseGraph
    run.policy = ruling?.applied
    run.asOf = request.asOf
    run.interruption = interruption
    return run
  }

  /// Does a part of the audit; of one that was not begun because somebody asked to stop it is told that nothing was judged.
  private func unlessStopped(
    _ area: Unevaluated.Area, _ gathered: inout AuditGathering, _ part: (inout AuditGathering) -> Void
  ) {
    guard let signal = Interruption.name else { return part(&gathered) }
    let gap = Unevaluated(
      area: area, location: Location(path: "."), message: "\(signal) ended the run before this was judged; run it again"
    )
    if !gathered.unevaluated.contains(gap) { gathered.unevaluated.append(gap) }
  }

  /// The run with where its tree lay.
  private func located(_ run: AuditRun) -> AuditRun {
    var run = run
    run.root = (try? WorkingDirectory.path()).map {
      ResolvedPath.resolve(request.root, from: $0, environment: request.environment)
    }
    return run
  }

  private var today: CivilDate { request.asOf ?? request.now.date }

  /// A run that could not begin: it judged nothing, and its report replaces one that would be taken for today's.
  private func refused(_ reasons: [Unevaluated]) -> AuditRun {
    var gathered = AuditGathering()
    let head = gitHead(&gathered)
    return AuditRun(
      tool: AuditRun.Tool(
        name: "auditor", version: request.toolVersion, commit: BuildOrigin.commit, rulePackDigest: SHA256.digest([]).hex
      ),
      time: request.now, gitHead: head, threshold: request.threshold ?? .error, rules: [], inputs: [], findings: [],
      phases: [], gates: [], contracts: [], unevaluated: reasons + gathered.unevaluated, coverage: Coverage(),
      scope: request.since.map { Scope(.diff, revision: $0) } ?? Scope(.tree))
  }

  /// A path of ours relative to the root (empty for the root itself), or nil when it lies elsewhere.
  private func belowRoot(_ path: String) throws -> String? {
    let here = try WorkingDirectory.path()
    let root = ResolvedPath.resolve(request.root, from: here, environment: request.environment)
    let own = ResolvedPath.resolve(path, from: here, environment: request.environment)
    if own == root { return "" }
    return own.hasPrefix(root + "/") ? String(own.dropFirst(root.count + 1)) : nil
  }

  private func configuration(
    for listing: TreeListing, _ inputs: RootedInputs
  ) throws -> (Configuration, InputRecord?) {
    guard let (configuration, input) = try Configuration.read(inputs) else {
      return (Discovery.look(through: listing.files), nil)
    }
    return (configuration, input)
  }

  /// Of a change: all phases when it touches what their verdicts rest on, none otherwise.
  private func auditPhases(
    _ configuration: Configuration, _ touched: TouchedPaths?, into gathered: inout AuditGathering
  ) {
    guard let section = configuration.dod else { return }
    do {
      let root = ResolvedPath.resolve(request.root, from: try WorkingDirectory.path(), environment: request.environment)
      let settings = try DoDSettings(
        root: root, environment: request.environment, workingDirectory: root, configuration: section,
        isConfined: true)
      let outcome = DoDAudit(
        settings: settings, selection: .all, environment: request.environment, isForensic: true
      ).run()
      let named = [section.docs ?? "docs/dod", section.feed, section.registry, section.abi]
      if let touched, !touched.meet(outcome), !touched.meet(named) { return }
      gathered.take(outcome, documents: section.docs ?? "docs/dod")
    } catch let error as DoDError {
      gathered.unevaluated.append(error.gap(at: Location(path: section.docs ?? "docs/dod")))
    } catch {
      gathered.unevaluated.append(
        Unevaluated(area: .dod, location: Location(path: section.docs ?? "docs/dod"), message: "\(error)"))
    }
  }

  private func auditGates(
    _ configuration: Configuration, _ inputs: RootedInputs, _ touched: TouchedPaths?,
    into gathered: inout AuditGathering, say: (String) -> Void
  ) {
    for section in configuration.gates {
      if let touched, !touched.meet([section.map, section.catalogue, section.root ?? "."]) { continue }
      let named = [section.map, section.catalogue, section.root].compactMap { $0 }
      if let gap = named.lazy.compactMap({ inputs.gap($0, .gates) }).first {
        gathered.unevaluated.append(gap)
        continue
      }
      let root = section.root.map { "\(request.root)/\($0)" } ?? request.root
      let gates = GateAudit.Request(
        root: root, gateMap: "\(request.root)/\(section.map)",
        catalogue: section.catalogue.map { "\(request.root)/\($0)" },
        pins: GatePins(section.pins.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) }))
      let audit = GateAudit(gates, jobs: request.jobs, cache: request.cache, environment: request.environment)
      gathered.take(audit.run(say: say), map: section.map, root: request.root)
    }
  }

  private func auditContracts(
    _ configuration: Configuration, _ touched: TouchedPaths?, into gathered: inout AuditGathering
  ) {
    if configuration.contracts.isEmpty { return }
    if let touched, !touched.meet(configuration.contracts) { return }
    gathered.take(ContractAudit(root: request.root, paths: configuration.contracts).run())
  }

  /// Those that the configuration names, or every one of the tree. Of a change: those that it touches.
  private func auditBundles(
    _ configuration: Configuration, in listing: TreeListing, _ inputs: RootedInputs, _ touched: TouchedPaths?,
    into gathered: inout AuditGathering
  ) {
    guard let sections = configuration.bundles else {
      let found = BundleSurvey.directories(among: listing.files.map(\.rawPath))
      let wanted = found.filter { touched?.meet([String(decoding: $0, as: UTF8.self)]) ?? true }
      if wanted.isEmpty { return }
      return take(root: nil, at: ".", into: &gathered) { $0.run(wanted) }
    }
    for section in sections {
      if let touched, !touched.meet([section.path]) { continue }
      if let gap = [section.path, section.root].lazy.compactMap({ $0 }).compactMap({ inputs.gap($0, .bundles) }).first {
        gathered.unevaluated.append(gap)
        continue
      }
      let path = section.path
      take(root: section.root, at: path, into: &gathered) { survey in
        do throws(BundleError) {
          return survey.run(below: try survey.folder("\(request.root)/\(path)"))
        } catch {
          var outcome = BundleSurvey.Outcome()
          outcome.unevaluated.append(
            Unevaluated(area: .bundles, location: Location(path: path), message: error.detail ?? error.code.meaning))
          return outcome
        }
      }
    }
  }

  private func take(
    root: String?, at path: String, into gathered: inout AuditGathering,
    _ run: (BundleSurvey) -> BundleSurvey.Outcome
  ) {
    do throws(BundleError) {
      let folder = root.map { "\(request.root)/\($0)" } ?? request.root
      gathered.take(run(try BundleSurvey(root: folder, prefix: root == "." ? "" : root ?? "")))
    } catch {
      gathered.unevaluated.append(
        Unevaluated(area: .bundles, location: Location(path: root ?? path), message: error.detail ?? error.code.meaning)
      )
    }
  }

  private func auditPacks(
    _ configuration: Configuration, _ inputs: RootedInputs, _ touched: TouchedPaths?,
    into gathered: inout AuditGathering
  ) {
    for pack in configuration.packs {
      if let touched, !touched.meet([pack]) { continue }
      if let gap = inputs.gap(pack, .contracts) {
        gathered.unevaluated.append(gap)
        continue
      }
      gathered.take(PackAudit(root: "\(request.root)/\(pack)").run(), pack: pack)
    }
  }

  private func gitHead(_ gathered: inout AuditGathering) -> String? {
    // One of many trees: only where its own files do not tell is git worth starting.
    if request.shared != nil, let inputs = try? RootedInputs(root: request.root), let head = GitHead.read(inputs) {
      return head
    }
    do {
      return try GitRepository.containing(request.root, environment: request.environment)?.commits(named: []).head
    } catch {
      gathered.unevaluated.append(
        Unevaluated(area: .configuration, location: Location(path: "."), message: "\(error)"))
      return nil
    }
  }
}
