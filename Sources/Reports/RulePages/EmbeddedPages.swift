import Formats

/// The pages of rules that are part of the binary.
enum EmbeddedPages {
  /// The page of a family, or nil when it has none.
  static func page(ofFamily family: String) -> String? {
    EmbeddedFiles.bytes(named: "rules/\(family).md").map { String(decoding: $0, as: UTF8.self) }
  }
}
