import Formats
import Glibc
package import Rules

/// Finds and judges every bundle of a tree: each folder with an `artifact_index.json` or a `run_status.json`.
package struct BundleSurvey: Sendable {
  /// What was found.
  package struct Outcome: Sendable {
    /// Runs, in byte order of their paths.
    package var bundles: [BundleResult] = []
    /// What they say against each other.
    package var findings: [Finding] = []
    /// What was read.
    package var inputs: [InputRecord] = []
    /// What could not be read.
    package var unevaluated: [Unevaluated] = []

    /// The gravest of everything.
    package var exitStatus: ExitStatus {
      if !unevaluated.isEmpty { return .noVerdict }
      let found: ExitStatus = findings.isEmpty ? .clean : .findings
      return bundles.reduce(found) { $0.combined(with: $1.exitStatus) }
    }
  }

  private static let marks = [RunFile.index, CoreArtifact.runStatus.rawValue].map { Array($0.utf8) }

  private let root: BundleRoot
  /// How the root is called in the answer, relative to what the caller audits.
  private let prefix: String

  /// A survey below a root.
  ///
  /// - Parameter prefix: stands before every path of the answer.
  package init(root: String, prefix: String = "") throws(BundleError) {
    self.root = try BundleRoot(root)
    self.prefix = prefix
  }

  /// The run directories among files, in byte order.
  package static func directories(among files: [[UInt8]]) -> [[UInt8]] {
    var found: Set<[UInt8]> = []
    for path in files {
      let slash = path.lastIndex(of: UInt8(ascii: "/"))
      guard marks.contains(Array(path[(slash.map { $0 + 1 } ?? 0)...])) else { continue }
      found.insert(slash.map { Array(path[..<$0]) } ?? [])
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Judges every run below a folder, links not followed.
  ///
  /// - Parameter folder: relative to the root.
  package func run(below folder: String) -> Outcome {
    do throws(FileError) {
      let base = try root.folder.locate(folder).path
      let files = try root.folder.tree(folder).filter { $0.kind == .file || $0.kind == .linkToFile }
      return run(Self.directories(among: files.map { joined(base, $0.path) }))
    } catch {
      var outcome = Outcome()
      outcome.unevaluated.append(
        Unevaluated(area: .bundles, location: Location(path: told(folder)), message: "\(error)"))
      return outcome
    }
  }

  /// The path below the root of a folder of the command line.
  ///
  /// - Throws: `bundle_not_found`, `path_escape`.
  package func folder(_ path: String) throws(BundleError) -> String {
    guard (try? FileStatus.of(path))?.isFolder == true else { throw BundleError(.bundleNotFound, detail: path) }
    guard let below = root.relative(path) else {
      throw BundleError(.pathEscape, detail: "'\(path)' lies outside the root")
    }
    return below
  }

  /// Judges runs.
  ///
  /// - Parameter directories: relative to the root.
  package func run(_ directories: [[UInt8]]) -> Outcome {
    var outcome = Outcome()
    var latest: [[UInt8]: String] = [:]
    var broken: [(bundleRoot: String, error: BundleError)] = []
    for directory in directories.map({ String(decoding: $0, as: UTF8.self) }) {
      let parent = directory.isEmpty ? nil : directory.contains("/") ? PathParts(directory).folder : ""
      if let parent, latest[parent.byteKey] == nil {
        do throws(BundleError) {
          let place = try root.run(below: parent)
          latest[parent.byteKey] = place.isNamedByLatest ? place.directory : ""
        } catch {
          latest[parent.byteKey] = ""
          broken.append((told(parent), error))
        }
      }
      let isLatest = parent.flatMap { latest[$0.byteKey] }.map { !$0.isEmpty && $0.utf8.elementsEqual(directory.utf8) }
      let place = RunPlace(directory: directory, bundleRoot: parent, isNamedByLatest: isLatest ?? false)
      var gathering = RunGathering(place, root: root)
      outcome.bundles.append(BundleResult(BundleFindings(gathering.facts()), below: prefix))
      outcome.inputs += gathering.inputs.map {
        InputRecord(path: told($0.path), role: $0.role, sha256: $0.sha256, byteCount: $0.byteCount)
      }
      outcome.unevaluated += gathering.failures.map {
        Unevaluated(area: .bundles, location: Location(path: told($0.path)), message: $0.explanation)
      }
    }
    outcome.findings = BundleContradictions.findings(outcome.bundles, brokenLatest: broken)
    return outcome
  }

  private func told(_ path: String) -> String { prefix.isEmpty ? path : path.isEmpty ? prefix : "\(prefix)/\(path)" }

  /// Who stands on the lock of a bundle root.
  package func lock(in bundleRoot: String) -> LockState {
    let path = bundleRoot.isEmpty ? BundleRootFile.lock : "\(bundleRoot)/\(BundleRootFile.lock)"
    guard let status = root.status(path) else { return .absent }
    // Asking for the lock, even for a moment, would make a writer fail that asks at the same time.
    guard let table = try? FileReader.read("/proc/locks") else { return .unknown }
    let inode = ":\(status.st_ino) "
    let isHeld = String(decoding: table, as: UTF8.self).split(separator: "\n").contains { line in
      line.contains("FLOCK") && line.contains(inode)
    }
    return isHeld ? .held : .free
  }

  /// Whether a writer works on a bundle root.
  package enum LockState: String, Sendable {
    /// No lock file.
    case absent
    /// A lock file that nobody holds: a writer was killed.
    case free
    /// A writer works.
    case held
    /// A lock file, and the system does not tell who holds it.
    case unknown
  }
}

extension BundleRoot {
  /// What the system says of a regular file below the root; nil where there is none.
  fileprivate func status(_ path: String) -> stat? {
    var walk = RootedWalk(folder)
    guard let file = try? walk.openSettled(Array(path.utf8)) else { return nil }
    var status = stat()
    return unsafe fstat(file.number, &status) == 0 ? status : nil
  }
}
