import Glibc

/// One entry of a tree, as a listing found it.
package struct TreeEntry: Sendable, Equatable {
  /// What the entry is. Links are named by what they lead to.
  package enum Kind: Sendable, Equatable {
    /// A regular file.
    case file
    /// A folder; its entries follow as entries of their own.
    case folder
    /// A FIFO, socket or device.
    case special
    /// A link to a regular file inside the root.
    case linkToFile
    /// A link to a folder inside the root; it is not descended into.
    case linkToFolder
    /// A link to nothing, to itself, or to something special.
    case linkToNothing
    /// A link that leads outside the root.
    case linkOutsideRoot
  }

  /// Relative to the listed folder, `/`-separated; the bytes of the file system, not always UTF-8.
  package let path: [UInt8]
  /// What it is.
  package let kind: Kind
}

extension RootedFolder {
  /// Everything below a folder, in the order of the paths' bytes. Links are looked at but not descended into; no file
  /// is opened.
  ///
  /// - Throws: `FileError` when the folder is absent, outside the root or no folder, or a folder below it cannot be
  ///   listed.
  package func tree(_ folder: String) throws(FileError) -> [TreeEntry] {
    var walk = RootedWalk(self)
    var links = RootedWalk(self)
    guard try walk.find(Array(folder.utf8)) == .folder else {
      throw FileError(.list, path: folder, code: ENOTDIR)
    }
    let base = walk.canonicalPath
    var entries: [TreeEntry] = []
    var folders: [[UInt8]] = [[]]
    while let relative = folders.popLast() {
      for (name, type) in try names(in: joined(base, relative), &walk) {
        let path = joined(relative, name)
        let kind = try kind(of: joined(base, path), type: type, &links)
        if kind == .folder { folders.append(path) }
        entries.append(TreeEntry(path: path, kind: kind))
      }
    }
    return entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  private func kind(
    of path: [UInt8], type: UInt8, _ walk: inout RootedWalk
  ) throws(FileError) -> TreeEntry.Kind {
    switch Int(type) {
    case DT_REG: return .file
    case DT_DIR: return .folder
    case DT_LNK: break
    default: return .special
    }
    do {
      switch try walk.find(path) {
      case .file: return .linkToFile
      case .folder: return .linkToFolder
      case .special: return .linkToNothing
      }
    } catch {
      switch error.reason {
      case .outsideRoot: return .linkOutsideRoot
      case .system(ENOENT), .system(ENOTDIR), .system(ELOOP): return .linkToNothing
      default: throw error
      }
    }
  }

  private func names(
    in folder: [UInt8], _ walk: inout RootedWalk
  ) throws(FileError) -> [(name: [UInt8], type: UInt8)] {
    let shown = String(decoding: folder, as: UTF8.self)
    let descriptor = try walk.openFolder(folder)
    // The stream closes the descriptor that it is given, so it gets one of its own.
    guard let stream = unsafe fdopendir(dup(descriptor.number)) else {
      throw FileError(.list, path: shown, code: errno)
    }
    defer { unsafe closedir(stream) }
    var found: [(name: [UInt8], type: UInt8)] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        unsafe Array(buffer.prefix { $0 != 0 })
      }
      if name == Array(".".utf8) || name == Array("..".utf8) { continue }
      let listed = unsafe entry.pointee.d_type
      found.append((name, type(of: listed, name, in: descriptor.number)))
    }
    guard errno == 0 else { throw FileError(.list, path: shown, code: errno) }
    return found
  }

  /// Some file systems leave the type out of their listings; then the entry is asked.
  private func type(of listed: UInt8, _ name: [UInt8], in folder: Int32) -> UInt8 {
    guard Int(listed) == DT_UNKNOWN else { return listed }
    var status = stat()
    guard unsafe withName(name, { name in unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
      return listed
    }
    return UInt8(truncatingIfNeeded: (status.st_mode & S_IFMT) >> 12)
  }
}

/// `folder/name`, or the name alone below the root.
func joined(_ folder: [UInt8], _ name: [UInt8]) -> [UInt8] {
  if folder.isEmpty { return name }
  if name.isEmpty { return folder }
  var path = folder
  path.reserveCapacity(folder.count + 1 + name.count)
  path.append(UInt8(ascii: "/"))
  path += name
  return path
}
