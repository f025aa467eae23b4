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
    PageFrame(
      title: "\(treeName): \(run.exitStatus.name) (auditor)", kind: "Audit report", subject: treeName,
      generator: "\(run.tool.name) \(run.tool.version)", facts: facts, closing: writeClosing, sections: sections
    ).bytes(answer: writeAnswer)
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
  private var sections: [PageFrame.Section] {
    var list: [PageFrame.Section] = []
    func add(_ id: String, _ title: String, _ count: Int?, _ body: @escaping (AuditPage) -> (inout HTMLWriter) -> Void)
    {
      if count != 0 { list.append(PageFrame.Section(id: id, title: title, count: count, body: body(self))) }
    }
    add("gaps", "Could not be evaluated", run.unevaluated.count, AuditPage.writeGaps)
    add(
      "contradictions", "Claims against facts", run.phases.isEmpty ? contradictionCount : nil,
      AuditPage.writeContradictions)
    add("phases", "Phases", run.phases.count, AuditPage.writePhases)
    add("gates", "Gates", run.gates.count, AuditPage.writeGates)
    add("contracts", "Contracts", run.contracts.count, AuditPage.writeContracts)
    add("bundles", "Bundles", run.bundles.count, AuditPage.writeBundles)
    add("reality", "Reality", run.reality.count, AuditPage.writeReality)
    add("runs", "Evidence of runs", run.evidence.count, AuditPage.writeEvidenceRuns)
    add("findings", "Findings", open.reduce(0) { $0 + $1.count }, AuditPage.writeFindings)
    add("accepted", "Accepted findings", accepted.reduce(0) { $0 + $1.count }, AuditPage.writeAccepted)
    add("evidence", "Evidence and digests", run.inputs.count, AuditPage.writeInputs)
    add("coverage", "What was looked at", nil, AuditPage.writeCoverage)
    add("history", "History", history.count, AuditPage.writeHistory)
    add("reproduce", "Reproduce it", nil, AuditPage.writeReproduction)
    return list
  }

  /// The folder's own name: the page does not tell where on a machine it lay.
  var treeName: String {
    run.root?.split(separator: "/").last.map(String.init) ?? "audited tree"
  }

  private var facts: [(name: String, content: (inout HTMLWriter) -> Void)] {
    [
      (
        "Commit",
        { html in
          if let head = run.gitHead {
            html.code(String(head.prefix(12)))
          } else {
            html.text("none: not a git repository")
          }
        }
      ),
      ("Judged", { $0.element("time", ["datetime": run.time.rfc3339], text: run.time.rfc3339) }),
      ("Scope", { $0.text(scopeWords) }),
      ("Tool", { $0.text(run.tool.words) }),
      ("Rules", { $0.code("sha256:\(run.tool.rulePackDigest.prefix(12))…") }),
    ]
  }

  private func writeClosing(_ html: inout HTMLWriter) {
    html.text("Characters of the audited tree that cannot be seen are shown like ")
    html.element("span", ["class": "hidden"], text: "\\u{202e}")
    html.text("; secrets are shown as ***.")
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
