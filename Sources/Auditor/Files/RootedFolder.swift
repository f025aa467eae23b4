import Glibc

/// A folder whose real boundary nothing crosses: what is read, listed or inspected through it lies inside, whatever
/// `..`, absolute paths or symbolic links a path contains.
///
/// Paths are walked one component at a time on open descriptors, and links are followed by reading their text, so
/// that a tree that changes meanwhile can make an answer stale but cannot lead outside (`RootedWalk`). A path that
/// leaves the root and comes back is inside when that can be told from names alone: `../root/a`, or an absolute path
/// that begins with the root's real path or with the name by which it was opened. One that would need a link outside
/// to be followed is refused. The root itself may be a link. FIFOs, sockets and devices are never opened.
package final class RootedFolder: Sendable {
  /// As the caller named it.
  package let path: String
  let descriptor: OpenDescriptor
  /// The components of the root's real absolute path.
  let realComponents: [[UInt8]]
  /// The components of the absolute path by which the caller named it; differs when links lead to the root.
  let namedComponents: [[UInt8]]

  /// Opens the root.
  ///
  /// - Throws: `FileError` when it is absent, unreadable or no folder.
  package init(_ path: String) throws(FileError) {
    let number = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path: path, code: errno) }
    descriptor = OpenDescriptor(owning: number)
    guard let real = unsafe realpath(path, nil) else { throw FileError(.resolve, path: path, code: errno) }
    defer { unsafe free(real) }
    realComponents = RootedFolder.components(of: unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real))))
    namedComponents = RootedFolder.absoluteComponents(of: path) ?? realComponents
    self.path = path
  }

  /// What a path leads to; nothing is opened.
  ///
  /// - Throws: `FileError`: absent, outside the root, or not to be reached.
  package func inspect(_ path: String) throws(FileError) -> FileKind {
    var walk = RootedWalk(self)
    return try walk.find(Array(path.utf8))
  }

  /// The bytes of a regular file.
  ///
  /// - Throws: `FileError` for what is absent, outside the root, unreadable, no regular file, or above `limit` bytes.
  package func read(_ path: String, limit: Int = FileLimits.fileBytes) throws(FileError) -> [UInt8] {
    var walk = RootedWalk(self)
    let file = try walk.open(Array(path.utf8))
    return try FileReader.read(file.number, path: path, limit: limit)
  }

  /// The components of a path as seen from the working directory, links not followed; nil when that cannot be told.
  private static func absoluteComponents(of path: String) -> [[UInt8]]? {
    let named = components(of: Array(path.utf8))
    if named.contains([UInt8(ascii: "."), UInt8(ascii: ".")]) { return nil }
    if path.utf8.first == UInt8(ascii: "/") { return named }
    guard let working = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(working) }
    return components(of: unsafe Array(UnsafeRawBufferPointer(start: working, count: strlen(working)))) + named
  }

  /// The parts of a path between slashes; empty ones and `.` say nothing.
  static func components(of path: [UInt8]) -> [[UInt8]] {
    path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual([UInt8(ascii: ".")]) }.map(Array.init)
  }
}
