package import Formats
package import Rules

/// Looks for automatic failures in the code that made a bundle, with the built-in rules: a configuration that brings
/// rules of its own, or disables some, does not make a bundle any more real.
package struct RealityCodeScan: Sendable {
  /// What was found.
  package struct Outcome: Sendable {
    /// What stands against the code.
    package let code: RealityCode
    /// The files that findings are about.
    package let inputs: [InputRecord]
    /// What could not be read, and a tree without a file to look at.
    package let unevaluated: [Unevaluated]
  }

  private let root: String
  private let paths: [String]
  private let filter: PathFilter
  private let jobs: Int
  private let today: CivilDate

  /// A scan of folders and files.
  ///
  /// - Parameters:
  ///   - root: what paths are relative to.
  ///   - paths: what to look at, relative to the root; `.` for all of it.
  ///   - filter: which paths count.
  package init(
    root: String, paths: [String], filter: PathFilter = .everything, jobs: Int = WorkerThreads.coreCount,
    today: CivilDate
  ) {
    self.root = root
    self.paths = paths
    self.filter = filter
    self.jobs = jobs
    self.today = today
  }

  /// Scans.
  ///
  /// - Parameters:
  ///   - bundles: folders relative to the root, as bytes, that are evidence and no code.
  ///   - progress: told how many of how many files were looked at.
  ///   - shown: how a path of the root is called in the answer.
  package func run(
    without bundles: [[UInt8]] = [], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    shown: (String) -> String = { $0 }
  ) -> Outcome {
    var listing = TreeListing()
    var gaps: [Unevaluated] = []
    for path in paths {
      do throws(FileError) {
        listing.add(try list(path))
      } catch {
        gaps.append(gap(path, "the code that made the bundle was not looked at: \(error.explanation)"))
      }
    }
    listing.files.removeAll { file in bundles.contains { isBelow(file.rawPath, $0) } }
    let rules: [Rule]
    do throws(RulePackError) {
      rules = try RulePack.builtIn().rules.filter(RealityCode.isAutomaticFailure)
    } catch {
      rules = []
      gaps.append(gap(paths.first ?? ".", "\(error)"))
    }
    let scan = TreeScan(root: root, rules: rules, filter: filter, jobs: jobs, today: today)
    let outcome = scan.run(listing, progress: progress)
    if gaps.isEmpty, outcome.unevaluated.isEmpty, outcome.coverage.filesScanned == 0 {
      gaps.append(gap(paths.first ?? ".", "no file of the code that made the bundle was looked at; name another tree"))
    }
    gaps += outcome.unevaluated.map { gap($0.location.path, $0.message) }
    return Outcome(
      code: RealityCode(
        outcome.findings.map { $0.at(shown($0.location.path)) }, paths: paths.map(shown),
        filesScanned: outcome.coverage.filesScanned),
      inputs: outcome.inputs.map {
        InputRecord(path: shown($0.path), role: $0.role, sha256: $0.sha256, byteCount: $0.byteCount)
      },
      unevaluated: gaps.map {
        Unevaluated(area: $0.area, location: $0.location.at(shown($0.location.path)), message: $0.message)
      })
  }

  private func list(_ path: String) throws(FileError) -> TreeListing {
    let isRoot = path == "." || path.isEmpty
    if !isRoot, try FileKind.at("\(root)/\(path)") == .file { return TreeListing(file: path) }
    return try TreeWalk().list(root, below: isRoot ? "" : path)
  }

  private func isBelow(_ path: [UInt8], _ folder: [UInt8]) -> Bool {
    folder.isEmpty || path.starts(with: folder + [UInt8(ascii: "/")])
  }

  private func gap(_ path: String, _ message: String) -> Unevaluated {
    Unevaluated(area: .reality, location: Location(path: path), message: message)
  }
}

extension RealityCodeScan {
  /// Scans a tree that was named on a command line, apart from the bundle where that lies in it; paths begin with the
  /// tree as it was named.
  package static func run(
    _ tree: String, apartFrom bundle: String, jobs: Int, today: CivilDate,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> Outcome {
    if FileKind(ofPath: tree) == .file {
      let parts = PathParts(tree)
      let scan = RealityCodeScan(root: parts.folder, paths: [parts.name], jobs: jobs, today: today)
      return scan.run(shown: { _ in tree })
    }
    var evidence: [[UInt8]] = []
    if let top = ResolvedPath.real(tree), let folder = ResolvedPath.real(bundle), folder.hasPrefix(top + "/") {
      evidence = [Array(folder.utf8.dropFirst(top.utf8.count + 1))]
    }
    let base = tree.hasSuffix("/") ? String(tree.dropLast()) : tree
    let scan = RealityCodeScan(root: tree, paths: ["."], jobs: jobs, today: today)
    return scan.run(
      without: evidence, progress: progress,
      shown: { path in path == "." ? tree : base == "." ? path : "\(base)/\(path)" })
  }
}

extension RealityCodeScan.Outcome {
  /// Several trees as one.
  package static func joined(_ outcomes: [Self]) -> Self? {
    guard outcomes.count > 1 else { return outcomes.first }
    return Self(
      code: RealityCode(joining: outcomes.map(\.code)), inputs: outcomes.flatMap(\.inputs),
      unevaluated: outcomes.flatMap(\.unevaluated))
  }
}
