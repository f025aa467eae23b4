import Formats
import Rules

/// Which file is the ledger, and under which name a tree's runs stand in it.
package enum LedgerPlace {
  /// What a ledger is called that nobody names, below the root.
  package static let standard = "reports/ledger.sqlite"

  /// The file that is named on the command line, else the one that `auditor.yaml` at the root names; nil without either. A
  /// configuration that cannot be read names none: the audit that goes by it says why.
  ///
  /// - Throws: `FileError` where the configuration's leads outside the root.
  package static func named(_ option: String?, root: String) throws(FileError) -> String? {
    if let option { return option }
    let inputs = try RootedInputs(root: root)
    guard let written = try? Configuration.read(inputs), let name = written.0.ledger else { return nil }
    let folder = name.lastIndex(of: "/").map { String(name[..<$0]) } ?? "."
    for part in [folder, name] where inputs.gap(part, .configuration) != nil {
      throw FileError(.open, path: name, reason: .outsideRoot)
    }
    return root == "." ? name : "\(root)/\(name)"
  }

  /// The same, with the standard place where none is named.
  package static func path(_ option: String?, root: String = ".") throws(FileError) -> String {
    try named(option, root: root) ?? (root == "." ? standard : "\(root)/\(standard)")
  }

  /// The name of a tree that nobody named: that of its folder.
  package static func target(of root: String) throws(FileError) -> String {
    let path = ResolvedPath.resolve(root, from: try WorkingDirectory.path(), environment: [:])
    return path.split(separator: "/").last.map(String.init) ?? "/"
  }

  /// Whether a path is the ledger, or one of the files that SQLite keeps beside it. Such a file is no part of the tree.
  static func writes(_ path: String, ledger: String) -> Bool {
    guard path.hasPrefix(ledger) else { return false }
    let ending = path.dropFirst(ledger.utf8.count)
    if ["", "-wal", "-shm", "-journal"].contains(ending) { return true }
    let parts = ending.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0].isEmpty && UInt32(parts[1]) != nil && parts[2].hasPrefix("tmp")
  }
}
