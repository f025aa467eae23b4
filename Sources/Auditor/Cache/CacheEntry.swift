import Formats
import Rules

/// What a scan found out about one file.
struct FileJudgement: Sendable, Equatable {
  /// It holds no text.
  var isBinary = false
  /// Bytes of its content.
  var byteCount = 0
  /// How it writes comments and strings, which decides which rules apply; nil when unknown.
  var language: String?
  /// In report order.
  var findings: [Finding] = []
}

/// What is known of a file from an earlier scan.
struct CacheEntry: Sendable, Equatable {
  /// Its name in its folder.
  let name: [UInt8]
  /// How it looked when it was read.
  var stamp: FileStamp
  /// Whether the stamp alone tells that it is the same.
  var isTrusted: Bool
  /// SHA-256 of its content.
  let digest: Digest
  let judgement: FileJudgement
}
