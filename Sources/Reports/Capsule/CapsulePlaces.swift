import Formats
import Rules

/// Which input of a run stands where in a capsule, or why it does not.
struct CapsulePlaces {
  /// Why an input is not in a capsule.
  enum Absence: String, CaseIterable {
    /// The repository has it, and no verdict rests on it but findings in itself.
    case source = "a source file: the repository has it"
    /// It is no part of the audited tree.
    case outside = "it lies outside the audited tree"
    /// A capsule is made to be passed on.
    case secret = "a secret was found in it"
    /// So would the name itself be.
    case secretName = "its name holds a secret"
    /// A list of digests could not name it.
    case name = "its name is not valid UTF-8"
  }

  enum Place {
    case copy(path: String)
    case builtIn(path: String, bytes: [UInt8])
    case absent(Absence)

    /// Relative to the capsule; nil for what is not in it.
    var path: String? {
      switch self {
      case .copy(let path), .builtIn(let path, _): path
      case .absent: nil
      }
    }
  }

  private let secretive: Set<String>
  private let sourcesElsewhere: Set<String>

  /// - Parameter holdsSecret: asked for the path of what would be copied, for secrets that no finding is about.
  init(_ run: AuditRun, holdsSecret: (String) -> Bool) {
    let secrets = Set(run.rules.filter(\.isSecret).map(\.id))
    var secretive = Set(run.findings.filter { secrets.contains($0.ruleID) }.map(\.location.path))
    let elsewhere = Set(run.inputs.filter { $0.role != "source" }.map(\.path))
    for path in elsewhere where !secretive.contains(path) && holdsSecret(path) { secretive.insert(path) }
    self.secretive = secretive
    sourcesElsewhere = elsewhere
  }

  func place(of input: InputRecord) -> Place {
    if input.role == "rules", let bytes = EmbeddedFiles.bytes(named: input.path),
      SHA256.digest(bytes).hex == input.sha256
    {
      return .builtIn(path: input.path, bytes: bytes)
    }
    // The same file may be a source and evidence: then it is here.
    if input.role == "source", !sourcesElsewhere.contains(input.path) { return .absent(.source) }
    if input.path.unicodeScalars.contains("\u{FFFD}") || input.path.utf8.contains(0) { return .absent(.name) }
    let parts = input.path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains(where: { $0.isEmpty || $0 == ".." || $0 == "." }) { return .absent(.outside) }
    if SecretMask.masked(input.path) != input.path { return .absent(.secretName) }
    if secretive.contains(input.path) { return .absent(.secret) }
    return .copy(path: "evidence/\(input.path)")
  }
}
