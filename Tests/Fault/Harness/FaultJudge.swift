import Formats
import Glibc
import Rules

/// Holds one run to what every run promises, beside the same command in which nothing went wrong.
struct FaultJudge {
  let command: FaultCommand
  let fault: Fault
  /// The command without a fault.
  let usual: FaultBench.Outcome

  /// Enters a run into a tally; `again` runs the command once more in the same copy, without a fault.
  func enter(_ outcome: FaultBench.Outcome, into tally: inout FaultTally, again: () throws -> FaultBench.Outcome) throws
  {
    tally.cases += 1
    var broken: [FaultTally.Promise: String] = [:]
    if outcome.isHanging { broken[.hang] = "no end after two minutes" }
    if let half = outcome.files.first(where: { !Self.isWhole($0.key, $0.value) }) { broken[.halfWritten] = half.key }
    let ending: FaultTally.Ending
    if outcome.log["fired"] == nil, !outcome.isHanging, isSame(outcome) {
      // With several threads a call is now and then made less often.
      ending = .absorbed
    } else if case .signal(let number) = fault.kind {
      ending = number == SIGKILL ? .killed : .stopped
      let isEnd = outcome.status == 128 + number || command.endsAsItsProgram && outcome.status == 0
      if !isEnd { broken[.undocumentedStatus] = "\(outcome.status)" }
      if number == SIGKILL {
        let next = try again()
        if next.status != usual.status { broken[.quietPass] = "the next run: exit \(next.status) \(next.complaints)" }
        if let stray = stray(in: next) { broken[.stray] = "after the next run: \(stray)" }
      } else if let stray = stray(in: outcome) {
        broken[.stray] = stray
      }
    } else {
      ending = judge(outcome, &broken)
    }
    tally.endings[ending, default: 0] += 1
    tally.broken += broken.map { promise, what in
      FaultTally.Broken(
        promise: promise,
        description: "\(promise.rawValue): \(command): \(fault) (\(outcome.log["fired"] ?? "?")): \(what)\n"
          + "exit \(outcome.status)\n\(outcome.complaints)")
    }
  }

  private func judge(_ outcome: FaultBench.Outcome, _ broken: inout [FaultTally.Promise: String]) -> FaultTally.Ending {
    // Whoever cannot remove a file leaves it.
    if fault.call != "unlink", let stray = stray(in: outcome) { broken[.stray] = stray }
    if outcome.status > 128 { broken[.crash] = "signal \(outcome.status - 128)" }
    if isSame(outcome) { return .absorbed }
    switch ExitStatus(rawValue: outcome.status) {
    case .noVerdict?:
      if let missing = unexplained(outcome) { broken[.unexplained] = missing }
      return .told
    case .incomplete? where outcome.output.contains("_unreadable:"): return .missing
    case nil: broken[.undocumentedStatus] = "\(outcome.status)"
    default: broken[.quietPass] = "another answer, and exit \(outcome.status)\n\(outcome.output)"
    }
    return .told
  }

  /// Whether a run came to what it comes to without a fault.
  private func isSame(_ outcome: FaultBench.Outcome) -> Bool {
    guard outcome.status == usual.status, outcome.output == usual.output else { return false }
    let (files, usualFiles) = (kept(outcome.files), kept(usual.files))
    return files.keys == usualFiles.keys && files.allSatisfy { $0.value == usualFiles[$0.key] }
  }

  /// The files that have to be the same: no ledger, whose rows have names of their own, and nothing that a sweep keeps to
  /// share its work.
  private func kept(_ files: [String: [UInt8]]) -> [String: [UInt8]] {
    files.filter { path, _ in
      !path.hasSuffix(".sqlite") && !path.hasSuffix("/plan.json") && !path.contains("/shard-") && !path.contains(".tmp")
        && !path.hasSuffix("/filler")
    }
  }

  private func stray(in outcome: FaultBench.Outcome) -> String? { outcome.files.keys.first { $0.contains(".tmp") } }

  /// What a message lacks that tells a failure: why, and where.
  private func unexplained(_ outcome: FaultBench.Outcome) -> String? {
    // A sweep tells in the row of a target what is wrong with it.
    let rows = outcome.files.filter { $0.key.hasSuffix(".jsonl") }.map { String(decoding: $0.value, as: UTF8.self) }
    let said = (outcome.complaints + outcome.output + rows.joined()).lowercased()
    guard case .error(let code) = fault.kind else { return said.isEmpty ? "nothing is said" : nil }
    let reasons = [String(cString: strerror(code)).lowercased(), "no space left", "sqlite error", "database"]
    guard reasons.contains(where: said.contains) else { return "the reason is not said" }
    guard let place = outcome.log["fired"]?.split(separator: " ").last, place.hasPrefix("/"), !place.hasPrefix("/proc"),
      !place.hasPrefix("/dev")
    else { return nil }
    // A temporary file is told by what it was to become, a folder of the way by what lies in it.
    let names = place.split(separator: "/").suffix(2).map { name in
      name.split(separator: "-")[0].split(separator: ".").prefix { UInt32($0) == nil }.joined(separator: ".")
        .lowercased()
    }
    return names.contains { !$0.isEmpty && said.contains($0) } || said.contains("copy")
      ? nil : "the place is not said: \(place)"
  }

  private static func isWhole(_ path: String, _ bytes: [UInt8]) -> Bool {
    if path.contains(".tmp") { return true }
    if path.hasSuffix(".json") { return (try? JSON.read(bytes)) != nil }
    if path.hasSuffix(".jsonl") {
      return bytes.split(separator: 0x0A).allSatisfy { (try? JSON.read(Array($0))) != nil }
    }
    if path.hasSuffix(".xml") { return bytes.last == 0x0A && bytes.dropLast().last == UInt8(ascii: ">") }
    if path.hasSuffix(".html") { return bytes.suffix(8).elementsEqual("</html>\n".utf8) }
    return true
  }
}
