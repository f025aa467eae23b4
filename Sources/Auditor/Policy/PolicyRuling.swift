import Formats
import Rules

/// A policy applied to one tree: the configuration that counts, and what of the tree's own does not.
struct PolicyRuling {
  private(set) var configuration: Configuration
  private let policy: Policy
  /// The configuration's file, as it is told.
  private let shownAs: String
  private var overridden: [AppliedPolicy.Override] = []

  /// Decides over a configuration.
  ///
  /// - Parameters:
  ///   - found: what looking through the tree would have found, had nobody written anything down.
  ///   - bundles: the folders of all bundles in the tree.
  init(_ policy: Policy, over written: Configuration, found: Configuration, bundles: [String]) {
    self.init(policy, over: written, shownAs: Configuration.fileName)
    if written.isExplicit, !policy.allowed.contains(.sections) { addSections(found, bundles) }
  }

  /// Decides over what a scan goes by: it judges no phases, gates, contracts, bundles or packs.
  init(_ policy: Policy, over written: Configuration, shownAs: String) {
    self.policy = policy
    self.shownAs = shownAs
    configuration = written
    if written.isExplicit { decide() }
    configuration.disabled = policy.disabled + configuration.disabled.filter { !policy.disabled.contains($0) }
    configuration.exclude = policy.exclude + configuration.exclude
    if !configuration.isExplicit || configuration.failOn == nil { configuration.failOn = policy.failOn }
  }

  /// What the report says of it.
  var applied: AppliedPolicy {
    AppliedPolicy(path: policy.path, sha256: policy.sha256, overridden: overridden)
  }

  /// Lets findings count again that comments of the tree suppress.
  ///
  /// - Parameter shown: how a path is told.
  mutating func lift(_ findings: inout [Finding], shown: (String) -> String = { $0 }) {
    if policy.allowed.contains(.suppressions) { return }
    for index in findings.indices where findings[index].suppression?.kind == .inSource {
      let finding = findings[index]
      let reason = finding.suppression?.reason ?? ""
      findings[index].suppression = nil
      overridden.append(
        AppliedPolicy.Override(
          key: Policy.Freedom.suppressions.rawValue, what: "\(finding.ruleID) counts, suppressed as '\(reason)'",
          location: finding.location.at(shown(finding.location.path))))
    }
  }

  /// Says how many files ignore files would have hidden.
  ///
  /// - Parameter path: the ignore file at the root, as it is told.
  mutating func note(ignored count: Int, shownAs path: String = ".gitignore") {
    if count == 0 { return }
    overridden.append(
      AppliedPolicy.Override(
        key: Policy.Freedom.ignoreFiles.rawValue,
        what: count == 1 ? "1 file is looked at that git ignores" : "\(count) files are looked at that git ignores",
        location: Location(path: path)))
  }

  private mutating func decide() {
    take(.rules, "rules", configuration.rulePacks, "the policy's rules are used") { $0.rulePacks = [] }
    take(.disable, "disable", configuration.disabled, "is looked for") { $0.disabled = [] }
    take(.scan, "scan.exclude", configuration.exclude, "is scanned") { $0.exclude = [] }
    take(.scan, "scan.include", configuration.include, "everything else is scanned too") { $0.include = [] }
    take(.waivers, "waivers", configuration.waivers, "waives nothing") { $0.waivers = [] }
    take(.baseline, "baseline", configuration.baseline.map { [$0] } ?? [], "accepts nothing") { $0.baseline = nil }
    if let own = configuration.failOn, own.isMilder(than: policy.failOn), !policy.allowed.contains(.failOn) {
      override("fail_on", "'\(own.rawValue)': '\(policy.failOn.rawValue)' counts")
      configuration.failOn = policy.failOn
    }
  }

  private mutating func take(
    _ freedom: Policy.Freedom, _ key: String, _ values: [String], _ instead: String,
    _ drop: (inout Configuration) -> Void
  ) {
    if values.isEmpty || policy.allowed.contains(freedom) { return }
    for (index, value) in values.enumerated() {
      override("\(key)[\(index)]", as: key, "'\(value)': \(instead)")
    }
    drop(&configuration)
  }

  /// What is in the tree is judged, whether its configuration names it or not.
  private mutating func addSections(_ found: Configuration, _ bundles: [String]) {
    if configuration.dod == nil, let section = found.dod {
      configuration.dod = section
      override("dod", "not named: the documents in \(section.docs ?? ".") are judged")
    } else if configuration.dod?.operationalTargets != nil {
      configuration.dod?.operationalTargets = nil
      override("dod.operational_proof", "the usual phases need operational proof")
    }
    let maps = Set(configuration.gates.map(\.map))
    for section in found.gates where !maps.contains(section.map) {
      configuration.gates.append(section)
      override("gates", "'\(section.map)' is not named: it is judged")
    }
    for pack in found.packs where !configuration.packs.contains(pack) {
      configuration.packs.append(pack)
      override("packs", "'\(pack)' is not named: it is judged")
    }
    for contract in found.contracts where !configuration.contracts.contains(where: { covers($0, contract) }) {
      configuration.contracts.append(contract)
      override("contracts", "'\(contract)' is not named: it is judged")
    }
    guard let sections = configuration.bundles else { return }
    for bundle in bundles where !sections.contains(where: { covers($0.path, bundle) }) {
      configuration.bundles?.append(Configuration.BundleSection(path: bundle, root: nil))
      override("bundles", "'\(bundle)' is not named: it is judged")
    }
  }

  private func covers(_ named: String, _ path: String) -> Bool {
    let parts = PathParts.components(of: named)
    return PathParts.components(of: path).starts(with: parts)
  }

  private mutating func override(_ place: String, as key: String? = nil, _ what: String) {
    let position = configuration.places[place] ?? configuration.places[key ?? place]
    overridden.append(
      AppliedPolicy.Override(
        key: key ?? place, what: what,
        location: Location(path: shownAs, line: position?.line, column: position?.column)))
  }
}

extension FailureThreshold {
  /// Whether some finding fails the other threshold and not this one.
  func isMilder(than other: FailureThreshold) -> Bool {
    Severity.allCases.contains { other.isReached(by: $0) && !isReached(by: $0) }
  }
}
