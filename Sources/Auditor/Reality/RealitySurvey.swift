import Formats
import Rules

/// Finds and judges the reality evidence bundles of an audited tree, each with the code that made it.
struct RealitySurvey {
  /// What was found.
  struct Outcome {
    /// Bundles, in the order in which they were asked for.
    var runs: [RealityRun] = []
    /// What was read.
    var inputs: [InputRecord] = []
    /// What could not be read.
    var unevaluated: [Unevaluated] = []
  }

  /// A file that says by its name alone what a folder claims to be.
  private static let claim = RealityArtifact.passFail.fileName
  /// Any two of these make a bundle without a claim.
  private static let marks = Set(
    [
      RealityArtifact.auditExport, .storageState, .replayReport, .configSnapshot, .timeModel, .idempotencyReport,
      .operatorActions,
    ].map(\.fileName))

  private let root: String
  private let filter: PathFilter
  private let jobs: Int
  private let today: CivilDate
  /// Every bundle of the run: none of them is code.
  private let evidence: [[UInt8]]
  /// Bundles of one tree are made by the same code.
  private var scans: [[String]: RealityCodeScan.Outcome] = [:]

  /// A survey of a tree.
  ///
  /// - Parameters:
  ///   - filter: which paths are code.
  ///   - evidence: the folders of all bundles, relative to the root.
  init(root: String, filter: PathFilter, jobs: Int, today: CivilDate, evidence: [[UInt8]]) {
    self.root = root
    self.filter = filter
    self.jobs = jobs
    self.today = today
    self.evidence = evidence
  }

  /// The folders that hold a claim, or two other files of a bundle; in byte order.
  static func directories(among files: [[UInt8]]) -> [[UInt8]] {
    var marks: [[UInt8]: Int] = [:]
    for path in files {
      let slash = path.lastIndex(of: UInt8(ascii: "/"))
      let name = String(decoding: path[(slash.map { $0 + 1 } ?? 0)...], as: UTF8.self)
      let weight = name == claim ? 2 : Self.marks.contains(name) ? 1 : 0
      if weight > 0 { marks[slash.map { Array(path[..<$0]) } ?? [], default: 0] += weight }
    }
    return marks.filter { $0.value > 1 }.keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The bundles at or below a folder that a configuration names. Where there is none the folder itself is judged: proof
  /// that was promised and is not there is no pass.
  ///
  /// - Throws: `FileError` for a folder that cannot be listed.
  static func directories(below folder: String, in root: RootedFolder) throws(FileError) -> [[UInt8]] {
    let base: [UInt8]
    let files: [TreeEntry]
    do throws(FileError) {
      base = try root.locate(folder).path
      files = try root.tree(folder).filter { $0.kind == .file || $0.kind == .linkToFile }
    } catch {
      guard error.isAbsence else { throw error }
      return [Array(folder.utf8)]
    }
    let found = directories(among: files.map { joined(base, $0.path) })
    return found.isEmpty ? [base] : found
  }

  /// Judges one bundle.
  ///
  /// - Parameters:
  ///   - directory: relative to the root.
  ///   - code: the paths of the code that made it, relative to the root.
  mutating func judge(
    _ directory: [UInt8], gates: Set<Int>, code: [String], into outcome: inout Outcome
  ) {
    let path = String(decoding: directory, as: UTF8.self)
    let shown = path.isEmpty ? "." : path
    let scan = code.isEmpty ? nil : scan(code, into: &outcome)
    do throws(FileError) {
      let examined = try RealityBundle(path.isEmpty ? root : "\(root)/\(path)").examine(gates: gates, code: scan?.code)
      outcome.runs.append(RealityRun(path: shown, result: examined.result))
      outcome.inputs += examined.inputs.map {
        InputRecord(path: below(path, $0.path), role: $0.role, sha256: $0.sha256, byteCount: $0.byteCount)
      }
      outcome.unevaluated += examined.unreadable.map {
        Unevaluated(area: .reality, location: Location(path: below(path, $0.name)), message: "not read: \($0.why)")
      }
    } catch {
      outcome.unevaluated.append(
        Unevaluated(area: .reality, location: Location(path: shown), message: error.explanation))
    }
  }

  private mutating func scan(_ code: [String], into outcome: inout Outcome) -> RealityCodeScan.Outcome {
    if let known = scans[code] { return known }
    let scan = RealityCodeScan(root: root, paths: code, filter: filter, jobs: jobs, today: today).run(without: evidence)
    scans[code] = scan
    outcome.inputs += scan.inputs
    outcome.unevaluated += scan.unevaluated
    return scan
  }

  private func below(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }
}
