package import Formats
import Scanning

/// Judges files by a set of rules: one file in, its findings out. Holds the automata's working memory, so each thread
/// has its own.
package struct FileScanner {
  private enum Search {
    case lines(LineRuleSearch)
    case check(CheckSearch)
    case document(DocumentMatcher)
  }

  private let rules: [(rule: Rule, search: Search)]
  private let knownNames: Set<String>
  private let activeNames: Set<String>
  private let salt: [UInt8]?
  private let secretRules: Set<String>
  private let today: CivilDate

  /// A scanner for these rules; suppressions with an end date are judged against `today`.
  ///
  /// - Parameters:
  ///   - knownNames: rules and families that suppressions may name besides those of `rules`.
  ///   - salt: when given, findings get a `ContentIdentity`.
  package init(rules: [Rule], today: CivilDate, knownNames: Set<String> = [], salt: [UInt8]? = nil) {
    self.rules = rules.compactMap { rule -> (rule: Rule, search: Search)? in
      switch rule.matcher {
      case .lines(let matcher): (rule, .lines(LineRuleSearch(rule, matcher)))
      case .check(let check): (rule, .check(CheckSearch(rule, check)))
      case .document(let matcher): (rule, .document(matcher))
      case .repository: nil
      }
    }
    self.activeNames = Set(rules.flatMap { [$0.id, $0.family] })
    self.knownNames = activeNames.union(knownNames)
    self.salt = salt
    self.secretRules = Set(rules.filter(\.isSecret).map(\.id))
    self.today = today
  }

  /// The findings of one file in report order, suppressed ones marked as such, suppressions that do nothing among them.
  package func scan(_ file: SourceFile) -> [Finding] {
    var findings: [Finding] = []
    let judged = JudgedFile(file)
    let reading = FileReading(file)
    for (rule, search) in rules where applies(rule, to: file) {
      switch search {
      case .lines(let search): findings += search.findings(in: reading)
      case .check(let search): findings += search.findings(in: judged)
      case .document(let matcher): findings += matcher.findings(of: rule, in: file)
      }
    }
    let secrets = SecretSpans(findings, secretRules: secretRules, in: file)
    FileScanner.keepGravest(&findings)
    var suppressions = Suppressions(file: file)
    suppressions.apply(to: &findings, today: today)
    findings += suppressions.complaints(knownNames: knownNames, activeNames: activeNames, today: today)
    secrets.redact(&findings, in: file)
    findings.sort(by: Finding.precedes)
    Fingerprint.assign(to: &findings)
    if let salt { ContentIdentity.assign(to: &findings, in: file, salt: salt) }
    return findings
  }

  /// One place, one family, one finding: where variants of a family meet, the gravest is told.
  private static func keepGravest(_ findings: inout [Finding]) {
    var gravest: [String: Severity] = [:]
    func key(_ finding: Finding) -> String {
      "\(finding.family) \(finding.location.line ?? 0):\(finding.location.column ?? 0)"
    }
    for finding in findings { gravest[key(finding)] = max(gravest[key(finding)] ?? finding.level, finding.level) }
    findings.removeAll { $0.level < gravest[key($0)] ?? $0.level }
  }

  /// Rules whose paths and language fit; what they then find is theirs to say.
  package func applies(_ rule: Rule, to file: SourceFile) -> Bool {
    applies(rule, to: file.path, language: file.language?.name)
  }

  /// The same for a file of which only its path and the name of its language are known.
  package func applies(_ rule: Rule, to path: String, language: String?) -> Bool {
    if !rule.languages.isEmpty {
      guard let language, rule.languages.contains(language) else { return false }
    }
    return rule.paths.accepts(path)
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
      message: message.replacing("{match}", with: isSecret ? "***" : matched),
      location: Location(
        path: file.path, line: first.line, column: first.column, endLine: last.line, endColumn: last.column),
      snippet: Snippet.shortened(shown), remediation: remediation)
  }
}

/// Keeps snippets readable: no line of a minified file fills a report.
enum Snippet {
  static let limit = 240

  /// The beginning of a line, of which a snippet can be made. A line without end that holds a million findings is not
  /// copied a million times.
  static func window(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.prefix(4_096) }

  /// A match as a message tells it: the name of a thing rather than all of its text.
  static func told(_ match: String) -> String {
    match.utf8.count <= 100 ? match : String(match.prefix(100)) + "…"
  }

  static func shortened(_ line: String) -> String {
    let trimmed = String(line.drop { $0 == " " || $0 == "\t" })
    return trimmed.utf8.count <= limit ? trimmed : String(trimmed.prefix(limit)) + "…"
  }
}
