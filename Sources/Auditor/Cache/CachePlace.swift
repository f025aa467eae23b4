import Formats
import Glibc

/// Where caches are: `XDG_CACHE_HOME/auditor` (or `~/.cache/auditor`), a database for each root. Never in the audited tree,
/// which is not trusted and would not be the same afterwards.
enum CachePlace {
  private struct NoPlace: Error, CustomStringConvertible {
    let description: String
  }

  /// The database for a root; its folder is made.
  ///
  /// - Parameter purpose: tells the databases of one root apart; empty for the scan's.
  static func path(for root: String, purpose: String = "", environment: [String: String]) throws -> String {
    let named = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    // A home that is not there is not made: it belongs to nobody.
    let home = environment["HOME"].flatMap {
      $0.hasPrefix("/") && FileKind(ofPath: "\($0)/.") == .folder ? "\($0)/.cache" : nil
    }
    guard let base = named ?? home else {
      throw NoPlace(description: "neither XDG_CACHE_HOME nor HOME names a folder")
    }
    let real = ResolvedPath.resolve(absolute: root)
    let folder = ResolvedPath.resolve(absolute: "\(base)/auditor")
    if folder == real || folder.hasPrefix(real == "/" ? "/" : real + "/") {
      throw NoPlace(description: "\(folder) lies in the scanned tree; set XDG_CACHE_HOME to a folder elsewhere")
    }
    try AtomicFile.makeFolder(folder)
    unsafe chmod(folder, 0o700)
    return "\(folder)/\(SHA256.digest(Array(real.utf8)).hex.prefix(32))\(purpose).sqlite"
  }
}
