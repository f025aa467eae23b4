package import Rules

/// One path that a change touched.
package struct GitChange: Sendable, Equatable {
  /// What stands at the path after the change.
  package enum Kind: Sendable, Equatable {
    /// A regular file.
    case file
    /// A symbolic link, a submodule, or anything else that is no text.
    case other
    /// Nothing: the change removed it.
    case removed
  }

  /// Relative to the top of the work tree, as git stores it (which need not be UTF-8).
  package let path: [UInt8]
  /// What stands there now.
  package let kind: Kind
  /// The lines that were added or altered.
  package var lines: ChangedLines
  /// The name of the content in the index; nil where only the work tree knows it.
  package let blob: String?
}
