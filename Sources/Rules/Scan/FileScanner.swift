package import Formats
import Scanning

/// Judges files by a set of rules: one file in, its findings out. Holds the automata's working memory, so each thread
/// has its own.
package struct FileScanner {
  private let rules: PreparedRules
  private let search: PatternSetSearch
  private let searches: [RuleSearch]
  private let today: CivilDate
  private let salt: [UInt8]?

  /// How a rule looks at a file.
  private enum RuleSearch {
    case lines(LineRuleSearch)
    case check(CheckSearch)
    case document(DocumentMatcher)
    /// The rule is about the tree and not about a file.
    case none
  }

  /// A scanner for these rules; suppressions with an end date are judged against `today`.
  package init(rules: [Rule], today: CivilDate) {
    self.init(PreparedRules(rules), today: today)
  }

  /// A scanner for rules that were prepared once for all threads.
  ///
  /// - Parameter salt: when given, findings get a `ContentIdentity`.
  package init(_ rules: PreparedRules, today: CivilDate, salt: [UInt8]? = nil) {
    self.rules = rules
    self.today = today
    self.salt = salt
    search = PatternSetSearch(rules.patterns)
    searches = rules.rules.map { prepared in
      switch prepared.rule.matcher {
      case .lines(let matcher): .lines(LineRuleSearch(prepared.rule, matcher))
      case .check(let check): .check(CheckSearch(prepared.rule, check))
      case .document(let matcher): .document(matcher)
      case .repository: .none
      }
    }
  }

  /// A file that had to be looked at, and what was found in it.
  package struct Scanned {
    /// The file.
    package let file: SourceFile
    /// In report order.
    package let findings: [Finding]
  }

  /// The findings of one file in report order, suppressed ones marked as such, suppressions that do nothing among them.
  package func scan(_ file: SourceFile) -> [Finding] {
    findings(in: file, rules.candidates(in: file.bytes.span, language: file.language?.name, search))
  }

  /// Scans a file by its bytes. Nil for most files: nothing in them brings any rule to look at them.
  ///
  /// - Parameters:
  ///   - path: relative to the audited root, as the file system spells it.
  ///   - owned: the same content as an array; asked for at most once.
  /// - Throws: `Refusal` for files that hold no text.
  package func scan(
    path: [UInt8], content: Span<UInt8>, owned: () -> [UInt8]
  ) throws(SourceFile.Refusal) -> Scanned? {
    let shown = { String(decoding: path, as: UTF8.self) }
    switch try FileText(content, isSource: { SourceFile.languageName(path: path, content: content) != nil }) {
    case .transcoded(let text):
      let file = SourceFile(path: shown(), text: text)
      return Scanned(file: file, findings: scan(file))
    case .asItStands(let start):
      let span = content.extracting(start...)
      let language = rules.asksForLanguage ? SourceFile.languageName(path: path, content: span) : nil
      let candidates = rules.candidates(in: span, language: language, search)
      if !rules.concern(candidates, path: path, language: language) { return nil }
      let text = start == 0 ? owned() : Array(owned()[start...])
      let file = SourceFile(path: shown(), text: text)
      return Scanned(file: file, findings: findings(in: file, candidates))
    }
  }

  private func findings(in file: SourceFile, _ candidates: CandidateLines) -> [Finding] {
    var findings: [Finding] = []
    let judged = JudgedFile(file)
    let reading = FileReading(file)
    for index in rules.rules.indices {
      findings += self.findings(ofRuleAt: index, candidates, in: judged, reading)
    }
    let hasSuppressions = candidates.contains(rules.suppressionMark)
    if findings.isEmpty, !hasSuppressions, judged.unreadReason == nil { return [] }
    let secrets = SecretSpans(findings, secretRules: rules.secretRules, in: file)
    FileScanner.keepGravest(&findings)
    if hasSuppressions {
      var suppressions = Suppressions(file: file)
      suppressions.redact(by: secrets)
      suppressions.apply(to: &findings, today: today)
      findings += suppressions.complaints(
        knownNames: rules.knownNames, activeNames: rules.activeNames, today: today)
    }
    if let reason = judged.unreadReason { findings.append(FileScanner.unread(file, reason)) }
    secrets.redact(&findings, in: file)
    findings.sort(by: Finding.precedes)
    Fingerprint.assign(to: &findings)
    if let salt { ContentIdentity.assign(to: &findings, in: file, salt: salt) }
    return findings
  }

  private func findings(
    ofRuleAt index: Int, _ candidates: CandidateLines, in judged: JudgedFile, _ reading: FileReading
  ) -> [Finding] {
    let prepared = rules.rules[index]
    let rule = prepared.rule
    if case .document(let matcher) = searches[index] {
      return applies(rule, to: judged.file) ? matcher.findings(of: rule, in: judged.file) : []
    }
    guard prepared.isBrought(by: candidates), applies(rule, to: judged.file) else { return [] }
    switch searches[index] {
    case .lines(let search):
      return search.findings(in: reading) { candidates.lines(of: prepared.patterns.lowerBound + $0, in: judged.file) }
    case .check(let search): return search.findings(in: judged)
    case .document, .none: return []
    }
  }

  /// A file that no semantic check could look at; told after suppressions, since it is about no line.
  private static func unread(_ file: SourceFile, _ reason: String) -> Finding {
    Finding(
      ruleID: "coverage.outline", level: .warning,
      message: "checks that read programs did not look at this file: \(reason)",
      location: Location(path: file.path, line: 1, column: 1),
      snippet: Snippet.shortened(String(decoding: Snippet.window(of: file.line(1)), as: UTF8.self)),
      remediation: "split it, or exclude it in auditor.yaml where a machine writes it")
  }

  /// One place, one family, one finding: where variants of a family meet, the gravest is told.
  private static func keepGravest(_ findings: inout [Finding]) {
    if findings.count < 2 { return }
    var gravest: [String: Severity] = [:]
    func key(_ finding: Finding) -> String {
      "\(finding.family) \(finding.location.line ?? 0):\(finding.location.column ?? 0)"
    }
    for finding in findings { gravest[key(finding)] = max(gravest[key(finding)] ?? finding.level, finding.level) }
    findings.removeAll { $0.level < gravest[key($0)] ?? $0.level }
  }

  /// Rules whose paths and language fit; what they then find is theirs to say.
  func applies(_ rule: Rule, to file: SourceFile) -> Bool {
    rule.takes(file.language?.name) && rule.paths.accepts(file.path)
  }
}

