import Glibc

/// Takes a folder away with everything in it. Links are removed, never followed.
enum FolderRemoval {
  /// Removes what stands at a path; what is gone already is fine.
  ///
  /// - Throws: `FileError` for the first thing that cannot be removed.
  static func remove(_ path: String) throws(FileError) {
    let slash = path.lastIndex(of: "/")
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = Array((slash.map { String(path[path.index(after: $0)...]) } ?? path).utf8)
    let number = unsafe open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path: parent, code: errno) }
    let folder = OpenDescriptor(owning: number)
    try remove(name, in: folder.number, shown: path, depth: 0)
  }

  private static func remove(_ name: [UInt8], in parent: Int32, shown: String, depth: Int) throws(FileError) {
    let text = name.map { CChar(bitPattern: $0) } + [0]
    if unsafe unlinkat(parent, text, 0) == 0 || errno == ENOENT { return }
    guard errno == EISDIR || errno == EPERM else { throw FileError(.write, path: shown, code: errno) }
    guard depth < FileLimits.folderDepth else {
      throw FileError(.list, path: shown, reason: .tooDeep(limit: FileLimits.folderDepth))
    }
    let number = unsafe openat(parent, text, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path: shown, code: errno) }
    guard let listing = unsafe fdopendir(number) else {
      let code = errno
      close(number)
      throw FileError(.list, path: shown, code: code)
    }
    defer { unsafe closedir(listing) }
    for entry in try unsafe FolderListing.entries(of: listing, path: shown) {
      try remove(
        entry.name, in: number, shown: "\(shown)/\(String(decoding: entry.name, as: UTF8.self))", depth: depth + 1)
    }
    guard unsafe unlinkat(parent, text, AT_REMOVEDIR) == 0 || errno == ENOENT else {
      throw FileError(.write, path: shown, code: errno)
    }
  }
}
