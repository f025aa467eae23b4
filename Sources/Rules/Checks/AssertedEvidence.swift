import Formats
import Scanning

/// Finds documents that say a verdict and hold nothing that anyone could check: a JSON file with a verdict and a name, a
/// registry entry without evidence, a page that says PROVEN over boxes that are all open.
struct AssertedEvidence {
  let judged: JudgedFile
  private static let sizeLimit = 65_536
  private static let keys: Set<String> = [
    "verdict", "status", "result", "outcome", "conclusion", "verification", "overall", "state",
  ]
  private static let positive: Set<String> = [
    "PROVEN", "VERIFIED", "PASS", "PASSED", "GREEN", "verified", "proven", "passed", "pass",
  ]
  private static let support: Set<String> = [
    "hash", "hashes", "sha", "sha256", "digest", "digests", "path", "paths", "evidence", "artifact", "artifacts", "log",
    "logs", "checks",
    "tests", "count", "total", "commit", "command", "exit", "results", "files", "file", "metrics", "signature",
    "inputs", "outputs",
    "details", "missing", "reasons", "url", "uri", "report", "proof", "events", "records", "duration", "git",
    "failures", "errors",
  ]

  func spans() -> [Range<Int>] {
    guard judged.file.bytes.count <= AssertedEvidence.sizeLimit else { return [] }
    switch judged.file.language?.name {
    case "json": return inJSON()
    case "yaml": return inYAML()
    case "markdown": return inMarkdown()
    default: return []
    }
  }

  // MARK: JSON

  private func inJSON() -> [Range<Int>] {
    guard let root = try? JSON.read(judged.file.bytes), root.kind == .object else { return [] }
    let members = Array(root.members)
    guard members.count <= 6,
      !members.contains(where: { isSupport($0.key.text) || $0.value.kind == .object || $0.value.kind == .array })
    else {
      return []
    }
    guard
      let verdict = members.first(where: {
        AssertedEvidence.keys.contains($0.key.text) && AssertedEvidence.positive.contains($0.value.string ?? "")
      })
    else { return [] }
    let start = verdict.value.position.offset
    return [start + 1..<min(start + 1 + (verdict.value.string ?? "").utf8.count, judged.file.bytes.count)]
  }

  private func isSupport(_ key: String) -> Bool {
    !TestEvidence.words(of: key).isDisjoint(with: AssertedEvidence.support)
  }

  // MARK: YAML

  private func inYAML() -> [Range<Int>] {
    let workflow = judged.workflow
    return workflow.entries.compactMap { entry in
      guard entry.key == "verdict", AssertedEvidence.positive.contains(plain(entry.value)) else { return nil }
      let others = workflow.siblings(of: entry).filter { $0.line != entry.line }
      let isSupported = others.contains { other in
        guard isSupport(other.key) else { return false }
        return !["", "null", "~", "[]", "{}", "none", "None"].contains(plain(other.value))
          || (other.value.isEmpty && workflow.lastLine(of: other) > other.line)
      }
      if isSupported { return nil }
      let line = judged.file.range(ofLine: entry.line)
      return line.lowerBound + entry.indent..<line.upperBound
    }
  }

  private func plain(_ value: String) -> String {
    let end = value.firstRange(of: " #")?.lowerBound ?? value.endIndex
    return String(value[..<end].filter { $0 != "\"" && $0 != "'" && $0 != " " && $0 != "\r" })
  }

  // MARK: Markdown

  private func inMarkdown() -> [Range<Int>] {
    let lines = 1...max(judged.file.lines.count, 1)
    func text(_ line: Int) -> String { String(decoding: judged.file.line(line).prefix(400), as: UTF8.self) }
    var openBoxes = 0
    for line in lines {
      let box = AssertedEvidence.box(in: judged.file.line(line).prefix(400))
      if box == .ticked { return [] }
      if box == .open { openBoxes += 1 }
    }
    guard openBoxes >= 2 else { return [] }
    return lines.compactMap { line in
      guard isVerdict(text(line)) else { return nil }
      let neighbours = [line - 1, line + 1].filter(lines.contains).map(text)
      if neighbours.contains(where: { VerdictWords.refusal.matches($0) }) { return nil }
      return judged.file.range(ofLine: line)
    }
  }

  private enum Box {
    case open
    case ticked
  }

  /// The gravest box that stands on a line, behind the dash or star of its item.
  private static func box(in line: ArraySlice<UInt8>) -> Box? {
    var found: Box?
    var index = line.startIndex
    while index + 5 <= line.endIndex {
      defer { index += 1 }
      guard line[index + 2] == UInt8(ascii: "["), line[index + 4] == UInt8(ascii: "]"), line[index + 1] == 0x20,
        line[index] == UInt8(ascii: "-") || line[index] == UInt8(ascii: "*")
      else { continue }
      if line[index + 3] | 0x20 == UInt8(ascii: "x") { return .ticked }
      if line[index + 3] == 0x20 { found = .open }
    }
    return found
  }

  /// A line that says a positive verdict and nothing else.
  private func isVerdict(_ line: String) -> Bool {
    if line.contains("[ ]") || line.contains("/") || line.contains("|") { return false }
    let words = line.split { !$0.isLetter && $0 != "_" }.map(String.init)
    guard let last = words.last, ["PROVEN", "VERIFIED", "PASS", "PASSED", "GREEN"].contains(last) else { return false }
    let names: Set<String> = ["verdict", "status", "final", "overall", "result", "phase", "current", "outcome"]
    return words.dropLast().allSatisfy { names.contains($0.lowercased()) }
  }
}
