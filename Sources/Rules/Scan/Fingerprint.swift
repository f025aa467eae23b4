import Formats

/// Identity of a finding that survives moved lines: a digest of a version, the rule, the path and the line's own text
/// without its blanks, and the how-many-eth such line in the file it is. Never a line number.
package enum Fingerprint {
  private static let version = "auditor-fingerprint/1"

  /// Gives each finding its fingerprint; the findings must be in report order. Those of one file get the same ones whether
  /// they stand alone or among those of other files. One that has its fingerprint keeps it: it was given among all
  /// findings of its file, of which some may have been left out since.
  package static func assign(to findings: inout [Finding]) {
    var seen: [String: Int] = [:]
    for index in findings.indices {
      let finding = findings[index]
      let text = withoutBlanks(finding.snippet ?? finding.message)
      let key = [version, finding.ruleID, finding.location.path, text].joined(separator: "\u{0}")
      let occurrence = seen[key, default: 0]
      seen[key] = occurrence + 1
      guard finding.fingerprint.isEmpty else { continue }
      findings[index].fingerprint = String(SHA256.digest(Array("\(key)\u{0}\(occurrence)".utf8)).hex.prefix(32))
    }
  }

  /// Byte by byte, where every byte is a character of its own.
  private static func withoutBlanks(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.filter { $0 != " " && $0 != "\t" } }
    return String(decoding: text.utf8.filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
  }
}
