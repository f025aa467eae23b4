import Scanning

/// Rules made ready to be looked for all at once: what brings one of them to a file is a member of one set of patterns.
/// Immutable, made once for all threads.
package struct PreparedRules: Sendable {
  /// The rules, in their order, each with its members of the set: the patterns that find its lines, or the trigger of its
  /// check. A rule does not look at files in which none of them matches.
  let rules: [(rule: Rule, members: Range<Int>)]
  /// The patterns and triggers of all rules, and the mark of suppressions.
  let patterns: PatternSet
  /// The member of the set that finds the marks of suppressions.
  let suppressionMark: Int
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
    var triggers: [String: Range<Int>] = [:]
    func members(_ rule: Rule) -> Range<Int> {
      switch rule.matcher {
      case .lines(let matcher):
        programs += matcher.any.map(\.program)
        return programs.count - matcher.any.count..<programs.count
      case .check(let check):
        if let known = triggers[check.trigger] { return known }
        let first = programs.count
        if let program = check.triggerProgram { programs.append(program) }
        triggers[check.trigger] = first..<programs.count
        return first..<programs.count
      case .document, .repository: return programs.count..<programs.count
      }
    }
    self.rules = rules.map { ($0, members($0)) }
    suppressionMark = programs.count
    programs.append(LineProgram(word: SuppressionReader.mark))
    patterns = PatternSet(programs, oneLineIsEnough: Set(triggers.values.joined()))
    activeNames = Set(rules.flatMap { [$0.id, $0.family] })
    self.knownNames = activeNames.union(knownNames)
    documents = rules.filter { if case .document = $0.matcher { true } else { false } }
    secretRules = Set(rules.filter(\.isSecret).map(\.id))
  }
}
