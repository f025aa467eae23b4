import Formats

/// One run of a tree, judged: what `audit`, `bundle inventory` and `bundle status` tell of it.
package struct BundleResult: Sendable {
  /// Where the run lies, relative to the root of the survey.
  package let path: String
  /// The folder of its bundle root, relative to the root of the survey; nil when that is out of reach.
  package let bundleRoot: String?
  /// The answer of `bundle validate`.
  package let validation: BundleValidation
  /// Whether it may be promoted.
  package let promotability: Promotability
  /// When it says that it was last written, in seconds since 1970.
  package let updatedAt: Double?
  /// LATEST names it.
  package let isLatest: Bool
  /// Digests of its indexed artifacts by their path within the run, as `byteKey`.
  let digests: [[UInt8]: String]

  /// A run as it was judged.
  ///
  /// - Parameter prefix: the folder, relative to the root of the survey, that the run's own paths are relative to.
  package init(_ findings: BundleFindings, below prefix: String = "") {
    let place = findings.facts.place
    func told(_ path: String) -> String { prefix.isEmpty ? path : path.isEmpty ? prefix : "\(prefix)/\(path)" }
    path = told(place.directory).isEmpty ? "." : told(place.directory)
    bundleRoot = place.bundleRoot.map(told)
    validation = BundleValidation(findings)
    promotability = Promotability(findings)
    updatedAt = findings.updatedAt
    isLatest = place.isNamedByLatest
    var digests: [[UInt8]: String] = [:]
    let within = place.directory.isEmpty ? [] : Array("\(place.directory)/".utf8)
    for entry in findings.index?.entries ?? [] {
      guard let digest = entry.value["sha256"]?.string, entry.path.utf8.starts(with: within) else { continue }
      digests[Array(entry.path.utf8.dropFirst(within.count))] = digest
    }
    self.digests = digests
  }

  /// What the run adds to an exit status: a run that is being written is waited for, one that is wrong is a finding.
  package var exitStatus: ExitStatus {
    if validation.isValid { return .clean }
    return validation.errors.map(\.code) == [.inProgress] ? .incomplete : .findings
  }

  /// One word: `VALID`, `WAITING` or `INVALID`.
  package var verdict: String {
    switch exitStatus {
    case .clean: "VALID"
    case .incomplete: "WAITING"
    default: "INVALID"
    }
  }
}

/// What the bundles of one tree say against each other. Each alone may be valid.
package enum BundleContradictions {
  /// Contradictions as findings, in the order of the bundles.
  ///
  /// - Parameters:
  ///   - results: the bundles of the tree.
  ///   - brokenLatest: bundle roots whose LATEST cannot be used, with why.
  package static func findings(
    _ results: [BundleResult], brokenLatest: [(bundleRoot: String, error: BundleError)]
  ) -> [Finding] {
    sameRun(results) + worlds(results) + behind(results)
      + brokenLatest.map { root, error in
        Finding(
          ruleID: "bundles.\(error.code.rawValue.replacingUnderscores)", level: .error,
          message: error.detail ?? error.code.meaning, location: Location(path: latest(root)),
          remediation: "have the producer write the id of the newest committed run, and nothing else")
      }
  }

  /// One run id, and artifacts of one name with different digests.
  private static func sameRun(_ results: [BundleResult]) -> [Finding] {
    var first: [[UInt8]: BundleResult] = [:]
    return results.compactMap { result -> Finding? in
      guard let id = result.validation.runID else { return nil }
      guard let earlier = first[id.byteKey] else {
        first[id.byteKey] = result
        return nil
      }
      let differing = result.digests.filter { (earlier.digests[$0.key] ?? $0.value) != $0.value }
      guard !differing.isEmpty else { return nil }
      let names = differing.keys.map { String(decoding: $0, as: UTF8.self) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return Finding(
        ruleID: "bundles.run-id-conflict", level: .error,
        message: "run '\(id)' is here with other digests than in \(earlier.path): \(names.joined(separator: ", "))",
        location: Location(path: "\(result.path)/\(RunFile.index)"), evidence: ["\(earlier.path)/\(RunFile.index)"],
        remediation: "a run id names one run: find out which copy was changed, and remove it")
    }
  }

  /// Runs of two worlds in one bundle root.
  private static func worlds(_ results: [BundleResult]) -> [Finding] {
    var first: [[UInt8]: BundleResult] = [:]
    return results.compactMap { result -> Finding? in
      guard let root = result.bundleRoot, let world = result.validation.worldID else { return nil }
      guard let earlier = first[root.byteKey] else {
        first[root.byteKey] = result
        return nil
      }
      guard let other = earlier.validation.worldID, !other.isIdentical(to: world) else { return nil }
      return Finding(
        ruleID: "bundles.world-conflict", level: .error,
        message: "this run is of world '\(world)', \(earlier.path) beside it of '\(other)'",
        location: Location(path: "\(result.path)/\(RunFile.index)"), evidence: ["\(earlier.path)/\(RunFile.index)"],
        remediation: "keep the runs of one world in one bundle root")
    }
  }

  /// LATEST names a run, and a committed one beside it was written later.
  private static func behind(_ results: [BundleResult]) -> [Finding] {
    results.filter(\.isLatest).compactMap { named -> Finding? in
      guard let root = named.bundleRoot, let time = named.updatedAt else { return nil }
      let newer = results.filter { other in
        other.bundleRoot?.isIdentical(to: root) == true && other.validation.isCommitted
          && other.validation.state != .inProgress && other.validation.state != nil && other.updatedAt ?? time > time
      }
      guard let newest = newer.max(by: { $0.updatedAt ?? time < $1.updatedAt ?? time }) else { return nil }
      return Finding(
        ruleID: "bundles.latest-behind", level: .error,
        message: "LATEST names \(named.path), and \(newest.path) was committed later",
        location: Location(path: latest(root)), evidence: ["\(newest.path)/\(CoreArtifact.runStatus.rawValue)"],
        remediation: "have the producer put the newest committed run into LATEST")
    }
  }

  private static func latest(_ root: String) -> String {
    root.isEmpty ? BundleRootFile.latest : "\(root)/\(BundleRootFile.latest)"
  }
}

extension String {
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
