import Formats
package import Rules

/// A run as one page for somebody who was not there: what is proven, what is not and why, first; then everything that the
/// answer rests on, with places, digests and the commands that repeat it.
///
/// The page is complete in itself: no script, no request, nothing to install. It stays small however much was found, for
/// every list is cut with a count of what was left out (`PageLimits`). The same run gives the same bytes.
package struct AuditPage {
  let run: AuditRun
  let history: [PastRun]
  let open: [FindingGroup]
  let accepted: [FindingGroup]
  let contradictions: [Finding]
  let contradictionCount: Int
  let levels: [Severity: Int]

  /// As many earlier runs as a page draws beside its own.
  package static let mostPastRuns = PageLimits.drawnRuns - 1

  /// A page about a run.
  ///
  /// - Parameter history: earlier runs, oldest first; without any no history is shown, else this run ends it.
  package init(_ run: AuditRun, history: [PastRun] = []) {
    self.run = run
    self.history = history.isEmpty ? [] : history + [PastRun(run)]
    open = FindingGroup.groups(of: run.findings) { $0.suppression == nil }
    accepted = FindingGroup.groups(of: run.findings) { $0.suppression != nil }
    var contradictions: [Finding] = []
    var count = 0
    var levels: [Severity: Int] = [:]
    for finding in run.findings where finding.suppression == nil {
      levels[finding.level, default: 0] += 1
      guard Self.isContradiction(finding.ruleID) else { continue }
      count += 1
      if contradictions.count < PageLimits.rows { contradictions.append(finding) }
    }
    self.contradictions = contradictions
    self.levels = levels
    contradictionCount = count
  }

  /// The page, UTF-8.
  package func bytes() -> [UInt8] {
    var html = HTMLWriter()
    let sections = sections
    html.block("html", ["lang": "en"]) { html in
      writeHead(&html)
      html.block("body") { html in
        html.block("a", ["class": "skip", "href": "#answer"], text: "Skip to the answer")
        writeHeader(&html)
        html.block("main") { html in
          html.block("section", ["id": "answer", "class": "answer", "aria-labelledby": "answer-title"]) { html in
            writeAnswer(&html)
          }
          writeContents(sections, &html)
          for section in sections { write(section, &html) }
        }
        writeFooter(&html)
      }
    }
    return html.takeBytes()
  }

  /// Claims that the evidence does not bear out.
  private static func isContradiction(_ ruleID: String) -> Bool {
    ruleID.hasPrefix("dod.contradiction-")
      || [
        "dod.registry-contradicted", "dod.gate-proven-on-unproven", "dod.phase-id-mismatch", "bundles.run-id-conflict",
        "bundles.world-conflict", "bundles.latest-behind",
      ].contains(ruleID)
  }
}

// MARK: - The frame

extension AuditPage {
  /// One part of the page below the answer.
  struct Section {
    let id: String
    let title: String
    let count: Int?
    let body: (AuditPage, inout HTMLWriter) -> Void
  }

  private var sections: [Section] {
    var list: [Section] = []
    func add(_ id: String, _ title: String, _ count: Int?, _ body: @escaping (AuditPage, inout HTMLWriter) -> Void) {
      if count != 0 { list.append(Section(id: id, title: title, count: count, body: body)) }
    }
    add("gaps", "Could not be evaluated", run.unevaluated.count) { $0.writeGaps(&$1) }
    add("contradictions", "Claims against facts", run.phases.isEmpty ? contradictionCount : nil) {
      $0.writeContradictions(&$1)
    }
    add("phases", "Phases", run.phases.count) { $0.writePhases(&$1) }
    add("gates", "Gates", run.gates.count) { $0.writeGates(&$1) }
    add("contracts", "Contracts", run.contracts.count) { $0.writeContracts(&$1) }
    add("bundles", "Bundles", run.bundles.count) { $0.writeBundles(&$1) }
    add("reality", "Reality", run.reality.count) { $0.writeReality(&$1) }
    add("runs", "Evidence of runs", run.evidence.count) { $0.writeEvidenceRuns(&$1) }
    add("findings", "Findings", open.reduce(0) { $0 + $1.count }) { $0.writeFindings(&$1) }
    add("accepted", "Accepted findings", accepted.reduce(0) { $0 + $1.count }) { $0.writeAccepted(&$1) }
    add("evidence", "Evidence and digests", run.inputs.count) { $0.writeInputs(&$1) }
    add("coverage", "What was looked at", nil) { $0.writeCoverage(&$1) }
    add("history", "History", history.count) { $0.writeHistory(&$1) }
    add("reproduce", "Reproduce it", nil) { $0.writeReproduction(&$1) }
    return list
  }

