import Formats
import Rules

/// What a scan is made by, all of it sound: the configuration, the rules that are left, and which paths they see.
struct ScanPlan: Sendable {
  let configuration: Configuration
  /// The record of `auditor.yaml`; nil where there is none.
  let input: InputRecord?
  let pack: RulePack
  let rules: [Rule]
  /// The rules, ready to be looked for.
  let prepared: PreparedRules
  let filter: PathFilter
  /// Scanners for these rules, where many trees share them.
  let scanners: PreparedScan?

  /// Loads the rules. What a command line says wins: its packs replace those of the configuration, and what it disables
  /// is disabled as well.
  ///
  /// - Parameters:
  ///   - root: the audited tree; packs that its configuration names lie in it.
  ///   - rulePacks: paths from a command line, relative to the working directory.
  ///   - shared: rules that were read for many trees; they stand for `rulePacks`.
  /// - Throws: `PackLoader.Failure`, `FileError`, `ConfigurationError`, `ScanRequest.Failure`.
  init(
    _ configuration: Configuration, input: InputRecord?, root: String, inputs: RootedInputs, rulePacks: [String] = [],
    disabled: [String] = [], today: CivilDate, shared: SharedRules? = nil
  ) throws {
    let named = shared?.paths ?? rulePacks
    let usesConfigured = named.isEmpty
    if usesConfigured { try inputs.check(configuration.rulePacks) }
    let pack: RulePack
    let isShared: Bool
    if let shared, !usesConfigured || configuration.rulePacks.isEmpty {
      pack = shared.pack
      isShared = true
    } else {
      pack = try PackLoader.load(
        usesConfigured ? configuration.rulePacks : named, below: usesConfigured ? root : ".", today: today)
      isShared = false
    }
    if let unknown = pack.unknownNames(in: disabled).first {
      throw ScanRequest.Failure.unknownRule(unknown.name, suggestion: unknown.suggestion)
    }
    // A configuration speaks of the rules that it uses, not of those that somebody brings.
    let unknown = Set(pack.unknownNames(in: configuration.disabled).map(\.name))
    let left = usesConfigured ? configuration.disabled : configuration.disabled.filter { !unknown.contains($0) }
    do throws(ScanRequest.Failure) {
      rules = try RuleChoice.rules(of: pack, without: left + disabled)
    } catch {
      if disabled.isEmpty { throw configuration.error(for: error) }
      throw error
    }
    self.configuration = configuration
    self.input = input
    self.pack = pack
    scanners = isShared ? shared?.prepared(for: rules) : nil
    prepared = scanners?.rules ?? PreparedRules(rules, knownNames: pack.names)
    self.filter = try PathFilter(include: configuration.include, exclude: configuration.exclude)
  }
}

extension Configuration {
  /// Reads the `auditor.yaml` of a root; nil where nothing of that name stands.
  ///
  /// - Throws: `FileError`, `ConfigurationError`.
  static func read(_ inputs: RootedInputs, shownAs path: String = fileName) throws -> (Configuration, InputRecord)? {
    guard let bytes = try inputs.read(fileName) else { return nil }
    let input = InputRecord(
      path: fileName, role: "config", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count)
    return (try Configuration(bytes, path: path), input)
  }
}
