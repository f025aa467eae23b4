import Formats

/// What a finding is about, as salted digests: the line itself, the two lines with text above it, and the two below.
///
/// No line number, no message and no content is in it. It stays the same when the line moves with its neighbours, and
/// differs when an equal line comes up elsewhere in the file.
package struct ContentIdentity: Sendable, Hashable {
  /// The line without its blanks, or what a whole-file finding says without its numbers.
  package let evidence: String
  /// The lines above.
  package let before: String
  /// The lines below.
  package let after: String

  /// An identity as a baseline recorded it.
  package init(evidence: String, before: String, after: String) {
    self.evidence = evidence
    self.before = before
    self.after = after
  }

  /// Whether the neighbours on one side are the same: those on the other may have been edited.
  func sharesContext(with other: ContentIdentity) -> Bool { before == other.before || after == other.after }

  /// How many lines with text make up the context on each side, and how many lines are looked through for them.
  private static let contextLines = 2
  private static let searchedLines = 50
  /// The most bytes of a line on either side of a finding: a line without end is not hashed for each of its findings.
  private static let window = 2_048

  /// Gives each finding of a file its identity.
  static func assign(to findings: inout [Finding], in file: SourceFile, salt: [UInt8]) {
    for index in findings.indices {
      findings[index].identity = ContentIdentity(findings[index], in: file, salt: salt)
    }
  }

  /// The identity of a finding about a whole file, of which only the message tells; measured numbers do not count.
  package init(wholeFile finding: Finding, salt: [UInt8]) {
    var text: [UInt8] = []
    for byte in finding.message.utf8 {
      let sign = (0x30...0x39).contains(byte) ? UInt8(ascii: "#") : byte
      if sign != UInt8(ascii: "#") || text.last != sign { text.append(sign) }
    }
    evidence = ContentIdentity.digest(text, salt, 24)
    before = ContentIdentity.digest([], salt, 16)
    after = before
  }

  private init(_ finding: Finding, in file: SourceFile, salt: [UInt8]) {
    guard let line = finding.location.line else {
      self.init(wholeFile: finding, salt: salt)
      return
    }
    let whole = file.range(ofLine: line)
    let start = whole.lowerBound + (finding.location.column ?? 1) - 1
    let part = file.bytes[
      max(whole.lowerBound, start - ContentIdentity.window)..<min(whole.upperBound, start + ContentIdentity.window)]
    self.init(
      evidence: ContentIdentity.digest(ContentIdentity.text(part), salt, 24),
      before: ContentIdentity.digest(ContentIdentity.context(of: line, step: -1, in: file), salt, 16),
      after: ContentIdentity.digest(ContentIdentity.context(of: line, step: 1, in: file), salt, 16))
  }

  private static func context(of line: Int, step: Int, in file: SourceFile) -> [UInt8] {
    var context: [UInt8] = []
    var found = 0
    var number = line + step
    while found < contextLines, abs(number - line) <= searchedLines, number >= 1, number <= file.lines.count {
      let text = text(file.line(number).prefix(window))
      if !text.isEmpty {
        context += text + [0x0A]
        found += 1
      }
      number += step
    }
    return context
  }

  private static func text(_ line: ArraySlice<UInt8>) -> [UInt8] {
    line.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
  }

  private static func digest(_ text: [UInt8], _ salt: [UInt8], _ digits: Int) -> String {
    var hasher = SHA256()
    hasher.update(salt)
    hasher.update([0])
    hasher.update(text)
    return String(hasher.finalize().hex.prefix(digits))
  }
}
