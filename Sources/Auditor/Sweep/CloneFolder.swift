import Glibc
import Synchronization

/// Where a sweep keeps what it clones, for as long as it looks at it. Made when the first clone needs it.
final class CloneFolder: Sendable {
  private let named: String?
  private let environment: [String: String]
  private let state = Mutex(State())

  private struct State {
    var folder: String?
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
      if state.folder == nil { state.folder = try make() }
      state.count += 1
      return "\(state.folder ?? "")/\(state.count)"
    }
  }

  /// Takes a clone away. One that cannot be is left to whoever cleans up the folder for temporary files.
  func discard(_ path: String) { try? FolderRemoval.remove(path) }

  /// Takes everything away.
  func remove() {
    if let folder = state.withLock({ $0.folder }) { discard(folder) }
  }

  private func make() throws(FileError) -> String {
    let temporary = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    let base = named ?? temporary
    try AtomicFile.makeFolder(base)
    var template = Array("\(base)/auditor-sweep-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else { throw FileError(.makeFolder, path: base, code: errno) }
    return ResolvedPath.resolve(absolute: unsafe String(cString: made))
  }
}
