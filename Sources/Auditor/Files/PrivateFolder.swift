import Glibc

/// A folder that only this user can enter; it goes, with everything in it, when the value does or is told to.
package final class PrivateFolder: Sendable {
  /// Its absolute path, without links.
  package let path: String

  /// Makes an empty folder below `TMPDIR`, or below `/tmp` where that is not set.
  ///
  /// - Parameter purpose: a word for whoever finds the folder.
  /// - Throws: `FileError` that names the folder below which none can be made; no other is tried.
  package convenience init(for purpose: String, environment: [String: String]) throws(FileError) {
    let named = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
    try self.init(for: purpose, below: named ?? "/tmp")
  }

  /// Makes an empty folder below one that is there.
  package init(for purpose: String, below base: String) throws(FileError) {
    var template = Array("\(base)/auditor-\(purpose)-XXXXXX".utf8CString)
    guard let made = unsafe mkdtemp(&template) else { throw FileError(.makeFolder, path: base, code: errno) }
    path = ResolvedPath.resolve(unsafe String(cString: made), from: try WorkingDirectory.path(), environment: [:])
  }

  deinit { remove() }

  /// Takes the folder away now. What cannot be removed stays where temporary files are cleaned up; there is nobody to tell.
  package func remove() { try? FolderRemoval.remove(path) }
}
