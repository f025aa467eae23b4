package import Formats
import Rules

extension FindingIntake {
  /// Takes the findings of a report.
  package mutating func take(findingsOf report: Value) throws {
    guard let findings = report["findings"], findings.kind == .array else {
      throw LedgerError.report("the report has no list 'findings'")
    }
    for finding in findings.elements {
      var finding = try LedgerFinding(finding)
      finding.mask()
      try take(finding)
    }
  }
}

extension LedgerFinding {
  /// A finding of a report.
  init(_ value: Value) throws {
    let position = value.position
    func text(_ key: String) throws -> ArraySlice<UInt8> {
      guard let member = value[key], member.kind == .string else {
        throw LedgerError.line(position.line, "a finding has no text '\(key)'")
      }
      return member.textBytes
    }
    let fingerprint = try text("fingerprint")
    guard let key = Key(hex: fingerprint) else {
      throw LedgerError.line(position.line, "the fingerprint of a finding is not 32 hexadecimal digits")
    }
    self.init(
      key: key, rule: try text("rule_id"), level: try Self.level(try text("level"), line: position.line),
      path: try text("path"), line: value["line"]?.integer, message: try text("message"))
    if let suppressed = value["suppressed"], !suppressed.isNull { accept(suppressed) }
  }

  /// Notes why the finding does not count.
  mutating func accept(_ suppressed: Value) {
    accepted = suppressed["kind"].map(\.textBytes) ?? []
    until = suppressed["until"].flatMap { $0.isNull ? nil : $0.textBytes }
    owner = suppressed["owner"].flatMap { $0.isNull ? nil : $0.textBytes }
  }

  private static let levels = ["error", "warning", "note"].map { Array($0.utf8)[...] }

  static func level(_ level: ArraySlice<UInt8>, line: Int) throws -> ArraySlice<UInt8> {
    for known in levels where level == known { return level }
    throw LedgerError.line(line, "the level of a finding is none of error, warning, note")
  }
}

/// Reads the findings of a run from lines, one JSON object each, as reports write them. The first line of the file is the
/// report without its findings.
package struct FindingLines {
  private enum Field: Int, CaseIterable {
    case rule, level, message, path, line, fingerprint, suppressed

    var key: String {
      switch self {
      case .rule: "rule_id"
      case .level: "level"
      case .message: "message"
      case .path: "path"
      case .line: "line"
      case .fingerprint: "fingerprint"
      case .suppressed: "suppressed"
      }
    }
  }

  private var scanner = JSONFieldScanner(keys: Field.allCases.map(\.key))
  private var number = 0
  /// Where letters are written as escapes, a secret may stand in a text that did not stand in its line.
  private var hasEscapes = false

  /// A reader that stands before the first line.
  package init() {}

  /// Hands over the findings of some whole lines of a buffer, with secrets masked; a line that is none is an error.
  package mutating func take(
    _ buffer: [UInt8], _ lines: Range<Int>, into intake: inout FindingIntake
  ) throws {
    // All lines at once: to ask for each text costs more than to keep it.
    if let masked = SecretMask.masked(lines, of: buffer) {
      try takeMasked(masked, masked.indices, into: &intake)
    } else {
      try takeMasked(buffer, lines, into: &intake)
    }
  }

  private mutating func takeMasked(
    _ buffer: [UInt8], _ lines: Range<Int>, into intake: inout FindingIntake
  ) throws {
    var start = lines.lowerBound
    while start < lines.upperBound {
      hasEscapes = false
      guard var finding = try next(in: buffer, from: &start, before: lines.upperBound) else { continue }
      if hasEscapes { finding.mask() }
      try intake.take(finding)
    }
  }

  /// The finding of the line that starts at `start`, which moves to the next one; nil for the first line of the file and a
  /// blank one.
  mutating func next(in buffer: [UInt8], from start: inout Int, before end: Int) throws -> LedgerFinding? {
    number += 1
    let line = scanner.scanLine(of: buffer.span.extracting(..<end), from: start)
    start = scanner.nextLine
    switch line {
    case .blank: return nil
    case .object: return number > 1 ? try finding(in: buffer) : nil
    case .otherValue, .malformed: throw LedgerError.line(number, "it is no JSON object; each line is a finding")
    }
  }

  private mutating func finding(in buffer: [UInt8]) throws -> LedgerFinding {
    let fingerprint = try text(.fingerprint, in: buffer)
    guard let key = LedgerFinding.Key(hex: fingerprint) else {
      throw LedgerError.line(number, "its fingerprint is not 32 hexadecimal digits")
    }
    var finding = LedgerFinding(
      key: key, rule: try text(.rule, in: buffer),
      level: try LedgerFinding.level(try text(.level, in: buffer), line: number), path: try text(.path, in: buffer),
      line: scanner[Field.line.rawValue]?.integer(in: buffer.span), message: try text(.message, in: buffer))
    if let suppressed = scanner[Field.suppressed.rawValue]?.value(in: buffer.span), !suppressed.isNull {
      hasEscapes = true
      finding.accept(suppressed)
    }
    return finding
  }

  /// A text is a part of the buffer unless it holds escapes.
  private mutating func text(_ name: Field, in buffer: [UInt8]) throws -> ArraySlice<UInt8> {
    guard let field = scanner[name.rawValue], field.kind == .string else {
      throw LedgerError.line(number, "it has no text '\(name.key)'")
    }
    if let range = field.plainText { return buffer[range] }
    hasEscapes = true
    return field.value(in: buffer.span)?.textBytes ?? []
  }
}
