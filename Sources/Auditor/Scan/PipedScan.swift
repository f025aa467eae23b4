package import Formats
package import Rules

/// Judges texts that come row by row and answers row by row: for whoever has the files elsewhere and the machines too.
///
/// A row is one line of JSON: `{"path": …, "content": …}` or `{"path": …, "content_base64": …}`, and an `id` of any kind that
/// comes back with the answer. Nothing is read from the disk, no configuration counts, and memory does not grow with
/// the number of rows.
package struct PipedScan {
  /// The most bytes of one row.
  package static let rowBytes = FileLimits.lineBytes

  /// The answer to one row, in the order of the rows.
  package struct Answer: Sendable {
    /// What came of it.
    package enum Result: Sendable {
      /// It was scanned; findings in report order, and the bytes that were looked at.
      case scanned([Finding], byteCount: Int)
      /// It holds no text.
      case binary(byteCount: Int)
      /// The row could not be used.
      case broken(String)
    }

    /// Counted from 1.
    package let row: Int
    /// As the row spells it; nil for a row that has none.
    package let path: String?
    /// What the row brought to know it by.
    package let id: Value?
    /// What came of it.
    package let result: Result
  }

  private let scanner: FileScanner
  private let threshold: FailureThreshold
  private var status = ExitStatus.clean
  private var row = 0

  /// A scan by these rules.
  ///
  /// - Throws: `PackLoader.Failure`, `ScanRequest.Failure` for rules that cannot be had.
  package init(rulePacks: [String], disabled: [String], threshold: FailureThreshold, today: CivilDate) throws {
    let pack = try PackLoader.load(rulePacks, today: today)
    let rules = try RuleChoice.rules(of: pack, without: disabled)
    scanner = FileScanner(PreparedRules(rules, knownNames: pack.names), today: today)
    self.threshold = threshold
  }

  /// Answers every row of standard input.
  ///
  /// - Returns: 4 when some row could not be used or there was none, else 1 when a finding reaches the threshold.
  /// - Throws: `FileError` when standard input cannot be read.
  package mutating func run(_ tell: (Answer) -> Void) throws(FileError) -> ExitStatus {
    var lines = BoundedLines(limit: Self.rowBytes)
    while let line = try lines.next() {
      row += 1
      switch line {
      case .tooLong: tell(broken("the row is longer than \(Self.rowBytes) bytes (limit 'lineBytes')"))
      case .line(let bytes):
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        tell(answer(to: bytes))
      }
    }
    if row == 0 { status = .noVerdict }
    return status
  }

  private mutating func broken(_ reason: String, path: String? = nil, id: Value? = nil) -> Answer {
    status = .noVerdict
    return Answer(row: row, path: path, id: id, result: .broken(reason))
  }

  private mutating func answer(to bytes: [UInt8]) -> Answer {
    let value: Value
    do throws(FormatError) {
      value = try JSON.read(bytes)
    } catch {
      return broken("\(error.position): JSON: \(error.problem)")
    }
    var fields = ObjectFields(value, what: "the row")
    let path = fields.requiredText("path")
    let id = fields.value("id")
    let text = fields.value("content")
    let encoded = fields.text("content_base64")
    if (text == nil) == (encoded == nil) {
      fields.problem(at: value.position, "the row needs either 'content' or 'content_base64'")
    }
    if let text, text.kind != .string { fields.problem(at: text.position, "content must be a text") }
    let decoded = encoded.map(Base64.decode)
    if case .some(.none) = decoded { fields.problem(at: value.position, "content_base64 is not base64") }
    let problems = fields.finish()
    guard problems.isEmpty, let path else {
      return broken(problems.map(\.description).joined(separator: "; "), path: path, id: id)
    }
    let content = (decoded ?? nil) ?? text.map { Array($0.textBytes) } ?? []
    do throws(SourceFile.Refusal) {
      let findings =
        try scanner.scan(path: Array(path.utf8), content: content.span, owned: { content })?.findings ?? []
      if findings.contains(where: { $0.suppression == nil && threshold.isReached(by: $0.level) }) {
        status = status.combined(with: .findings)
      }
      return Answer(row: row, path: path, id: id, result: .scanned(findings, byteCount: content.count))
    } catch {
      return Answer(row: row, path: path, id: id, result: .binary(byteCount: content.count))
    }
  }
}
