import Formats
import Rules

/// What somebody has accepted, as files say it: waivers and a baseline. Without them, nothing.
struct Acceptance: Sendable {
  /// What a command line asks for; its files win over those of the configuration.
  struct Request: Sendable {
    /// Files of waivers, as the process sees them.
    var waivers: [String] = []
    /// A baseline, as the process sees it.
    var baseline: String?
    /// Whether findings that the baseline accepts are left out.
    var isNewOnly = false
  }

  private(set) var waivers: [Waivers] = []
  private(set) var baseline: (content: Baseline, path: String)?
  /// The files that were read.
  private(set) var inputs: [InputRecord] = []
  private var isNewOnly = false

  /// Nothing is accepted.
  init() {}

  /// Reads what the request and the configuration name.
  ///
  /// - Throws: `FileError`, `WaiversError`, `BaselineError`: what is named has to be there and to be sound.
  init(_ request: Request, _ configuration: Configuration, root: String, inputs folder: RootedInputs) throws {
    isNewOnly = request.isNewOnly
    let named = request.waivers.isEmpty ? configuration.waivers : request.waivers
    for name in named {
      let (bytes, path) = try read(
        name, role: "waivers", isConfigured: request.waivers.isEmpty, root: root, folder: folder)
      waivers.append(try Waivers(bytes, path: path))
    }
    if let name = request.baseline ?? configuration.baseline {
      let (bytes, path) = try read(
        name, role: "baseline", isConfigured: request.baseline == nil, root: root, folder: folder)
      baseline = (try Baseline(bytes, path: path), path)
    }
  }

  /// What findings have to be salted with, so that the baseline knows them.
  var salt: [UInt8]? { baseline?.content.salt }

  /// What is used of it while it is applied.
  struct Use: Sendable {
    private let acceptance: Acceptance
    private let today: CivilDate
    private var waiverUses: [[Int]]
    private var baselineUse: BaselineUse?

    /// Nothing is used yet.
    init(_ acceptance: Acceptance, today: CivilDate) {
      self.acceptance = acceptance
      self.today = today
      waiverUses = acceptance.waivers.map(\.noUses)
      baselineUse = (acceptance.baseline?.content).map { BaselineUse($0) }
    }

    /// Marks what is accepted of some findings; those of one file have to come together.
    mutating func apply(to findings: inout [Finding]) {
      for (index, file) in acceptance.waivers.enumerated() {
        file.mark(&findings, today: today, uses: &waiverUses[index])
      }
      if let path = acceptance.baseline?.path { baselineUse?.mark(&findings, reason: "accepted in \(path)") }
      if acceptance.isNewOnly { findings.removeAll { $0.suppression?.kind == .baseline } }
    }

    /// What is wrong with the acceptances themselves, once all findings came; in report order.
    ///
    /// - Parameter wasScanned: whether findings of a path would be known; nil where nobody can tell.
    func complaints(pack: RulePack, isWhole: Bool, wasScanned: ((String) -> Bool)?) -> [Finding] {
      var complaints = zip(acceptance.waivers, waiverUses).flatMap { file, uses in
        file.complaints(after: uses, today: today, isWhole: isWhole) { pack.knows($0) }
      }
      if let path = acceptance.baseline?.path, let wasScanned, let stale = baselineUse?.stale {
        complaints += stale.filter { wasScanned($0.path) }.map { Baseline.complaint(about: $0, in: path) }
      }
      complaints.sort(by: Finding.precedes)
      Fingerprint.assign(to: &complaints)
      return complaints
    }
  }

  /// Marks what is accepted, and adds what is wrong with the acceptances themselves.
  ///
  /// - Parameter wasScanned: whether findings of a path would be known; nil where nobody can tell.
  func apply(
    to findings: inout [Finding], pack: RulePack, today: CivilDate, isWhole: Bool, wasScanned: ((String) -> Bool)?
  ) {
    var use = Use(self, today: today)
    use.apply(to: &findings)
    findings += use.complaints(pack: pack, isWhole: isWhole, wasScanned: wasScanned)
    findings.sort(by: Finding.precedes)
    Fingerprint.assign(to: &findings)
  }

  /// The bytes of a file, and its path relative to the root where it lies below.
  private mutating func read(
    _ name: String, role: String, isConfigured: Bool, root: String, folder: RootedInputs
  ) throws -> ([UInt8], path: String) {
    let bytes: [UInt8]
    var path = name
    if isConfigured {
      guard let found = try folder.read(name) else { throw FileError(.open, path: name, code: 2) }
      bytes = found
    } else {
      bytes = try FileReader.read(name)
      let real = ResolvedPath.resolve(name, from: try WorkingDirectory.path(), environment: [:])
      let base = ResolvedPath.resolve(root, from: try WorkingDirectory.path(), environment: [:])
      path = real.hasPrefix(base + "/") ? String(real.dropFirst(base.count + 1)) : real
    }
    inputs.append(InputRecord(path: path, role: role, sha256: SHA256.digest(bytes).hex, byteCount: bytes.count))
    return (bytes, path)
  }
}
