import Formats
import Rules

/// What decides how one place is scanned, read before anything is: its configuration, and a policy over it.
struct ScanGovernance: Sendable {
  /// The plan that came of it.
  let plan: ScanPlan
  /// What the policy made of the tree's own configuration; nil without one.
  var ruling: PolicyRuling?
  /// Worth a word, and no part of the outcome.
  let notes: [String]
  /// Where the files that the configuration names are read.
  private let source: Source

  /// The tree as it lies there, or as it is staged.
  private struct Source: Sendable {
    let inputs: RootedInputs
    let root: String
    /// Goes when nothing is read any more.
    var copy: PrivateFolder?
  }

  /// Reads what governs a place.
  ///
  /// - Throws: `FileError`, `ConfigurationError`, `GitError`, `PackLoader.Failure`, `ScanRequest.Failure`, `Policy.InTree`.
  init(_ request: ScanRequest, of place: ScanPlace) throws {
    try request.policy?.check(isOutsideOf: place.root)
    let shownAs = place.shown(Configuration.fileName)
    var notes: [String] = []
    let written: (Configuration, InputRecord)?
    if case .staged = request.selection {
      let staged = try StagedGovernance(root: place.root, shownAs: shownAs, environment: request.environment)
      source = Source(inputs: try RootedInputs(root: staged.copy.path), root: staged.copy.path, copy: staged.copy)
      written = staged.configuration
      notes = staged.notes
    } else {
      source = Source(inputs: try RootedInputs(root: place.root), root: place.root)
      written = place.hasConfiguration ? try Configuration.read(source.inputs, shownAs: shownAs) : nil
    }
    let own = written?.0 ?? Configuration()
    ruling = request.policy.map { PolicyRuling($0, over: own, shownAs: shownAs) }
    plan = try ScanPlan(
      ruling?.configuration ?? own, input: written?.1, root: source.root, inputs: source.inputs,
      rulePacks: request.policy?.rulePacks ?? request.rulePacks, disabled: request.disabled,
      today: request.asOf ?? request.now.date)
    self.notes = notes
  }

  /// What somebody has accepted, as the request, the policy or the configuration says.
  func acceptance(_ request: ScanRequest, in place: ScanPlace) throws -> Acceptance {
    try Acceptance(
      Acceptance.Request(
        waivers: request.policy?.waivers ?? request.waivers, baseline: request.baseline, isNewOnly: request.isNewOnly),
      plan.configuration, root: place.root, inputs: source.inputs)
  }
}

/// The files of the index that say how a tree is judged, as a private copy: a commit is judged by what it holds, not by what
/// lies beside it.
struct StagedGovernance {
  /// Where they lie, at the paths that they have in the tree.
  let copy: PrivateFolder
  /// The configuration that is staged; nil where none is.
  private(set) var configuration: (Configuration, InputRecord)?
  /// Says where the tree that lies there would judge otherwise.
  private(set) var notes: [String] = []

  init(root: String, shownAs path: String, environment: [String: String]) throws {
    guard let repository = try GitRepository.containing(root, environment: environment) else {
      throw GitError.noRepository(folder: root)
    }
    copy = try PrivateFolder(for: "staged", environment: environment)
    let name = Configuration.fileName
    try Self.take([name], of: repository, into: copy)
    configuration = try Configuration.read(try RootedInputs(root: copy.path), shownAs: path)
    if let (configuration, _) = configuration {
      let named = configuration.rulePacks + configuration.waivers + [configuration.baseline].compactMap { $0 }
      try Self.take(named, of: repository, into: copy)
    }
    let lying = try RootedInputs(root: root).read(name).map { SHA256.digest($0).hex }
    switch (configuration, lying) {
    case (nil, _?): notes.append("\(path) is not staged and does not count")
    case (let staged?, let lying?) where staged.1.sha256 != lying:
      notes.append("\(path) counts as it is staged, not as it lies there")
    default: break
    }
  }

  private static func take(_ names: [String], of repository: GitRepository, into copy: PrivateFolder) throws {
    // What leads out of the tree is refused where it is read.
    let inside = names.filter { !$0.hasPrefix("/") && !PathParts.components(of: $0).contains("..") }
    let files = try repository.staged(inside)
    let contents = try repository.contents(of: files.map(\.blob), limit: TreeScan.scannedBytes)
    for (file, content) in zip(files, contents) {
      guard let content else {
        throw FileError(.read, path: file.path, reason: .tooLarge(limit: TreeScan.scannedBytes))
      }
      try AtomicFile.write(content, to: "\(copy.path)/\(file.path)")
    }
  }
}
