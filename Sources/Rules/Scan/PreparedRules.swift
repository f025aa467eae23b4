import Scanning
import Synchronization

/// Rules made ready to be looked for all at once: what brings one of them to a file is a member of one set of patterns.
/// Immutable, made once for all threads.
package struct PreparedRules: Sendable {
  /// The rules, in their order, each with its members of the set.
  let rules: [PreparedRule]
  /// The patterns and triggers of all rules, and the mark of suppressions.
  let patterns: PatternSet
  private let selections = Selections()
  /// Whether some rule takes files of some languages only.
  let asksForLanguage: Bool
  /// The member of the set that finds the marks of suppressions.
  let suppressionMark: Int
  /// By member of the set: what its lines also have to be; see `SemanticCheck.lineTest`.
  private let lineTests: [Int: @Sendable (Span<UInt8>) -> Bool]
  /// What a suppression may name.
  let knownNames: Set<String>
  /// The rules and families that are looked for.
  let activeNames: Set<String>
  /// The rules that judge whole documents: no pattern brings them to a file, its path does.
  let documents: [Rule]
  /// The rules that look for secrets.
  let secretRules: Set<String>

  /// Prepares rules that look at files in this order.
  ///
  /// - Parameter knownNames: rules and families that suppressions may name besides those of `rules`.
  package init(_ rules: [Rule], knownNames: Set<String> = []) {
    var programs: [LineProgram] = []
    var known: [String: Int] = [:]
    var lineTests: [Int: @Sendable (Span<UInt8>) -> Bool] = [:]
    func trigger(_ source: String) -> Int? {
      if let index = known[source] { return index }
      guard let program = SemanticCheck.program(of: source) else { return nil }
      known[source] = programs.count
      lineTests[programs.count] = SemanticCheck.lineTest(ofTrigger: source)
      programs.append(program)
      return programs.count - 1
    }
    self.rules = rules.map { rule in
      switch rule.matcher {
      case .lines(let matcher):
        programs += matcher.any.map(\.program)
        return PreparedRule(rule: rule, patterns: programs.count - matcher.any.count..<programs.count, triggers: [])
      case .check(let check):
        return PreparedRule(rule: rule, patterns: 0..<0, triggers: check.triggers.map { $0.compactMap(trigger) })
      case .document, .repository: return PreparedRule(rule: rule, patterns: 0..<0, triggers: [])
      }
    }
    asksForLanguage = rules.contains { !$0.languages.isEmpty }
    suppressionMark = programs.count
    programs.append(LineProgram(word: SuppressionReader.mark))
    patterns = PatternSet(programs, oneLineIsEnough: Set(known.values).subtracting(lineTests.keys))
    self.lineTests = lineTests
    activeNames = Set(rules.flatMap { [$0.id, $0.family] })
    self.knownNames = activeNames.union(knownNames)
    documents = rules.filter { if case .document = $0.matcher { true } else { false } }
    secretRules = Set(rules.filter(\.isSecret).map(\.id))
  }

  /// The candidates in a text of a language.
  func candidates(in text: Span<UInt8>, language: String?, _ search: PatternSetSearch) -> CandidateLines {
    let matches = search.matches(in: text, among: selection(forLanguage: language))
    return CandidateLines(
      matches.filter { match in
        guard let test = lineTests[match.pattern] else { return true }
        var end = match.lineStart
        while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
        return test(text.extracting(match.lineStart..<end))
      })
  }

  /// Whether a file with these candidates concerns any rule, or holds a suppression.
  func concern(_ candidates: CandidateLines, path: [UInt8], language: String?) -> Bool {
    if candidates.contains(suppressionMark) || documents.contains(where: { $0.paths.accepts(path) }) { return true }
    if candidates.isEmpty { return false }
    return rules.contains { prepared in
      prepared.isBrought(by: candidates) && prepared.rule.takes(language) && prepared.rule.paths.accepts(path)
    }
  }

  /// What is looked for in files of a language: the patterns of rules that take it.
  private func selection(forLanguage language: String?) -> PatternSelection {
    selections.byLanguage.withLock { known in
      if let selection = known[language] { return selection }
      var members: Set<Int> = [suppressionMark]
      for prepared in rules where prepared.rule.takes(language) {
        members.formUnion(prepared.patterns)
        members.formUnion(prepared.triggers.joined())
      }
      let selection = patterns.selection(of: members.sorted())
      known[language] = selection
      return selection
    }
  }

  /// Made when the first file of a language is met.
  private final class Selections: Sendable {
    let byLanguage = Mutex<[String?: PatternSelection]>([:])
  }
}

/// A rule with its members of the set of patterns. It does not look at files that hold none of its patterns, or lacks one of
/// its triggers.
///
/// A class, since every rule is asked about every file: a copy of a rule costs more than its answer.
final class PreparedRule: Sendable {
  let rule: Rule
  /// The patterns that find its lines.
  let patterns: Range<Int>
  /// What its check needs to find in a file: one of each.
  let triggers: [[Int]]

  init(rule: Rule, patterns: Range<Int>, triggers: [[Int]]) {
    self.rule = rule
    self.patterns = patterns
    self.triggers = triggers
  }

  /// Whether a file with these candidates may concern the rule.
  func isBrought(by candidates: CandidateLines) -> Bool {
    patterns.contains(where: candidates.contains)
      || !triggers.isEmpty && triggers.allSatisfy { $0.contains(where: candidates.contains) }
  }
}
