import Formats
import Glibc
package import Rules

/// A regular file that a walk found.
package struct TreeFile: Sendable {
  /// Relative to the root, `/`-separated, as the file system spells it (which need not be UTF-8).
  package let rawPath: [UInt8]

  /// The path for people and reports.
  package var path: String { String(decoding: rawPath, as: UTF8.self) }
}

/// What a walk found and what it passed over.
package struct TreeListing: Sendable {
  /// Regular files, in byte order of their paths.
  package var files: [TreeFile] = []
  /// Symbolic links, which are not followed, in byte order of their paths.
  package var links: [[UInt8]] = []
  /// Counts of what was met and passed over.
  package var coverage = Coverage()
  /// Folders that could not be listed.
  package var unevaluated: [Unevaluated] = []

  /// Nothing found yet.
  init() {}

  /// One file that somebody named.
  init(file name: String) {
    files = [TreeFile(rawPath: Array(name.utf8))]
    coverage.filesSeen = 1
  }

  /// Joins the listing of another part of the same tree; what both hold counts once.
  mutating func add(_ other: TreeListing) {
    if files.isEmpty, coverage == Coverage(), unevaluated.isEmpty { return self = other }
    let known = Set(files.map(\.rawPath))
    let added = other.files.filter { !known.contains($0.rawPath) }
    files = (files + added).sorted { $0.rawPath.lexicographicallyPrecedes($1.rawPath) }
    links += other.links.filter { !links.contains($0) }
    coverage.filesSeen += other.coverage.filesSeen - (other.files.count - added.count)
    for (reason, count) in other.coverage.skipped { coverage.skipped[reason, default: 0] += count }
    unevaluated += other.unevaluated.filter { !unevaluated.contains($0) }
  }

  /// Adds one path below a root by what stands there; where that cannot be found out, reading it will tell.
  mutating func add(_ path: [UInt8], below root: String) {
    coverage.filesSeen += 1
    var status = stat()
    let name = (Array(root.utf8) + [UInt8(ascii: "/")] + path + [0]).map { CChar(bitPattern: $0) }
    let isKnown = unsafe lstat(name, &status) == 0
    switch isKnown ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFREG: files.append(TreeFile(rawPath: path))
    case S_IFDIR: coverage.skip(.nestedRepository)
    case S_IFLNK:
      links.append(path)
      coverage.skip(.link)
    default: coverage.skip(.special)
    }
  }

  /// Keeps the files that a change touched and counts the others.
  mutating func keepChanged(_ changed: Set<[UInt8]>) {
    let all = files.count
    files.removeAll { !changed.contains($0.rawPath) }
    if files.count < all { coverage.skipped[.unchanged, default: 0] += all - files.count }
  }
}

