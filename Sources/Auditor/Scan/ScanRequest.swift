package import Formats
package import Rules

/// A scan as somebody asked for it on a command line.
package struct ScanRequest: Sendable {
  /// Which files, and which of their lines.
  package enum Selection: Sendable {
    /// All files below the paths.
    case everything
    /// What the work tree has and the merge base of `HEAD` and a revision has not; of a range (`A..B`, `A...B`), what
    /// its end has and its beginning has not.
    case since(String)
    /// What the index has and `HEAD` has not, with the content of the index.
    case staged
    /// One text, judged as the file of that path.
    case text([UInt8], path: String)
  }

  /// What came out, and by what.
  package struct Result: Sendable {
    /// In report order.
    package let findings: FindingList
    /// Files and folders that could not be read.
    package let unevaluated: [Unevaluated]
    /// What was looked at.
    package let coverage: Coverage
    /// The rules that were used.
    package let pack: RulePack
    /// The least level that fails the run.
    package let threshold: FailureThreshold
    /// Which part of the tree this is about.
    package let scope: Scope

    /// What a scan by itself answers.
    package var exitStatus: ExitStatus {
      if !unevaluated.isEmpty { return .noVerdict }
      return findings.tally.reaches(threshold) ? .findings : .clean
    }
  }

  /// A scan that cannot begin.
  package enum Failure: Error, CustomStringConvertible {
    /// A rule that is left out does not exist.
    case unknownRule(String, suggestion: String?)
    /// Everything was left out.
    case noRules
    /// The paths belong to trees that are configured differently.
    case severalConfigurations(String, String)

    /// What to do about it.
    package var description: String {
      switch self {
      case .unknownRule(let name, let suggestion):
        "no rule is called '\(name)'\(suggestion.map { ", did you mean '\($0)'?" } ?? ""); 'auditor rules list' shows them"
      case .noRules: "every rule is disabled: nothing would be looked for"
      case .severalConfigurations(let first, let second):
        "the paths lie in trees with different configurations (\(first) and \(second)); scan them one by one"
      }
    }
  }

  /// What to look at; the working directory when empty.
  package var paths: [String] = []
  /// Which files, and which of their lines.
  package var selection = Selection.everything
  /// Rule packs instead of those that the configuration names.
  package var rulePacks: [String] = []
  /// Rules or families that are left out, besides those that the configuration leaves out.
  package var disabled: [String] = []
  /// Whether git's ignore files count.
  package var honoursIgnoreFiles = true
  /// Threads.
  package var jobs = WorkerThreads.coreCount
  /// Wins over the configuration's threshold.
  package var threshold: FailureThreshold?
  /// Files of waivers instead of those that the configuration names.
  package var waivers: [String] = []
  /// A baseline instead of the one that the configuration names.
  package var baseline: String?
  /// Whether findings that the baseline accepts are left out.
  package var isNewOnly = false
  /// Whether earlier scans are made use of.
  package var cache = CacheRequest()
  /// The time of the run.
  package var now: Timestamp
  /// The day by which waivers, suppressions and rules are judged, where it is not that of the run.
  package var asOf: CivilDate?
  /// The environment, for git.
  package var environment: [String: String]

  /// A request with what has no default.
  package init(now: Timestamp, environment: [String: String]) {
    self.now = now
    self.environment = environment
  }

  /// Loads the rules and scans; findings are told by the paths as they were written. `say` is told what is worth a word and
  /// is no part of the outcome.
  ///
  /// - Throws: what keeps a scan from beginning, or its findings from being kept: `FileError`, `GitError`, `ConfigurationError`, `PackLoader.Failure`,
  ///   `WaiversError`, `BaselineError`, `Failure`.
  package func run(
    progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void = { _ in }
  ) throws -> Result {
    let places = try places()
    // Git takes its time, and so does the compiling of rules.
    let (plans, subjects) = try Together.run {
      try self.plans(for: places)
    } _: {
      try places.map { try subject(in: $0) }
    }
    var whole = ScanOutcome()
    var scope = Scope(places.allSatisfy(\.isWhole) ? .tree : .paths)
    let spool = FindingSpool(environment: environment)
    for (number, (place, (plan, subject))) in zip(places, zip(plans, subjects)).enumerated() {
      let acceptance = try acceptance(in: place, by: plan)
      if subject.scope.kind != .tree { scope = subject.scope }
      let intake = ScanIntake(acceptance, today: asOf ?? now.date, place: place, number: number, into: spool)
      var scan = RootScan(
        root: place.root, plan: plan, jobs: jobs, today: asOf ?? now.date, salt: acceptance.salt,
        baseline: acceptance.baseline?.path, recordsInputs: false, cache: cache, environment: environment)
      scan.taker = intake
      let outcome = scan.run(subject, progress: progress, say: say)
      // Of a change nobody knows what the lines hold that it did not touch.
      let isChange = subject.changes != nil || subject.contents != nil
      intake.close(
        pack: plan.pack, isWhole: subject.scope.isWhole, wasScanned: isChange ? nil : { place.covers($0) })
      whole.add(outcome.shown(by: place))
    }
    complainIfNothingWasLookedAt(&whole, places)
    return Result(
      findings: try spool.findings(), unevaluated: whole.unevaluated, coverage: whole.coverage, pack: plans[0].pack,
      threshold: threshold ?? plans[0].configuration.failOn ?? .error,
      scope: scope)
  }

  /// The plan of each place; they have to agree in their configuration.
  func plans(for places: [ScanPlace]) throws -> [ScanPlan] {
    var plans: [ScanPlan] = []
    for place in places {
      let plan = try plan(for: place)
      if let first = plans.first, first.input != plan.input {
        throw Failure.severalConfigurations(
          places[0].shown(Configuration.fileName), place.shown(Configuration.fileName))
      }
      plans.append(plan)
    }
    return plans
  }

  private func acceptance(in place: ScanPlace, by plan: ScanPlan) throws -> Acceptance {
    try Acceptance(
      Acceptance.Request(waivers: waivers, baseline: baseline, isNewOnly: isNewOnly), plan.configuration,
      root: place.root, inputs: try RootedInputs(root: place.root))
  }

  func places() throws(FileError) -> [ScanPlace] {
    switch selection {
    case .text(_, let path): try ScanPlace.places(of: [path], mayBeAbsent: true)
    case .staged: try ScanPlace.places(of: paths.isEmpty ? ["."] : paths, mayBeAbsent: true)
    case .everything, .since: try ScanPlace.places(of: paths.isEmpty ? ["."] : paths, mayBeAbsent: false)
    }
  }

  private func plan(for place: ScanPlace) throws -> ScanPlan {
    let inputs = try RootedInputs(root: place.root)
    let shownAs = place.shown(Configuration.fileName)
    let written = place.hasConfiguration ? try Configuration.read(inputs, shownAs: shownAs) : nil
    return try ScanPlan(
      written?.0 ?? Configuration(), input: written?.1, root: place.root, inputs: inputs, rulePacks: rulePacks,
      disabled: disabled, today: asOf ?? now.date)
  }

  func subject(in place: ScanPlace) throws -> ScanSubject {
    switch selection {
    case .text(let bytes, _):
      return .text(bytes, path: place.targets[0].relative)
    case .staged:
      return try .staged(root: place.root, environment: environment) { place.covers($0) }
    case .since(let revision):
      if let range = GitRange(revision) {
        return try .changed(in: range, writtenAs: revision, root: place.root, environment: environment) {
          place.covers($0)
        }
      }
      return try .changed(
        since: revision, in: place, honoursIgnoreFiles: honoursIgnoreFiles, environment: environment)
    case .everything:
      return ScanSubject(try listing(of: place), scope: Scope(place.isWhole ? .tree : .paths))
    }
  }

  private func listing(of place: ScanPlace) throws(FileError) -> TreeListing {
    let walk = TreeWalk(honoursIgnoreFiles: honoursIgnoreFiles)
    var whole = TreeListing()
    for target in place.targets {
      whole.add(
        target.isFile
          ? TreeListing(file: target.relative) : try walk.list(place.root, below: target.relative))
    }
    return whole
  }

  /// Files that the configuration leaves out may be named: a hook names whatever is committed. Nothing else may come to
  /// nothing, unless a change was asked about that touches nothing.
  private func complainIfNothingWasLookedAt(_ outcome: inout ScanOutcome, _ places: [ScanPlace]) {
    guard case .everything = selection, outcome.coverage.filesScanned == 0 else { return }
    let isEachFile = places.allSatisfy { $0.targets.allSatisfy(\.isFile) }
    if isEachFile, outcome.coverage.skipped[.excluded] == outcome.coverage.filesSeen { return }
    let shown = places.flatMap(\.targets).map(\.shown).joined(separator: ", ")
    outcome.unevaluated.append(
      Unevaluated(
        area: .scan, location: Location(path: shown),
        message: "no file was scanned; name a path that holds text files, or lift the ignore rules with --no-ignore"))
  }
}

/// Chooses rules by name, refusing names that mean nothing.
enum RuleChoice {
  static func rules(of pack: RulePack, without disabled: [String]) throws(ScanRequest.Failure) -> [Rule] {
    if let unknown = pack.unknownNames(in: disabled).first {
      throw .unknownRule(unknown.name, suggestion: unknown.suggestion)
    }
    let rules = pack.rules(without: disabled)
    if rules.isEmpty { throw .noRules }
    return rules
  }
}
