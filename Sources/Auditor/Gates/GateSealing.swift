import Formats
package import Rules

/// Writes the flag of a gate: the digest of its evidence as it is now, by the law of the gate. A flag that says something
/// else is never replaced.
package struct GateSealing: Sendable {
  /// What sealing came to.
  package enum Outcome: Sendable, Equatable {
    /// The flag was written.
    case written(flag: String, digest: String)
    /// The flag was there and says the same.
    case unchanged(flag: String, digest: String)
    /// The flag is there and says something else; it was left as it is.
    case differs(flag: String, digest: String)
    /// The evidence cannot be sealed, and why.
    case refused(String)

    /// The exit status that stands for it.
    package var exitStatus: ExitStatus {
      switch self {
      case .written, .unchanged: .clean
      case .differs, .refused: .findings
      }
    }
  }

  private let gate: GateDefinition
  private let root: String
  private let pins: GatePins

  /// A sealing of one gate's evidence below a root.
  package init(_ gate: GateDefinition, root: String, pins: GatePins) {
    self.gate = gate
    self.root = root
    self.pins = pins
  }

  /// Hashes, and writes the flag whole or not at all.
  ///
  /// - Throws: `FileError` for what the system refuses.
  package func run() throws(FileError) -> Outcome {
    let folder = try RootedFolder(root)
    let gathering = GateGathering(sealing: gate, root: folder, pins: pins)
    guard case .next(let paths) = gate.paths(with: pins), case .hash = gathering.state else {
      return .refused(settledReason(gathering))
    }
    if gate.hashesItsFlag(at: paths) {
      return .refused("the flag \(paths.flag) lies among what is hashed and its name is not excluded")
    }
    guard let finished = GateHashing(root: folder, jobs: 1).finish([gathering]).first else {
      return .refused("the evidence could not be hashed")
    }
    if let failure = finished.failures.first { throw failure }
    guard let digest = finished.result.actualDigest else { return .refused(finished.result.reason.description) }
    let text = "\(gate.law.digestField ?? "sha256_hex") = \(digest)\n"
    let staged = try folder.stage(Array(text.utf8), for: paths.flag)
    if try staged.commitOnce() { return .written(flag: paths.flag, digest: digest) }
    let found = try folder.read(paths.flag, limit: SourceLimits.bytes)
    let sealed = try? GateFlag.digest(in: found, field: gate.law.digestField)
    return sealed == digest
      ? .unchanged(flag: paths.flag, digest: digest) : .differs(flag: paths.flag, digest: digest)
  }

  private func settledReason(_ gathering: GateGathering) -> String {
    guard case .settled(let result) = gathering.state else {
      return "the gate map does not say where the evidence lies"
    }
    return result.reason.description
  }
}
