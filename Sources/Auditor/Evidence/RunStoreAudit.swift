import Formats
package import Rules

/// Audits what a scenario runner left below a prefix (`…/sr`): records, statuses, plans, facts, signals, quarantine.
/// Nothing outside the prefix is read.
package struct RunStoreAudit: Sendable {
  private let root: String

  /// An audit of the runs below a prefix.
  package init(root: String) {
    self.root = root
  }

  /// What was found; paths are relative to the prefix.
  package struct Outcome: Sendable {
    /// What does not follow from the records, in the order of the files.
    package var findings: [Finding] = []
    /// The runs, in byte order.
    package var runs: [String] = []
    /// Every file that was read.
    package var inputs: [InputRecord] = []
    /// What could not be read: no verdict.
    package var unevaluated: [Unevaluated] = []

    /// The exit status that stands for the outcome.
    package var exitStatus: ExitStatus { unevaluated.isEmpty ? (findings.isEmpty ? .clean : .findings) : .noVerdict }
  }

  private static let recordFolder = "run_record"

  /// Reads and judges. Never throws: what could not be read is in the outcome.
  package func run() -> Outcome {
    var outcome = Outcome()
    do {
      let folder = try RootedFolder(root)
      var trails: [String: RunTrail] = [:]
      for entry in try folder.tree(".") where entry.kind == .file || entry.kind == .linkToFile {
        read(String(decoding: entry.path, as: UTF8.self), folder, &trails, &outcome)
      }
      outcome.runs = trails.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for id in outcome.runs { outcome.findings += trails[id]?.judged() ?? [] }
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .gates, location: Location(path: error.path), message: error.explanation))
    }
    if outcome.runs.isEmpty, outcome.unevaluated.isEmpty {
      outcome.unevaluated.append(
        Unevaluated(area: .gates, location: Location(path: "."), message: "there is no run below this prefix"))
    }
    outcome.findings.sort(by: Finding.precedes)
    return outcome
  }

  private func read(
    _ path: String, _ folder: RootedFolder, _ trails: inout [String: RunTrail], _ outcome: inout Outcome
  ) {
    let parts = path.split(separator: "/")
    let isRecord = parts.count == 2 && parts[0] == Self.recordFolder && path.hasSuffix(".jsonl")
    let kind = parts.count == 2 && path.hasSuffix(".json") ? RunTrail.Kind(rawValue: String(parts[0])) : nil
    guard isRecord || kind != nil || path.hasSuffix(".json") || path.hasSuffix(".jsonl") else { return }
    let bytes: [UInt8]
    do {
      bytes = try folder.read(path, limit: SourceLimits.bytes)
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .gates, location: Location(path: path), message: error.explanation))
      return
    }
    outcome.inputs.append(
      InputRecord(path: path, role: "run-artifact", sha256: SHA256.digest(bytes).hex, byteCount: bytes.count))
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      guard let secret = RunSecrets.found(in: line) else { continue }
      outcome.findings.append(
        Finding(
          ruleID: "runs.secret", level: .error, message: "\(secret) stands in an artifact of a run",
          location: Location(path: path, line: number + 1),
          remediation: "Revoke it, take it out of the artifact, and write references to secrets only."))
    }
    guard isRecord || kind != nil else { return }
    let name = parts[1]
    let id = String(name.prefix { $0 != "." })
    var trail = trails[id] ?? RunTrail(runID: id, recordPath: "\(Self.recordFolder)/\(id).jsonl")
    if let kind {
      do throws(FormatError) {
        trail.documents[kind] = RunTrail.Document(path: path, value: try JSON.read(bytes))
      } catch {
        trail.documents[kind] = RunTrail.Document(path: path, value: nil, problem: error)
      }
    } else {
      trail.events = lines.enumerated().filter { $0.element.contains { $0 != 0x20 && $0 != 0x0D } }.map {
        RunTrail.Event(line: $0.offset + 1, value: try? JSON.read(Array($0.element)))
      }
    }
    trails[id] = trail
  }
}
