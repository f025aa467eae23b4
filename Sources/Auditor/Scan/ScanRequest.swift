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
    /// What a policy decided over what the trees say of themselves; nil without one.
    package let policy: AppliedPolicy?

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
  /// What decides over the trees' own configurations; then `rulePacks`, `waivers` and `baseline` are not asked.
  package var policy: Policy?
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
  /// - Throws: what keeps a scan from beginning, or its findings from being kept: `FileError`, `GitError`,
  ///   `ConfigurationError`, `PackLoader.Failure`, `WaiversError`, `BaselineError`, `Policy.InTree`, `Failure`.
  package func run(
    progress: @escaping @Sendable (Int, Int) -> Void, say: (String) -> Void = { _ in }
  ) throws -> Result {
    let places = try places()
    // Git takes its time, and so does the compiling of rules.
    let (governances, subjects) = try Together.run {
      try self.governances(of: places)
    } _: {
      try places.map { try subject(in: $0) }
    }
    var whole = ScanOutcome()
    var scope = Scope(places.allSatisfy(\.isWhole) ? .tree : .paths)
    var overridden: [AppliedPolicy.Override] = []
    let spool = FindingSpool(environment: environment)
    for (number, (place, (governance, subject))) in zip(places, zip(governances, subjects)).enumerated() {
      let plan = governance.plan
      governance.notes.forEach(say)
      let acceptance = try governance.acceptance(self, in: place)
      if subject.scope.kind != .tree { scope = subject.scope }
      let intake = ScanIntake(
        acceptance, governance.ruling, today: asOf ?? now.date, place: place, number: number, into: spool)
      var scan = RootScan(
        root: place.root, plan: plan, jobs: jobs, today: asOf ?? now.date, salt: acceptance.salt,
        baseline: acceptance.baseline?.path, recordsInputs: false, cache: cache, environment: environment)
      scan.taker = intake
      let outcome = scan.run(subject, progress: progress, say: say)
      if var ruling = intake.ruling {
        if !looksAtIgnored(nil), looksAtIgnored(policy) {
          let honest = try self.subject(in: place, looksAtIgnored: false).listing.files.count
          ruling.note(ignored: subject.listing.files.count - honest, shownAs: place.shown(".gitignore"))
        }
        overridden += ruling.applied.overridden
      }
      // Of a change nobody knows what the lines hold that it did not touch.
      let isChange = subject.changes != nil || subject.contents != nil
      let isWhole = subject.scope.isWhole && !Interruption.isAsked
      intake.close(
        pack: plan.pack, isWhole: isWhole,
        wasScanned: isChange || Interruption.isAsked ? nil : { place.covers($0) })
      whole.add(outcome.shown(by: place))
    }
    complainIfNothingWasLookedAt(&whole, places)
    let plan = governances[0].plan
    return Result(
      findings: try spool.findings(), unevaluated: whole.unevaluated, coverage: whole.coverage, pack: plan.pack,
      threshold: threshold ?? plan.configuration.failOn ?? .error, scope: scope,
      policy: policy.map { AppliedPolicy(path: $0.path, sha256: $0.sha256, overridden: overridden) })
  }

  /// What governs each place; they have to agree in their configuration.
  func governances(of places: [ScanPlace]) throws -> [ScanGovernance] {
    var governances: [ScanGovernance] = []
    for place in places {
      let governance = try ScanGovernance(self, of: place)
      if let first = governances.first, first.plan.input != governance.plan.input {
        throw Failure.severalConfigurations(
          places[0].shown(Configuration.fileName), place.shown(Configuration.fileName))
      }
      governances.append(governance)
    }
    return governances
  }

  /// Whether files are looked at that git ignores.
  private func looksAtIgnored(_ policy: Policy?) -> Bool {
    !honoursIgnoreFiles || policy?.allowed.contains(.ignoreFiles) == false
  }

  func places() throws(FileError) -> [ScanPlace] {
    switch selection {
    case .text(_, let path): try ScanPlace.places(of: [path], mayBeAbsent: true)
    case .staged: try ScanPlace.places(of: paths.isEmpty ? ["."] : paths, mayBeAbsent: true)
    case .everything, .since: try ScanPlace.places(of: paths.isEmpty ? ["."] : paths, mayBeAbsent: false)
    }
  }

  func subject(in place: ScanPlace) throws -> ScanSubject {
    try subject(in: place, looksAtIgnored: looksAtIgnored(policy))
  }

  private func subject(in place: ScanPlace, looksAtIgnored: Bool) throws -> ScanSubject {
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
        since: revision, in: place, honoursIgnoreFiles: !looksAtIgnored, environment: environment)
    case .everything:
      return ScanSubject(try listing(of: place, looksAtIgnored), scope: Scope(place.isWhole ? .tree : .paths))
    }
  }

  private func listing(of place: ScanPlace, _ looksAtIgnored: Bool) throws(FileError) -> TreeListing {
    let walk = TreeWalk(honoursIgnoreFiles: !looksAtIgnored)
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
    guard case .everything = selection, outcome.coverage.filesScanned == 0, !Interruption.isAsked else { return }
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
