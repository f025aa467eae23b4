import Formats

/// The text of an evidence file with everything replaced that differs from run to run (FORENSICS_RULES section 4,
/// `evidence-templated`).
struct EvidenceTemplate: Sendable, Hashable {
  /// SHA-256 of the masked text.
  let digest: Digest
  private static let fewestBytes = 32
  private static let mask = UInt8(ascii: "*")

  /// The template of a file that a phase's run cites; nil for a small file or one without a measurement.
  init?(_ content: EvidenceContent, phase: String, run: String) {
    guard content.byteCount >= Self.fewestBytes, Measurement.isIn(content) else { return nil }
    var bytes = content.bytes
    for id in [run, phase] where !id.isEmpty {
      for variant in Self.variants(of: id) { bytes = Self.replacing(Array(variant.utf8), in: bytes) }
    }
    digest = SHA256.digest(Self.masked(bytes))
  }

  /// As written and in lower case, each also with `-` for `_`; longer ones cannot hide shorter ones, all being as long.
  private static func variants(of id: String) -> [String] {
    let written = [id, id.lowercased()]
    var variants: [String] = []
    for text in written + written.map({ String($0.map { $0 == "_" ? "-" : $0 }) }) where !variants.contains(text) {
      variants.append(text)
    }
    return variants
  }

  /// Replaces an id where it stands for itself and is not the beginning or end of a longer one.
  private static func replacing(_ id: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let end = index + id.count
      if bytes[index] == id[0], end <= bytes.count, bytes[index..<end].elementsEqual(id),
        index == 0 || !isLetterOrDigit(bytes[index - 1]), end == bytes.count || !isLetterOrDigit(bytes[end])
      {
        result.append(mask)
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool { ASCII.isWord(byte) && byte != UInt8(ascii: "_") }

  private static func masked(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    for range in EvidencePatterns.ranges(EvidencePatterns.variable, in: bytes) {
      if isNeither(bytes[range]) { continue }
      result += bytes[start..<range.lowerBound]
      result.append(mask)
      start = range.upperBound
    }
    return result + bytes[start...]
  }

  /// A hexadecimal string without letters is a number, one without numerals a word; epochs and dates are neither.
  private static func isNeither(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.allSatisfy(ASCII.isHexadecimal) else { return false }
    let hasDigit = text.contains(where: ASCII.isDigit)
    let isNumber = text.allSatisfy(ASCII.isDigit)
    if isNumber { return !(text.first == UInt8(ascii: "1") && (text.count == 10 || text.count == 13)) }
    return !hasDigit
  }
}

/// A number that only a run can have measured: it belongs to a duration and has three significant digits.
enum Measurement {
  private static let contained = ["duration", "elapsed", "latency"]
  private static let leading = ["took", "wall", "p50", "p95", "p99"]
  private static let excluded = ["total", "overall", "pipeline"]

  static func isIn(_ content: EvidenceContent) -> Bool {
    if let json = content.json { return isIn(json) }
    return EvidencePatterns.groups(EvidencePatterns.namedNumber, in: content.bytes).contains { groups in
      guard groups.count == 2 else { return false }
      let (name, number) = (groups[0], groups[1])
      let line = content.bytes[..<number.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let before = String(decoding: content.bytes[line..<number.lowerBound], as: UTF8.self).lowercased()
      return isDuration(String(decoding: content.bytes[name], as: UTF8.self))
        && !excluded.contains { before.firstRange(of: $0) != nil } && isMeasured(content.bytes[number])
    }
  }

  /// Of all names on the way to a number none may speak of the whole; the last one must name a duration.
  private static func isIn(_ root: Value) -> Bool {
    var open = [root]
    while let value = open.popLast() {
      for member in value.members {
        let name = member.name.lowercased()
        if excluded.contains(where: { name.firstRange(of: $0) != nil }) { continue }
        switch member.value.kind {
        case .object, .array: open.append(member.value)
        case .integer, .real, .string:
          let digits = member.value.textBytes.prefix { ASCII.isDigit($0) || $0 == UInt8(ascii: ".") }
          if isDuration(name), isMeasured(digits) { return true }
        default: break
        }
      }
      open += value.elements.filter { $0.kind == .object || $0.kind == .array }
    }
    return false
  }

  /// `wall` names a duration, `firewall` does not.
  static func isDuration(_ name: String) -> Bool {
    let name = name.lowercased()
    if contained.contains(where: { name.firstRange(of: $0) != nil }) { return true }
    return name.split { $0 == "_" || $0 == "." || $0 == "-" }.contains { part in
      leading.contains { part == $0 || (part.hasPrefix($0) && !(part.dropFirst($0.count).first?.isNumber ?? false)) }
    }
  }

  /// At least three significant digits that do not end in `00`; what a template replaces does not count.
  static func isMeasured(_ number: some Collection<UInt8>) -> Bool {
    let text = Array(number)
    if text.allSatisfy(ASCII.isDigit), text.first == UInt8(ascii: "1"), text.count == 10 || text.count == 13 {
      return false
    }
    let digits = Array(text.filter(ASCII.isDigit).drop { $0 == UInt8(ascii: "0") })
    return digits.count >= 3 && !digits.suffix(2).elementsEqual("00".utf8)
  }
}
