import Formats

/// Steps and jobs of workflows that may fail without anyone knowing.
struct WorkflowChecks {
  let judged: JudgedFile
  private static let keys: Set<String> = ["continue-on-error", "allow_failure", "continueOnError"]
  private static let testWords: Set<String> = [
    "test", "tests", "testing", "pytest", "verify", "verification", "validate", "validation", "e2e", "integration",
    "smoke", "regression", "unittest", "jest", "cypress", "conformance", "prove", "proof",
  ]

  /// The switches that let tests fail (`tests` true) or other steps.
  func tolerated(tests: Bool) -> [Range<Int>] {
    let workflow = judged.workflow
    return workflow.entries.compactMap { entry in
      guard WorkflowChecks.keys.contains(entry.key), isOn(entry.value), isTest(entry, workflow) == tests else {
        return nil
      }
      let line = judged.file.range(ofLine: entry.line)
      return line.lowerBound + entry.indent..<line.upperBound
    }
  }

  private func isOn(_ value: String) -> Bool {
    let word = value.prefix { $0 != "#" && $0 != " " }.lowercased().filter { $0 != "\"" && $0 != "'" }
    return word == "true" || word == "yes"
  }

  private func isTest(_ entry: WorkflowReader.Entry, _ workflow: WorkflowReader) -> Bool {
    let siblings = workflow.siblings(of: entry)
    let isJob = siblings.contains { ["steps", "runs-on", "stage"].contains($0.key) }
    var names = siblings.filter { ["name", "id", "uses", "displayName", "task"].contains($0.key) }.map(\.value)
    if isJob { names += workflow.parent(of: entry).map { [$0.key] } ?? [] }
    if names.contains(where: { CommandKind.hasWord(of: WorkflowChecks.testWords, in: $0) }) { return true }
    guard let first = siblings.map(\.line).min(), let last = siblings.map({ workflow.lastLine(of: $0) }).max() else {
      return false
    }
    return judged.programs.contains { program in
      let line = judged.file.lines.position(at: program.range.lowerBound).line
      guard (first...max(first, last)).contains(line) else { return false }
      let outline = program.outline
      return outline.statements.contains { outline.commands(of: $0.tokens).contains { CommandKind.isTest($0.words) } }
    }
  }
}
