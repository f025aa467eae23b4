import Rules

/// Values as bytes, one after the other, to be read back by the same version of the tool (`RecordReader`).
///
/// Texts that come again and again are written once.
struct RecordWriter {
  private(set) var bytes: [UInt8] = []
  private var numbers: [String: Int] = [:]

  /// Seven bits a byte, the lowest first.
  mutating func number(_ value: some FixedWidthInteger) {
    var rest = UInt64(truncatingIfNeeded: value)
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func optional(_ value: Int?) { number(value.map { $0 &+ 1 } ?? 0) }

  /// Bytes whose number the reader knows.
  mutating func raw(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

  mutating func data(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }

  /// A text that is most likely the only one of its kind.
  mutating func text(_ value: String) {
    number(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func optionalText(_ value: String?) {
    number(value == nil ? 0 : 1)
    if let value { text(value) }
  }

  /// A text that stands in many records: in full the first time, by its number from then on.
  mutating func repeated(_ value: String) {
    if let known = numbers[value] { return number(known) }
    numbers[value] = numbers.count + 1
    number(0)
    text(value)
  }

  mutating func optionalRepeated(_ value: String?) {
    number(value == nil ? 0 : 1)
    if let value { repeated(value) }
  }

  /// A finding without its path, which is that of its file.
  mutating func finding(_ finding: Finding) {
    repeated(finding.ruleID)
    repeated(finding.level.rawValue)
    repeated(finding.message)
    optional(finding.location.line)
    optional(finding.location.column)
    optional(finding.location.endLine)
    optional(finding.location.endColumn)
    optionalText(finding.snippet)
    number(finding.evidence.count)
    for evidence in finding.evidence { text(evidence) }
    repeated(finding.remediation)
    text(finding.fingerprint)
    number(finding.suppression == nil ? 0 : 1)
    if let suppression = finding.suppression {
      repeated(suppression.kind.rawValue)
      repeated(suppression.reason)
      optionalRepeated(suppression.until)
      optionalRepeated(suppression.owner)
    }
    number(finding.identity == nil ? 0 : 1)
    if let identity = finding.identity {
      text(identity.evidence)
      text(identity.before)
      text(identity.after)
    }
  }
}
