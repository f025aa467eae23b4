import Formats
import Rules

/// The files that a scan is about, with what is known of them beyond the disk.
struct ScanSubject: Sendable {
  /// The files, and what was passed over on the way to them.
  var listing: TreeListing
  /// The lines that count, by path; all lines of all files when nil.
  var changes: [[UInt8]: ChangedLines]?
  /// Contents that do not come from the disk, by path.
  var contents: [[UInt8]: [UInt8]]?
  /// How the files were chosen.
  var scope: Scope
  /// Everything that was walked, whether a change touched it or not.
  var tree: TreeListing
  /// Nothing below the root was left out of `tree` by choice.
  var isTreeComplete: Bool
  /// Paths that the change took away.
  var removed: [[UInt8]] = []

  /// All files of a listing.
  init(_ listing: TreeListing, scope: Scope) {
    self.listing = listing
    self.scope = scope
    tree = listing
    isTreeComplete = scope.isWhole
  }
}

extension ScanSubject {
  /// What a change made of a listing: its files that changed, each with its lines.
  ///
  /// - Throws: `GitError` when git cannot tell what changed: never taken for 'nothing'.
  static func changed(
    since revision: String, in listing: TreeListing, isComplete: Bool, root: String, environment: [String: String]
  ) throws -> ScanSubject {
    let repository = try Self.repository(at: root, environment)
    let found = try repository.changes(since: revision)
    let lines = try repository.lines(of: found.changes, below: root)
    var subject = ScanSubject(listing, scope: Scope(.diff, revision: revision, base: found.base))
    subject.listing.keepChanged(Set(lines.keys))
    subject.changes = lines
    subject.isTreeComplete = isComplete
    subject.removed = try repository.removed(found.changes, below: root)
    return subject
  }

  /// What a change made of the part of a tree that is asked for, as git tells it: nothing is walked.
  ///
  /// - Throws: `GitError` when git cannot tell what changed: never taken for 'nothing'.
  static func changed(
    since revision: String, in place: ScanPlace, honoursIgnoreFiles: Bool, environment: [String: String]
  ) throws -> ScanSubject {
    let repository = try Self.repository(at: place.root, environment)
    let found = try repository.changes(since: revision, honoursIgnoreFiles: honoursIgnoreFiles)
    let lines = try repository.lines(of: found.changes, below: place.root)
    let removed = Set(try repository.removed(found.changes, below: place.root))
    var subject = ScanSubject(TreeListing(), scope: Scope(.diff, revision: revision, base: found.base))
    var tree = TreeListing()
    for path in try repository.paths(found.tracked, below: place.root)
    where place.covers(path) && lines[path] == nil && !removed.contains(path) {
      tree.files.append(TreeFile(rawPath: path))
    }
    let untouched = tree.files.count
    for path in lines.keys.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where place.covers(path) && !removed.contains(path) {
      tree.add(path, below: place.root)
    }
    subject.listing = tree
    subject.listing.files.removeFirst(untouched)
    subject.listing.coverage.filesSeen += untouched
    if untouched > 0 { subject.listing.coverage.skipped[.unchanged] = untouched }
    subject.tree = tree
    subject.changes = lines
    subject.isTreeComplete = place.isWhole
    subject.removed = removed.sorted { $0.lexicographicallyPrecedes($1) }
    return subject
  }

  /// The files of the index that `HEAD` has not, or has otherwise, with the content that would be committed.
  ///
  /// - Parameter isWanted: asked for each path relative to the root.
  static func staged(
    root: String, environment: [String: String], isWanted: (String) -> Bool
  ) throws(GitError) -> ScanSubject {
    let repository = try Self.repository(at: root, environment)
    let found = try repository.stagedChanges()
    return try stored(found, Scope(.staged, base: found.base), in: repository, root: root, isWanted: isWanted)
  }

