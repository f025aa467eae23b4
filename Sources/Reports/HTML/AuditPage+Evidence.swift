import Formats
import Rules

/// Every file that decided something, and how to see that it is still the same.
extension AuditPage {
  func writeInputs(_ html: inout HTMLWriter) {
    let built = run.inputs.filter(Self.isBuiltIn)
    let named = run.inputs.filter { $0.role != "source" && !Self.isBuiltIn($0) }
    let sources = run.inputs.count - named.count - built.count
    html.block(
      "p",
      text: "These are the files that verdicts rest on, with the digest of the bytes that were judged. "
        + "To check one by hand, in the root of the tree: sha256sum FILE.")
    if named.isEmpty {
      html.block("p", text: "No such file: nothing but source files was judged.")
    } else {
      html.table(
        "Files that verdicts rest on", columns: ["File", "What it is", "SHA-256"], named, most: PageLimits.inputs
      ) {
        input, html in
        html.head { $0.code(input.path) }
        html.cell("\(input.role), \(counted(input.byteCount, "byte"))")
        html.cell { $0.code(input.sha256, most: 64) }
      }
      html.block("details") { html in
        html.block("summary", text: "All at once: input for sha256sum --check")
        html.commands(
          ["sha256sum --check <<'END'"] + named.prefix(PageLimits.inputs).map(\.checksumLine) + ["END"])
      }
    }
    if !built.isEmpty {
      html.block("p") { html in
        html.text("The rule packs are those of the program itself; each rule can be read with ")
        html.code("auditor rules explain RULE")
        html.text(":")
      }
      html.table("Built-in rule packs", columns: ["Pack", "Bytes", "SHA-256"], built) { input, html in
        html.head { $0.code(input.path) }
        html.cell(grouped(input.byteCount))
        html.cell { $0.code(input.sha256, most: 64) }
      }
    }
    if sources > 0 {
      html.block(
        "p",
        text: "\(counted(sources, "source file")) in which something was found: the JSON report has the digest of each."
      )
    }
  }

  /// A pack that is part of the program, not a file of the tree by the same name.
  private static func isBuiltIn(_ input: InputRecord) -> Bool {
    guard input.role == "rules", let bytes = EmbeddedFiles.bytes(named: input.path) else { return false }
    return SHA256.digest(bytes).hex == input.sha256
  }

  func writeGaps(_ html: inout HTMLWriter) {
    html.block(
      "p", text: "What could not be read or understood is no pass. As long as one of these stands, there is no verdict."
    )
    html.table("What could not be evaluated, and why", columns: ["What", "Part", "Why"], run.unevaluated) { gap, html in
      html.head { $0.place(gap.location) }
      html.cell(gap.area.rawValue)
      html.cell(gap.message)
    }
  }
}

// MARK: - Coverage

extension AuditPage {
  func writeCoverage(_ html: inout HTMLWriter) {
    let coverage = run.coverage
    let gathered = [
      counted(coverage.phasesFound, "phase"), counted(coverage.gatesFound, "gate"),
      counted(coverage.contractsFound, "contract"), counted(coverage.bundlesFound, "bundle"),
      counted(coverage.realityFound, "reality bundle"),
      counted(coverage.evidenceFound, "scenario run"),
    ]
    html.block("ul") { html in
      html.block(
        "li",
        text: "\(grouped(coverage.filesScanned)) of \(counted(coverage.filesSeen, "file")) "
          + "(\(counted(coverage.bytesScanned, "byte"))) were read by \(counted(coverage.rulesLoaded, "rule")); scope: \(scopeWords)."
      )
      html.block("li", text: "Judged besides: \(gathered.joined(separator: ", ")).")
      if coverage.filesScanned == 0 {
        html.block("li") { $0.element("strong", text: "No file was read, so that no rule says anything.") }
      }
    }
    writeSkipped(&html)
    writeSilent(&html)
  }

  private func writeSkipped(_ html: inout HTMLWriter) {
    let skipped = Coverage.SkipReason.allCases.filter { run.coverage.skipped[$0, default: 0] > 0 }
    if skipped.isEmpty { return html.block("p", text: "Nothing was passed over.") }
    html.table("Not looked at, and why", columns: ["Why", "How many"], skipped) { reason, html in
      html.head { $0.text(reason.words) }
      html.cell(grouped(run.coverage.skipped[reason, default: 0]))
    }
  }

  private func writeSilent(_ html: inout HTMLWriter) {
    let patterns = run.coverage.patternsWithoutFiles
    if !patterns.isEmpty {
      html.block(
        "p", text: "Patterns of the configuration that match no file. What they were meant for was not looked at:")
      writeCodes(patterns, &html)
    }
    let rules = run.coverage.rulesWithoutFiles
    guard !rules.isEmpty else { return }
    html.block("details") { html in
      html.block("summary", text: "\(counted(rules.count, "rule")) had no file to look at")
      writeCodes(rules, &html)
    }
  }

  private func writeCodes(_ texts: [String], _ html: inout HTMLWriter) {
    html.block("ul", ["class": "codes"]) { html in
      for text in texts.prefix(PageLimits.rows) { html.block("li") { $0.code(text, most: 200) } }
    }
    html.more(texts.count - PageLimits.rows)
  }
}
