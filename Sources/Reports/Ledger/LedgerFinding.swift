import Formats
package import Rules

/// What a ledger keeps of a finding; no line of the audited tree is part of it. Texts are UTF-8 bytes, which may be a part
/// of a larger buffer.
package struct LedgerFinding {
  /// A fingerprint: sixteen bytes.
  struct Key: Hashable {
    let first: UInt64
    let second: UInt64

    /// Reads 32 hexadecimal digits in lower case.
    init?(hex: ArraySlice<UInt8>) {
      guard hex.count == 32 else { return nil }
      var words: (UInt64, UInt64) = (0, 0)
      var place = 0
      for byte in hex {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        default: return nil
        }
        if place < 16 { words.0 = words.0 << 4 | UInt64(digit) } else { words.1 = words.1 << 4 | UInt64(digit) }
        place += 1
      }
      (first, second) = words
    }

    init?(bytes: Span<UInt8>) {
      guard bytes.count == 16 else { return nil }
      var words: (UInt64, UInt64) = (0, 0)
      for index in 0..<8 {
        words.0 = words.0 << 8 | UInt64(bytes[index])
        words.1 = words.1 << 8 | UInt64(bytes[index + 8])
      }
      (first, second) = words
    }

    var bytes: InlineArray<16, UInt8> {
      var bytes = InlineArray<16, UInt8>(repeating: 0)
      for index in 0..<8 {
        let shift = UInt64(56 - 8 * index)
        bytes[index] = UInt8(truncatingIfNeeded: first >> shift)
        bytes[index + 8] = UInt8(truncatingIfNeeded: second >> shift)
      }
      return bytes
    }

    /// A fingerprint is a digest: half of it spreads as well as all.
    func hash(into hasher: inout Hasher) { hasher.combine(first) }
  }

  /// What makes a finding the same one again.
  let key: Key
  /// The rule.
  private(set) var rule: ArraySlice<UInt8>
  /// `error`, `warning` or `note`.
  let level: ArraySlice<UInt8>
  /// Where it was when it was recorded.
  private(set) var path: ArraySlice<UInt8>
  /// The line where it was when it was recorded.
  let line: Int64?
  /// What is wrong.
  private(set) var message: ArraySlice<UInt8>
  /// Why it does not count: `in_source`, `waiver`, `baseline`; nil where it counts.
  var accepted: ArraySlice<UInt8>?
  /// Until when it does not count.
  var until: ArraySlice<UInt8>?
  /// Who answers for that.
  var owner: ArraySlice<UInt8>?

  init(
    key: Key, rule: ArraySlice<UInt8>, level: ArraySlice<UInt8>, path: ArraySlice<UInt8>, line: Int64?,
    message: ArraySlice<UInt8>
  ) {
    self.key = key
    self.rule = rule
    self.level = level
    self.path = path
    self.line = line
    self.message = message
  }

  /// A finding of a run that was just made; nil for one without a fingerprint, which no run has.
  package init?(_ finding: Finding) {
    func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
    guard let key = Key(hex: bytes(finding.fingerprint)) else { return nil }
    self.init(
      key: key, rule: bytes(finding.ruleID), level: bytes(finding.level.rawValue), path: bytes(finding.location.path),
      line: finding.location.line.map(Int64.init), message: bytes(finding.message))
    accepted = finding.suppression.map { bytes($0.kind.rawValue) }
    until = finding.suppression?.until.map(bytes)
    owner = finding.suppression?.owner.map(bytes)
    mask()
  }

  /// Takes secrets out of the texts that anybody may have written.
  mutating func mask() {
    func masked(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> { SecretMask.masked(Array(text))[...] }
    (rule, path, message) = (masked(rule), masked(path), masked(message))
    accepted = accepted.map(masked)
    until = until.map(masked)
    owner = owner.map(masked)
  }

  /// Tells whether anything changed that is worth a row: how grave it is, and whether it counts.
  var mark: UInt64 { Self.mark(level, accepted, until, owner) }

  static func mark(
    _ level: ArraySlice<UInt8>, _ accepted: ArraySlice<UInt8>?, _ until: ArraySlice<UInt8>?,
    _ owner: ArraySlice<UInt8>?
  ) -> UInt64 {
    // FNV-1a; the zero byte that ends each part stands in none of them.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in [level, accepted, until, owner] {
      for byte in part ?? [1] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = hash &* 0x100_0000_01b3
    }
    return hash
  }
}
