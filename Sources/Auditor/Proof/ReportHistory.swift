import Formats
package import Rules

/// The reports that audits left in a folder, asked when a check was last seen red.
package struct ReportHistory: Sendable {
  /// What a check is to a report.
  package enum Kind: Sendable {
    /// A gate of a gate map, by its id.
    case gate
    /// A phase, by its id.
    case phase
    /// A rule, by its id: red means an open finding.
    case rule
    /// A reality bundle, by its run id.
    case reality
    /// A runtime evidence bundle, by its path.
    case bundle
  }

  private struct Report: Sendable {
    let time: String
    let path: String
    let document: Value
  }

  private let reports: [Report]

  /// The time-stamped reports of a folder. One that cannot be read or understood tells nothing.
  package init(folder: String) {
    let names = (try? FolderListing.names(in: folder)) ?? []
    reports = names.filter { $0.hasSuffix("_dod_report.json") }.compactMap { name in
      let path = "\(folder)/\(name)"
      guard let bytes = try? FileReader.read(path), let document = try? JSON.read(bytes),
        let time = document["ts"]?.string
      else { return nil }
      return Report(time: time, path: path, document: document)
    }
  }

  /// What the reports say of a check; nil when there is no report.
  package func of(_ kind: Kind, _ name: String) -> RedHistory? {
    if reports.isEmpty { return nil }
    var count = 0
    var last: RedHistory.Sighting?
    for report in reports {
      guard let isGreen = Self.isGreen(kind, name, in: report.document) else { continue }
      count += 1
      if !isGreen, last.map({ $0.time <= report.time }) ?? true {
        last = RedHistory.Sighting(time: report.time, report: report.path)
      }
    }
    return RedHistory(reportCount: count, last: last)
  }

  /// Whether a report calls a check green; nil where it says nothing of it.
  private static func isGreen(_ kind: Kind, _ name: String, in report: Value) -> Bool? {
    switch kind {
    case .gate: entry(report, "gates", "gate_id", name).map { $0["status"]?.string == "PASS" }
    case .phase: report["phases"]?[name].map { $0["verdict"]?.string == "PROVEN" }
    case .rule: isOpen(name, in: report)
    case .reality: entry(report, "reality", "run_id", name).map { $0["status"]?.string == "GREEN" }
    case .bundle: entry(report, "bundles", "path", name).map { $0["verdict"]?.string == "VALID" }
    }
  }

  private static func isOpen(_ rule: String, in report: Value) -> Bool? {
    guard let findings = report["findings"], findings.kind == .array else { return nil }
    return !findings.elements.contains { $0["rule_id"]?.string == rule && $0["suppressed"] == nil }
  }

  private static func entry(_ report: Value, _ list: String, _ key: String, _ name: String) -> Value? {
    guard let list = report[list], list.kind == .array else { return nil }
    return list.elements.first { $0[key]?.string == name }
  }
}

extension ProofSet {
  /// The same proofs with what earlier reports say.
  package func with(_ history: ReportHistory, _ kind: ReportHistory.Kind) -> ProofSet {
    ProofSet(
      subject: subject,
      proofs: proofs.map { proof in
        var proof = proof
        proof.history = history.of(kind, proof.subject)
        return proof
      }, unevaluated: unevaluated)
  }
}
