import Auditor
import Rules

/// A small project with one phase that is proven, in a repository of its own.
final class DoDWorld {
  let repository: TemporaryRepository
  var variables: [String: String] = [:]

  init() throws {
    repository = try TemporaryRepository()
    try repository.write("x\n", to: "proof/a.txt")
    let commit = try repository.commit("first")
    try document("P", "- **Phase / Task ID**: P\n- **Gate**: G1\n- **Commit SHA**: \(commit)\npath: proof/a.txt\n")
    try feed(
      ["started", "completed", "verified"].enumerated().map { index, action in
        #"{"phase_id":"P","action":"\#(action)","ts":"2026-01-01T00:00:0\#(index)Z"}"#
      })
  }

  var root: String { repository.path }

  func document(_ phase: String, _ text: String) throws { try repository.write(text, to: "docs/dod/DOD__\(phase).md") }

  func feed(_ lines: [String]) throws {
    try repository.write(lines.map { $0 + "\n" }.joined(), to: "observability/logs/activity_feed.jsonl")
  }

  func registry(_ text: String) throws { try repository.write(text, to: "core/governance/phase_status.yaml") }

  func registryText() throws -> String {
    String(decoding: try FileReader.read(root + "/core/governance/phase_status.yaml"), as: UTF8.self)
  }

  func settings() throws -> DoDSettings {
    try DoDSettings.gather(environment: environment, workingDirectory: root)
  }

  func judged(_ selection: DoDAudit.Selection = .all) throws -> DoDOutcome {
    DoDAudit(settings: try settings(), selection: selection, environment: environment).run()
  }

  private var environment: [String: String] { repository.environment.merging(variables) { $1 } }
}
