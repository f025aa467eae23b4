import Formats

/// Gate 4, minimal deployment: one command brings everything up and runs the scenario (REALITY_RULES section 7).
struct RealityGate4 {
  private let snapshot: Value
  private let log: ServiceLog
  private let composeDigest: Digest?
  private var reasons = RealityReasons("GATE4")

  static func reasons(_ snapshot: Value, _ log: ServiceLog, composeDigest: Digest?) -> [RealityReason] {
    var gate = RealityGate4(snapshot: snapshot, log: log, composeDigest: composeDigest)
    gate.judgeDeployment()
    gate.judgeScenario()
    return gate.reasons.all
  }

  private init(snapshot: Value, log: ServiceLog, composeDigest: Digest?) {
    self.snapshot = snapshot
    self.log = log
    self.composeDigest = composeDigest
  }

  private mutating func judgeDeployment() {
    let deployment = snapshot["deployment"]
    let line = deployment?.position.line
    guard let deployment, let composeFile = deployment.nonEmptyText("compose_file"),
      let claimed = deployment["compose_sha256"]?.digest, let services = services(deployment),
      let command = deployment.nonEmptyText("command")
    else {
      reasons.missing(
        "DEPLOYMENT_NOT_RECORDED", "no deployment with compose_file, compose_sha256, services and command",
        in: .configSnapshot, line: line)
      return
    }
    let up = log.lines.firstIndex { $0.event == "compose.up" } ?? log.lines.endIndex
    let healthy = log.lines[up...].filter { $0.event == "compose.healthy" }.compactMap { $0.fields["service"] }
    for service in services where !healthy.contains(service) {
      reasons.missing("SERVICE_NOT_HEALTHY", "service '\(service)' never became healthy in the log", in: .serviceLog)
    }
    if !isSingleCommand(command) {
      reasons.refuted(
        "NOT_SINGLE_COMMAND", "'\(command)' is not 'make reality' or 'scripts/reality.sh'", in: .configSnapshot,
        line: line)
    }
    if let composeDigest, composeDigest != claimed {
      reasons.refuted(
        "COMPOSE_HASH_MISMATCH", "'\(composeFile)' has the digest \(composeDigest.hex), \(claimed.hex) is claimed",
        in: .configSnapshot, line: line)
    }
  }

  private func services(_ deployment: Value) -> [String]? {
    guard let list = deployment["services"], list.kind == .array, list.count > 0 else { return nil }
    let names = list.elements.compactMap { $0.string.flatMap { $0.isEmpty ? nil : $0 } }
    return names.count == list.count ? names : nil
  }

  /// `make reality` or the script, and words after it that a shell would not take for more than words.
  private func isSingleCommand(_ command: String) -> Bool {
    guard
      let head = ["make reality", "scripts/reality.sh", "./scripts/reality.sh"].first(where: {
        command == $0 || command.hasPrefix("\($0) ")
      })
    else { return false }
    let words = command.utf8.dropFirst(head.utf8.count).split(separator: 0x20, omittingEmptySubsequences: false)
    return words.dropFirst().allSatisfy { word in
      !word.isEmpty && word.allSatisfy { ASCII.isWord($0) || ".=/-".utf8.contains($0) }
    }
  }

  private mutating func judgeScenario() {
    guard let start = log.lines.firstIndex(where: { $0.event == "scenario.started" }) else {
      reasons.missing("SCENARIO_NOT_RUN", "no line event=scenario.started", in: .serviceLog)
      return
    }
    let completions = log.lines[start...].filter { $0.event == "scenario.completed" }
    if completions.isEmpty {
      reasons.missing("SCENARIO_NOT_RUN", "the scenario started and never completed", in: .serviceLog)
    }
    for line in completions {
      if let exit = line.fields["exit"], exit != "0" {
        reasons.refuted("SCENARIO_FAILED", "the scenario ended with exit=\(exit)", in: .serviceLog, line: line.number)
      }
    }
  }
}
