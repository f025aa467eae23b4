import Glibc

extension RootedFolder {
  /// Reads as `read` does, and again when a writer has just put a new file in place: the answer is the old content or
  /// the new.
  package func readSettled(_ path: String, limit: Int = FileLimits.fileBytes) throws(FileError) -> [UInt8] {
    var walk = RootedWalk(self)
    let file = try walk.openSettled(Array(path.utf8))
    return try FileReader.read(file.number, path: path, limit: limit)
  }

  /// Writes a file below the root so that a reader, or a kill at any instant, sees the old content or the new and nothing
  /// between. Folders on the way are made; a file that is there is replaced.
  ///
  /// - Parameter path: a real path (`locate`), relative to the root. Links are not followed: one on the way is refused,
  ///   one at its end is replaced.
  /// - Throws: `FileError`; the old file is then untouched and the temporary one removed.
  package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let staged = try stage(bytes, for: path)
    try staged.commit()
  }

  /// Writes and flushes a temporary file beside a path, to be put in place later: several files then change together as
  /// nearly as the file system lets them.
  package func stage(_ bytes: [UInt8], for path: String) throws(FileError) -> StagedFile {
    var parts = RootedFolder.components(of: Array(path.utf8))
    guard let name = parts.popLast(), !(parts + [name]).contains(Array("..".utf8)) else {
      throw FileError(.write, path: path, code: EISDIR)
    }
    let folder = try openFolder(parts, path: path)
    return try StagedFile(bytes, name: name, in: folder, path: path)
  }

  /// Opens a folder component by component, making what is not there.
  private func openFolder(_ parts: [[UInt8]], path: String) throws(FileError) -> OpenDescriptor {
    var folder = OpenDescriptor(owning: dup(descriptor.number))
    guard folder.number >= 0 else { throw FileError(.open, path: path, code: errno) }
    for part in parts {
      let here = folder.number
      if unsafe withName(part, { unsafe mkdirat(here, $0, 0o777) }) != 0, errno != EEXIST {
        throw FileError(.makeFolder, path: path, code: errno)
      }
      let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
      let next = unsafe withName(part) { unsafe openat(here, $0, flags) }
      guard next >= 0 else { throw FileError(.open, path: path, code: errno) }
      folder = OpenDescriptor(owning: next)
    }
    return folder
  }

  /// Removes what killed writers of a file have left beside it. Only for who holds the lock on that file.
  package func removeStaleTemporaries(of path: String) throws(FileError) {
    var parts = RootedFolder.components(of: Array(path.utf8))
    guard let name = parts.popLast() else { return }
    let folder = try openFolder(parts, path: path)
    guard let stream = unsafe fdopendir(dup(folder.number)) else { throw FileError(.list, path: path, code: errno) }
    defer { unsafe closedir(stream) }
    let text = String(decoding: name, as: UTF8.self)
    for entry in try unsafe FolderListing.entries(of: stream, path: path) {
      let found = String(decoding: entry.name, as: UTF8.self)
      guard PlacedFile.destination(of: found[...])?.utf8.elementsEqual(text.utf8) == true else { continue }
      _ = unsafe withName(entry.name) { unsafe unlinkat(folder.number, $0, 0) }
    }
  }
}

/// A file that is written and flushed under a temporary name and waits to be renamed into place; given up unless it is
/// committed.
package struct StagedFile: ~Copyable {
  private let folder: OpenDescriptor
  private let file: OpenDescriptor
  private let name: [UInt8]
  private let temporary: [UInt8]
  private let path: String
  private var isDone = false

  init(_ bytes: [UInt8], name: [UInt8], in folder: consuming OpenDescriptor, path: String) throws(FileError) {
    // What a killed run leaves is known for what it is.
    let temporary = name + Array(PlacedFile.newEnding().utf8)
    let here = folder.number
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = unsafe withName(temporary) { unsafe openat(here, $0, flags, 0o666) }
    guard number >= 0 else { throw FileError(.write, path: path, code: errno) }
    let file = OpenDescriptor(owning: number)
    // As `PlacedFile` does, until it is in its place.
    while flock(number, LOCK_EX) != 0, errno == EINTR {}
    do throws(FileError) {
      try DescriptorWriting.write(bytes, to: file.number, path: path)
      try DescriptorWriting.flush(file.number, path: path)
    } catch {
      _ = unsafe withName(temporary) { unsafe unlinkat(here, $0, 0) }
      throw error
    }
    self.file = file
    self.folder = folder
    self.name = name
    self.temporary = temporary
    self.path = path
  }

  deinit {
    if !isDone { _ = unsafe withName(temporary) { unsafe unlinkat(folder.number, $0, 0) } }
  }

  /// Puts the file in its place unless something stands there, which is left as it is.
  ///
  /// - Returns: false when something did.
  package consuming func commitOnce() throws(FileError) -> Bool {
    let here = folder.number
    // Unlike a rename, a new link never takes the place of a file that came in between.
    let result = unsafe withName(temporary) { from in
      unsafe withName(name) { unsafe linkat(here, from, here, $0, 0) }
    }
    let code = errno
    if result != 0, code != EEXIST { throw FileError(.rename, path: path, code: code) }
    try DescriptorWriting.flush(here, path: path)
    return result == 0
  }

  /// Puts the file in its place, over what stands there.
  package consuming func commit() throws(FileError) {
    let here = folder.number
    let result = unsafe withName(temporary) { from in
      unsafe withName(name) { unsafe renameat(here, from, here, $0) }
    }
    guard result == 0 else { throw FileError(.rename, path: path, code: errno) }
    isDone = true
    // Only then does the new name outlive a loss of power too.
    try DescriptorWriting.flush(here, path: path)
  }
}

extension RootedWalk {
  /// How often a file that was replaced between being found and being opened is looked for again. A writer that renames
  /// a new file into place is no reason to fail.
  private static let attempts = 64

  /// Opens a regular file as `open` does, and again when it was replaced in between.
  package mutating func openSettled(_ path: [UInt8]) throws(FileError) -> OpenDescriptor {
    for _ in 1..<RootedWalk.attempts {
      do throws(FileError) {
        return try open(path)
      } catch {
        guard error.reason == .replaced else { throw error }
      }
    }
    return try open(path)
  }
}
