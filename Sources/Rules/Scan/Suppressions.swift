import Formats

/// The suppression comments of one file: `auditor:ignore RULE-ID[, RULE-ID] -- reason (until YYYY-MM-DD)`.
///
/// A comment beside code covers its own line; one that stands alone covers the next line too, and the first line below
/// that is no comment. It counts only with a reason, for the rules it names (an id or a family), and not past its date.
/// One that does not count, or that covers nothing, is itself a finding: suppressions must not rot.
struct Suppressions {
  /// One comment.
  struct Entry {
    let line: Int
    let column: Int
    let names: [String]
    fileprivate(set) var reason: String
    fileprivate(set) var until: String?
    let untilDate: CivilDate?
    /// The lines that it covers.
    let lines: [Int]
    /// Those of its names that covered something.
    var usedNames: Set<String> = []
  }

  private let file: SourceFile
  private var entries: [Entry]

  init(file: SourceFile) {
    self.file = file
    self.entries = SuppressionReader(file: file).entries()
  }

  /// Takes secrets out of what is told of the comments.
  mutating func redact(by secrets: SecretSpans) {
    for index in entries.indices {
      let line = entries[index].line
      entries[index].reason = secrets.redacted(entries[index].reason, ofLine: line, in: file)
      entries[index].until = entries[index].until.map { secrets.redacted($0, ofLine: line, in: file) }
    }
  }

  /// Marks the findings that are covered by a suppression that counts.
  mutating func apply(to findings: inout [Finding], today: CivilDate) {
    guard !entries.isEmpty else { return }
    var places: [Int: [Int]] = [:]
    for index in entries.indices {
      for line in entries[index].lines { places[line, default: []].append(index) }
    }
    for index in findings.indices {
      guard let line = findings[index].location.line else { continue }
      for place in places[line, default: []] {
        let names = entries[place].names.filter { $0 == findings[index].ruleID || $0 == findings[index].family }
        guard !names.isEmpty, counts(entries[place], today: today) else { continue }
        entries[place].usedNames.formUnion(names)
        findings[index].suppression = Finding.Suppression(
          kind: .inSource, reason: entries[place].reason, until: entries[place].until)
        break
      }
    }
  }

  /// Findings about the suppressions themselves.
  ///
  /// - Parameters:
  ///   - knownNames: every rule and family there is.
  ///   - activeNames: those that this scan looks for; what covers only others is not known to cover nothing.
  func complaints(knownNames: Set<String>, activeNames: Set<String>, today: CivilDate) -> [Finding] {
    entries.compactMap { entry in
      if entry.names.isEmpty {
        return complaint(
          entry, "suppression.unnamed", "the suppression names no rule",
          "name the rule: auditor:ignore RULE-ID -- reason")
      }
      if let unknown = entry.names.first(where: { !knownNames.contains($0) }) {
        let hint = nearest(to: unknown, in: knownNames.sorted()).map { ", did you mean '\($0)'?" } ?? ""
        return complaint(
          entry, "suppression.unknown-rule", "no rule is called '\(unknown)'\(hint)",
          "name a rule of 'auditor rules list', or remove the comment")
      }
      if entry.reason.isEmpty {
        return complaint(
          entry, "suppression.no-reason", "the suppression gives no reason, so it does not count",
          "write why: auditor:ignore \(entry.names[0]) -- reason")
      }
      if entry.until != nil, entry.untilDate == nil {
        return complaint(
          entry, "suppression.malformed-date", "'\(entry.until ?? "")' is no date, so the suppression does not count",
          "write (until YYYY-MM-DD)")
      }
      if let date = entry.untilDate, date < today {
        return complaint(
          entry, "suppression.expired", "the suppression ended on \(entry.until ?? "")",
          "fix the finding, or renew the date with a reason")
      }
      let unused = entry.names.filter { activeNames.contains($0) && !entry.usedNames.contains($0) }
      if unused.isEmpty { return nil }
      if unused == entry.names {
        return complaint(entry, "suppression.unused", "the suppression covers no finding", "remove the comment")
      }
      return complaint(
        entry, "suppression.unused",
        "the suppression covers no finding of \(unused.map { "'\($0)'" }.joined(separator: ", "))",
        "take the name out of the comment")
    }
  }

  private func counts(_ entry: Entry, today: CivilDate) -> Bool {
    guard !entry.reason.isEmpty else { return false }
    guard entry.until != nil else { return true }
    return entry.untilDate.map { !($0 < today) } ?? false
  }

  private func complaint(_ entry: Entry, _ ruleID: String, _ message: String, _ remediation: String) -> Finding {
    Finding(
      ruleID: ruleID, level: ruleID == "suppression.unused" ? .note : .warning, message: message,
      location: Location(path: file.path, line: entry.line, column: entry.column),
      snippet: Snippet.shortened(String(decoding: Snippet.window(of: file.line(entry.line)), as: UTF8.self)),
      remediation: remediation)
  }
}
