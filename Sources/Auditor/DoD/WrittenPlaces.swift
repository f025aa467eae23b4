/// Where a command may write: anywhere that a person named in the environment, else only below the root, for the tree is
/// not trusted and its links may lead anywhere.
struct WrittenPlaces: Sendable, Hashable {
  private let root: String
  private let named: Set<String>

  /// - Parameters:
  ///   - root: the real path of the root.
  ///   - named: real paths that variables name.
  init(root: String, named: Set<String>) {
    self.root = root
    self.named = named
  }

  /// Refuses a real path that lies elsewhere.
  func check(_ path: String) throws(FileError) {
    if named.contains(path) || path.hasPrefix(root == "/" ? "/" : root + "/") { return }
    throw FileError(.write, path: path, reason: .outsideRoot)
  }
}
