import Synchronization

/// Where a sweep keeps what it clones, for as long as it looks at it. Made when the first clone needs it.
final class CloneFolder: Sendable {
  private let named: String?
  private let environment: [String: String]
  private let state = Mutex(State())

  private struct State {
    var folder: PrivateFolder?
    var count = 0
  }

  /// Clones below a folder that was named, or below the one for temporary files.
  init(_ named: String?, environment: [String: String]) {
    self.named = named
    self.environment = environment
  }

  /// A path at which nothing stands.
  func newPath() throws(FileError) -> String {
    try state.withLock { state throws(FileError) in
      let folder: PrivateFolder = if let made = state.folder { made } else { try make() }
      state.folder = folder
      state.count += 1
      return "\(folder.path)/\(state.count)"
    }
  }

  /// Takes a clone away. One that cannot be is left to whoever cleans up the folder for temporary files.
  func discard(_ path: String) { try? FolderRemoval.remove(path) }

  /// Takes everything away.
  func remove() {
    state.withLock { $0.folder }?.remove()
  }

  private func make() throws(FileError) -> PrivateFolder {
    guard let named else { return try PrivateFolder(for: "sweep", environment: environment) }
    try AtomicFile.makeFolder(named)
    return try PrivateFolder(for: "sweep", below: named)
  }
}
