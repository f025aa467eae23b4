package import Formats
package import Rules

/// A scan as somebody asked for it on a command line.
package struct ScanRequest: Sendable {
  /// What came out, and with which rules.
  package struct Result: Sendable {
    /// Findings, gaps and coverage.
    package let outcome: ScanOutcome
    /// The rules that were used.
    package let pack: RulePack
  }

  /// A scan that cannot begin.
  package enum Failure: Error, CustomStringConvertible {
    /// A rule that is left out does not exist.
    case unknownRule(String, suggestion: String?)
    /// Everything was left out.
    case noRules

    /// What to do about it.
    package var description: String {
      switch self {
      case .unknownRule(let name, let suggestion):
        "no rule is called '\(name)'\(suggestion.map { ", did you mean '\($0)'?" } ?? ""); 'auditor rules list' shows them"
      case .noRules: "every rule is disabled: nothing would be looked for"
      }
    }
  }

  private let paths: [String]
  private let rulePacks: [String]
  private let disabled: [String]
  private let honoursIgnoreFiles: Bool
  private let jobs: Int
  private let now: Timestamp

  /// A request; no paths means the working directory.
  package init(
    paths: [String], rulePacks: [String], disabled: [String], honoursIgnoreFiles: Bool, jobs: Int, now: Timestamp
  ) {
    self.paths = paths.isEmpty ? ["."] : paths
    self.rulePacks = rulePacks
    self.disabled = disabled
    self.honoursIgnoreFiles = honoursIgnoreFiles
    self.jobs = jobs
    self.now = now
  }

  /// Loads the rules and scans each path; findings are told relative to the working directory.
  package func run(progress: @escaping @Sendable (Int, Int) -> Void) throws -> Result {
    let pack = try PackLoader.load(rulePacks, today: now.date)
    let rules = try RuleChoice.rules(of: pack, without: disabled)
    var whole = ScanOutcome()
    for path in paths {
      whole.add(try scan(path, rules, progress))
    }
    if whole.coverage.filesScanned == 0 {
      whole.unevaluated.append(
        Unevaluated(
          area: .scan, location: Location(path: paths.joined(separator: ", ")),
          message: "no file was scanned; name a path that holds text files, or lift the ignore rules with --no-ignore"))
    }
    return Result(outcome: whole, pack: pack)
  }

  private func scan(
    _ path: String, _ rules: [Rule], _ progress: @escaping @Sendable (Int, Int) -> Void
  ) throws -> ScanOutcome {
    let status = try FileStatus.of(path)
    if !status.isFolder {
      // One file is a tree of its own: its folder is the root, so that path filters see its name.
      let parts = PathParts(path)
      let listing = TreeListing(file: parts.name)
      let scan = TreeScan(root: parts.folder, rules: rules, filter: .everything, jobs: 1, today: now.date)
      return scan.run(listing, progress: progress).prefixed(with: parts.folder)
    }
    let listing = try TreeWalk(honoursIgnoreFiles: honoursIgnoreFiles).list(path)
    let scan = TreeScan(root: path, rules: rules, filter: .everything, jobs: jobs, today: now.date)
    return scan.run(listing, progress: progress).prefixed(with: path)
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
