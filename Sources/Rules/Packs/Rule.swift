package import Scanning

/// One rule of a pack: what it looks for, where, what it says, and the examples that prove it works.
package struct Rule: Sendable {
  /// How a rule decides.
  package enum Matcher: Sendable {
    /// Patterns over single lines.
    case lines(LineMatcher)
    /// A named analysis with code of its own.
    case check(SemanticCheck)
    /// A JSON Schema over whole files.
    case document(DocumentMatcher)
    /// A law about the tree rather than its lines.
    case repository(RepositoryMatcher)
  }

  /// Where a rule stands in its life.
  package enum Status: String, Sendable, CaseIterable {
    /// May still change; findings are notes.
    case preview
    /// In use.
    case stable
    /// Will go; the page says what replaces it.
    case deprecated
  }

  /// A text that must be found, or must not.
  package struct Example: Sendable {
    /// The path the text pretends to have; decides language and path filters.
    package let path: String
    /// The content of the file.
    package let text: String
    /// Where the example stands in the pack, for messages.
    package let line: Int
    /// The tree of an example for a repository rule, which has no text.
    package var files: [TreeFact]?
  }

  /// `family` or `family.variant`.
  package let id: String
  /// What is wrong, in one sentence; `{match}` stands for the matched text.
  package let message: String
  /// How grave a finding is.
  package let severity: Severity
  /// The languages it applies to; empty means every text file.
  package let languages: Set<String>
  /// Where it applies.
  package let paths: PathFilter
  /// How it decides.
  package let matcher: Matcher
  /// What a finding's author should do.
  package let remediation: String
  /// Pages that explain the matter.
  package let references: [String]
  /// Where the rule stands in its life.
  package let status: Status
  /// Whether the matched text must never be shown.
  package let isSecret: Bool
  /// Texts in which it must fire.
  package let matches: [Example]
  /// Texts in which it must be silent.
  package let silent: [Example]
  /// Where the rule is defined: pack file and line.
  package let origin: Location

  /// The part of the id before the first dot.
  package var family: String { String(id.prefix { $0 != "." }) }

  /// The name of the pack it comes from: its file without folders and ending.
  package var packName: String {
    let file = origin.path.split(separator: "/").last.map(String.init) ?? origin.path
    return file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }

  /// Whether it judges the tree rather than files one by one.
  package var isAboutTree: Bool {
    if case .repository = matcher { true } else { false }
  }

  /// Whether a name in a suppression, waiver or `--disable` means this rule: its id or its family.
  package func isNamed(by name: String) -> Bool { name == id || name == family }
}

/// Patterns over single lines: any of `any` must match, none of `unless`, and what else is asked.
package struct LineMatcher: Sendable {
  /// Another pattern that must match within some lines.
  package struct Near: Sendable {
    let pattern: LinePattern
    let lines: Int
  }

  /// Any of these finds a candidate.
  package let any: [LinePattern]
  /// A line on which one of these matches is no finding.
  package let unless: [LinePattern]
  /// All of these must be found nearby.
  package let near: [Near]
  /// Where the match may begin; all classes when nil.
  package let classes: Set<ByteClass>?
  /// The least Shannon entropy, in bits a byte, of the first group (or of the match).
  package let entropy: Double?
  /// Who looks at what stands around a match, where a line alone does not tell.
  package let judging: Judging?
}
