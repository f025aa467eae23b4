import Formats
package import Rules

/// How trees are to be judged, as somebody outside of them says. It decides over what an `auditor.yaml` says of itself:
/// whatever would make a judgement milder counts only where the policy leaves it to the tree.
package struct Policy: Sendable {
  /// What a policy may leave to the trees.
  package enum Freedom: String, Sendable, CaseIterable {
    /// Rule packs of their own instead of the policy's.
    case rules
    /// Leaving out rules.
    case disable
    /// A milder threshold.
    case failOn = "fail_on"
    /// Paths that are not scanned.
    case scan
    /// Files of waivers.
    case waivers
    /// A baseline.
    case baseline
    /// Comments that suppress findings.
    case suppressions
    /// Ignore files of git, which keep files from being looked at.
    case ignoreFiles = "ignore_files"
    /// Which phases, gates, contracts, bundles and packs there are to judge.
    case sections
  }

  /// The file, as it was named.
  package let path: String
  /// The rule packs; the built-in ones when empty. As the process sees them.
  package private(set) var rulePacks: [String] = []
  /// Files of waivers, as the process sees them.
  package private(set) var waivers: [String] = []
  /// The least level that fails a run.
  package private(set) var failOn = FailureThreshold.error
  /// Rules and families that nobody is judged by.
  package private(set) var disabled: [String] = []
  /// Paths that are scanned in no tree.
  package private(set) var exclude: [String] = []
  /// What trees decide for themselves.
  package private(set) var allowed: Set<Freedom> = []
  /// The record of the file itself.
  package let input: InputRecord
  /// SHA-256 of the file and of the waivers that it names. Rule packs have a digest of their own.
  package private(set) var sha256: String
  private let realPath: String

  /// Reads a policy; paths in it are relative to its folder.
  ///
  /// - Throws: `FileError`, `ConfigurationError` with every problem.
  package init(_ path: String) throws {
    let bytes = try FileReader.read(path)
    let realPath = ResolvedPath.resolve(path, from: try WorkingDirectory.path(), environment: [:])
    try self.init(bytes, path: path, realPath: realPath)
    var listing = sha256 + "\n"
    for file in waivers { listing += SHA256.digest(try FileReader.read(file)).hex + "\n" }
    if !waivers.isEmpty { sha256 = SHA256.digest(Array(listing.utf8)).hex }
  }

  /// What the bytes of a policy say, before any file that they name is looked at.
  init(_ bytes: [UInt8], path: String, realPath: String) throws(ConfigurationError) {
    self.path = path
    self.realPath = realPath
    sha256 = SHA256.digest(bytes).hex
    input = InputRecord(path: path, role: "policy", sha256: sha256, byteCount: bytes.count)
    let root: Value
    do throws(FormatError) {
      root = try YAML.read(bytes)
    } catch {
      throw ConfigurationError(
        path: path, problems: [ShapeProblem(at: error.position, "\(error.format.rawValue): \(error.problem)")])
    }
    let problems = read(root)
    guard problems.isEmpty else { throw ConfigurationError(path: path, problems: problems) }
  }

  /// The policy as a plan names it.
  package func record() throws -> SweepPlan.PolicyRecord { SweepPlan.PolicyRecord(path: realPath, sha256: sha256) }

  /// Reads the policy of a plan.
  ///
  /// - Throws: `Changed` where it is another by now, and what reading a policy throws.
  package init(following record: SweepPlan.PolicyRecord) throws {
    try self.init(record.path)
    if sha256 != record.sha256 { throw Changed(path: record.path) }
  }

  /// A policy that was changed after the plan was made.
  package struct Changed: Error, CustomStringConvertible {
    let path: String

    /// What to do.
    package var description: String { "\(path): the policy is not the one that the plan was made with; plan again" }
  }

  private mutating func read(_ root: Value) -> [ShapeProblem] {
    if root.isNull { return [] }
    var fields = ObjectFields(root, what: "the policy")
    let folder = PathParts(path).folder
    func beside(_ name: String) -> String { name.hasPrefix("/") || folder == "." ? name : "\(folder)/\(name)" }
    rulePacks = fields.texts("rules").map(beside)
    waivers = fields.texts("waivers").map(beside)
    disabled = fields.texts("disable")
    failOn =
      fields.word("fail_on", of: FailureThreshold.allCases.map(\.rawValue)).flatMap(FailureThreshold.init(rawValue:))
      ?? .error
    if let scan = fields.value("scan") {
      var section = ObjectFields(scan, what: "the scan section")
      exclude = section.texts("exclude")
      do throws(FormatError) {
        _ = try PathFilter(exclude: exclude)
      } catch {
        section.problem(at: scan.position, "\(error)")
      }
      fields.take(section.finish())
    }
    for word in fields.texts("allow") {
      if let freedom = Freedom(rawValue: word) {
        allowed.insert(freedom)
        continue
      }
      let words = Freedom.allCases.map(\.rawValue)
      let hint = nearest(to: word, in: words).map { ", did you mean '\($0)'?" } ?? ""
      fields.problem(
        at: root["allow"]?.position ?? root.position,
        "allow '\(word)' is none of \(words.joined(separator: ", "))\(hint)")
    }
    return fields.finish()
  }

  /// Makes sure that the policy is not the tree's own to change.
  ///
  /// - Throws: `InTree`.
  func check(isOutsideOf root: String) throws {
    let real = ResolvedPath.resolve(root, from: try WorkingDirectory.path(), environment: [:])
    if realPath == real || realPath.hasPrefix(real == "/" ? "/" : real + "/") { throw InTree(path: path, root: root) }
  }

  /// A policy that whoever is judged by it could change.
  package struct InTree: Error, CustomStringConvertible {
    let path: String
    let root: String

    /// Where to put it.
    package var description: String {
      "--policy \(path): it lies in the audited tree \(root), which could change it; keep it outside"
    }
  }
}
