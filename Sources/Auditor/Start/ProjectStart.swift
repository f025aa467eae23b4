package import Formats
import Glibc
package import Rules

/// Begins the auditing of a tree: looks at what is there, and writes what is missing. Nothing that is there is changed.
package struct ProjectStart: Sendable {
  /// What became of one file.
  package struct Step: Sendable {
    /// What was to be written.
    package let file: StartingFiles.File
    /// Whether something of that name was there, which was left alone.
    package let isKept: Bool
  }

  private let root: String
  private let environment: [String: String]

  /// A beginning at a root.
  package init(_ root: String, environment: [String: String]) {
    self.root = root
    self.environment = environment
  }

  /// What the tree shows.
  ///
  /// - Parameter pipeline: the pipeline that was asked for; one that the tree suggests when nil.
  /// - Throws: `FileError` for a root that cannot be listed, `GitError` where git cannot tell its commit.
  package func facts(pipeline: StartingFacts.Pipeline?, today: CivilDate) throws -> StartingFacts {
    let listing = try TreeWalk().list(root)
    let found = Discovery.look(through: listing.files)
    var facts = StartingFacts()
    let paths = listing.files.map(\.path)
    facts.paths = Set(paths)
    for path in paths {
      guard let name = SourceFile.languageName(path: Array(path.utf8), content: [UInt8]().span) else { continue }
      facts.languages[name, default: 0] += 1
    }
    facts.documents = found.dod?.docs
    facts.gateMaps = found.gates.map(\.map)
    facts.contracts = found.contracts
    facts.packs = found.packs
    facts.bundleCount = BundleSurvey.directories(among: listing.files.map(\.rawPath)).count
    facts.feed = [DoDSettings.standardFeed, StartingFiles.feed].first(where: facts.paths.contains)
    facts.registry = ["core/governance/phase_status.yaml", "dod/phases.yaml"].first(where: facts.paths.contains)
    facts.foreignFolders = StartingFacts.foreignFolders(in: paths)
    facts.commit = try GitRepository.containing(root, environment: environment)?.commits(named: []).head
    facts.pipeline = pipeline ?? suggested(facts.paths)
    facts.today = "\(today)"
    return facts
  }

  /// Writes what is missing, or only says what would be written.
  ///
  /// - Throws: `FileError` for a file that cannot be written; those before it stay.
  package func write(_ files: StartingFiles, isDryRun: Bool) throws(FileError) -> [Step] {
    var steps: [Step] = []
    for file in files.all {
      let path = "\(root)/\(file.path)"
      if isDryRun {
        steps.append(Step(file: file, isKept: FileKind(ofPath: path) != nil))
      } else {
        steps.append(Step(file: file, isKept: try !create(path, Array(file.text.utf8))))
      }
    }
    return steps
  }

  /// Writes a file at a path where nothing stands; false where something does, even since a moment ago.
  private func create(_ path: String, _ bytes: [UInt8]) throws(FileError) -> Bool {
    try AtomicFile.makeFolder(PathParts(path).folder)
    let temporary = "\(path).\(getpid()).tmp"
    try AtomicFile.write(bytes, to: temporary)
    defer { unsafe unlink(temporary) }
    if unsafe link(temporary, path) == 0 { return true }
    guard errno == EEXIST else { throw FileError(.write, path: path, code: errno) }
    return false
  }

  /// Files of a pipeline tell, else the name of the remote.
  private func suggested(_ paths: Set<String>) -> StartingFacts.Pipeline? {
    if paths.contains(".gitlab-ci.yml") { return .gitlab }
    if paths.contains(where: { $0.hasPrefix(".github/") }) { return .github }
    guard let inputs = try? RootedInputs(root: root), let bytes = try? inputs.read(".git/config") else { return nil }
    let remotes = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.contains("url =") }
    if remotes.contains(where: { $0.contains("github") }) { return .github }
    return remotes.contains { $0.contains("gitlab") } ? .gitlab : nil
  }
}
