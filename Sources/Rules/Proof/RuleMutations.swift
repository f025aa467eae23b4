package import Formats
import Scanning

/// Whether a rule can turn red and green: code that it calls clean gets a violation in several ways, a violation is taken
/// out, and the rule itself is weakened part by part, which its examples have to notice.
///
/// Everything happens in memory, on the examples that the rule brings.
package struct RuleMutations {
  private static let farDown = 500

  private let rule: Rule
  private let today: CivilDate

  /// The mutations of one rule; suppressions in its examples are judged against `today`.
  package init(_ rule: Rule, today: CivilDate) {
    self.rule = rule
    self.today = today
  }

  /// Applies each mutation and says what came of it.
  package func prove() -> GateProof {
    let failures = PackExamples.failures(in: [rule], today: today)
    if let first = failures.first {
      return GateProof(subject: rule.id, refusal: "its examples do not hold (\(first.location): \(first.message))")
    }
    return GateProof(subject: rule.id, results: evidenceResults + weakenedResults)
  }

  // MARK: Mutations of the evidence

  private var evidenceResults: [MutationResult] {
    [
      overall("remove-violation", "take the reported lines out of what the rule finds", silence: true) { example in
        [without(lines(of: rule, in: example), example)]
      },
      overall("plant-behind", "put a violation behind code that the rule calls clean") { example in
        companions(of: example).map { joined($0, example, at: example.path) }
      },
      overall("plant-before", "put a violation in front of code that the rule calls clean") { example in
        companions(of: example).map { joined(example, $0, at: example.path) }
      },
      overall("far-down", "put \(Self.farDown) blank lines in front of a violation") { example in
        [changed(example, String(repeating: "\n", count: Self.farDown) + example.text)]
      },
      overall("crlf", "end the lines of a violation as Windows does") { example in
        [changed(example, example.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n"))]
      },
      overall("indent", "indent a violation") { example in
        guard case .lines = rule.matcher else { return [] }
        return [
          changed(
            example,
            example.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
              line.isEmpty ? "" : "  " + line
            }.joined(separator: "\n"))
        ]
      },
      twice,
    ]
  }

  /// One mutation over all match examples: it is killed when the rule notices each of them.
  private func overall(
    _ id: String, _ deed: String, silence: Bool = false, _ mutate: (Rule.Example) -> [Rule.Example]
  ) -> MutationResult {
    let mutation = Mutation(id, deed, expected: [silence ? "silence" : rule.id])
    guard isAboutText else { return MutationResult(mutation, .notApplicable) }
    let mutants = rule.matches.flatMap { example in mutate(example).map { (example, $0) } }
    if mutants.isEmpty { return MutationResult(mutation, .notApplicable) }
    let surviving = mutants.filter { !lines(of: rule, in: $0.1).isEmpty == silence }
    guard let first = surviving.first else {
      return MutationResult(mutation, .killed, reasons: [silence ? "silence" : rule.id])
    }
    return MutationResult(
      mutation, .survived, reasons: [], place: Location(path: rule.origin.path, line: first.0.line))
  }

  /// A second violation is a second finding.
  private var twice: MutationResult {
    let mutation = Mutation("twice", "let a violation stand there twice", expected: [rule.id])
    guard case .lines = rule.matcher else { return MutationResult(mutation, .notApplicable) }
    let surviving = rule.matches.first { example in
      let once = lines(of: rule, in: example).count
      return lines(of: rule, in: joined(example, example, at: example.path)).count <= once
    }
    return MutationResult(
      mutation, surviving == nil ? .killed : .survived, reasons: surviving == nil ? [rule.id] : [],
      place: surviving.map { Location(path: rule.origin.path, line: $0.line) })
  }

  /// Clean examples of the same kind of file: what can stand beside a violation. The paths decide the languages.
  private func companions(of example: Rule.Example) -> [Rule.Example] {
    rule.silent.filter { clean in
      Self.ending(clean.path) == Self.ending(example.path) && rule.paths.accepts(clean.path) && !mutes(clean)
    }
  }

  /// Whether an example is clean only for what it says about itself: a suppression, a mark of a fixture at its top.
  private func mutes(_ clean: Rule.Example) -> Bool { clean.text.contains("auditor:ignore") }

  private static func ending(_ path: String) -> Substring? {
    let name = path.split(separator: "/").last ?? path[...]
    return name.lastIndex(of: ".").map { name[$0...] }
  }

  private func joined(_ first: Rule.Example, _ second: Rule.Example, at path: String) -> Rule.Example {
    let gap = first.text.hasSuffix("\n") ? "\n" : "\n\n"
    return Rule.Example(path: path, text: first.text + gap + second.text, line: first.line)
  }

  private func changed(_ example: Rule.Example, _ text: String) -> Rule.Example {
    Rule.Example(path: example.path, text: text, line: example.line)
  }

  private func without(_ lines: Set<Int>, _ example: Rule.Example) -> Rule.Example {
    let kept = example.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !lines.contains($0.offset + 1) }.map(\.element)
    return changed(example, kept.joined(separator: "\n"))
  }

  private var isAboutText: Bool {
    switch rule.matcher {
    case .lines, .check: true
    case .document, .repository: false
    }
  }

  /// The lines on which a rule reports something that no comment accepts.
  private func lines(of rule: Rule, in example: Rule.Example) -> Set<Int> {
    guard let file = try? SourceFile(path: example.path, content: Array(example.text.utf8)) else { return [] }
    let found = FileScanner(rules: [rule], today: today).scan(file)
      .filter { $0.ruleID == rule.id && $0.suppression == nil }
    return Set(
      found.flatMap { finding -> ClosedRange<Int> in
        let first = finding.location.line ?? 1
        return first...max(first, finding.location.endLine ?? first)
      })
  }

  // MARK: Mutations of the rule

  /// A part that can be left out without any example noticing is a part that nobody would miss.
  private var weakenedResults: [MutationResult] {
    guard case .lines(let matcher) = rule.matcher else { return [] }
    var results: [MutationResult] = []
    func weaken(_ id: String, _ deed: String, _ weaker: LineMatcher) {
      let mutation = Mutation(id, deed, expected: ["examples"])
      let failures = PackExamples.failures(in: [rule.matching(by: weaker)], today: today)
      results.append(
        MutationResult(
          mutation, failures.isEmpty ? .survived : .killed, reasons: failures.isEmpty ? [] : ["examples"],
          place: failures.isEmpty ? rule.origin : nil))
    }
    if matcher.any.count > 1 {
      for index in matcher.any.indices {
        weaken(
          "drop-pattern.\(index + 1)", "leave out its pattern \(Self.shown(matcher.any[index]))",
          matcher.with(any: matcher.any.without(index)))
      }
    }
    for index in matcher.unless.indices {
      weaken(
        "drop-exception.\(index + 1)", "leave out its exception \(Self.shown(matcher.unless[index]))",
        matcher.with(unless: matcher.unless.without(index)))
    }
    for index in matcher.near.indices {
      weaken(
        "drop-near.\(index + 1)", "do not ask for what must stand near",
        matcher.with(near: matcher.near.without(index)))
    }
    if matcher.classes != nil {
      weaken("drop-class", "look at code, comments and texts alike", matcher.with(classes: .some(nil)))
    }
    if matcher.entropy != nil { weaken("drop-entropy", "do not ask for entropy", matcher.with(entropy: .some(nil))) }
    if matcher.judging != nil { weaken("drop-judge", "report every candidate", matcher.with(judging: .some(nil))) }
    return results
  }

  private static func shown(_ pattern: LinePattern) -> String {
    let source = pattern.source
    return source.unicodeScalars.count > 60 ? "'\(String(source.unicodeScalars.prefix(59)))…'" : "'\(source)'"
  }
}

extension Rule {
  /// The same rule with another way to decide.
  fileprivate func matching(by matcher: LineMatcher) -> Rule {
    Rule(
      id: id, message: message, severity: severity, languages: languages, paths: paths, matcher: .lines(matcher),
      remediation: remediation, references: references, status: status, isSecret: isSecret, matches: matches,
      silent: silent, origin: origin)
  }
}

extension LineMatcher {
  fileprivate func with(
    any: [LinePattern]? = nil, unless: [LinePattern]? = nil, near: [Near]? = nil, classes: Set<ByteClass>?? = nil,
    entropy: Double?? = nil, judging: Judging?? = nil
  ) -> LineMatcher {
    LineMatcher(
      any: any ?? self.any, unless: unless ?? self.unless, near: near ?? self.near, classes: classes ?? self.classes,
      entropy: entropy ?? self.entropy, judging: judging ?? self.judging)
  }
}

extension Array {
  fileprivate func without(_ index: Int) -> [Element] {
    var rest = self
    rest.remove(at: index)
    return rest
  }
}
