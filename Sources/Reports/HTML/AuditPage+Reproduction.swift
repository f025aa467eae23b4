import Formats
import Rules

/// The commands that give this page again, and its history.
extension AuditPage {
  func writeReproduction(_ html: inout HTMLWriter) {
    html.block(
      "p", text: "In a clone of the repository. The same files, rules and time give the same reports, byte for byte.")
    html.commands(commands)
    html.block("p") { html in
      if let head = run.gitHead {
        html.text("The commit is ")
        html.code(head)
        html.text(". ")
      }
      html.text("The digest of the rule packs must be ")
      html.code("sha256:\(run.tool.rulePackDigest)")
      html.text(", and the exit status \(run.exitStatus.rawValue). ")
      html.text(
        "Where a digest under “Evidence and digests” differs, the tree that was judged held changes that were not committed."
      )
    }
    html.block(
      "p",
      text: "Exit status: 0 clean or proven; 1 findings, FAIL, invalid; 2 PARTIAL, MISSING, waiting; 3 DESIGNED; "
        + "4 no verdict. The gravest counts.")
  }

  private var commands: [String] {
    let checkout = run.gitHead.map { ["git checkout --detach \(quoted($0))"] } ?? []
    return checkout + [
      "auditor --version    # \(run.tool.words)",
      "auditor rules list --json\(ruleOptions) | grep rule_pack_digest",
      "SOURCE_DATE_EPOCH=\(run.time.milliseconds / 1_000) auditor audit --fail-on \(run.threshold.rawValue)\(options) .    # exit status \(run.exitStatus.rawValue)",
    ]
  }

  private var ruleOptions: String {
    RulePack.builtInDigest == run.tool.rulePackDigest ? "" : options("--rules", role: "rules")
  }

  private var options: String {
    let base = run.scope.kind == .diff ? (run.scope.base ?? run.scope.revision).map { " --diff \(quoted($0))" } : nil
    return ruleOptions + options("--waivers", role: "waivers") + options("--baseline", role: "baseline") + (base ?? "")
  }

  private func options(_ flag: String, role: String) -> String {
    run.inputs.filter { $0.role == role }.prefix(20).map { " \(flag) \(quoted($0.path))" }.joined()
  }

  func writeHistory(_ html: inout HTMLWriter) {
    HistoryDrawing(history.suffix(PageLimits.drawnRuns)).write(to: &html)
    html.block("details") { html in
      html.block("summary", text: "The same in figures")
      html.table(
        "Runs, the latest first",
        columns: ["Run", "Commit", "Outcome"] + Verdict.allCases.map(\.rawValue) + ["Errors"],
        Array(history.reversed())
      ) { past, html in
        html.head { $0.text(past.time.rfc3339) }
        html.cell { $0.code(past.gitHead.map { String($0.prefix(12)) } ?? "none") }
        html.cell { $0.chip(past.exitStatus.name, Tone(past.exitStatus)) }
        for verdict in Verdict.allCases { html.cell(grouped(past.verdicts[verdict, default: 0])) }
        html.cell(grouped(past.openFindings[.error, default: 0]))
      }
    }
  }
}