extension Rule {
  /// A finding of this rule at a span of one line.
  func finding(in file: SourceFile, from start: Int, to end: Int) -> Finding {
    let first = file.lines.position(at: start)
    let last = file.lines.position(at: end)
    let matched = Snippet.told(String(decoding: file.bytes[start..<end].prefix(4_096), as: UTF8.self))
    let shown = String(decoding: Snippet.window(of: file.line(first.line)), as: UTF8.self)
    return Finding(
      ruleID: id, level: severity,
      message: told(matched),
      location: Location(
        path: file.path, line: first.line, column: first.column, endLine: last.line, endColumn: last.column),
      snippet: Snippet.shortened(shown), remediation: remediation)
  }

  /// The message, about what matched.
  private func told(_ matched: String) -> String {
    guard message.utf8.contains(UInt8(ascii: "{")) else { return message }
    return message.replacing("{match}", with: isSecret ? "***" : matched)
  }
}

/// Keeps snippets readable: no line of a minified file fills a report. What is cut is masked first: a part of a secret is
/// not known for one any more.
enum Snippet {
  static let limit = 240

  /// The beginning of a line, of which a snippet can be made. A line without end that holds a million findings is not
  /// copied a million times.
  static func window(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.prefix(4_096) }

  /// A match as a message tells it: the name of a thing rather than all of its text.
  static func told(_ match: String) -> String {
    match.utf8.count <= 100 ? match : String(SecretMask.masked(match).prefix(100)) + "…"
  }

  static func shortened(_ line: String) -> String {
    let trimmed = String(line.drop { $0 == " " || $0 == "\t" })
    return trimmed.utf8.count <= limit ? trimmed : String(SecretMask.masked(trimmed).prefix(limit)) + "…"
  }
}
