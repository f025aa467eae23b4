/// Which part of a tree a run is about.
package struct Scope: Sendable, Hashable {
  /// How it was chosen.
  package enum Kind: String, Sendable, CaseIterable {
    /// Everything below the root.
    case tree
    /// Paths that were named.
    case paths
    /// What the work tree has and a revision has not.
    case diff
    /// What the index has and `HEAD` has not.
    case staged
    /// One text from standard input.
    case standardInput = "stdin"
  }

  /// How it was chosen.
  package let kind: Kind
  /// What `--diff` named.
  package let revision: String?
  /// The commit that the change was taken against.
  package let base: String?

  /// A part of a tree.
  package init(_ kind: Kind, revision: String? = nil, base: String? = nil) {
    self.kind = kind
    self.revision = revision
    self.base = base
  }

  /// Whether nothing was left out by choice, so that what no file matches is worth a word.
  package var isWhole: Bool { kind == .tree }
}
