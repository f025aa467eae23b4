import Glibc
import Rules

/// The root below which everything of a bundle is read and written.
struct BundleRoot: Sendable {
  let folder: RootedFolder
  /// The absolute real path.
  private let real: String

  /// Opens the folder that `--root` names.
  init(_ path: String) throws(BundleError) {
    do throws(FileError) {
      folder = try RootedFolder(path)
    } catch {
      throw BundleError(.rootUnreadable, detail: "\(error)")
    }
    guard let real = ResolvedPath.real(path) else { throw BundleError(.rootUnreadable, detail: path) }
    self.real = real
  }

  /// A path of the command line relative to the root, links resolved (empty for the root itself); nil when it is neither
  /// the root nor below it. What does not exist is taken as spelled from there on.
  func relative(_ path: String) -> String? {
    guard let working = try? WorkingDirectory.path() else { return nil }
    let absolute = ResolvedPath.resolve(absolute: path.hasPrefix("/") ? path : "\(working)/\(path)")
    let prefix = real == "/" ? "/" : real + "/"
    let below: String
    if absolute.utf8.elementsEqual(real.utf8) {
      below = ""
    } else if absolute.utf8.starts(with: prefix.utf8) {
      below = String(decoding: absolute.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    } else {
      return nil
    }
    // A link that leads nowhere yet is resolved here, and refused where it would lead out.
    return (try? folder.locate(below))?.text
  }

  /// The run directory that a path of the command line names (BUNDLE_RULES section 2).
  func run(at path: String) throws(BundleError) -> RunPlace {
    guard (try? FileStatus.of(path))?.isFolder == true else { throw BundleError(.bundleNotFound, detail: path) }
    guard let below = relative(path) else { throw BundleError(.pathEscape, detail: "'\(path)' lies outside the root") }
    return try run(below: below)
  }

  /// The run directory that a real path below the root names.
  func run(below directory: String) throws(BundleError) -> RunPlace {
    guard let name = try latest(in: directory) else {
      let parent = directory.isEmpty ? nil : directory.contains("/") ? PathParts(directory).folder : ""
      return RunPlace(directory: directory, bundleRoot: parent, isNamedByLatest: false)
    }
    let place: RootedPlace
    do throws(FileError) {
      place = try folder.locate(directory.isEmpty ? name : "\(directory)/\(name)")
    } catch {
      throw BundleError(.latestInvalid, detail: "'\(name)': \(error.explanation)")
    }
    guard place.kind == .folder else {
      throw BundleError(.latestDangling, detail: "LATEST names '\(name)', and no such directory is there")
    }
    guard place.isBelow(Array(directory.utf8)) else {
      throw BundleError(.latestInvalid, detail: "'\(name)' leads out of the bundle root")
    }
    return RunPlace(directory: place.text, bundleRoot: directory, isNamedByLatest: true)
  }

  /// The run that LATEST of a directory names, or nil where there is none or it says nothing.
  func latest(in directory: String) throws(BundleError) -> String? {
    let bytes: [UInt8]?
    do throws(FileError) {
      bytes = try latestContent(in: directory)
    } catch {
      throw BundleError(.latestInvalid, detail: "\(error)")
    }
    switch bytes.map(Latest.init) {
    case nil, .nothing?: return nil
    case .run(let name)?: return name
    case .invalid?: throw BundleError(.latestInvalid, detail: "it holds no run id")
    }
  }

  /// The bytes of LATEST; nil where nothing of that name stands. A link is no LATEST, wherever it leads.
  private func latestContent(in directory: String) throws(FileError) -> [UInt8]? {
    var walk = RootedWalk(folder)
    guard let mode = try walk.mode(ofEntry: BundleRootFile.latest, in: Array(directory.utf8)) else { return nil }
    guard mode & S_IFMT == S_IFREG else {
      throw FileError(.read, path: BundleRootFile.latest, reason: .notRegular(FileReader.irregularKind(mode) ?? "link"))
    }
    let path = directory.isEmpty ? BundleRootFile.latest : "\(directory)/\(BundleRootFile.latest)"
    return try folder.readSettled(path, limit: BundleLimits.latestBytes)
  }
}

/// Named bounds on what is read of bundles.
package enum BundleLimits {
  /// The most bytes of LATEST, which holds one run id.
  package static let latestBytes = 1 << 16
  /// The longest that a writer waits for another, in seconds.
  package static let waitSeconds = 3_600
}
