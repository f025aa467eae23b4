package import Formats
package import Rules

/// The rows of a sweep, counted: what a person reads first, and what an alert goes by.
package struct SweepSummary: Sendable {
  /// A target that is not clean.
  private struct Open: Sendable {
    let name: String
    let status: ExitStatus
    let words: String
  }

  private let plan: SweepPlan
  private var counts: [ExitStatus: Int] = [:]
  private var failed = 0
  private var levels: [Severity: Int] = [:]
  private var suppressed = 0
  private var unevaluated = 0
  private var verdicts: [Verdict: Int] = [:]
  private var files = 0
  private var bytes = 0
  private var open: [Open] = []

  /// Nothing counted yet.
  package init(_ plan: SweepPlan) {
    self.plan = plan
  }

  /// Counts a row.
  package mutating func add(_ row: Value) {
    let status = row["exit_status"]?.integer.flatMap { Int32(exactly: $0) }.flatMap(ExitStatus.init(rawValue:))
    let known = status ?? .noVerdict
    counts[known, default: 0] += 1
    let reason = row["reason"]?.string
    if reason != nil { failed += 1 }
    let numbers = row["counts"]
    func count(_ key: String) -> Int { numbers?[key]?.integer.flatMap { Int(exactly: $0) } ?? 0 }
    for level in Severity.allCases { levels[level, default: 0] += count(level.rawValue) }
    suppressed += count("suppressed")
    unevaluated += count("unevaluated")
    files += count("files_scanned")
    bytes += count("bytes_scanned")
    for phase in row["phases"].map({ Array($0.elements) }) ?? [] {
      if let verdict = phase["verdict"]?.string.flatMap(Verdict.init(rawValue:)) { verdicts[verdict, default: 0] += 1 }
    }
    if known == .clean { return }
    let words = reason ?? "\(counted(count("error"), "error")), \(counted(count("warning"), "warning"))"
    open.append(Open(name: row["target"]?.text ?? "", status: known, words: words))
  }

  /// The gravest of all targets.
  package var exitStatus: ExitStatus { counts.keys.reduce(.clean) { $0.combined(with: $1) } }

  /// The last line of a merged file, without its end; it says nothing of shards.
  package func line() -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.object("summary") { writeMembers(&$0) }
    json.endObject()
    return SecretMask.masked(json.takeBytes())
  }

  /// One JSON object for alerting, pretty.
  package func json() -> [UInt8] {
    JSONWriter.document { json in
      json.beginObject()
      writeMembers(&json)
      json.list("open", sorted) { target, json in
        json.beginObject()
        json.member("target", target.name)
        json.member("exit_status", Int(target.status.rawValue))
        json.member("what", target.words)
        json.endObject()
      }
      json.endObject()
    }
  }

  /// For a person: what is not clean, the gravest first, then the totals.
  package func text(_ style: TerminalStyle, mostTargets: Int = 40) -> String {
    var text = ""
    let shown = sorted.prefix(mostTargets)
    let width = shown.map { printable($0.name).unicodeScalars.count }.max() ?? 0
    for target in shown {
      let word = padded(target.status.name, 13)
      let coloured = target.status == .incomplete ? style.doubtful(word) : style.bad(word)
      text += "  \(padded(printable(target.name), width))  \(coloured)  \(printable(target.words))\n"
    }
    if open.count > shown.count { text += "  … and \(open.count - shown.count) more\n" }
    if !open.isEmpty { text = style.strong("Not clean") + "\n" + text + "\n" }
    let total = plan.targets.count
    text += style.strong("Targets:") + " \(total)"
    let words = ExitStatus.allCases.compactMap { status in
      counts[status].map { "\($0) \(OrgOverview.words(status))" }
    }
    text += words.isEmpty ? "\n" : " (\(words.joined(separator: ", ")))\n"
    text += style.strong("Looked at:") + " \(files) files (\(ByteCount.text(bytes)))"
    if !verdicts.isEmpty {
      let phases = Verdict.allCases.compactMap { verdict in verdicts[verdict].map { "\($0) \(verdict.rawValue)" } }
      text += "; phases: \(phases.joined(separator: ", "))"
    }
    let found = Severity.allCases.reversed().map { counted(levels[$0] ?? 0, $0.rawValue) }
    text += "\n" + style.strong("Findings:") + " \(found.joined(separator: ", "))"
    text += suppressed > 0 ? ", \(suppressed) suppressed\n" : "\n"
    let status = exitStatus
    let outcome = status == .clean ? style.good(status.name) : style.bad(status.name)
    return text + style.strong("Outcome:") + " \(outcome) (exit \(status.rawValue))\n"
  }

  private var sorted: [Open] {
    open.sorted { left, right in
      left.status != right.status
        ? left.status.rawValue > right.status.rawValue : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
  }

  private func writeMembers(_ json: inout JSONWriter) {
    json.member("schema_version", "auditor.sweep/1")
    json.member("subject", "sha256:\(plan.subjectDigest)")
    json.member("as_of", plan.asOf.rfc3339)
    json.member("exit_status", Int(exitStatus.rawValue))
    json.member("outcome", exitStatus.name)
    json.object("targets") { json in
      json.member("total", plan.targets.count)
      json.member("failed", failed)
      for status in ExitStatus.allCases where status != .usage {
        json.member(status.key, counts[status] ?? 0)
      }
    }
    json.object("findings") { json in
      for level in Severity.allCases.reversed() { json.member(level.rawValue, levels[level] ?? 0) }
      json.member("suppressed", suppressed)
    }
    json.object("phases") { json in
      for verdict in Verdict.allCases { json.member(verdict.rawValue, verdicts[verdict] ?? 0) }
    }
    json.member("unevaluated", unevaluated)
    json.member("files_scanned", files)
    json.member("bytes_scanned", bytes)
  }

  private func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
}

extension ExitStatus {
  /// The status as a key of JSON.
  var key: String { String(name.map { $0 == " " ? "_" : $0 }) }
}
