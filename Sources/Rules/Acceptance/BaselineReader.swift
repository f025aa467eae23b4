import Formats

/// A baseline that cannot be used, and where.
package struct BaselineError: Error, Sendable, CustomStringConvertible {
  /// The file as it was named.
  package let path: String
  /// The line, from 1.
  package let line: Int
  /// What is wrong and what to do.
  package let message: String

  /// `FILE:LINE: MESSAGE`.
  package var description: String { "\(path):\(line): \(message)" }
}

extension Baseline {
  /// Reads a baseline. Lines may stand in any order and more than once, as a merge leaves them.
  ///
  /// - Throws: `BaselineError` at the first line that is no entry.
  package init(_ bytes: [UInt8], path: String) throws(BaselineError) {
    var salt: [UInt8]?
    var entries: [Entry] = []
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      func fail(_ message: String) -> BaselineError { BaselineError(path: path, line: number, message: message) }
      let marks: [StaticString] = ["<<<<<<<", "=======", ">>>>>>>"]
      if marks.contains(where: { line.starts(with: String(describing: $0).utf8) }) {
        throw fail("a merge was not finished here; keep the lines of both sides")
      }
      let value: Value
      do throws(FormatError) {
        value = try JSON.read(Array(line))
      } catch {
        throw fail("no entry: \(error.problem); write the baseline anew: auditor baseline write")
      }
      if value["schema_version"] != nil {
        let found = try Baseline.salt(of: value, fail)
        if let salt, salt != found { throw fail("two baselines were merged; write one anew: auditor baseline write") }
        salt = found
      } else {
        entries.append(try Baseline.entry(value, line: number, fail))
      }
    }
    guard let salt else {
      throw BaselineError(
        path: path, line: 1, message: "no baseline: its first line must name '\(Baseline.schemaVersion)'")
    }
    self.init(salt: salt)
    self.entries = entries
  }

  private static func salt(of value: Value, _ fail: (String) -> BaselineError) throws(BaselineError) -> [UInt8] {
    guard value["schema_version"]?.string == schemaVersion else {
      throw fail("'\(value["schema_version"]?.text ?? "")' is another kind of file than '\(schemaVersion)'")
    }
    guard let digits = value["salt"]?.string, let salt = Hex.bytes(of: Array(digits.utf8).span), salt.count >= 8 else {
      throw fail("salt must be 16 hexadecimal digits or more")
    }
    return salt
  }

  private static func entry(
    _ value: Value, line: Int, _ fail: (String) -> BaselineError
  ) throws(BaselineError) -> Entry {
    var fields = ObjectFields(value, what: "an entry of the baseline")
    let texts = ["path", "rule", "evidence", "before", "after"].compactMap { fields.requiredText($0) }
    let count = fields.integer("count") ?? 1
    if count < 1 || count > 1 << 40 { fields.problem(at: value.position, "count must be at least 1") }
    if let problem = fields.finish().first { throw fail(problem.message) }
    guard texts.count == 5 else { throw fail("an entry of the baseline lacks a field") }
    return Entry(
      ruleID: texts[1], path: texts[0],
      identity: ContentIdentity(evidence: texts[2], before: texts[3], after: texts[4]), count: count, line: line)
  }
}
