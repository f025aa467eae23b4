import Glibc

/// Where a path really leads below a root, and what is there.
package struct RootedPlace: Sendable {
  /// The real path relative to the root, links resolved as far as there is something to resolve; empty for the root.
  package let path: [UInt8]
  /// What stands there; nil when there is nothing.
  package let kind: FileKind?

  /// The real path as text.
  package var text: String { String(decoding: path, as: UTF8.self) }

  /// Whether the place lies strictly below a folder, whose real path this is.
  package func isBelow(_ folder: [UInt8]) -> Bool {
    if folder.isEmpty { return !path.isEmpty }
    return path.starts(with: folder + [UInt8(ascii: "/")])
  }
}

extension RootedFolder {
  /// Where a path really leads; nothing is opened. A path that leads nowhere has a real path too: the rest behind the last
  /// thing that exists is taken as it is spelled.
  ///
  /// - Throws: `FileError`: outside the root, or not to be asked.
  package func locate(_ path: String) throws(FileError) -> RootedPlace {
    var walk = RootedWalk(self)
    return try walk.locate(Array(path.utf8))
  }
}
