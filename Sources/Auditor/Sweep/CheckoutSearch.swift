import Formats
import Glibc

/// Finds checkouts below a folder, such as the clones of an organisation: `ORG/REPOSITORY` and the like.
enum CheckoutSearch {
  /// How deep groups may be nested.
  static let mostGroups = 6

  /// What stands at a path.
  enum Kind {
    /// A work tree, or a tree with a configuration of its own.
    case checkout
    /// A repository without a work tree.
    case bare
    /// Neither.
    case group
  }

  /// Tells by what it holds.
  static func kind(of folder: String) -> Kind {
    func has(_ name: String) -> Bool { unsafe access("\(folder)/\(name)", F_OK) == 0 }
    if has(".git") || has(Configuration.fileName) { return .checkout }
    return has("HEAD") && has("objects") && has("refs") ? .bare : .group
  }

  /// The checkouts and bare repositories below a folder, relative to it. Links and hidden folders are passed over; nothing
  /// below a checkout is looked at.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed: what is in it would be missing from the sweep.
  static func below(_ folder: String) throws(FileError) -> [(path: String, kind: Kind)] {
    var found: [(path: String, kind: Kind)] = []
    try search(folder, relative: "", depth: 0, into: &found)
    return found
  }

  private static func search(
    _ root: String, relative: String, depth: Int, into found: inout [(path: String, kind: Kind)]
  ) throws(FileError) {
    let folder = relative.isEmpty ? root : "\(root)/\(relative)"
    for name in try FolderListing.names(in: folder) where !name.hasPrefix(".") {
      let path = relative.isEmpty ? name : "\(relative)/\(name)"
      guard try FileKind.at("\(root)/\(path)") == .folder else { continue }
      let kind = kind(of: "\(root)/\(path)")
      switch kind {
      case .checkout, .bare: found.append((path, kind))
      case .group where depth < mostGroups: try search(root, relative: path, depth: depth + 1, into: &found)
      case .group: break
      }
    }
  }
}
