package import Rules

/// Where the parts of a DoD run are (DoD rules, section 1): absolute paths without links.
package struct DoDSettings: Sendable, Hashable {
  /// The root of the audited project.
  package let root: String
  /// The folder of the documents.
  package let documents: String
  /// The folder of the reports.
  package let reports: String
  /// The activity feed.
  package let feed: String
  /// The registry of phases.
  package let registry: String
  /// The exit-code contract.
  package let contract: String
  /// The contract was named, so it must be there.
  package let isContractNamed: Bool
  /// The tree named what is read, so that nothing outside of it is; what the environment names may lie anywhere.
  let isConfined: Bool
  /// Where may be written.
  let places: WrittenPlaces
  /// Who must be proven operationally.
  package let policy: OperationalPolicy

  /// Where a feed is that nobody names, below the root.
  static let standardFeed = "observability/logs/activity_feed.jsonl"

  /// The same parts in another place.
  init(_ settings: DoDSettings, root: String, _ place: (String) -> String) {
    self.root = root
    documents = place(settings.documents)
    reports = place(settings.reports)
    feed = place(settings.feed)
    registry = place(settings.registry)
    contract = place(settings.contract)
    isContractNamed = settings.isContractNamed
    isConfined = false
    places = WrittenPlaces(root: root, named: [])
    policy = settings.policy
  }

  /// The root: `DOD_ROOT`, else the top of the git work tree, else the working directory.
  package static func root(
    environment: [String: String], workingDirectory: String
  ) throws(GitError) -> String {
    try root(named: "DOD_ROOT", environment: environment, workingDirectory: workingDirectory)
  }

  /// The root that a variable names, else the top of the git work tree, else the working directory.
  static func root(
    named variable: String, environment: [String: String], workingDirectory: String
  ) throws(GitError) -> String {
    if let named = SetVariable.value(variable, environment) {
      return ResolvedPath.resolve(named, from: workingDirectory, environment: environment)
    }
    let repository = try GitRepository.containing(workingDirectory, environment: environment)
    return ResolvedPath.resolve(absolute: repository?.topLevel ?? workingDirectory)
  }

  /// Settles everything from the environment and from `auditor.yaml` at the root, if there is one.
  ///
  /// - Throws: `GitError`, `FileError`, `ConfigurationError` or `DoDError`.
  package static func gather(environment: [String: String], workingDirectory: String) throws -> DoDSettings {
    let root = try root(environment: environment, workingDirectory: workingDirectory)
    let section = try Configuration.written(at: root)?.dod
    return try DoDSettings(
      root: root, environment: environment, workingDirectory: workingDirectory,
      configuration: section ?? Configuration.DoDSection())
  }

  /// Settles every path: the environment, else the configuration, else the default below the root.
  ///
  /// - Throws: `DoDError.feedTraversal`, and `unreadable` for what leads outside the root and `isConfined`.
  package init(
    root: String, environment: [String: String], workingDirectory: String,
    configuration: Configuration.DoDSection = Configuration.DoDSection(), isConfined: Bool = false
  ) throws(DoDError) {
    func path(_ name: String, _ configured: String?, _ standard: String) throws(DoDError) -> String {
      if let named = SetVariable.value(name, environment) {
        return ResolvedPath.resolve(named, from: workingDirectory, environment: environment)
      }
      let path = ResolvedPath.resolve(configured ?? standard, from: root, environment: environment)
      if isConfined, !path.hasPrefix(root + "/") { throw .outsideRoot(configured ?? standard) }
      return path
    }
    let feedName = SetVariable.value("LUKA_ACTIVITY_FEED_JSONL", environment) ?? configuration.feed
    if let feedName, PathText.climbs(feedName) { throw .feedTraversal(feedName) }
    self.root = root
    self.isConfined = isConfined
    places = WrittenPlaces(
      root: root,
      named: Set(
        ["DOD_REPORTS_DIR", "LUKA_ACTIVITY_FEED_JSONL", "DOD_PHASE_STATUS_PATH"].compactMap { name in
          SetVariable.value(name, environment).map {
            ResolvedPath.resolve($0, from: workingDirectory, environment: environment)
          }
        }))
    documents = try path("DOD_DOCS_DIR", configuration.docs, "docs/dod")
    reports = try path("DOD_REPORTS_DIR", configuration.reports, "observability/reports/dod_checker")
    feed = try path("LUKA_ACTIVITY_FEED_JSONL", configuration.feed, Self.standardFeed)
    registry = try path("DOD_PHASE_STATUS_PATH", configuration.registry, "core/governance/phase_status.yaml")
    contract = try path("DOD_TIER3_ABI_PATH", configuration.abi, "core/governance/tier3_abi.yaml")
    isContractNamed = SetVariable.value("DOD_TIER3_ABI_PATH", environment) != nil || configuration.abi != nil
    policy = OperationalPolicy(
      isRequired: SetVariable.value("LUKA_REQUIRE_OPERATIONAL_PROOF", environment) == "1",
      targets: configuration.operationalTargets ?? OperationalPolicy.defaultTargets)
  }
}
