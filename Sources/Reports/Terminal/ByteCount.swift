/// Bytes as people read them.
package enum ByteCount {
  /// `812 bytes`, `53 kB`, `120 MB`.
  package static func text(_ count: Int) -> String {
    switch count {
    case ..<10_000: "\(count) bytes"
    case ..<10_000_000: "\(count / 1000) kB"
    default: "\(count / 1_000_000) MB"
    }
  }
}
