package import Formats
package import Rules

extension BundleResult {
  /// The bundle as an object of reports.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path)
    json.member("verdict", verdict)
    json.member("run_id", validation.runID)
    json.member("world_id", validation.worldID)
    json.member("state", validation.state?.rawValue)
    json.member("committed", validation.isCommitted)
    json.member("index_status", validation.indexStatus?.string)
    json.member("is_latest", isLatest)
    json.member("promotable_decision_stage", promotability.isPromotable)
    json.member("reasons", promotability.reasons.map(\.rawValue))
    json.errors(validation.errors)
    json.endObject()
  }
}

/// Every bundle below a folder: the answer of `bundle inventory`, and, with the lock, of `bundle status`.
package struct BundleInventory {
  private let command: String
  private let folder: String
  private let bundles: [BundleResult]
  private let contradictions: [Finding]
  private let lock: String?

  /// An answer.
  ///
  /// - Parameters:
  ///   - folder: what was looked through, relative to the root.
  ///   - lock: the state of the bundle root's lock, where one was asked about.
  package init(
    command: String, folder: String, bundles: [BundleResult], contradictions: [Finding], lock: String? = nil
  ) {
    self.command = command
    self.folder = folder.isEmpty ? "." : folder
    self.bundles = bundles
    self.contradictions = contradictions
    self.lock = lock
  }

  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.\(command)")
    json.member("folder", folder)
    if let lock { json.member("lock", lock) }
    json.member("latest", bundles.first(where: \.isLatest)?.path)
    json.list("bundles", bundles) { bundle, json in bundle.write(to: &json) }
    json.list("contradictions", contradictions) { finding, json in
      json.beginObject()
      json.member("rule_id", finding.ruleID)
      json.member("path", finding.location.path)
      json.member("message", finding.message)
      json.member("evidence", finding.evidence)
      json.endObject()
    }
    json.endObject()
  }

  /// A line a bundle, with the codes of what is wrong; then the contradictions.
  package var text: String {
    var text = lock.map { "lock: \($0)\n" } ?? ""
    if bundles.isEmpty { return text + "no bundle below \(printable(folder))\n" }
    let width = bundles.map { printable($0.path).unicodeScalars.count }.max() ?? 0
    for bundle in bundles { text += bundle.line(width: width) }
    for finding in contradictions {
      text += "\(finding.ruleID)  \(printable("\(finding.location)")): \(printable(finding.message))\n"
    }
    let valid = bundles.count(where: \.validation.isValid)
    let promotable = bundles.count(where: \.promotability.isPromotable)
    let noun = bundles.count == 1 ? "bundle" : "bundles"
    return text + "\(bundles.count) \(noun): \(valid) valid, \(promotable) promotable, "
      + "\(contradictions.count) \(contradictions.count == 1 ? "contradiction" : "contradictions")\n"
  }
}

extension BundleResult {
  /// The verdict, the path, the state, and whether it may be promoted or what is wrong.
  func line(width: Int) -> String {
    let codes = validation.errors.map(\.code.rawValue)
    var told: [String] = []
    for code in codes where !told.contains(code) { told.append(code) }
    let state = padded(validation.state?.rawValue ?? "unknown", 11)
    let what =
      validation.isValid
      ? (promotability.isPromotable
        ? "promotable" : "not promotable: \(promotability.reasons.map(\.rawValue).joined(separator: ", "))")
      : told.joined(separator: ", ")
    let mark = isLatest ? "  LATEST" : ""
    return "\(padded(verdict, 7))  \(padded(printable(path), width))  \(state)  \(what)\(mark)\n"
  }
}

extension SummaryAnswer {
  /// The answer as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.member("command", "bundle.summarize-ops")
    json.member("status", summary == nil ? "refused" : "ok")
    json.member("out", out)
    json.key("summary")
    if let summary { summary.write(to: &json) } else { json.null() }
    json.errors(errors)
    json.endObject()
  }

  /// A table a lane, and none over lanes.
  package var text: String {
    guard let summary else { return "REFUSED  nothing was counted\n" + errors.map(\.line).joined() }
    var text = "run \(printable(summary.runID ?? "?"))  \(printable(summary.place.shown))  "
    text += summary.isPromotable ? "promotable\n" : "not promotable\n"
    for lane in summary.lanes { text += lane.table }
    if let out { text += "written to \(printable(out))\n" }
    return text
  }
}

extension OperationSummary.LaneSummary {
  fileprivate var table: String {
    var text = "\n\(lane.rawValue): \(lane.meaning)\n"
    guard document != nil else { return text + "  no evidence\n" }
    let width = max(9, operations.map { printable($0.name).unicodeScalars.count }.max() ?? 0)
    var heads = ["rows", "allow", "deny", "other"]
    if lane == .scenario { heads += ["match", "differ", "seen"] }
    text += "  \(padded("operation", width))\(heads.map(Self.column).joined())\n"
    for (name, tally) in operations {
      var counts = [tally.rows, tally.allow, tally.deny, tally.other]
      if lane == .scenario { counts += [tally.matches, tally.mismatches, tally.witnessed] }
      text += "  \(padded(printable(name), width))\(counts.map { Self.column("\($0)") }.joined())\n"
    }
    if unattributedRows > 0 { text += "  \(unattributedRows) rows without an operation\n" }
    return text
  }

  private static func column(_ text: String) -> String {
    String(repeating: " ", count: max(1, 8 - text.unicodeScalars.count)) + text
  }
}

extension Lane {
  fileprivate var meaning: String {
    switch self {
    case .baseline: "no policy applied"
    case .scenario: "decided under the applied policy"
    case .oracle: "what an oracle says would be decided; observed by nobody"
    }
  }
}
