/// A file that decided something, with the digest of the bytes that were judged.
package struct InputRecord: Sendable, Hashable {
  /// Relative to the audited root, or as named on the command line when outside of it.
  package let path: String
  /// What it was to the run: `config`, `dod`, `feed`, `registry`, `evidence`, `gate-map`, `contract`, `rules`, …
  package let role: String
  /// Lowercase hexadecimal SHA-256.
  package let sha256: String
  /// Bytes.
  package let byteCount: Int

  /// An input as it was read.
  package init(path: String, role: String, sha256: String, byteCount: Int) {
    self.path = path
    self.role = role
    self.sha256 = sha256
    self.byteCount = byteCount
  }
}
