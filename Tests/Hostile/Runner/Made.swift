import EndToEnd
import Glibc

/// Things that take more than one call to make.
enum Made {
  /// Folders inside each other, made by steps, so that the path may be longer than the system takes; a file in the last.
  static func deepFolders(_ count: Int, in workspace: Workspace, below folder: String) throws {
    var current = open(workspace.root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(current) }
    for name in [folder] + Array(repeating: "deep", count: count) {
      _ = mkdirat(current, name, 0o755)
      let next = openat(current, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard next >= 0 else { throw SystemCallFailed("openat", errno) }
      close(current)
      current = next
    }
    let file = openat(current, "a.py", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemCallFailed("openat", errno) }
    close(file)
  }

  /// So many files in one folder, all with the same content.
  static func files(_ count: Int, in folder: String, of workspace: Workspace, content: String) throws {
    try workspace.put(.folder, at: folder)
    let bytes = Array(content.utf8)
    let descriptor = open("\(workspace.root)/\(folder)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallFailed("open", errno) }
    defer { close(descriptor) }
    for index in 0..<count {
      let file = openat(descriptor, "f\(index).py", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw SystemCallFailed("openat", errno) }
      _ = write(file, bytes, bytes.count)
      close(file)
    }
  }
}
