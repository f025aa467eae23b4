package import Formats
package import Rules

/// What `auditor.yaml` says; without one, what was found by looking (`Discovery`).
package struct Configuration: Sendable {
  /// The name of the file at the root of an audited tree.
  package static let fileName = "auditor.yaml"

  /// Where definitions of done and their evidence are; paths are relative to the root.
  package struct DoDSection: Sendable {
    /// The folder of `DOD__<PHASE>.md`.
    package var docs: String?
    /// The activity feed, JSON Lines.
    package var feed: String?
    /// The phase registry, YAML or JSON.
    package var registry: String?
    /// The folder that `auditor dod` writes its reports to.
    package var reports: String?
    /// The exit-code contract.
    package var abi: String?
    /// Phases whose proof must be operational; `*` means every phase.
    package var operationalTargets: [String]?

    /// Nothing named: the defaults of the rules.
    package init() {}
  }

  /// A gate map with what belongs to it.
  package struct GateSection: Sendable {
    /// The gate map, relative to the root.
    package var map: String
    /// The output catalogue, or nil.
    package var catalogue: String?
    /// The folder that the map's paths are relative to; the root when nil.
    package var root: String?
    /// Values for `{name}` in the map's paths.
    package var pins: [String: String]
  }

  /// A folder with runtime evidence bundles.
  package struct BundleSection: Sendable {
    /// Where to look, relative to the root.
    package var path: String
    /// The folder that the paths inside of the bundles' documents are relative to; the root when nil.
    package var root: String?
  }

  /// A folder with reality evidence bundles, and the code that made them.
  package struct RealitySection: Sendable {
    /// A bundle, or a folder above bundles; relative to the root.
    package var path: String
    /// The code that made them, relative to the root; nothing is said about code when empty.
    package var code: [String]
    /// The gates to judge; when empty those that each bundle claims.
    package var gates: Set<Int>
  }

  /// A scenario run whose evidence is to be classified; paths are relative to the root.
  package struct EvidenceSection: Sendable {
    /// The run request.
    package var request: String
    /// The policy profile.
    package var policy: String
    /// The interface pack.
    package var pack: String
    /// The gate map; the pack's own when nil.
    package var gateMap: String?
    /// The catalogue; the pack's own when nil.
    package var catalogue: String?
    /// The engine root; nil for none.
    package var engineRoot: String?
    /// The run store; nil for none.
    package var store: String?
    /// The platform's own run.
    package var platformRun = "platform"
    /// When the plan was made; the time of the audit when nil, so that no deadline has passed.
    package var createdAt: RunTime?
    /// Engine attempts that are finished.
    package var attempts = 0

    /// Everything that it names.
    var paths: [String] { [request, policy, pack] + [gateMap, catalogue, engineRoot, store].compactMap { $0 } }
  }

  /// Rule packs to use instead of the built-in ones.
  package var rulePacks: [String] = []
  /// Rules (ids or families) that are not used.
  package var disabled: [String] = []
  /// Where the configuration names each of them.
  var disabledPositions: [String: SourcePosition] = [:]
  /// Where the file says what, by the path of the key; see `ConfigurationPlaces`.
  var places: [String: SourcePosition] = [:]
  /// Only these paths are scanned; everything when empty.
  package var include: [String] = []
  /// These paths are not scanned.
  package var exclude: [String] = []
  /// Files of waivers.
  package var waivers: [String] = []
  /// The baseline; nil when every finding counts.
  package var baseline: String?
  /// The ledger in which audits are recorded; nil when they are not.
  package var ledger: String?
  /// The least level that fails a run; nil means the command's default.
  package var failOn: FailureThreshold?
  /// Definitions of done; nil when there are none.
  package var dod: DoDSection?
  /// Gate maps.
  package var gates: [GateSection] = []
  /// Runtime evidence bundles; nil means every one of the tree.
  package var bundles: [BundleSection]?
  /// Reality evidence bundles; nil means every one of the tree.
  package var reality: [RealitySection]?
  /// Scenario runs whose evidence is classified.
  package var evidence: [EvidenceSection] = []
  /// Contract schemas: files or folders.
  package var contracts: [String] = []
  /// Interface packs: the folders that hold them, `.` for the root.
  package var packs: [String] = []
  /// Whether somebody wrote this down, so that what it names must be there.
  package var isExplicit = false

  /// Nothing to audit but files.
  package init() {}

  /// A choice of rules that cannot be made, at the place of the configuration that asks for it.
  func error(for failure: ScanRequest.Failure) -> ConfigurationError {
    var position = SourcePosition.start
    switch failure {
    case .unknownRule(let name, _): position = disabledPositions[name] ?? position
    case .noRules, .severalConfigurations: position = disabledPositions.values.min { $0.offset < $1.offset } ?? position
    }
    return ConfigurationError(
      path: Configuration.fileName, problems: [ShapeProblem(at: position, failure.description)])
  }
}

/// Configuration that cannot be used, with everything that is wrong in it.
package struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  /// The file as it was named.
  package let path: String
  /// What is wrong, each at its place.
  package let problems: [ShapeProblem]

  /// A line a problem.
  package var description: String { problems.map { "\(path):\($0)" }.joined(separator: "\n") }
}
