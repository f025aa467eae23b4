package import Rules

/// What there is to say about a rule or a family: its page, and the facts of its pack.
package struct RuleExplanation {
  private let name: String
  private let pack: RulePack

  /// An explanation of what a name means.
  package init(_ name: String, pack: RulePack) {
    self.name = name
    self.pack = pack
  }

  /// The page and the facts; nil when nothing has this name.
  package var text: String? {
    let rules = pack.rules.filter { $0.isNamed(by: name) }
    let family = String(name.prefix { $0 != "." })
    let page = EmbeddedPages.page(ofFamily: family)
    // Findings that come from no pack (suppressions, phases, gates) have a page for their family and no rule.
    guard !rules.isEmpty || (page?.contains("`\(name)`") ?? false) || (page != nil && name == family) else {
      return nil
    }
    return (page.map { $0 + "\n" } ?? "") + rules.map(facts).joined(separator: "\n")
  }

  /// What was probably meant, as the end of a sentence.
  package var hint: String {
    pack.unknownNames(in: [name]).first?.suggestion.map { ", did you mean '\($0)'?" } ?? ""
  }

  private func facts(_ rule: Rule) -> String {
    var text = "\(rule.id)  \(rule.severity.rawValue), \(rule.status.rawValue), defined at \(rule.origin)\n"
    text += "  says: \(rule.message)\n  fix:  \(rule.remediation)\n"
    if !rule.languages.isEmpty { text += "  in:   \(rule.languages.sorted().joined(separator: ", "))\n" }
    for reference in rule.references { text += "  see:  \(reference)\n" }
    return text
  }
}
