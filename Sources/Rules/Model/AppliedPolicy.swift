/// A policy from outside that decided over the configuration of an audited tree.
package struct AppliedPolicy: Sendable, Hashable {
  /// Something that the tree says about how it is to be judged, and that does not count.
  package struct Override: Sendable, Hashable {
    /// The key of the configuration that says it (`disable`, `scan.exclude`), or what else would have had the effect
    /// (`suppressions`, `ignore_files`).
    package let key: String
    /// What does not count, and what counts instead.
    package let what: String
    /// Where the tree says it.
    package let location: Location

    /// Something that does not count.
    package init(key: String, what: String, location: Location) {
      self.key = key
      self.what = what
      self.location = location
    }

    /// The order of every report: path, line, key, words.
    static func precedes(_ left: Override, _ right: Override) -> Bool {
      (left.location.path, left.location.line ?? 0, left.key, left.what)
        < (right.location.path, right.location.line ?? 0, right.key, right.what)
    }
  }

  /// The file, as it was named.
  package let path: String
  /// SHA-256 of its bytes and of the files that it names.
  package let sha256: String
  /// What does not count, sorted.
  package let overridden: [Override]

  /// A policy with what it overrode.
  package init(path: String, sha256: String, overridden: [Override]) {
    self.path = path
    self.sha256 = sha256
    self.overridden = overridden.sorted(by: Override.precedes)
  }
}
