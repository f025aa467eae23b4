import Glibc

/// Walks paths below a root, one component at a time on open descriptors, and never steps outside.
///
/// The folders of the last path stay open: the next path starts from the longest part that both have in common, so
/// that fifty thousand files of one folder cost one walk. Use one walk a thread.
package struct RootedWalk: ~Copyable {
  private let root: RootedFolder
  /// The open folders below the root, with their real names: the canonical place of the last path's folder.
  private var names: [[UInt8]] = []
  private var descriptors: [Int32] = []
  /// How many folders above the root the walk stands (by name only: nothing up there is opened).
  private var above = 0
  /// The last component when it is no folder.
  private var leaf: (name: [UInt8], status: stat)?

  /// A walk that stands at the root.
  package init(_ root: RootedFolder) {
    self.root = root
  }

  deinit {
    for descriptor in descriptors { close(descriptor) }
  }

  /// Where the last path really is, relative to the root, links resolved.
  package var canonicalPath: [UInt8] {
    var parts = names
    if let leaf { parts.append(leaf.name) }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  /// Walks to a path and says what stands there; nothing but folders is opened, and those only to walk on.
  ///
  /// - Parameter path: relative to the root, or absolute; `/`-separated bytes.
  /// - Throws: `FileError`: `.outsideRoot` as soon as a name outside is needed; `ENOENT`, `ENOTDIR` or `ELOOP` when
  ///   there is nothing.
  package mutating func find(_ path: [UInt8]) throws(FileError) -> FileKind {
    guard !path.contains(0) else { throw failure(path, ENOENT) }
    var pending = start(path)
    var links = 0
    while let component = pending.popLast() {
      if component == [UInt8(ascii: "."), UInt8(ascii: ".")] {
        guard leaf == nil else { throw failure(path, ENOTDIR) }
        stepUp()
      } else if above > 0 {
        guard component == root.realComponents[root.realComponents.count - above] else {
          throw FileError(.resolve, path: shown(path), reason: .outsideRoot)
        }
        above -= 1
      } else if let target = try stepDown(component, path: path) {
        links += 1
        guard links <= FileLimits.links else { throw failure(path, ELOOP) }
        pending.append(contentsOf: follow(target))
      }
    }
    guard above == 0 else { throw FileError(.resolve, path: shown(path), reason: .outsideRoot) }
    return leaf.map { FileKind(mode: $0.status.st_mode) } ?? .folder
  }

  /// Walks to a path as `find` does, but through what does not exist too: from there on names are taken as spelled.
  ///
  /// - Throws: `FileError`: `.outsideRoot`, or what keeps the walk from looking.
  package mutating func locate(_ path: [UInt8]) throws(FileError) -> RootedPlace {
    guard !path.contains(0) else { throw failure(path, ENOENT) }
    var pending = start(path)
    var links = 0
    var missing: [[UInt8]] = []
    var isBroken = false
    while let component = pending.popLast() {
      if component == [UInt8(ascii: "."), UInt8(ascii: ".")] {
        if missing.popLast() == nil {
          if leaf == nil { stepUp() } else { isBroken = true }
          leaf = nil
        }
      } else if above > 0 {
        guard component == root.realComponents[root.realComponents.count - above] else {
          throw FileError(.resolve, path: shown(path), reason: .outsideRoot)
        }
        above -= 1
      } else if !missing.isEmpty || leaf != nil {
        isBroken = true
        missing.append(component)
      } else {
        do throws(FileError) {
          guard let target = try stepDown(component, path: path) else { continue }
          links += 1
          guard links <= FileLimits.links else { throw failure(path, ELOOP) }
          pending.append(contentsOf: follow(target))
        } catch {
          guard error.isAbsence else { throw error }
          isBroken = true
          missing.append(component)
        }
      }
    }
    guard above == 0 else { throw FileError(.resolve, path: shown(path), reason: .outsideRoot) }
    let parts = missing.reduce(canonicalPath) { joined($0, $1) }
    return RootedPlace(path: parts, kind: isBroken ? nil : leaf.map { FileKind(mode: $0.status.st_mode) } ?? .folder)
  }

  /// The mode of an entry of a folder, the entry itself and not what it may link to; nil when there is none.
  ///
  /// - Throws: `FileError` when the folder is absent, outside the root or no folder, or may not be asked.
  mutating func mode(ofEntry name: String, in folder: [UInt8]) throws(FileError) -> mode_t? {
    let descriptor = try openFolder(folder)
    var status = stat()
    if unsafe withName(Array(name.utf8), { unsafe fstatat(descriptor.number, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 {
      return status.st_mode
    }
    guard errno == ENOENT else { throw FileError(.inspect, path: shown(folder) + "/" + name, code: errno) }
    return nil
  }

  /// The stamp of the regular file at a path; nil for what is none. Nothing is opened but folders on the way.
  ///
  /// - Throws: as `find`.
  mutating func stamp(_ path: [UInt8]) throws(FileError) -> FileStamp? {
    guard try find(path) == .file, let leaf else { return nil }
    return FileStamp(leaf.status)
  }

  /// Opens the regular file at a path for reading.
  ///
  /// - Throws: as `find`, and for what is no regular file or may not be read.
  package mutating func open(_ path: [UInt8]) throws(FileError) -> OpenDescriptor {
    let kind = try find(path)
    guard let leaf, kind == .file else {
      throw FileError(.read, path: shown(path), reason: .notRegular(kind.name))
    }
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    let number = unsafe withName(leaf.name) { name in unsafe openat(here, name, flags) }
    guard number >= 0 else { throw FileError(.open, path: shown(path), code: errno) }
    let file = OpenDescriptor(owning: number)
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw FileError(.inspect, path: shown(path), code: errno) }
    guard status.st_ino == leaf.status.st_ino, status.st_dev == leaf.status.st_dev else {
      throw FileError(.open, path: shown(path), reason: .replaced)
    }
    return file
  }

  /// Opens the folder at a path for listing.
  ///
  /// - Throws: as `find`, and `ENOTDIR` for what is no folder.
  mutating func openFolder(_ path: [UInt8]) throws(FileError) -> OpenDescriptor {
    guard try find(path) == .folder else { throw FileError(.list, path: shown(path), code: ENOTDIR) }
    let number = unsafe openat(here, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { throw FileError(.list, path: shown(path), code: errno) }
    return OpenDescriptor(owning: number)
  }

  private var here: Int32 { descriptors.last ?? root.descriptor.number }

  /// Goes to where the path begins and answers the components that are still to be walked, last first.
  private mutating func start(_ path: [UInt8]) -> [[UInt8]] {
    leaf = nil
    above = 0
    if path.first == UInt8(ascii: "/") { return follow(path) }
    let components = RootedFolder.components(of: path)
    var shared = 0
    while shared < min(names.count, components.count), names[shared] == components[shared] { shared += 1 }
    retreat(to: shared)
    return components[shared...].reversed()
  }

  /// The components that a link's text (or an absolute path) adds, last first. An absolute one starts at `/`, or at
  /// the root when it begins with the name by which the caller knows the root.
  private mutating func follow(_ target: [UInt8]) -> [[UInt8]] {
    let components = RootedFolder.components(of: target)
    guard target.first == UInt8(ascii: "/") else { return components.reversed() }
    retreat(to: 0)
    if components.starts(with: root.namedComponents) {
      above = 0
      return components.dropFirst(root.namedComponents.count).reversed()
    }
    above = root.realComponents.count
    return components.reversed()
  }

  private mutating func stepUp() {
    if !descriptors.isEmpty {
      retreat(to: descriptors.count - 1)
    } else {
      above = min(above + 1, root.realComponents.count)
    }
  }

  /// Takes one step: into a folder, onto a leaf, or, for a link, not at all; then the answer is the link's text.
  private mutating func stepDown(_ name: [UInt8], path: [UInt8]) throws(FileError) -> [UInt8]? {
    guard leaf == nil else { throw failure(path, ENOTDIR) }
    var status = stat()
    let found = unsafe withName(name) { name in unsafe fstatat(here, name, &status, AT_SYMLINK_NOFOLLOW) }
    guard found == 0 else { throw failure(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFLNK:
      return try readLink(name, path: path)
    case S_IFDIR:
      guard descriptors.count < FileLimits.folderDepth else {
        throw FileError(.resolve, path: shown(path), reason: .tooDeep(limit: FileLimits.folderDepth))
      }
      let number = unsafe withName(name) { name in
        unsafe openat(here, name, pathOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard number >= 0 else { throw failure(path, errno) }
      names.append(name)
      descriptors.append(number)
    default:
      leaf = (name, status)
    }
    return nil
  }

  private func readLink(_ name: [UInt8], path: [UInt8]) throws(FileError) -> [UInt8] {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe withName(name) { name in
      unsafe target.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return -1 }
        return unsafe readlinkat(here, name, start.assumingMemoryBound(to: CChar.self), buffer.count)
      }
    }
    guard count >= 0 else { throw failure(path, errno) }
    return Array(target[..<count])
  }

  private mutating func retreat(to count: Int) {
    while descriptors.count > count {
      close(descriptors.removeLast())
      names.removeLast()
    }
  }

  private func failure(_ path: [UInt8], _ code: Int32) -> FileError {
    FileError(.resolve, path: shown(path), code: code)
  }

  private func shown(_ path: [UInt8]) -> String { String(decoding: path, as: UTF8.self) }
}

/// `O_PATH` of Linux on all its 64-bit machines, which Glibc only declares with `_GNU_SOURCE`: a place to walk on from,
/// without the right (or the side effects) of reading it.
let pathOnly: Int32 = 0o10_000_000

/// Hands a name to a system call as a C string. Names with a zero byte are refused before.
func withName<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  var terminated = name
  terminated.append(0)
  return unsafe terminated.withUnsafeBufferPointer { buffer in
    unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
      // An array with at least its terminator has an address.
      guard let address = characters.baseAddress else { return unsafe body("") }
      return unsafe body(address)
    }
  }
}