  /// What the end of a range has and its beginning has not, with the content at its end: the work tree is not read.
  ///
  /// - Parameter isWanted: asked for each path relative to the root.
  static func changed(
    in range: GitRange, writtenAs name: String, root: String, environment: [String: String],
    isWanted: (String) -> Bool
  ) throws -> ScanSubject {
    let repository = try Self.repository(at: root, environment)
    let found = try repository.changes(in: range)
    let scope = Scope(.diff, revision: name, base: found.base)
    return try stored(found, scope, in: repository, root: root, isWanted: isWanted)
  }

  /// Changes whose contents are in the repository.
  private static func stored(
    _ found: GitRepository.Changes, _ scope: Scope, in repository: GitRepository, root: String,
    isWanted: (String) -> Bool
  ) throws(GitError) -> ScanSubject {
    var subject = ScanSubject(TreeListing(), scope: scope)
    subject.changes = [:]
    subject.contents = [:]
    subject.removed = try repository.removed(found.changes, below: root).filter {
      isWanted(String(decoding: $0, as: UTF8.self))
    }
    var blobs: [(path: [UInt8], blob: String)] = []
    for change in found.changes where change.kind == .file {
      guard let path = try repository.path(change.path, below: root) else { continue }
      let file = TreeFile(rawPath: path)
      guard isWanted(file.path), let blob = change.blob else { continue }
      subject.listing.files.append(file)
      subject.changes?[path] = change.lines
      blobs.append((path, blob))
    }
    subject.listing.files.sort { $0.rawPath.lexicographicallyPrecedes($1.rawPath) }
    subject.listing.coverage.filesSeen = subject.listing.files.count
    subject.tree = subject.listing
    let contents = try repository.contents(of: blobs.map(\.blob), limit: TreeScan.scannedBytes)
    for (file, content) in zip(blobs, contents) { subject.contents?[file.path] = content }
    return subject
  }

  /// One text that pretends to be a file of the tree.
  static func text(_ bytes: [UInt8], path: String) -> ScanSubject {
    var subject = ScanSubject(TreeListing(file: path), scope: Scope(.standardInput))
    subject.contents = [Array(path.utf8): bytes]
    return subject
  }

  private static func repository(
    at root: String, _ environment: [String: String]
  ) throws(GitError) -> GitRepository {
    guard let repository = try GitRepository.containing(root, environment: environment) else {
      throw .noRepository(folder: root)
    }
    if repository.topLevel == nil { throw .bareRepository(folder: root) }
    return repository
  }
}

extension GitRepository {
  /// The changed lines of what stands below a root, by the path relative to it.
  fileprivate func lines(
    of changes: [GitChange], below root: String
  ) throws(GitError) -> [[UInt8]: ChangedLines] {
    let prefix = try prefix(of: root)
    var lines: [[UInt8]: ChangedLines] = [:]
    for change in changes where change.path.starts(with: prefix) {
      lines[Array(change.path.dropFirst(prefix.count))] = change.lines
    }
    return lines
  }

  /// What is no longer below a root.
  fileprivate func removed(_ changes: [GitChange], below root: String) throws(GitError) -> [[UInt8]] {
    try paths(changes.filter { $0.kind == .removed }.map(\.path), below: root)
  }

  /// Paths of the work tree as seen from a root in it, without those that lie elsewhere.
  fileprivate func paths(_ paths: [[UInt8]], below root: String) throws(GitError) -> [[UInt8]] {
    let prefix = try prefix(of: root)
    if prefix.isEmpty { return paths }
    return paths.compactMap { $0.starts(with: prefix) ? Array($0.dropFirst(prefix.count)) : nil }
  }

  /// A path of the work tree as seen from a root in it; nil for what lies elsewhere.
  fileprivate func path(_ path: [UInt8], below root: String) throws(GitError) -> [UInt8]? {
    try paths([path], below: root).first
  }

  /// What the paths of everything below a root begin with.
  private func prefix(of root: String) throws(GitError) -> [UInt8] {
    guard let top = topLevel.flatMap(ResolvedPath.real) else { throw .bareRepository(folder: root) }
    if root == top { return [] }
    guard root.hasPrefix(top == "/" ? "/" : top + "/") else { throw .noRepository(folder: root) }
    return Array((root.dropFirst(top == "/" ? 1 : top.count + 1) + "/").utf8)
  }
}