/// Lists the files below a root: git's ignore rules, no links followed, nothing outside, the same order everywhere.
package struct TreeWalk: Sendable {
  /// Names a folder must not have to be walked.
  private static let repositoryFolder = Array(".git".utf8)
  private static let ignoreFile = Array(".gitignore".utf8)

  /// Whether ignore files count.
  private let honoursIgnoreFiles: Bool
  /// Paths, relative to the root, that are not part of the audited tree: what the audit itself writes.
  private let isOwnOutput: (@Sendable (String) -> Bool)?

  /// A walk with its choices.
  package init(
    honoursIgnoreFiles: Bool = true, isOwnOutput: (@Sendable (String) -> Bool)? = nil
  ) {
    self.honoursIgnoreFiles = honoursIgnoreFiles
    self.isOwnOutput = isOwnOutput
  }

  /// Walks the tree, or the part of it below a folder (relative to the root, empty for all of it); paths are the root's,
  /// and the ignore files above the folder count too.
  ///
  /// - Throws: `FileError` when the root or the folder cannot be listed; deeper trouble is gathered in the listing.
  package func list(_ root: String, below folder: String = "") throws(FileError) -> TreeListing {
    var descriptor = unsafe open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.list, path: root, code: errno) }
    var listing = TreeListing()
    var rules = IgnoreRules(exclude: honoursIgnoreFiles ? exclude(of: root, &listing) : nil)
    var path: [UInt8] = []
    let parts = PathParts.components(of: folder)
    for part in parts {
      if honoursIgnoreFiles { readIgnoreFile(in: descriptor, folder: path, into: &rules, &listing) }
      let next = unsafe openat(descriptor, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      close(descriptor)
      guard next >= 0 else { throw FileError(.list, path: "\(root)/\(folder)", code: code) }
      descriptor = next
      path += (path.isEmpty ? [] : [UInt8(ascii: "/")]) + Array(part.utf8)
    }
    walk(descriptor, path: path, depth: parts.count, rules: rules, into: &listing)
    if let signal = Interruption.name {
      listing.unevaluated.append(
        Unevaluated(
          area: .scan, location: Location(path: "."), message: "\(signal) ended the walk; run it again"))
    }
    return listing
  }

  /// Takes over the descriptor.
  private func walk(_ descriptor: Int32, path: [UInt8], depth: Int, rules: IgnoreRules, into listing: inout TreeListing)
  {
    let shown = path.isEmpty ? "." : String(decoding: path, as: UTF8.self)
    guard let folder = unsafe fdopendir(descriptor) else {
      close(descriptor)
      return complain(FileError(.list, path: shown, code: errno), shown, &listing)
    }
    defer { unsafe closedir(folder) }
    let entries: [FolderListing.Entry]
    do throws(FileError) {
      entries = try unsafe FolderListing.entries(of: folder, path: shown)
    } catch {
      return complain(error, shown, &listing)
    }
    var rules = rules
    if honoursIgnoreFiles, entries.contains(where: { $0.name == TreeWalk.ignoreFile }) {
      readIgnoreFile(in: descriptor, folder: path, into: &rules, &listing)
    }
    for entry in entries {
      if Interruption.isAsked { return }
      visit(entry, in: descriptor, folder: path, depth: depth, rules: rules, into: &listing)
    }
  }

  private func visit(
    _ entry: FolderListing.Entry, in descriptor: Int32, folder: [UInt8], depth: Int, rules: IgnoreRules,
    into listing: inout TreeListing
  ) {
    if folder.isEmpty, entry.name == TreeWalk.repositoryFolder { return }
    let path = joined(folder, entry.name)
    let mode = mode(of: entry, in: descriptor)
    let isFolder = mode == S_IFDIR
    if !isFolder, let isOwnOutput, isOwnOutput(String(decoding: path, as: UTF8.self)) { return }
    if !isFolder { listing.coverage.filesSeen += 1 }
    if rules.isIgnored(path.span, isDirectory: isFolder) { return listing.coverage.skip(.ignored) }
    switch mode {
    case S_IFDIR: descend(entry, in: descriptor, path: path, depth: depth, rules: rules, into: &listing)
    case S_IFREG: listing.files.append(TreeFile(rawPath: path))
    case S_IFLNK:
      listing.links.append(path)
      listing.coverage.skip(.link)
    default: listing.coverage.skip(.special)
    }
  }

  private func descend(
    _ entry: FolderListing.Entry, in descriptor: Int32, path: [UInt8], depth: Int, rules: IgnoreRules,
    into listing: inout TreeListing
  ) {
    let shown = String(decoding: path, as: UTF8.self)
    guard depth < SourceLimits.depth else {
      return complain(FileError(.list, path: shown, reason: .tooDeep(limit: SourceLimits.depth)), shown, &listing)
    }
    var name = entry.name.map { CChar(bitPattern: $0) } + [0]
    let child = unsafe openat(descriptor, &name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard child >= 0 else { return complain(FileError(.list, path: shown, code: errno), shown, &listing) }
    if GitPlace.isRepository(child) {
      close(child)
      return listing.coverage.skip(.nestedRepository)
    }
    walk(child, path: path, depth: depth + 1, rules: rules, into: &listing)
  }

  /// Most file systems tell the type while listing; the others are asked.
  private func mode(of entry: FolderListing.Entry, in descriptor: Int32) -> mode_t {
    if entry.type != UInt8(DT_UNKNOWN) { return mode_t(entry.type) << 12 }
    var status = stat()
    var name = entry.name.map { CChar(bitPattern: $0) } + [0]
    // Reading it as a file will tell why nobody knows what it is.
    guard unsafe fstatat(descriptor, &name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return S_IFREG }
    return status.st_mode & S_IFMT
  }

  /// What the repository leaves out besides its ignore files. Without a `.git` folder there is none.
  private func exclude(of root: String, _ listing: inout TreeListing) -> IgnoreFile? {
    let path = ".git/info/exclude"
    do throws(FileError) {
      return IgnoreFile(try RootedFolder(root).read(path, limit: 1 << 24), base: [], source: path)
    } catch {
      // What leads out of the tree, or is no regular file, is none of its ignore files: git reads neither.
      if case .notRegular = error.reason { return nil }
      if !InputFile.isAbsent(error), !error.isOutside { ignoring(nothingOf: path, error, &listing) }
      return nil
    }
  }

  /// A link of that name is none to git either.
  private func readIgnoreFile(
    in descriptor: Int32, folder: [UInt8], into rules: inout IgnoreRules, _ listing: inout TreeListing
  ) {
    let path = String(decoding: joined(folder, TreeWalk.ignoreFile), as: UTF8.self)
    do throws(FileError) {
      let number = unsafe openat(descriptor, ".gitignore", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      guard number >= 0 else {
        if errno == ENOENT || errno == ELOOP { return }
        throw FileError(.open, path: path, code: errno)
      }
      let file = OpenDescriptor(owning: number)
      let content = try FileReader.read(file.number, path: path, limit: 1 << 24)
      rules.append(IgnoreFile(content, base: folder, source: path))
    } catch {
      if case .notRegular = error.reason { return }
      ignoring(nothingOf: path, error, &listing)
    }
  }

  /// Without its lines other files are looked at than git would: `!` takes some back in.
  private func ignoring(nothingOf path: String, _ error: FileError, _ listing: inout TreeListing) {
    listing.unevaluated.append(
      Unevaluated(
        area: .scan, location: Location(path: path),
        message: "cannot \(error.operation.rawValue), so it ignores nothing: \(error.explanation)"))
  }

  private func complain(_ error: FileError, _ path: String, _ listing: inout TreeListing) {
    listing.coverage.skip(.unreadable)
    listing.unevaluated.append(
      Unevaluated(area: .scan, location: Location(path: path), message: "cannot list the folder: \(error.explanation)"))
  }
}
