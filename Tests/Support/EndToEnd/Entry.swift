/// One thing of a workspace's tree, as data.
package enum Entry: Sendable, Equatable, ExpressibleByStringInterpolation {
  case file(String)
  case bytes([UInt8])
  /// A file of this many zero bytes that takes no room on the disk.
  case sparse(Int)
  case folder
  case link(to: String)
  case fifo
  case socket

  package init(stringLiteral text: String) { self = .file(text) }

  /// The same with a commit's name for `${COMMIT}` in a text.
  package func naming(_ commit: String) -> Entry {
    guard case .file(var text) = self, let range = text.firstRange(of: "${COMMIT}") else { return self }
    text.replaceSubrange(range, with: commit)
    return .file(text)
  }
}
