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
    /// Where reports are written, as the process sees it: reports of earlier runs are not part of the audited tree.
    package var reportsFolder: String
    /// The time of the run.
    package var now: Timestamp
    /// The environment, for the DoD variables and for git.
    package var environment: [String: String]
    /// What the tool calls itself.
    package var toolVersion: String

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

  private let request: Request

  /// An audit of one tree.
  package init(_ request: Request) {
    self.request = request
  }

  /// Runs the audit.
  ///
  /// - Parameter progress: told how many of how many files are scanned.
  /// - Throws: `FileError` for a root that cannot be listed. Everything else is in the run; with a configuration or rule
  ///   packs that cannot be used it holds nothing but the reasons.
  package func run(progress: @escaping @Sendable (Int, Int) -> Void) throws -> AuditRun {
    let ownFolder = try reportsBelowRoot()
    let walk = TreeWalk { path in ownFolder.map { ReportSet.writes(path, into: $0) } ?? false }
    let listing = try walk.list(request.root)
    let inputs = try RootedInputs(root: request.root)
    do {
      return judge(listing, by: try plan(for: listing, inputs), inputs, progress: progress)
    } catch {
      return refused(Unevaluated.refusals(by: error))
    }
  }

  /// What a run is made by, all of it sound.
  private struct Plan {
    let configuration: Configuration
    let input: InputRecord?
    let pack: RulePack
    let rules: [Rule]
    let filter: PathFilter
  }

  private func plan(for listing: TreeListing, _ inputs: RootedInputs) throws -> Plan {
    let (configuration, input) = try configuration(for: listing, inputs)
    if request.rulePacks.isEmpty { try inputs.check(configuration.rulePacks) }
    let pack = try PackLoader.load(
      request.rulePacks.isEmpty ? configuration.rulePacks : request.rulePacks,
      below: request.rulePacks.isEmpty ? request.root : ".", today: request.now.date)
    do {
      return Plan(
        configuration: configuration, input: input, pack: pack,
        rules: try RuleChoice.rules(of: pack, without: configuration.disabled),
        filter: try PathFilter(include: configuration.include, exclude: configuration.exclude))
    } catch let error as ScanRequest.Failure {
      throw configuration.error(for: error)
    }
  }

  private func judge(
    _ listing: TreeListing, by plan: Plan, _ inputs: RootedInputs, progress: @escaping @Sendable (Int, Int) -> Void
  ) -> AuditRun {
    var gathered = AuditGathering()
    gathered.inputs += plan.pack.sources + [plan.input].compactMap { $0 }
    let scan = TreeScan(
      root: request.root, rules: plan.rules, filter: plan.filter, jobs: request.jobs, today: request.now.date)
    gathered.take(scan.run(listing, progress: progress))
    auditPhases(plan.configuration, into: &gathered)
    auditGates(plan.configuration, inputs, into: &gathered)
    auditContracts(plan.configuration, into: &gathered)
    gathered.complainIfNothingWasLookedAt()
    return AuditRun(
      tool: AuditRun.Tool(name: "auditor", version: request.toolVersion, rulePackDigest: plan.pack.digest),
      time: request.now, gitHead: gathered.gitHead ?? gitHead(&gathered),
      threshold: request.threshold ?? plan.configuration.failOn ?? .error, rules: plan.rules, inputs: gathered.inputs,
      findings: gathered.findings, phases: gathered.phases, gates: gathered.gates, contracts: gathered.contracts,
      unevaluated: gathered.unevaluated, coverage: gathered.coverage)
  }

  /// A run that could not begin: it judged nothing, and its report replaces one that would be taken for today's.
  private func refused(_ reasons: [Unevaluated]) -> AuditRun {
    var gathered = AuditGathering()
    let head = gitHead(&gathered)
    return AuditRun(
      tool: AuditRun.Tool(name: "auditor", version: request.toolVersion, rulePackDigest: SHA256.digest([]).hex),
      time: request.now, gitHead: head, threshold: request.threshold ?? .error, rules: [], inputs: [], findings: [],
      phases: [], gates: [], contracts: [], unevaluated: reasons + gathered.unevaluated, coverage: Coverage())
  }

  /// The reports folder relative to the root (empty for the root itself), or nil when it lies elsewhere.
  private func reportsBelowRoot() throws -> String? {
    let here = try WorkingDirectory.path()
    let root = ResolvedPath.resolve(request.root, from: here, environment: request.environment)
    let reports = ResolvedPath.resolve(request.reportsFolder, from: here, environment: request.environment)
    if reports == root { return "" }
    return reports.hasPrefix(root + "/") ? String(reports.dropFirst(root.count + 1)) : nil
  }

  private func configuration(
    for listing: TreeListing, _ inputs: RootedInputs
  ) throws -> (Configuration, InputRecord?) {
    guard let bytes = try inputs.read(Configuration.fileName) else {
      return (Discovery.look(through: listing.files), nil)
    }
    let input = InputRecord(
      path: Configuration.fileName, role: "config", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
    return (try Configuration(bytes, path: Configuration.fileName), input)
  }

  private func auditPhases(_ configuration: Configuration, into gathered: inout AuditGathering) {
    guard let section = configuration.dod else { return }
    do {
      let root = ResolvedPath.resolve(request.root, from: try WorkingDirectory.path(), environment: request.environment)
      let settings = try DoDSettings(
        root: root, environment: request.environment, workingDirectory: root, configuration: section,
        isConfined: true)
      gathered.take(
        DoDAudit(settings: settings, selection: .all, environment: request.environment).run(),
        documents: section.docs ?? "docs/dod")
    } catch let error as DoDError {
      gathered.unevaluated.append(error.gap(at: Location(path: section.docs ?? "docs/dod")))
    } catch {
      gathered.unevaluated.append(
        Unevaluated(area: .dod, location: Location(path: section.docs ?? "docs/dod"), message: "\(error)"))
    }
  }

  private func auditGates(_ configuration: Configuration, _ inputs: RootedInputs, into gathered: inout AuditGathering) {
    for section in configuration.gates {
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
      gathered.take(GateAudit(gates, jobs: request.jobs).run(), map: section.map, root: request.root)
    }
  }

  private func auditContracts(_ configuration: Configuration, into gathered: inout AuditGathering) {
    if configuration.contracts.isEmpty { return }
    gathered.take(ContractAudit(root: request.root, paths: configuration.contracts).run())
  }

  private func gitHead(_ gathered: inout AuditGathering) -> String? {
    do {
      return try GitRepository.containing(request.root, environment: request.environment)?.commits(named: []).head
    } catch {
      gathered.unevaluated.append(
        Unevaluated(area: .configuration, location: Location(path: "."), message: "\(error)"))
      return nil
    }
  }
}
