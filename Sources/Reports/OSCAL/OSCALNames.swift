import Formats
import Rules

/// The identifiers of one document.
struct OSCALNames {
  /// 4f0f5e2a-3a55-4c0e-9d2b-6a1f0c7d8e91, made at random once: names made here are no other tool's.
  private static let space: [UInt8] = [
    0x4F, 0x0F, 0x5E, 0x2A, 0x3A, 0x55, 0x4C, 0x0E, 0x9D, 0x2B, 0x6A, 0x1F, 0x0C, 0x7D, 0x8E, 0x91,
  ]
  private let run: String

  /// Names for a run: those of another run are others.
  init(_ run: AuditRun) {
    self.run = [
      run.time.rfc3339, run.gitHead ?? "", run.tool.version, run.tool.rulePackDigest, run.scope.kind.rawValue,
      run.scope.base ?? "",
    ].joined(separator: "\n")
  }

  /// A UUID of version 5 (RFC 9562, section 5.5), for something of the run.
  func uuid(_ parts: String...) -> String {
    let digest = Array(LegacyDigest.sha1(Self.space + Array(([run] + parts).joined(separator: "\n").utf8)).utf8)
    var digits = Array(digest.prefix(32))
    digits[12] = UInt8(ascii: "5")
    digits[16] = Array("89ab".utf8)[Int(Self.value(digits[16]) & 3)]
    let text = String(decoding: digits, as: UTF8.self)
    var rest = text[...]
    return [8, 4, 4, 4, 12].map { count in
      defer { rest = rest.dropFirst(count) }
      return String(rest.prefix(count))
    }.joined(separator: "-")
  }

  /// A name as OSCAL's tokens are; with the beginning of its digest where characters had to go.
  static func token(_ kind: String, _ name: String) -> String {
    let kept = String(
      decoding: name.utf8.map { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "-_.".utf8.contains(byte) ? byte : UInt8(ascii: "_")
      }.prefix(200), as: UTF8.self)
    return kept == name ? "\(kind).\(name)" : "\(kind).\(kept)-\(SHA256.digest(Array(name.utf8)).hex.prefix(12))"
  }

  private static func value(_ digit: UInt8) -> UInt8 { digit <= 0x39 ? digit & 0x0F : digit - 0x57 }
}