  private func write(_ section: Section, _ html: inout HTMLWriter) {
    html.block("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"]) { html in
      html.block("h2", ["id": "\(section.id)-title"]) { html in
        html.text(section.title)
        if let count = section.count { html.element("span", ["class": "count"], text: " \(grouped(count))") }
      }
      section.body(self, &html)
    }
  }

  private func writeHead(_ html: inout HTMLWriter) {
    html.block("head") { html in
      html.void("meta", ["charset": "utf-8"])
      // The page says of itself that it asks for nothing; a browser holds it to that.
      let style = Base64.encode(SHA256.digest(Array(PageStyle.sheet.utf8)).bytes)
      html.void(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content":
            "default-src 'none'; style-src 'sha256-\(style)'; img-src data:; base-uri 'none'; form-action 'none'",
        ])
      html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.void("meta", ["name": "color-scheme", "content": "light dark"])
      html.void("meta", ["name": "generator", "content": "\(run.tool.name) \(run.tool.version)"])
      html.void("link", ["rel": "icon", "href": "data:,"])
      html.block("title", text: "\(treeName): \(run.exitStatus.name) (auditor)")
      html.block("style") { $0.literal(PageStyle.sheet) }
    }
  }

  /// The folder's own name: the page does not tell where on a machine it lay.
  var treeName: String {
    run.root?.split(separator: "/").last.map(String.init) ?? "audited tree"
  }

  private func writeHeader(_ html: inout HTMLWriter) {
    html.block("header", ["class": "top"]) { html in
      html.block("p", ["class": "kind"], text: "Audit report")
      html.block("h1", text: treeName)
      html.block("dl", ["class": "facts"]) { html in
        fact("Commit", &html) { html in
          if let head = run.gitHead {
            html.code(String(head.prefix(12)))
          } else {
            html.text("none: not a git repository")
          }
        }
        fact("Judged", &html) { $0.element("time", ["datetime": run.time.rfc3339], text: run.time.rfc3339) }
        fact("Scope", &html) { $0.text(scopeWords) }
        fact("Tool", &html) { $0.text("\(run.tool.name) \(run.tool.version)") }
        fact("Rules", &html) { $0.code("sha256:\(run.tool.rulePackDigest.prefix(12))…") }
      }
    }
  }

  private func fact(_ name: String, _ html: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void) {
    html.block("div") { html in
      html.element("dt", text: name)
      html.element("dd", [:], content)
    }
  }

  private func writeContents(_ sections: [Section], _ html: inout HTMLWriter) {
    html.block("nav", ["aria-label": "Contents"]) { html in
      html.block("ul") { html in
        for section in sections {
          html.block("li") { html in
            html.element("a", ["href": "#\(section.id)"], text: section.title)
            if let count = section.count { html.element("span", ["class": "count"], text: " \(grouped(count))") }
          }
        }
      }
    }
  }

  private func writeFooter(_ html: inout HTMLWriter) {
    html.block("footer") { html in
      html.block("p") { html in
        html.text(
          "Written by \(run.tool.name) \(run.tool.version). This page holds no script and asks for nothing over a network. "
            + "Characters of the audited tree that cannot be seen are shown like ")
        html.element("span", ["class": "hidden"], text: "\\u{202e}")
        html.text("; secrets are shown as ***.")
      }
    }
  }

  var scopeWords: String {
    let base = run.scope.base.map { " (against commit \($0.prefix(12)))" } ?? ""
    switch run.scope.kind {
    case .tree: return "the whole tree"
    case .paths: return "named paths only"
    case .diff: return "only what changed since \(run.scope.revision ?? "")\(base)"
    case .staged: return "only what is staged\(base)"
    case .standardInput: return "only standard input"
    }
  }

  /// A path below the root without the root: where the tree lay says nothing.
  func shown(_ path: String) -> String {
    guard let root = run.root, path.hasPrefix(root + "/") else { return path }
    return String(path.dropFirst(root.count + 1))
  }
}
