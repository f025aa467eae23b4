import Formats
import Rules

/// Files that a run declares as what it reads or writes, with their digests.
struct DeclaredFiles {
  /// The most files of one declaration; more would make an event that nobody reads.
  static let mostFiles = 50_000

  /// Digests by path, the path as events name it: below the root, else absolute.
  private(set) var digests: [String: String] = [:]
  /// What could not be recorded: each in one sentence.
  private(set) var problems: [String] = []

  private let root: String
  private let workingDirectory: String
  /// Absolute; the record itself is no part of what it records.
  private let feed: String

  init(root: String, workingDirectory: String, feed: String) {
    self.root = root
    self.workingDirectory = workingDirectory
    self.feed = feed
  }

  /// The paths, sorted.
  var paths: [String] { digests.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  /// Finds and hashes what the declarations name: files, folders with everything below, or globs as a shell reads them.
  mutating func read(_ declarations: [String]) {
    var found: Set<String> = []
    for declaration in declarations {
      let paths = files(declaration)
      if paths.isEmpty { problems.append("'\(declaration)' names no file") }
      found.formUnion(paths)
      guard found.count <= Self.mostFiles else {
        problems.append("more than \(Self.mostFiles) files are declared; name fewer, or an archive of them")
        return
      }
    }
    hash(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  private mutating func hash(_ paths: [String]) {
    let answers = FileDigest.sha256(of: paths.map { Array($0.utf8) }, jobs: WorkerThreads.coreCount)
    for (path, answer) in zip(paths, answers) {
      switch answer {
      case .success(let file): digests[PathText.shown(path, root: root)] = file.digest.hex
      case .failure(let error): problems.append("\(error)")
      }
    }
  }

  /// Absolute paths without links.
  private mutating func files(_ declaration: String) -> [String] {
    let path = ResolvedPath.resolve(declaration, from: workingDirectory, environment: [:])
    if let status = try? FileStatus.of(path) {
      return status.isFolder ? listing(path) { _ in true } : path == feed ? [] : [path]
    }
    let parts = declaration.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.firstIndex(where: Self.isPattern) else { return [] }
    let folder = parts[..<first].joined(separator: "/")
    let base = folder.isEmpty ? (declaration.hasPrefix("/") ? "/" : ".") : folder
    do throws(FormatError) {
      // With a folder in front a pattern is anchored, as a shell anchors it.
      let glob = try Glob("base/" + parts[first...].joined(separator: "/"))
      return listing(ResolvedPath.resolve(base, from: workingDirectory, environment: [:])) {
        glob.matches(Array("base/".utf8) + $0)
      }
    } catch {
      problems.append("'\(declaration)': \(error)")
      return []
    }
  }

  /// The regular files below a folder that are wanted; links are not followed.
  private mutating func listing(_ folder: String, _ isWanted: ([UInt8]) -> Bool) -> [String] {
    do throws(FileError) {
      let listing = try TreeWalk(honoursIgnoreFiles: false).list(folder)
      problems += listing.unevaluated.map { "\(folder)/\($0.location): \($0.message)" }
      var paths: [String] = []
      for file in listing.files where isWanted(file.rawPath) {
        let path = (folder == "/" ? "" : folder) + "/" + file.path
        if String(validating: file.rawPath, as: UTF8.self) == nil {
          problems.append("\(path): the name is not UTF-8, so no event can hold it")
        } else if path != feed {
          paths.append(path)
        }
      }
      return paths
    } catch {
      if !InputFile.isAbsent(error) { problems.append("\(error)") }
      return []
    }
  }

  private static func isPattern(_ part: Substring) -> Bool {
    part.utf8.contains { "*?[{\\".utf8.contains($0) }
  }
}
