import Formats
import Scanning

/// The fixed patterns that evidence is read with.
enum EvidencePatterns {
  /// A mark that two runs do not share: a date with a time, an epoch in milliseconds, a UUID, 32 hexadecimal digits.
  static let uniqueMark = pattern(
    #"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}|\b1\d{12}\b|\#(uuid)|[0-9A-Fa-f]{32}"#)

  /// What a template replaces: dates with times, epochs, UUIDs and hexadecimal strings.
  static let variable = pattern(
    #"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?|\b\d{8}T\d{6}Z?\b|\#(uuid)"#
      + #"|\b1\d{9}(\d{3})?\b|\b[0-9A-Fa-f]{7,64}\b"#)

  /// A run id in text: `run_id=…`, `run_id: …`, and the member of a JSON line.
  static let runID = pattern(#"\brun_id["']?\s*[=:]\s*["']?([^\s"',;{}\[\]()]+)"#)

  /// A name and the number behind it, in text.
  static let namedNumber = pattern(
    #"(?i)([a-z0-9_.\-]*(?:duration|elapsed|latency|took|wall|p50|p95|p99)[a-z0-9_.\-]*)[ \t"'=:(~]{1,4}(\d+(?:\.\d+)?)"#
  )

  private static let uuid = #"\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b"#

  /// The patterns are constants; a test makes sure that each is one.
  private static func pattern(_ source: String) -> Pattern? { try? Pattern(source) }

  /// Whether there is a match.
  static func isMatch(_ pattern: Pattern?, in bytes: [UInt8]) -> Bool { pattern?.isMatch(in: bytes.span) ?? false }

  /// Where all matches are.
  static func ranges(_ pattern: Pattern?, in bytes: [UInt8]) -> [Range<Int>] {
    (pattern?.matches(in: bytes.span) ?? []).map(\.range)
  }

  /// The groups of all matches, without the whole match; every group of these patterns takes part.
  static func groups(_ pattern: Pattern?, in bytes: [UInt8]) -> [[Range<Int>]] {
    (pattern?.matches(in: bytes.span) ?? []).map { $0.groups.dropFirst().compactMap { $0 } }
  }
}
