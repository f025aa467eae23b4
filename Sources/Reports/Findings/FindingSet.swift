package import Rules

/// What the formats of other tools need of a run: which tool, which rules, what was found, what could not be judged.
package struct FindingSet: Sendable {
  /// Which tool, with which rules.
  let tool: AuditRun.Tool
  /// The rules that were loaded, sorted by id.
  let rules: [Rule]
  /// In report order, suppressed ones included.
  let findings: FindingList
  /// What could not be judged.
  let unevaluated: [Unevaluated]
  /// The exit status of the run.
  let exitStatus: ExitStatus

  /// The findings of a whole audit.
  package init(_ run: AuditRun) {
    self.init(
      tool: run.tool, rules: run.rules, findings: run.list, unevaluated: run.unevaluated, exitStatus: run.exitStatus
    )
  }

  /// The findings of a scan.
  package init(
    tool: AuditRun.Tool, rules: [Rule], findings: FindingList, unevaluated: [Unevaluated], exitStatus: ExitStatus
  ) {
    self.tool = tool
    self.rules = rules
    self.findings = findings
    self.unevaluated = unevaluated
    self.exitStatus = exitStatus
  }

  /// What a rule is about, whether a pack defines it or a part of the tool itself (`dod.…`, `suppression.…`).
  func rule(_ id: String) -> RuleText {
    RuleText(id: id, rule: rules.first { $0.id == id })
  }
}

/// What is told of a rule beside its findings.
struct RuleText {
  let id: String
  let rule: Rule?

  /// One sentence, at most 1,024 characters.
  var summary: String { shortened(rule.map { $0.message } ?? "\(id): see 'auditor rules explain \(id)'") }

  /// The sentence and what to do, at most 1,024 characters.
  var description: String { shortened([summary, rule?.remediation].compactMap { $0 }.joined(separator: ". ")) }

  /// The page of the rule's family, in Markdown.
  var page: String {
    EmbeddedPages.page(ofFamily: String(id.prefix { $0 != "." })) ?? "\(description)\n"
  }

  private func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 1_024
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(1_023))) + "…"
  }
}
