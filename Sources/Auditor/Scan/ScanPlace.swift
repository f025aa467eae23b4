import Rules

/// Where a scan takes place: the root that patterns, configuration and identities of findings are relative to, and what
/// below it was asked for.
struct ScanPlace: Sendable {
  /// Something that was named on the command line.
  struct Target: Sendable {
    /// Relative to the root; empty for the root itself.
    let relative: String
    /// As it was written.
    let shown: String
    /// Not a folder, so that its name alone is meant.
    let isFile: Bool

    /// Whether a path of the root is the target or lies in it.
    func covers(_ path: String) -> Bool {
      relative.isEmpty || path == relative || !isFile && path.hasPrefix(relative + "/")
    }
  }

  /// The absolute path, without links.
  let root: String
  /// Whether `auditor.yaml` stands at the root.
  let hasConfiguration: Bool
  /// What was asked for.
  let targets: [Target]
  /// The working directory, to show paths that no target covers.
  private let here: String

  /// Whether everything below the root was asked for.
  var isWhole: Bool { targets.contains { $0.relative.isEmpty && !$0.isFile } }

  /// Whether a path of the root was asked for.
  func covers(_ path: String) -> Bool { targets.contains { $0.covers(path) } }

  /// Whether a path of the root, as the file system spells it, was asked for.
  func covers(_ path: [UInt8]) -> Bool { isWhole || covers(String(decoding: path, as: UTF8.self)) }

  /// A path of the root as the command line spells it; relative to the working directory where nobody spelled it.
  func shown(_ path: String) -> String {
    if path.hasPrefix("/") { return ScanPlace.relative(path, to: here) }
    let path = path == "." ? "" : path
    for target in targets where target.covers(path) {
      let rest = target.relative.isEmpty ? path : String(path.dropFirst(target.relative.count + 1))
      if rest.isEmpty { return target.shown }
      return target.shown == "." ? rest : target.shown + (target.shown.hasSuffix("/") ? "" : "/") + rest
    }
    return ScanPlace.relative(path.isEmpty ? root : "\(root)/\(path)", to: here)
  }

  /// Finds the root of each path: the folder of the nearest `auditor.yaml` at or above it, else the top of its
  /// repository, else the working directory or the path itself. Nothing above the repository is looked at: who may write
  /// there must not configure what is scanned here.
  ///
  /// - Parameter mayBeAbsent: paths that only the index or nothing knows are no error.
  /// - Throws: `FileError` for a path that does not exist.
  static func places(of paths: [String], mayBeAbsent: Bool) throws(FileError) -> [ScanPlace] {
    let here = try WorkingDirectory.path()
    var places: [ScanPlace] = []
    for path in paths {
      let (folder, name) = try resolve(path, from: here, mayBeAbsent: mayBeAbsent)
      let (root, hasConfiguration) = try root(of: folder, here: here)
      let below = folder == root ? "" : String(folder.dropFirst(root == "/" ? 1 : root.count + 1))
      let relative = name.map { below.isEmpty ? $0 : "\(below)/\($0)" } ?? below
      let target = Target(relative: relative, shown: path, isFile: name != nil)
      if let known = places.firstIndex(where: { $0.root == root }) {
        places[known] = ScanPlace(
          root: root, hasConfiguration: hasConfiguration, targets: places[known].targets + [target], here: here)
      } else {
        places.append(ScanPlace(root: root, hasConfiguration: hasConfiguration, targets: [target], here: here))
      }
    }
    return places
  }

  /// The folder of a path without links, and the name in it when the path is no folder. The last part of a file's path
  /// is left alone: a link is judged as what it is.
  private static func resolve(
    _ path: String, from here: String, mayBeAbsent: Bool
  ) throws(FileError) -> (folder: String, name: String?) {
    let isFolder: Bool
    do throws(FileError) {
      isFolder = try FileStatus.of(path).isFolder
    } catch {
      guard mayBeAbsent else { throw error }
      isFolder = false
    }
    let absolute = path.hasPrefix("/") ? path : "\(here)/\(path)"
    if isFolder { return (ResolvedPath.resolve(absolute: absolute), nil) }
    let parts = PathParts(absolute)
    return (ResolvedPath.resolve(absolute: parts.folder), parts.name)
  }

  private static func root(
    of folder: String, here: String
  ) throws(FileError) -> (path: String, hasConfiguration: Bool) {
    var above = [folder]
    while let last = above.last, last != "/" { above.append(PathParts(last).folder) }
    var repository: Int?
    for (index, folder) in above.enumerated() where repository == nil {
      if try FileKind.at("\(folder)/.git") != nil { repository = index }
    }
    let end = repository ?? above.firstIndex(of: here) ?? 0
    for folder in above[...end] {
      if try FileKind.at("\(folder)/\(Configuration.fileName)") != nil { return (folder, true) }
    }
    return (above[end], false)
  }

  /// A path as seen from a folder, where that is not longer than the path itself.
  private static func relative(_ path: String, to folder: String) -> String {
    let (parts, base) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(parts, base).prefix { $0 == $1 }.count
    let steps = Array(repeating: "..", count: base.count - shared) + parts[shared...].map(String.init)
    if steps.isEmpty { return "." }
    return shared == 0 ? path : steps.joined(separator: "/")
  }
}
